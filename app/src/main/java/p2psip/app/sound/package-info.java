/// Sound between a packet and an ear: machines and arithmetic without a device.
///
/// Reading order: [Playout] has what the packets of a source sound like. It keeps them in a
/// [JitterBuffer] until it is their turn, decodes them, and lets [Concealment] make up what is
/// missing, by the [Pitch] of the voice; what takes too long is cut by [Splice]. [Resampler] brings
/// sound to another rate, [Mixer] brings together what several say, [Opus] is the codec that a
/// library has.
///
/// | measured by | in |
/// |---|---|
/// | what loss does to a vowel and to a tone, with and without each of them | `ConcealmentTest` |
/// | how late it plays, and how much is lost by that | `JitterBufferTest` |
package p2psip.app.sound;
