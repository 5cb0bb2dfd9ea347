package p2psip.std.rfc3551;

import module java.base;
import p2psip.std.Ticks;

/// How sound, 16 bits a sample and one channel, becomes the payload of a packet and sound again.
///
/// A codec is a description; what it has to remember from packet to packet is in the [Encoder] and
/// the [Decoder] that it makes, one for each direction of each stream. What uses them counts
/// samples; how many bytes they become is known here alone.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3551#section-4.5 RFC 3551 §4.5
public interface Codec {
    /// Its name in rtpmap.
    String encoding();

    /// How much a timestamp grows in a second; rtpmap says it.
    int clockRate();

    /// How many samples a second has: not always the same.
    default int sampleRate() { return clockRate(); }

    /// How many channels rtpmap says, whatever is heard of them.
    default int channels() { return 1; }

    /// What fmtp says of it; empty if it needs none.
    default String fmtp() { return ""; }

    Encoder encoder();

    Decoder decoder();

    /// How many samples a payload brings, without hearing them; none if it is no use.
    int length(ByteBuffer payload);

    /// The length of sound that a packet can have, next to what is wished.
    default Duration packet(Duration wish) { return wish; }

    interface Encoder {
        /// The payload of a packet that says these samples, of a length that [#packet] allows.
        ByteBuffer encode(short[] samples);
    }

    interface Decoder {
        /// The samples of a payload, which may be of any length, and anything at all.
        short[] decode(ByteBuffer payload);
    }

    /// How many samples last that long.
    default int samples(Duration time) { return (int) Ticks.of(time, sampleRate()); }

    /// How long so many samples last.
    default Duration time(long samples) {
        return Duration.ofNanos(Ticks.nanos(samples, sampleRate()));
    }

    /// How much the timestamp grows in that time.
    default long ticks(Duration time) { return Ticks.of(time, clockRate()); }

    /// How much the timestamp grows with so many samples.
    default long ticks(long samples) { return samples * clockRate() / sampleRate(); }
}
