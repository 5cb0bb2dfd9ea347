/// Conferences for user agents: how a focus is known, and what is to be done then.
///
/// A focus is whoever has a call with each party of a conference. It says so by `isfocus` in the
/// Contact of all that makes a dialog with it ([Focus]), and tells by [p2psip.std.rfc4575] who is
/// there. To a phone that knows nothing of this a conference is a call like any other.
///
/// ```java
/// var agent = new UserAgent(profile, List.of(new Focus(), subscriptions), random);
/// if (Focus.tells(response)) subscribe(peer, ConferenceInfo.NAME);
/// ```
///
/// The RFC thinks of a server that mixes. Here a conference has no centre: each party is the focus
/// of what it sees itself, which it tells the others; `p2psip.app.voip.Mesh` makes five telephones
/// meet so. What is left out stands in `left-out.txt` beside this file: factories of conferences,
/// and participants who are sent there by REFER.
package p2psip.std.rfc4579;
