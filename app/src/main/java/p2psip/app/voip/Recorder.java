package p2psip.app.voip;

import module java.base;
import p2psip.app.sound.AnyRate;
import p2psip.std.Ticks;

/// Keeps what is said and what is heard side by side, each where time puts it, at the rate of what
/// comes first.
///
/// What was made up in place of a packet is kept if the voice goes on behind it: a pause is silent.
final class Recorder {
    /// The longest recording in samples: an hour of a telephone. What comes later is not kept.
    static final int LIMIT = 60 * 60 * 8000;

    /// How far sound may be from where time puts it, before it is put there.
    private static final Duration APART = Duration.ofMillis(300);

    /// What comes from one side.
    private final class Track {
        private short[] samples = new short[8000];
        private int length;
        /// How much behind that is made up, and kept if more comes.
        private int pending;
        private final AnyRate rates = new AnyRate(rate);

        void add(short[] said, int from, boolean made, Instant now) {
            put(rates.take(said, from), made, place(now));
        }

        private void put(short[] frame, boolean made, long place) {
            if (!made && place - length - pending > apart) {
                // silence up to there
                Arrays.fill(samples, length, length + pending, (short) 0);
                pending = 0;
                length = (int) Math.min(LIMIT, place);
            }
            int at = length + pending, end = at + frame.length;
            if (end > LIMIT) return;
            if (end > samples.length)
                samples = Arrays.copyOf(samples, Math.min(LIMIT, Math.max(end, 2 * at)));
            System.arraycopy(frame, 0, samples, at, frame.length);
            if (!made) length = end;
            pending = end - length;
        }

        short[] kept() { return Arrays.copyOf(samples, length); }
    }

    private int rate = 8000, apart;
    private Optional<Instant> begin = Optional.empty();
    private Track said = new Track(), heard = new Track();

    void say(short[] frame, int rate, Instant now) {
        begin(rate, now);
        said.add(frame, rate, false, now);
    }

    /// @param made whether it was made up
    void hear(short[] frame, int rate, boolean made, Instant now) {
        begin(rate, now);
        heard.add(frame, rate, made, now);
    }

    private void begin(int rate, Instant now) {
        if (begin.isPresent()) return;
        begin = Optional.of(now);
        this.rate = rate;
        apart = (int) Ticks.of(APART, rate);
        said = new Track();
        heard = new Track();
    }

    /// Where a frame belongs that is said or heard now.
    private long place(Instant now) {
        return Ticks.of(Duration.between(begin.orElseThrow(), now), rate);
    }

    Recording recording() { return new Recording(rate, said.kept(), heard.kept()); }
}
