package p2psip.std.rfc9002;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc9000.Ranges.Range;

/// What is on its way on one path: which packets got there, which were lost, when to ask, and how
/// much may be sent. What is in them it does not know; it gives it back.
///
/// It is told of packets that ask for an acknowledgement, numbered one after the other: all of them
/// are retransmittable and count as in flight. Packets that only acknowledge it never sees.
///
/// ```
///  Sent ----------> +-----------+ --> Delivered(what)    nothing more to do
///  Acknowledged --> | Recovery  | --> Lost(what)         send what was in it again
///  Congested -----> +-----------+ --> Probe              send something now, window or not
/// ```
///
/// @param <T> what a packet carried
/// @spec https://www.rfc-editor.org/rfc/rfc9002#section-6 RFC 9002 §6
public final class Recovery<T> implements Machine<Recovery.Input<T>, Recovery.Output<T>> {

    /// @param <T> what a packet carried
    public sealed interface Input<T> {

        /// A packet goes out; its number is larger than that of any before.
        ///
        /// @param probe whether it is larger than what the path is known to carry
        /// @param <T>   what it carries
        record Sent<T>(long number, int size, boolean probe, T what) implements Input<T> {
            public Sent(long number, int size, T what) { this(number, size, false, what); }
        }

        /// The peer has these; ranges of the largest numbers first.
        ///
        /// @param delay how long it has waited before it said so
        /// @param <T>   what a packet carried
        record Acknowledged<T>(List<Range> ranges, Duration delay) implements Input<T> {}

        /// Somebody on the way says that it was too much.
        ///
        /// @param <T> what a packet carried
        record Congested<T>() implements Input<T> {}
    }

    /// @param <T> what a packet carried
    public sealed interface Output<T> {

        /// @param <T> what a packet carried
        record Delivered<T>(T what) implements Output<T> {}

        /// @param <T> what a packet carried
        record Lost<T>(T what) implements Output<T> {}

        /// Send a packet now, new or old: no window and no pace holds it back.
        ///
        /// @param <T> what a packet carried
        record Probe<T>() implements Output<T> {}
    }

    /// Packets in flight; as if the window ended there.
    public static final int MAX_PACKETS = 8_192;

    /// By how many numbers a packet may be overtaken.
    //= rfc9002#6.1.1-1,2 packet threshold: by three
    private static final int PACKET_THRESHOLD = 3;

    /// By how many, where they are seen to overtake each other; time tells of losses in any case.
    private static final int MAX_THRESHOLD = 128;

    /// How many probe timeouts without a word are persistent congestion.
    //= rfc9002#7.6.1-1 the recommended value: three of them
    private static final int PERSISTENT = 3;

    /// No datagram that is larger than need be is a larger part of the window.
    private static final int PARTS = 4;

    /// The back-off goes no further.
    private static final int MAX_DOUBLED = 10;

    private record Packet<T>(int size, boolean probe, Instant at, T what) {}

    private enum Timer { LOSS, PROBE }

    private final NavigableMap<Long, Packet<T>> packets = new TreeMap<>();
    /// Those that were lost since the window became smaller for it, in one flight.
    private final NavigableSet<Long> lost = new TreeSet<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output<T>> out = new Outbox<>();
    private final RoundTrips trips;
    private final Queueing queue = new Queueing();
    private final NewReno reno;
    private final Pacing pacing;
    private final int base;
    private long largest = -1, lastNumber = -1, bytes;
    private long threshold = PACKET_THRESHOLD;
    private int doubled;
    private boolean idle;

    /// @param datagram the size of the largest that every path carries
    /// @param maxDelay the longest that the peer lets an acknowledgement wait
    public Recovery(int datagram, Duration maxDelay) {
        this.base = datagram;
        this.trips = new RoundTrips(maxDelay);
        this.reno = new NewReno(datagram, queue);
        this.pacing = new Pacing(datagram);
    }

    /// What is known of the round trip.
    public RoundTrips trips() { return trips; }

    public long window() { return reno.window(); }

    /// Bytes in flight.
    public long bytes() { return bytes; }

    /// How many probes in a row were not answered.
    public int unanswered() { return doubled; }

    /// The largest datagram that is sent now, where the path carries so many bytes: it is a small
    /// part of the window, so that a loss is noticed by those behind it, and of what is paced.
    ///
    /// @param carried what the path carries
    public int datagram(int carried) {
        int size = (int) Math.max(base, Math.min(carried, most()));
        reno.datagram(size);
        return size;
    }

    /// Whether a datagram is a small part of the window, and of what is paced.
    public boolean isSmall(int size) { return size <= most(); }

    private long most() {
        return Math.min(reno.window() / PARTS, pacing.most(reno.window(), trips.smoothed()));
    }

    /// No more than so many bytes a second on this path.
    public void limit(long rate) { pacing.limit(rate); }

    /// Whether the window lets a packet of that size go.
    public boolean fits(int size) {
        //= rfc9002#7-3 not more in flight than the window
        return bytes + size <= reno.window() && packets.size() < MAX_PACKETS;
    }

    /// When the pace lets it go.
    public Instant paced(int size, Instant now) {
        return pacing.next(size, reno.window(), trips.smoothed(), now);
    }

    /// Whether there is nothing more to send though there would be room.
    public void idle(boolean now) {
        //= rfc9002#7.8-2 pacing: who waits for the pace alone is not idle
        idle = now;
    }

