package p2psip.app.host;

import module java.base;

/// How the way from one simulated host to another behaves, in either direction.
///
/// A stream over it loses nothing: what would be lost arrives later, as after a retransmission.
///
/// @param delay     what every packet takes at least
/// @param jitter    how much longer it may take, evenly spread; packets overtake each other
/// @param loss      of how many datagrams none arrives, 0 to 1
/// @param late      how many datagrams arrive one more delay and jitter later: reordering
/// @param duplicate how many datagrams arrive twice
/// @param rate      bytes a second; 0: as many as there are
/// @param queue     bytes that may wait for that; what comes when they are there is lost
/// @param mtu       bytes of the largest packet, headers and all; a larger one is cut into
///                  fragments, or lost without a word if that is not allowed
public record Wire(Duration delay, Duration jitter, double loss, double late, double duplicate,
        long rate, long queue, int mtu) {

    private static final int ETHERNET = 1_500;

    /// As wide as can be.
    public Wire(Duration delay, Duration jitter, double loss, double late, double duplicate) {
        this(delay, jitter, loss, late, duplicate, 0, 0, ETHERNET);
    }

    /// A quiet local network: half a millisecond, nothing lost.
    public static final Wire LAN = of(Duration.ofNanos(500_000));

    public static Wire of(Duration delay) { return new Wire(delay, Duration.ZERO, 0, 0, 0); }

    /// The same with jitter.
    public Wire jitter(Duration jitter) {
        return new Wire(delay, jitter, loss, late, duplicate, rate, queue, mtu);
    }

    /// The same with loss.
    public Wire loss(double loss) {
        return new Wire(delay, jitter, loss, late, duplicate, rate, queue, mtu);
    }

    /// The same with a narrow place, where datagrams wait for each other.
    public Wire rate(long rate, long queue) {
        return new Wire(delay, jitter, loss, late, duplicate, rate, queue, mtu);
    }

    /// The same that carries packets of so many bytes.
    public Wire mtu(int mtu) {
        return new Wire(delay, jitter, loss, late, duplicate, rate, queue, mtu);
    }

    /// When each copy of a datagram arrives, counted from now: no copy if it is lost.
    List<Duration> copies(RandomGenerator random) {
        if (random.nextDouble() < loss) return List.of();
        var first = once(random);
        if (random.nextDouble() < late) first = first.plus(once(random));
        return random.nextDouble() < duplicate ? List.of(first, once(random)) : List.of(first);
    }

    /// When a segment of a stream arrives, counted from now.
    Duration segment(RandomGenerator random) {
        var takes = once(random);
        for (var again = RETRANSMISSION; random.nextDouble() < loss
                && again.compareTo(LONGEST) < 0; again = again.multipliedBy(2))
            takes = takes.plus(again);
        return takes;
    }

    private static final Duration RETRANSMISSION = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Duration once(RandomGenerator random) {
        return jitter.isZero() ? delay : delay.plusNanos(random.nextLong(jitter.toNanos() + 1));
    }
}
