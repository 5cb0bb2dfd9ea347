package p2psip.app.sound;

import module java.base;
import p2psip.std.Ticks;

/// Plays on where a packet is missing, as the voice would have gone on: its last period again and
/// again.
///
/// If the packet behind the gap is here already, its first period is played backwards from there,
/// too, and both are brought into step, so that the voice goes from one to the other. Each counts
/// as much as it is to be believed so far from where it was heard: noise has no period, and is not
/// made up. This is the first guess of an [Interpolation], which does better. Without anything
/// behind it 60 ms are made up, and no more. It delays nothing.
public final class Concealment {
    /// How much is remembered.
    private static final Duration MEMORY = Duration.ofMillis(45);

    /// For how long what is made up overlaps with what is heard.
    private static final Duration OVERLAP = Duration.ofMillis(1);

    /// How much before a gap tells what is in it, how much behind it, and how far back a sample is
    /// foretold from: by trial. A period of a voice is hardly longer.
    private static final Duration BEFORE = Duration.ofMillis(25), BEHIND = Duration.ofMillis(20);
    private static final Duration FORETOLD = Duration.ofNanos(12_500_000);

    private static final Duration FADES = Duration.ofMillis(20), GONE = Duration.ofMillis(60);

    /// What is left of likeness, however alike two periods are, and how fast it goes: by trial, the
    /// figures by which least is wrong.
    private static final double TRUST = 0.95, DISTANCE = 0.5;

    /// At how many points periods are compared, and how much likeness it costs if they would have
    /// to be half a period longer or shorter all together.
    private static final int POINTS = 64;
    private static final double UNEVEN = 0.5;

    /// Two pitches that are further apart are not of the same voice.
    private static final double SAME = 1.4;

    private final int rate;
    private final int overlap, fades, gone;
    /// What was played last, the newest first.
    private final double[] memory;
    /// How much was made up in a row.
    private int made;

    /// @param rate of the samples
    public Concealment(int rate) {
        this.rate = rate;
        overlap = samples(OVERLAP);
        fades = samples(FADES);
        gone = samples(GONE);
        memory = new double[samples(MEMORY)];
    }

    private int samples(Duration time) { return (int) Ticks.of(time, rate); }

    /// What to play of a frame that is heard: itself, overlapped if a gap was before it.
    public short[] heard(short[] frame) {
        var played = made == 0 ? frame : overlapped(frame);
        made = 0;
        remember(played);
        return played;
    }

    private short[] overlapped(short[] frame) {
        var played = frame.clone();
        var on = alone(Math.min(overlap, frame.length), made);
        for (int i = 0; i < on.length; i++) {
            double weight = (i + 1.0) / (on.length + 1);
            played[i] = round(weight * frame[i] + (1 - weight) * on[i]);
        }
        return played;
    }

    /// What to play in place of so many samples that are missing.
    ///
    /// @param next what is heard behind them, if that is known
    public short[] missing(int count, Optional<short[]> next) {
        boolean behind = count > 0 && next.filter(n -> n.length >= rate / 100).isPresent();
        var made = behind ? interpolated(count, next.get()) : alone(count, this.made);
        var played = new short[count];
        for (int i = 0; i < count; i++) played[i] = round(made[i]);
        this.made = behind ? 0 : this.made + count;
        remember(played);
        return played;
    }

