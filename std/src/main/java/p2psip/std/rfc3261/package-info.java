/// SIP: the protocol that sets up, changes and ends calls.
///
/// Reading order: [Message] (§7), [Via] and [CSeq] (§20); then the four transactions, each beside
/// its figure (§17), [InviteClientTransaction] first, and `TransactionLayer`, which owns them; then
/// [Core], which is what stands above: a user agent, a proxy, a registrar; and [Stack], which joins
/// all of it to one machine that takes datagrams and answers datagrams.
///
/// | layer (§5) | section | files |
/// |---|---|---|
/// | syntax | 7, 19, 20, 25 | [Message], [Header], `Parser`, `Printer`, [Validator], [Grammar] |
/// | transport | 18, 3581 | [Transport], `TransportLayer`, `ReplyPath`, `Connection`, `Framing` |
/// | where to | 8.1.2, RFC 3263 | [ServerLocation], [Target] |
/// | transactions | 17, RFC 6026, 4320 | [InviteClientTransaction] and its three siblings |
/// | transaction user | 8 to 16 | [Core]; [Cancel] (§9.1) for all of them |
///
/// Two rooms stand on this ground and do not know each other:
/// - [p2psip.std.rfc3261.ua]: the user agent, which calls, answers and registers (§8 to §15);
/// - [p2psip.std.rfc3261.server]: registrar and proxy (§10.3, §16).
///
/// RFCs that patch these sections are cited where they do: 3581 (rport), 6026 (the Accepted state),
/// 4320, 5393 (loops). SIP is spoken over UDP and TCP, and over TLS as over TCP where a host can;
/// what the RFC asks of certificates waits until all hosts can. What is left out of the sections of
/// this room stands, with the reason of each sentence, in `left-out.txt` beside this file.
package p2psip.std.rfc3261;
