/// Connection reuse: a connection by TLS is used in both directions, by whichever side opened it.
///
/// Without it two proxies that call each other's users have two connections, one each way. Who says
/// `alias` in the Via of a request keeps the connection open, and takes requests by it as he does
/// at his port; and the other side, if it has been shown a certificate, sends by it what is for the
/// domains of that certificate.
///
/// ```
/// P1 --- TLS, its certificate: a.example ------------------------------------> P2
/// P1 --- INVITE, Via: SIP/2.0/TLS 192.0.2.1:5061;branch=...;alias -----------> P2
/// P1 <-- INVITE sip:alice@a.example, which RFC 3263 says is at 192.0.2.1:5061 - P2
/// ```
///
/// [Aliases] is the table of who accepts. That of who connects are the connections themselves,
/// which [p2psip.std.rfc3261] uses again for the same address and domain; there `alias` is put into
/// Via, and read.
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): virtual
/// servers, as one certificate is shown to all.
package p2psip.std.rfc5923;
