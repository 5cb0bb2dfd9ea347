/// The profile for audio and video calls: what payload type numbers mean, and the codecs every
/// telephone has.
///
/// | section | file |
/// |---|---|
/// | 4.5 what a codec is | [Codec] |
/// | 4.5.11 L16 | [L16] |
/// | 4.5.14 PCMA and PCMU (G.711) | [G711] |
/// | 6 payload type numbers | [PayloadTypes] |
///
/// An example that `G711Test` runs:
/// ```java
/// byte code = G711.PCMU.encode(1000);    // 0xce
/// short sample = G711.PCMU.decode(code); // 988, as near as it gets
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): the other
/// codecs of section 4.5 and all of video. Comfort noise has a package of its own, rfc3389.
package p2psip.std.rfc3551;
