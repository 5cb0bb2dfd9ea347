/// Streams of QUIC, without QUIC: bytes in order, of which both ends say how many they take, cut
/// into pieces that may be lost, doubled or late.
///
/// Of the RFC only that is here which does not depend on how packets look: what the two ends of a
/// stream remember and owe each other (§2 to §4), and how one says what has come (§13.2). Packet
/// formats, the handshake, versions and connection ids are not; whoever has sealed datagrams
/// already (`p2psip.app.p2p`) puts these parts into them.
///
/// Read [SendStream] and [ReceiveStream], the two ends; [Credit] and [Allowance], what one may send
/// and what the other allows; [Acknowledgements], which packets have come; [PathSize], how large
/// they may be. [Ranges] is a set of numbers, and [Violation] what a peer may not do.
///
/// | section | file |
/// |---|---|
/// | 2.2, 3.1, 3.3, 3.5, 13.3 | [SendStream] |
/// | 2.2, 3.2, 4.5 | [ReceiveStream] |
/// | 4.1, 4.2 | [Credit], [Allowance] |
/// | 13.2, 12.3 | [Acknowledgements] |
/// | 14.2, 14.3 | [PathSize] |
///
/// An example that `StreamsTest` runs:
/// ```java
/// var from = new SendStream(100, 1_000);
/// var to = new ReceiveStream(100);
/// from.write(Bytes.utf8("hello"));
/// from.finish();
/// var piece = from.next(1_000, Long.MAX_VALUE).orElseThrow();
/// to.receive(piece.offset(), piece.bytes(), piece.end());
/// to.read(1_000);              // hello
/// from.delivered(piece.part());
/// ```
///
/// Left out: the greater part of the RFC; section by section in `left-out.txt`.
package p2psip.std.rfc9000;
