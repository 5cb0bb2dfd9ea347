/// Join: a new call comes into one that is there, and does not take its place.
///
/// It is what [p2psip.std.rfc3891] is, but for what becomes of the old call. Who receives the
/// INVITE has to see to it that all three hear each other: he mixes, or sends them all to who does,
/// or each to each. What of that is done is for the program to say; what is done here is what
/// comes before: which call is meant, and who may come into it.
///
/// [Joins] is the extension of a [p2psip.std.rfc3261.ua.UserAgent] that looks at the header field
/// (§4), whose value (§7.1) is that of Replaces: a name of a dialog.
///
/// ```java
/// var agent = new UserAgent(profile, List.of(new Joins()), random);
/// var invite = new Call.Command.Invite(2, uri, offer, List.of(Joins.header(dialog.id())));
/// ```
///
/// The program is told of the call that is meant ([Joins.Joining]) before it is told of the
/// new one. It takes that by `Call.Command.Answer`, or refuses it, by 488 if it cannot bring the
/// callers together, 486 or 603 if it does not want to: the old call goes on in any case.
///
/// **Who may.** To hear what two people say is more than to talk with one of them, so the rule is
/// at least that of Replaces: who calls under the address of the peer of that call, or was referred
/// by him. As there, what vouches for From is the node or the proxy before the phone. A supervisor
/// of a call center is let in by a rule of the program's own.
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3911;
