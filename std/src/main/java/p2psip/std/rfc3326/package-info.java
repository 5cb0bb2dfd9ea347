/// Reason: a request says why it was sent.
///
/// A phone that rings, and is cancelled, cannot know whether the caller has given up or somebody
/// else has answered: in the first case its user has missed a call, in the second not. A response
/// has its status code for that, a CANCEL or a BYE has this field. Nothing hangs on it: it is for
/// people, and for their lists of missed calls.
///
/// [Reason] is a value of the field (§2). Who writes it: the proxy that cancels other branches
/// because one was taken or has declined for all, and which hands on what the CANCEL said that it
/// has received itself (`p2psip.std.rfc3261.server`); and the user agent that ends a call for
/// another reason than that its user has hung up (`Call.Command.HangUp`). Who reads it: the user
/// agent, which tells its words in `Call.Event.Ended`.
///
/// ```java
/// var cancel = Reason.ELSEWHERE.in(Cancel.of(invite));
/// Reason.of(cancel);      // [SIP;cause=200;text="Call completed elsewhere"]
/// ```
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3326;
