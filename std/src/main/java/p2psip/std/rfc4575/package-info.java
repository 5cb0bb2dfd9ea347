/// Conference events: who is in a conference, who comes, and who goes.
///
/// [ConferenceInfo] is the document (§5) and the package (§3): a notifier has a
/// [ConferenceInfo.Roster] of those who are there, and says all to who subscribes, then what has
/// changed. [Conference] is the other side (§4.6): it makes one picture of all that it was told,
/// where each element of a document may say all of what it names, what has changed in it, or that
/// it is no more.
///
/// ```java
/// var conference = new Conference();
/// switch (conference.take(notify.body())) {
///     case TAKEN, STALE -> show(conference.info().orElseThrow().users());
///     case GAP -> subscribeAgain();
/// }
/// ```
///
/// Of what the schema has these are read and written: subject, user count, users with their roles,
/// their phones with how they are, have come and have gone, and their streams. What else a document
/// says is kept by [Conference] and not shown: sidebars, the host, other URIs, how a call is named.
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc4575;
