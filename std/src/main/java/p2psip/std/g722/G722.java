package p2psip.std.g722;

import module java.base;
import p2psip.std.rfc3551.Codec;

/// Speech up to 7 kHz in 64 kbit/s: two halves of the spectrum, of which the low one is told in six
/// bits and the high one in two, each as the difference from what could be foreseen.
///
/// The decoder foresees by the four upper bits of the low half alone, so that the lower two may be
/// taken for other things on the way.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3551#section-4.5.2 RFC 3551 §4.5.2
public enum G722 implements Codec {
    G722;

    /// Where the low half's difference goes from one code to the next, in 4096ths of the step.
    private static final int[] LEVELS = {35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530,
        587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557,
        2919};
    /// The same of the high half, which has two codes for each sign.
    private static final int HIGH_LEVEL = 564;

    /// The differences that codes stand for, in 32768ths of the step: of six bits, of the upper
    /// four of them, and of the high half's two.
    private static final int[] SIX = {-136, -136, -136, -136, -24_808, -21_904, -19_008, -16_704,
        -14_984, -13_512, -12_280, -11_192, -10_232, -9_360, -8_576, -7_856, -7_192, -6_576, -6_000,
        -5_456, -4_944, -4_464, -4_008, -3_576, -3_168, -2_776, -2_400, -2_032, -1_688, -1_360,
        -1_040, -728, 24_808, 21_904, 19_008, 16_704, 14_984, 13_512, 12_280, 11_192, 10_232,
        9_360, 8_576, 7_856, 7_192, 6_576, 6_000, 5_456, 4_944, 4_464, 4_008, 3_576, 3_168, 2_776,
        2_400, 2_032, 1_688, 1_360, 1_040, 728, 432, 136, -432, -136};
    private static final int[] FOUR = {0, -20_456, -12_896, -8_968, -6_288, -4_240, -2_584, -1_200,
        20_456, 12_896, 8_968, 6_288, 4_240, 2_584, 1_200, 0};
    private static final int[] TWO = {-7_408, -1_616, 7_408, 1_616};

    /// By how much the logarithm of the step changes with a code.
    private static final int[] LOW_CHANGES = {-60, 3_042, 1_198, 538, 334, 172, 58, -30, 3_042,
        1_198, 538, 334, 172, 58, -30, -60};
    private static final int[] HIGH_CHANGES = {798, -214, 798, -214};

    /// A half that is heard has 15 bits.
    private static final int LOUDEST = 16_383;

    @Override public String encoding() { return "G722"; }

    //= rfc3551#4.5.2¶2 the clock stays at 8000 Hz, though there are twice as many samples
    @Override public int clockRate() { return 8000; }

    @Override public int sampleRate() { return 16_000; }

    @Override public int length(ByteBuffer payload) { return 2 * payload.remaining(); }

    /// Two samples are told at once.
    @Override public Duration packet(Duration wish) {
        return wish.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override public Encoder encoder() { return new Speaker(); }

    @Override public Decoder decoder() { return new Listener(); }

    private static Band lowBand() { return new Band(18_432, 8, 32); }

    private static Band highBand() { return new Band(22_528, 10, 8); }

    private static void learnLow(Band low, int code) {
        low.learn(low.part(FOUR[code >> 2]), LOW_CHANGES[code >> 2]);
    }

    private static void learnHigh(Band high, int code) {
        high.learn(high.part(TWO[code]), HIGH_CHANGES[code]);
    }

    private static final class Speaker implements Encoder {
        private final Filter filter = new Filter();
        private final Band low = lowBand(), high = highBand();

        @Override public ByteBuffer encode(short[] samples) {
            var out = ByteBuffer.allocate(samples.length / 2);
            for (int i = 0; i + 1 < samples.length; i += 2) {
                filter.take(samples[i], samples[i + 1]);
                //= rfc3551#4.5.2-1,2 whole octets, the higher sub-band in the most significant bits
                out.put((byte) (high(filter.high()) << 6 | low(filter.low())));
            }
            return out.flip();
        }

        private int low(int sample) {
            int difference = Band.saturate(sample - low.foreseen());
            int size = difference < 0 ? ~difference : difference;
            int interval = 0;
            while (interval < LEVELS.length && size >= LEVELS[interval] * low.step() >> 12)
                interval++;
            int code = difference >= 0 ? 61 - interval : interval < 2 ? 63 - interval
                    : 33 - interval;
            learnLow(low, code);
            return code;
        }

        private int high(int sample) {
            int difference = Band.saturate(sample - high.foreseen());
            int size = difference < 0 ? ~difference : difference;
            int code = (difference < 0 ? 0 : 2) + (size < HIGH_LEVEL * high.step() >> 12 ? 1 : 0);
            learnHigh(high, code);
            return code;
        }
    }

    private static final class Listener implements Decoder {
        private final Filter filter = new Filter();
        private final Band low = lowBand(), high = highBand();

        @Override public short[] decode(ByteBuffer payload) {
            var samples = new short[2 * payload.remaining()];
            for (int i = 0; i < samples.length; i += 2) {
                int code = payload.get() & 0xff;
                int lower = low(code & 63), upper = high(code >> 6);
                filter.take(lower + upper, lower - upper);
                samples[i] = filter.first();
                samples[i + 1] = filter.second();
            }
            return samples;
        }

        private int low(int code) {
            int heard = heard(low, SIX[code]);
            learnLow(low, code);
            return heard;
        }

        private int high(int code) {
            int heard = heard(high, TWO[code]);
            learnHigh(high, code);
            return heard;
        }

        private static int heard(Band band, int level) {
            return Math.clamp(band.foreseen() + band.part(level), -LOUDEST - 1, LOUDEST);
        }
    }
}