    private static short round(double value) {
        return (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private void remember(short[] played) {
        int keep = Math.max(0, memory.length - played.length);
        System.arraycopy(memory, 0, memory, memory.length - keep, keep);
        for (int i = 0; i < memory.length - keep; i++) memory[i] = played[played.length - 1 - i];
    }

    /// What may follow, with nothing known of what does.
    ///
    /// @param before how much was made up already
    private double[] alone(int count, int before) {
        var pitch = Pitch.of(memory, rate);
        var out = new double[count];
        for (int i = 0; i < count; i++) {
            double periods = (before + i) / pitch.period();
            double loud = Math.clamp((gone - before - i) / (double) (gone - fades), 0, 1);
            out[i] = last(pitch, periods) * believed(pitch, periods) * loud;
        }
        if (before == 0) join(out, pitch);
        return out;
    }

    /// A sample of the last period, by how many periods ago that began to repeat.
    private double last(Pitch pitch, double periods) {
        return at(memory, pitch.period() * (1 - part(periods)) - 1);
    }

    private static double part(double periods) { return periods - Math.floor(periods); }

    private static double believed(Pitch pitch, double periods) {
        return Math.pow(TRUST * pitch.likeness(), 1 + DISTANCE * Math.max(0, periods));
    }

    /// A period does not end where it begins: the step between fades away.
    private void join(double[] out, Pitch pitch) {
        double step = memory[0] - at(memory, pitch.period());
        for (int i = 0; i < Math.min(overlap, out.length); i++)
            out[i] += step * pitch.likeness() * (1 - (i + 1.0) / overlap);
    }

    private double[] interpolated(int count, short[] next) {
        var behind = new double[next.length];
        for (int i = 0; i < next.length; i++) behind[i] = next[i];
        var before = new double[samples(BEFORE)];
        for (int i = 0; i < before.length; i++) before[i] = memory[before.length - 1 - i];
        return Interpolation.between(before, between(count, behind),
                Arrays.copyOf(behind, Math.min(behind.length, samples(BEHIND))),
                samples(FORETOLD));
    }

    /// What may lie between what was played and what comes next.
    private double[] between(int count, double[] behind) {
        Pitch one = Pitch.of(memory, rate), two = Pitch.of(behind, rate);
        if (Math.max(one.period() / two.period(), two.period() / one.period()) > SAME) {
            // the surer one is right for both
            double period = one.likeness() > two.likeness() ? one.period() : two.period();
            one = new Pitch(period, one.likeness());
            two = new Pitch(period, two.likeness());
        }
        double meet = inStep(one, count, behind, two);
        double length = count + meet;
        double periods = Math.max(1,
                Math.round(2 * length / (one.period() + two.period())));
        // from one period's length to the other's, evenly, in so many periods
        double ratio = one.period() / two.period();
        double speed = 2 * periods / (length * (1 + ratio));
        double change = (ratio - 1) * speed / (2 * length);
        var out = new double[count];
        for (int i = 0; i < count; i++) {
            double gone = speed * i + change * i * i;
            double first = believed(one, gone);
            double second = believed(two, periods - gone - meet / two.period());
            double both = 1 - first * first * second * second;
            out[i] = first * (1 - second * second) / both * last(one, gone)
                    + second * (1 - first * first) / both
                    * at(behind, meet + part(gone) * two.period());
        }
        join(out, one);
        return out;
    }

    /// Where in what comes next the last period begins again: where it is most alike, and so many
    /// whole periods away.
    private double inStep(Pitch one, int count, double[] behind, Pitch two) {
        double best = 0, most = Double.NEGATIVE_INFINITY;
        for (double at = 0; at < two.period(); at += 0.5) {
            double both = 0, here = 1, there = 1;
            for (int i = 0; i < POINTS; i++) {
                double first = last(one, (double) i / POINTS);
                double second = at(behind, at + i * two.period() / POINTS);
                both += first * second;
                here += first * first;
                there += second * second;
            }
            double periods = 2 * (count + at) / (one.period() + two.period());
            double like = both / Math.sqrt(here * there)
                    - UNEVEN * Math.abs(periods - Math.rint(periods));
            if (like > most) {
                most = like;
                best = at;
            }
        }
        return best;
    }

    /// The value between samples, by the cubic through four of them.
    private static double at(double[] samples, double where) {
        int i = (int) Math.floor(where);
        double u = where - i;
        double a = sample(samples, i - 1), b = sample(samples, i);
        double c = sample(samples, i + 1), d = sample(samples, i + 2);
        return b + u / 2 * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
    }

    private static double sample(double[] samples, int at) {
        return samples[Math.clamp(at, 0, samples.length - 1)];
    }
}
