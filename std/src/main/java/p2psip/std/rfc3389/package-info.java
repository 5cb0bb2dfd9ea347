/// Comfort noise: while nobody speaks, a packet says what the silence sounds like, and then nothing
/// is sent.
///
/// | section | file |
/// |---|---|
/// | 3 the payload: level and colour of the noise; what is measured | [ComfortNoise] |
/// | 5 noise that is like it | [NoiseGenerator] |
///
/// An example that `ComfortNoiseTest` runs:
/// ```java
/// var payload = ComfortNoise.of(samples, 4).encode();      // 5 octets for 20 ms of a fan
/// var generator = new NoiseGenerator(random);
/// ComfortNoise.parse(payload).ifPresent(generator::like);
/// var noise = generator.next(160);
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): several
/// channels. Who decides that nobody speaks is not of this RFC.
package p2psip.std.rfc3389;
