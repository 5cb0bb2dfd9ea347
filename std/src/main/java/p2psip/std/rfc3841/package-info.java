/// Caller preferences: who calls says which of somebody's phones he wants to reach, and how they
/// are to be tried.
///
/// [CallerPreferences] is the extension of a [p2psip.std.rfc3261.server.Proxy] that obeys. It holds
/// what the caller accepts and rejects against what each phone has said of itself
/// ([p2psip.std.rfc3840], which the registrar keeps): those that do not fit are not called, the
/// others in the order of how well they do, within the order that their user wants (§7.2). Without
/// a preference the method of the request is one. Then Request-Disposition says whether the request
/// forks, and whether phones ring one after the other (§9.1).
///
/// ```
/// Accept-Contact: *;audio;require        only a phone that has sound, or says nothing of it
/// Reject-Contact: *;automata             no answering machine
/// Request-Disposition: no-fork           and no more than one
/// ```
///
/// A phone that has said nothing of itself is called in any case. Since each rule costs time for
/// each phone, a request with more than sixteen is refused.
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3841;
