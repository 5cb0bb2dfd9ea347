package p2psip.app.sound;

import module java.base;
import p2psip.std.*;

/// Keeps what comes by packets, early and late and in any order, until it is its turn, so that it
/// can be played as regularly as it was said.
///
/// It plays as late as 99 of 100 packets need, by what it has seen of late, and not later. That is
/// changed between two utterances, or else by a frame that is put in or passed over at times. What
/// is not there when its turn has come is given up. Where packets are lost it plays a frame later
/// still: what is behind a gap tells much of what was in it.
///
/// @param <T> what a packet brings; it is not looked at
public final class JitterBuffer<T>
        implements Machine<JitterBuffer.Input<T>, JitterBuffer.Output<T>> {

    /// The longest that anything waits, and the most packets that do.
    static final Duration LONGEST = Duration.ofMillis(500);
    static final int PACKETS = 200;

    /// How late it plays before it knows better, and at least.
    private static final Duration FIRST = Duration.ofMillis(40);
    private static final Duration SHORTEST = Duration.ofMillis(5);

    /// The share of packets that come in time.
    private static final double ENOUGH = 0.99;

    /// For how many packets what was seen counts.
    private static final int MEMORY = 250;

    /// How exactly lateness is told.
    private static final Duration STEP = Duration.ofMillis(5);

    /// For how long the quickest packet is the measure of the others, at least.
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /// How long nothing comes until nothing is expected; who jumps further in time begins anew.
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final Duration JUMP = Duration.ofSeconds(5);

    /// How often at most something is put in or passed over.
    private static final Duration RARELY = Duration.ofMillis(200);

    public sealed interface Input<T> {
        /// @param timestamp of 32 bits
        /// @param ticks     by how much it is greater at the end of what the packet brings
        record Received<T>(long timestamp, int ticks, T content) implements Input<T> {}
    }

    public sealed interface Output<T> {
        record Play<T>(T content) implements Output<T> {}

        /// In the time of one: both, without something in between.
        record Hurry<T>(T first, T second) implements Output<T> {}

        /// There is nothing to play for so many ticks.
        ///
        /// @param lost whether something was to be there; else there is to be time
        /// @param next what comes then, if it is here
        record Fill<T>(int ticks, boolean lost, Optional<T> next) implements Output<T> {}

        /// It came too late, or there were too many, and is not played.
        record Late<T>(T content) implements Output<T> {}
    }

    private record Kept<T>(long at, int ticks, T content) {}

    private final int clockRate;
    private final NavigableMap<Long, Kept<T>> kept = new TreeMap<>();
    private final double[] lateness = new double[(int) LONGEST.dividedBy(STEP) + 1];
    private int seen;

    /// When the first packet came, and what timestamp it had: all times are since then.
    private Optional<Instant> origin = Optional.empty();
    private long originTicks;

    /// What is played next, and when; and how long the last was.
    private long position, due;
    private boolean playing;
    private int frame;
    private long lastChange, lastArrival;

    /// Whether something was missing, and when something was missing before something that was not.
    private boolean missed;
    private long lastLoss;

    /// The least time from being said to being here, in this window and in the one before.
    private long least, leastBefore, windowEnd;

    /// @param clockRate of the timestamps
    public JitterBuffer(int clockRate) { this.clockRate = clockRate; }

    /// How much later than it could it plays.
    public Duration delay() {
        return playing ? Duration.ofNanos(due - nanos(position) - base()) : Duration.ZERO;
    }

    @Override public Instant deadline() {
        return playing ? origin.orElseThrow().plusNanos(due) : Instant.MAX;
    }

    @Override public List<Output<T>> handle(Input<T> input, Instant now) {
        return switch (input) {
            case Input.Received<T>(long timestamp, int ticks, var content) ->
                    received(timestamp, new Kept<>(0, Math.max(1, ticks), content), now);
        };
    }

    private List<Output<T>> received(long timestamp, Kept<T> packet, Instant now) {
        if (origin.isEmpty()) begin(timestamp, now);
        long time = Duration.between(origin.get(), now).toNanos();
        long at = position + (int) (timestamp - originTicks - position);
        if (Math.abs(nanos(at - position)) > JUMP.toNanos()) {
            begin(timestamp, now);
            time = 0;
            at = 0;
        }
        arrived(time - nanos(at), time);
        lastArrival = time;
        if (playing && at < position || kept.size() >= PACKETS)
            return List.of(new Output.Late<>(packet.content));
        if (!playing) {
            //= rfc3551#4.1-2 senders may suppress silence: what comes then begins a talkspurt
            //= rfc3551#4.1-4 at whose beginning the playout delay is adjusted
            playing = true;
            position = at;
            frame = packet.ticks;
            due = Math.max(time, nanos(at) + base() + target());
            lastChange = due;
        }
        //= rfc7587#4.1-2,3 of duplicate packets one goes to the decoder, others are discarded
        kept.putIfAbsent(at, new Kept<>(at, packet.ticks, packet.content));
        return List.of();
    }

    private void begin(long timestamp, Instant now) {
        origin = Optional.of(now);
        originTicks = timestamp;
        kept.clear();
        playing = false;
        position = 0;
        least = Long.MAX_VALUE;
        leastBefore = Long.MAX_VALUE;
        windowEnd = WINDOW.toNanos();
        Arrays.fill(lateness, 0);
        seen = 0;
        missed = false;
        lastLoss = -WINDOW.toNanos();
    }

    /// Learns how late a packet is.
    private void arrived(long transit, long time) {
        if (time >= windowEnd) {
            leastBefore = least;
            least = Long.MAX_VALUE;
            windowEnd = time + WINDOW.toNanos();
        }
        least = Math.min(least, transit);
        seen = Math.min(seen + 1, MEMORY);
        double share = 1.0 / seen;
        for (int i = 0; i < lateness.length; i++) lateness[i] *= 1 - share;
        int late = (int) Math.min(lateness.length - 1, (transit - base()) / STEP.toNanos());
        lateness[late] += share;
    }

    private long base() { return Math.min(least, leastBefore); }

    /// How late to play, in nanoseconds after the quickest.
    private long target() {
        if (seen < 10) return FIRST.toNanos();
        double sum = 0;
        int steps = 0;
        while (steps < lateness.length - 1 && (sum += lateness[steps]) < ENOUGH) steps++;
        boolean lossy = due - lastLoss < WINDOW.toNanos();
        return Math.max(SHORTEST.toNanos(), (steps + 1) * STEP.toNanos())
                + (lossy ? nanos(frame) : 0);
    }

    @Override public List<Output<T>> wake(Instant now) {
        var out = new ArrayList<Output<T>>();
        while (!deadline().isAfter(now)) turn().ifPresent(out::add);
        return out;
    }

    private Optional<Output<T>> turn() {
        var next = Optional.ofNullable(kept.firstEntry()).map(Map.Entry::getValue);
        if (next.isEmpty() && due - lastArrival > PAUSE.toNanos()) {
            playing = false;
            missed = false;
            return Optional.empty();
        }
        long behind = target() - delay().toNanos();
        boolean change = due - lastChange >= RARELY.toNanos();
        // what is not here may still come, if it is known to be late
        if (behind >= STEP.toNanos() && (change || next.isEmpty()))
            return Optional.of(wait(behind, next));
        if (next.isEmpty() || next.get().at > position) return Optional.of(lost(next));
        return Optional.of(change && -behind > nanos(frame) ? hurry() : play());
    }

    /// The same later.
    private Output<T> wait(long behind, Optional<Kept<T>> next) {
        int ticks = (int) Math.min(frame, Ticks.of(Duration.ofNanos(behind), clockRate));
        lastChange = due;
        due += nanos(ticks);
        return new Output.Fill<>(ticks, false, next.map(Kept::content));
    }

    private Output<T> lost(Optional<Kept<T>> next) {
        int gap = next.map(n -> (int) Math.min(frame, n.at - position)).orElse(frame);
        missed = true;
        advance(position + gap);
        return new Output.Fill<>(gap, true,
                next.filter(n -> n.at == position).map(Kept::content));
    }

    private Output<T> play() {
        if (missed) lastLoss = due;
        missed = false;
        var packet = kept.pollFirstEntry().getValue();
        frame = packet.ticks;
        advance(packet.at + packet.ticks);
        return new Output.Play<>(packet.content);
    }

    private Output<T> hurry() {
        var first = kept.pollFirstEntry().getValue();
        long at = first.at + first.ticks;
        var second = Optional.ofNullable(kept.get(at)).filter(s -> s.ticks == first.ticks);
        frame = first.ticks;
        if (second.isEmpty()) {
            advance(at);
            return new Output.Play<>(first.content);
        }
        kept.remove(at);
        advance(at);
        position += first.ticks;
        lastChange = due;
        return new Output.Hurry<>(first.content, second.get().content);
    }

    /// Whatever lies before has had its turn.
    private void advance(long to) {
        due += nanos(to) - nanos(position);
        position = to;
        kept.headMap(to).clear();
    }

    private long nanos(long ticks) { return Ticks.nanos(ticks, clockRate); }
}
