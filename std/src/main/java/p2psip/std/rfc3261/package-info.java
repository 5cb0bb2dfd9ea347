/// SIP: the protocol that sets up, changes and ends calls.
///
/// Reading order: [Message] (§7), [Via] and [CSeq] (§20); then the four transactions (§17) and the
/// transaction layer; [Core] is what stands above them: a UA, a proxy, a registrar.
package p2psip.std.rfc3261;
