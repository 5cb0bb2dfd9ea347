/// SIPS: what it means that a URI is secure, as RFC 3261 did not say it clearly.
///
/// A request for a SIPS URI goes by TLS on every hop, the last one too: a phone that has registered
/// a SIP contact is not called by it, and the caller is told why by a Warning. A phone with a SIPS
/// contact is called by both, always over TLS.
///
/// | the request is for | the contact is | what happens |
/// |---|---|---|
/// | sips:bob@example.com | sips: | it is forwarded |
/// | sips:bob@example.com | sip: | 480, Warning: 380 "SIPS Not Allowed" |
/// | sip:bob@example.com | sips: | forwarded as sip:, over its TLS; else 480, 381 "SIPS Required" |
///
/// [SipsProxy] and [SipsRegistrar] are of servers (§5.2, §5.3); what user agents have to do
/// stands in [p2psip.std.rfc3261.ua], and what GRUUs in [p2psip.std.rfc5627].
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file).
package p2psip.std.rfc5630;
