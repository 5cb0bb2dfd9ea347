/// ITU-T G.722, which has speech sound as in the room: 50 to 7,000 Hz, in the 64 kbit/s of G.711.
///
/// | part of the recommendation | file |
/// |---|---|
/// | 3.1, 4.4 the mirror filters | [Filter] |
/// | 3.2 to 3.4, 4.1 to 4.3 quantizers, tables of code words | [G722] |
/// | 3.5, 3.6 adaptation of the step, prediction by poles and zeros | [Band] |
///
/// In RTP its payload type is 9 and its clock 8000 Hz, which is a mistake that has stayed. An
/// example that `G722Test` runs:
/// ```java
/// var payload = G722.G722.encoder().encode(samples);   // 320 samples: 160 octets, 20 ms
/// var heard = G722.G722.decoder().decode(payload);     // 320 samples, 22 of them late
/// ```
///
/// Left out: the modes of 56 and 48 kbit/s, in which the lower bits are data.
package p2psip.std.g722;
