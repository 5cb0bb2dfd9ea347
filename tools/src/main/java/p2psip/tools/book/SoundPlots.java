package p2psip.tools.book;

import module java.base;
import p2psip.app.sim.Plot;
import p2psip.app.sim.Plot.*;
import p2psip.app.sound.*;
import p2psip.std.rfc3611.CallQuality;

/// What is measured of the sound room, for the book: each plot is a run of the code itself.
final class SoundPlots {
    private static final int RATE = 8000, FRAME = 160;

    private SoundPlots() {}

    /// The wire of the plot of jitter, and how late the buffer plays what comes over it.
    static Plot buffer() {
        var buffer = new JitterBuffer<Integer>(RATE);
        var chance = new SplittableRandom(1);
        var delays = new ArrayList<Point>();
        var late = new ArrayList<Point>();
        record Arrival(long at, int packet) {}
        var arrivals = new ArrayList<Arrival>();
        for (int i = 0; i < 1000; i++) {
            int sent = 20 * i;
            double delay = chance.nextDouble() * (sent >= 2000 && sent < 4000 ? 30 : 2);
            arrivals.add(new Arrival((long) ((sent + delay) * 1e6), i));
            late.add(new Point(sent / 1000.0, delay));
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        for (var arrival : arrivals) {
            var now = Instant.EPOCH.plusNanos(arrival.at);
            buffer.wake(now);
            buffer.handle(new JitterBuffer.Input.Received<>(
                    (long) arrival.packet * FRAME, FRAME, arrival.packet), now);
            delays.add(new Point(arrival.at / 1e9, buffer.delay().toNanos() / 1e6));
        }
        return new Plot("how late it is played", "seconds", "ms",
                List.of(new Series("by the buffer", delays), new Series("by the wire", late)));
    }

    /// A vowel of which so much is lost: what is heard, with what is missing made up and not.
    static Plot concealment() {
        var said = vowel(20);
        var made = new ArrayList<Point>();
        var silent = new ArrayList<Point>();
        for (int percent = 1; percent <= 20; percent++) {
            made.add(new Point(percent, snr(said, heard(said, percent, true))));
            silent.add(new Point(percent, snr(said, heard(said, percent, false))));
        }
        return new Plot("signal to noise where packets are lost", "percent lost", "dB",
                List.of(new Series("made up", made), new Series("silence in their place", silent)));
    }

    private static short[] heard(short[] said, int percent, boolean made) {
        var dice = new SplittableRandom(7);
        var concealment = new Concealment(RATE);
        int frames = said.length / FRAME;
        var lost = IntStream.range(0, frames + 1)
                .mapToObj(i -> i > 3 && dice.nextInt(100) < percent).toList();
        var all = new short[said.length];
        for (int i = 0; i < frames; i++) {
            var next = i + 1 < frames && !lost.get(i + 1)
                    ? Optional.of(frame(said, i + 1)) : Optional.<short[]>empty();
            var played = !lost.get(i) ? concealment.heard(frame(said, i))
                    : made ? concealment.missing(FRAME, next) : new short[FRAME];
            if (!made && !lost.get(i)) played = frame(said, i);
            System.arraycopy(played, 0, all, i * FRAME, FRAME);
        }
        return all;
    }

    private static short[] frame(short[] all, int index) {
        return Arrays.copyOfRange(all, index * FRAME, (index + 1) * FRAME);
    }

    private static double snr(short[] said, short[] heard) {
        double signal = 0, noise = 1;
        for (int i = 0; i < said.length; i++) {
            signal += (double) said[i] * said[i];
            noise += Math.pow(said[i] - heard[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }

    /// The vowel of "hut", sung by a man.
    private static short[] vowel(int seconds) {
        var samples = new short[RATE * seconds];
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            double time = (double) i / RATE;
            phase += 140 * (1 + 0.04 * Math.sin(2 * Math.PI * 5 * time)) / RATE;
            double value = 0;
            for (int h = 1; h < 20; h++)
                value += loud(140 * h) * Math.sin(2 * Math.PI * h * phase);
            samples[i] = (short) (4000 * value);
        }
        return samples;
    }

    private static double loud(double hertz) {
        return 1 / (1 + Math.pow((hertz - 650) / 120, 2))
                + 0.6 / (1 + Math.pow((hertz - 1150) / 150, 2))
                + 0.3 / (1 + Math.pow((hertz - 2500) / 200, 2)) + 0.02;
    }

    /// What is said of a call of which so much is lost.
    static Plot quality() {
        return new Plot("what people would say of a call", "percent lost", "R",
                List.of(quality("50 ms from mouth to ear", 50), quality("300 ms", 300)));
    }

    private static Series quality(String name, double delay) {
        return new Series(name, IntStream.rangeClosed(0, 80).mapToObj(i -> new Point(i / 4.0,
                CallQuality.of(i / 400.0, 1, delay, CallQuality.G711_CONCEALED).r())).toList());
    }
}
