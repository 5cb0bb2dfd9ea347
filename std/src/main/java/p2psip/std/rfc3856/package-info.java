/// Presence as an event package: [PresenceEvents] is the value that
/// [p2psip.std.rfc6665.Subscriptions] is given (§6), and puts together what several have published.
/// The documents are those of [p2psip.std.rfc3863].
///
/// A watcher who has to wait is told that, and one who is blocked sees somebody who is not there.
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3856;