    /// Everything that is in flight, to be sent by another way.
    public List<T> inFlight() { return packets.values().stream().map(Packet::what).toList(); }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public List<Output<T>> handle(Input<T> input, Instant now) {
        switch (input) {
            case Input.Sent<T>(long number, int size, boolean probe, T what) ->
                    sent(number, new Packet<>(size, probe, now, what), now);
            case Input.Acknowledged<T>(var ranges, var delay) -> acknowledged(ranges, delay, now);
            case Input.Congested<T> _ -> congested(List.of(), now.minus(trips.smoothed()), now);
        }
        return out.take();
    }

    @Override public List<Output<T>> wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            case LOSS -> {
                lost(now);
                settle(now);
            }
            case PROBE -> {
                //= rfc9002#6.2.1-5 twice as long until the next
                doubled = Math.min(doubled + 1, MAX_DOUBLED);
                //= rfc9002#6.2.4-1,3 a probe asks for an answer
                //= rfc9002#6.2-1 PTO: which says nothing of what was sent before
                out.add(new Output.Probe<>());
                settle(now);
            }
        }
        return out.take();
    }

    private void sent(long number, Packet<T> packet, Instant now) {
        if (number <= lastNumber) throw new IllegalArgumentException("number " + number);
        lastNumber = number;
        packets.put(number, packet);
        //= rfc9002#7.5-2 a probe counts as any other
        bytes += packet.size;
        pacing.sent(packet.size);
        settle(now);
    }

    private void acknowledged(List<Range> ranges, Duration delay, Instant now) {
        if (ranges.isEmpty()) return;
        long newest = ranges.getFirst().last();
        //= rfc9000#13.1-2 acknowledgment: of what was never sent nothing is believed
        if (newest > lastNumber) return;
        var known = packets.get(newest);
        //= rfc9002#5.1-1,2 measured by the newest packet alone, and once
        if (known != null) {
            var took = Duration.between(known.at, now);
            trips.sample(took, delay, now);
            queue.sample(took.minus(trips.believed(delay)), now);
        }
        largest = Math.max(largest, newest);
        boolean any = false;
        for (var range : ranges) {
            late(range);
            any |= acknowledged(range);
        }
        if (!any) return;
        doubled = 0;
        lost(now);
        settle(now);
    }

    /// What counted as lost may have come: then more time is given to others.
    private void late(Range range) {
        var those = lost.subSet(range.first(), true, range.last(), true);
        if (those.isEmpty()) return;
        threshold = Math.clamp(largest - those.first() + 1, threshold, MAX_THRESHOLD);
        trips.late();
        those.clear();
        if (lost.isEmpty()) reno.restore();
    }

    private boolean acknowledged(Range range) {
        var those = packets.subMap(range.first(), true, range.last(), true);
        if (those.isEmpty()) return false;
        for (var packet : those.values()) {
            bytes -= packet.size;
            reno.acknowledged(packet.size, packet.at, idle);
            out.add(new Output.Delivered<>(packet.what));
        }
        those.clear();
        return true;
    }

    /// What was sent so long before one that is acknowledged, in numbers or in time, is lost.
    private void lost(Instant now) {
        timers.stop(Timer.LOSS);
        var delay = trips.lossDelay();
        //= rfc9002#6.1.2-1 declared lost: a while ago
        var before = now.minus(delay);
        var last = Optional.<Packet<T>>empty();
        var first = last;
        var numbers = new ArrayList<Long>();
        long previous = -2;
        var longest = Duration.ZERO;
        for (var each = packets.firstEntry(); each != null && each.getKey() < largest;
                each = packets.firstEntry()) {
            var packet = each.getValue();
            if (each.getKey() > largest - threshold && packet.at.isAfter(before)) {
                //= rfc9002#6.1.2-3 not yet: a timer for the rest
                timers.set(Timer.LOSS, packet.at.plus(delay));
                break;
            }
            packets.remove(each.getKey());
            bytes -= packet.size;
            out.add(new Output.Lost<>(packet.what));
            boolean follows = each.getKey() == previous + 1;
            previous = each.getKey();
            //= rfc9000#14.4-1 a lost probe of the size is no sign of congestion
            if (packet.probe) continue;
            numbers.add(each.getKey());
            if (first.isEmpty() || !follows) first = Optional.of(packet);
            last = Optional.of(packet);
            longest = longer(longest, first.get(), packet);
        }
        if (last.isEmpty()) return;
        //= rfc9000#13.3-7 congestion, losses: who loses sends less
        congested(numbers, last.get().at, now);
        if (longest.compareTo(trips.probeTimeout().multipliedBy(PERSISTENT)) > 0) {
            reno.collapse();
            trips.renew();
            queue.renew();
        }
    }

    private void congested(List<Long> numbers, Instant sent, Instant now) {
        if (reno.reduces(sent)) lost.clear();
        lost.addAll(numbers);
        reno.congested(sent, now);
    }

    /// How long nothing came through: from one lost packet to another, and none between them that
    /// was not.
    private Duration longer(Duration longest, Packet<T> from, Packet<T> to) {
        //= rfc9002#7.6.2-2 RTT sample: only after a first round trip was measured
        if (trips.since().filter(since -> !from.at.isBefore(since)).isEmpty()) return longest;
        var span = Duration.between(from.at, to.at);
        return span.compareTo(longest) > 0 ? span : longest;
    }

    private void settle(Instant now) {
        //= rfc9002#6.2.1-6 not while there is a timer for what may be lost
        if (packets.isEmpty() || timers.isSet(Timer.LOSS)) timers.stop(Timer.PROBE);
        //= rfc9002#6.2.1-4 begun anew with each packet that is sent or acknowledged
        else timers.set(Timer.PROBE, now.plusNanos(
                trips.probeTimeout().toNanos() << doubled));
    }
}
