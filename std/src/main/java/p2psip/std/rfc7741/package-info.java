/// VP8 in RTP: frames that somebody has coded, cut into packets and put together again without
/// being opened.
///
/// Before the data of each packet there is a descriptor of an octet, or some more, that says
/// whether a frame begins here. All packets of a frame have its timestamp, and the last one has the
/// marker bit.
///
/// | section | file |
/// |---|---|
/// | 4.2 the descriptor | `Vp8Descriptor` |
/// | 4.4 sending | [Vp8Packetizer] |
/// | 4.5.1 receiving, 4.3 what a key frame says of itself | [Vp8Assembler] |
///
/// An example that `Vp8PacketizerTest` runs:
/// ```java
/// var payloads = new Vp8Packetizer(1200).payloads(frame);      // marker on the last one
/// assembler.received(packet).forEach(whole -> whole.data());
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): the
/// descriptor's extensions are read over and not sent, partitions are not looked for, nothing is
/// asked for again, and nothing is decoded.
package p2psip.std.rfc7741;
