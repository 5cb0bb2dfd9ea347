package p2psip.std.rfc3551;

import module java.base;

/// How sound, 16 bits a sample and one channel, becomes the payload of a packet and sound again.
///
/// Each payload stands by itself: a codec has no state. What uses one counts samples; how many
/// bytes they become is known here alone.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3551#section-4.5 RFC 3551 §4.5
public interface Codec {
    /// Its name in rtpmap.
    String encoding();

    /// How many samples a second has; timestamps count them.
    int clockRate();

    ByteBuffer encode(short[] samples);

    /// The samples of a payload, which may be of any length.
    short[] decode(ByteBuffer payload);

    /// How many samples last that long.
    default long samples(Duration time) {
        return time.toSeconds() * clockRate()
                + (long) time.getNano() * clockRate() / 1_000_000_000;
    }

    /// How long so many samples last.
    default Duration time(int samples) {
        return Duration.ofNanos(samples * 1_000_000_000L / clockRate());
    }
}
