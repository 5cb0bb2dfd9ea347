/// Replaces: a new call takes the place of one that is there. With REFER it makes a transfer of
/// which all have agreed beforehand.
///
/// [Replaces] is the header field (§6.1); [Replacements] is the extension of a
/// [p2psip.std.rfc3261.ua.UserAgent] that looks at it (§3).
///
/// ```java
/// var agent = new UserAgent(profile, List.of(new Replacements()), random);
/// var field = Replaces.atPeer(dialog.id());
/// ```
///
/// The program is told that a call takes the place of another ([Replacements.Replacing])
/// before it is told of the call itself; when it takes the one, the user agent ends the other.
///
/// **Who may.** Whoever calls under the address of the peer of the call that is to end, or was
/// referred by him, as Referred-By says. A stranger who knows the names of a dialog would have to
/// lie in From or in Referred-By, too, and nothing proves either: what vouches for From is the node
/// or the proxy before the phone. A program that wants more says so by a [Replacements.Rule].
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3891;
