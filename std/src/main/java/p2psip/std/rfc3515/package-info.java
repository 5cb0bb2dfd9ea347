/// REFER: somebody asks somebody else to call a third, and is told how that gets on. A call is
/// transferred by it.
///
/// Reading order: [ReferTo] is whom to call; [Referrals] is the extension of a
/// [p2psip.std.rfc3261.ua.UserAgent]; [Referrer] asks and is told, [Referee] is asked and tells.
///
/// | section | file |
/// |---|---|
/// | 2.1 Refer-To | [ReferTo] |
/// | 2.4.1 the REFER, 2.4.4 NOTIFYs that come | [Referrer] |
/// | 2.4.2 what is accepted, 2.4.4 to 2.4.7 NOTIFYs that go | [Referee] |
/// | 2.4.4, 3 who serves SUBSCRIBE and NOTIFY of `refer` | [Referrals] |
///
/// ```java
/// var agent = new UserAgent(profile, List.of(new Referrals(), subscriptions), random);
/// var command = new Referrer.Command.Refer(2, call, "sip:carol@chicago.com");
/// ```
///
/// **Nobody is called for a stranger, nor unasked.** A REFER is looked at only if it comes in a
/// call, or names one by Target-Dialog (RFC 4538), or if a [Referrals.Rule] trusts its sender; and if
/// it asks for a call to a `sip` or `sips` URI. Then the program is told ([Referee.Event.Asked]); what it says within a moment is the answer.
/// Until it says more the referrer is told 100, and after a minute 603. The program places the call
/// itself, with what [Referee.Event.Asked] gives for its INVITE, and reports how that gets on
/// ([Referee.Command.Report]).
///
/// RFC 7647 says what later RFCs have made of this one, and is cited here: whose Contact is a GRUU
/// is asked outside of the call; accepted is a REFER by 200, not 202. RFC 4488 lets both do without
/// NOTIFYs, and RFC 3892 says who has asked.
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3515;
