package p2psip.app.sound;

import module java.base;
import p2psip.std.rfc2833.SyntaxException;
import p2psip.std.rfc2833.TelephoneTone;
import p2psip.std.rfc3551.Codec;

/// Makes the tones that packets of `tone` tell of, as a codec decodes: nothing is encoded by it.
///
/// A tone that the next packet goes on with has no break: its waves run on. How deep a tone is
/// modulated nobody says; here it is to silence and back.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4733#section-4.4.2 RFC 4733 §4.4.2
public final class Tones implements Codec {
    public static final Tones TONE = new Tones();

    /// The amplitude of a sine of 0 dBm0: the loudest of G.711 has 3.17.
    private static final double LOUD = 32_124 * Math.pow(10, -3.17 / 20);

    private static final int RATE = 8000;

    private Tones() {}

    @Override public String encoding() { return "tone"; }

    @Override public int clockRate() { return RATE; }

    @Override public int length(ByteBuffer payload) {
        //= rfc4733#4.3.3-1 a tone whose duration is zero is ignored
        return tone(payload).map(TelephoneTone::duration).orElse(0);
    }

    private static Optional<TelephoneTone> tone(ByteBuffer payload) {
        try {
            return Optional.of(TelephoneTone.parse(payload));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    @Override public Encoder encoder() {
        throw new UnsupportedOperationException("nobody hears tones in what he says");
    }

    @Override public Decoder decoder() { return new Generator(); }

    private static final class Generator implements Decoder {
        private Optional<TelephoneTone> last = Optional.empty();
        private long from;

        @Override public short[] decode(ByteBuffer payload) {
            return tone(payload).map(this::sound).orElseGet(() -> new short[0]);
        }

        private short[] sound(TelephoneTone tone) {
            //= rfc4733#4.4.2-1 reports of the same tone continue it without a break
            if (last.filter(before -> same(before, tone)).isEmpty()) from = 0;
            last = Optional.of(tone);
            var samples = new short[tone.duration()];
            var heard = tone.frequencies().stream().filter(f -> f > 0).toList();
            if (!heard.isEmpty()) for (int i = 0; i < samples.length; i++)
                samples[i] = sample(tone, heard, from + i);
            from += samples.length;
            return samples;
        }

        private static boolean same(TelephoneTone one, TelephoneTone other) {
            return one.frequencies().equals(other.frequencies()) && one.volume() == other.volume()
                    && one.modulationHertz() == other.modulationHertz();
        }

        private static short sample(TelephoneTone tone, List<Integer> frequencies, long at) {
            double sum = 0;
            for (int hertz : frequencies) sum += wave(hertz, at);
            double loud = LOUD * Math.pow(10, -tone.volume() / 20.0)
                    / Math.sqrt(frequencies.size());
            if (tone.modulation() > 0) loud *= (1 + wave(tone.modulationHertz(), at)) / 2;
            return (short) Math.clamp(Math.round(loud * sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }

        private static double wave(double hertz, long at) {
            return StrictMath.sin(2 * Math.PI * hertz * at / RATE);
        }
    }
}
