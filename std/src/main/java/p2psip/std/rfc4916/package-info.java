/// Connected identity: a call is answered by another than it was for, or is handed on; then the
/// peer can be told who is there now.
///
/// A dialog is known by its tags, so that the URI in From may change within it. [ConnectedIdentity]
/// is the extension of a [p2psip.std.rfc3261.ua.UserAgent] that says so and takes it: by an UPDATE
/// with another From. The user agent itself keeps the URI that was said last, of either side
/// (`Dialog`), and tells the program of a change by [p2psip.std.rfc3261.ua.Renamed].
///
/// ```java
/// var agent = new UserAgent(profile, List.of(new ConnectedIdentity()), random);
/// var told = new ConnectedIdentity.Identify(7, call, Address.parse("<sip:carol@example.com>"));
/// ```
///
/// The RFC thinks of identities that are signed. None is here: what vouches for From is the node or
/// the proxy before the phone. What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc4916;
