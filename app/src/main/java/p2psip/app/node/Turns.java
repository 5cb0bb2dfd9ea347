package p2psip.app.node;

import module java.base;
import p2psip.app.sipd.Budget;

/// Whose turn it is: of what many want some is under way at once, and the rest waits. Next is the
/// address that has had least lately, and of its ports the one that has; among those who have had
/// as much all in turn. So whoever asks seldom hardly waits, however many ask much; for him there
/// is also a quarter of the room that those do not get.
///
/// Where there is no more room the longest queue gives way, which is that of who asks most.
///
/// @param <T> what they want
final class Turns<T> {
    /// What somebody has without being behind others, and how much of it comes back each second.
    private static final int SHARE = 5;
    private static final double PER_SECOND = 0.2;

    private final int atOnce, room;
    private final SequencedMap<InetAddress, SequencedMap<Integer, Deque<T>>> waiting =
            new LinkedHashMap<>();
    /// Of an address, and of an address and port.
    private final Budget<Object> shares = new Budget<>(SHARE, PER_SECOND);
    private int underWay, size;

    /// @param atOnce how many are under way
    /// @param room   how many wait
    Turns(int atOnce, int room) {
        this.atOnce = atOnce;
        this.room = room;
    }

    /// How many are under way or wait.
    int size() { return underWay + size; }

    /// Somebody wants something; to be followed by [#surplus] and [#next].
    void want(InetSocketAddress who, T what) {
        waiting.computeIfAbsent(who.getAddress(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(who.getPort(), _ -> new ArrayDeque<>()).add(what);
        size++;
    }

    /// What begins now; empty if enough is under way or nobody waits.
    Optional<T> next(Instant now) {
        if (underWay >= atOnce || size == 0) return Optional.empty();
        var address = most(waiting.keySet(), each -> shares.left(each, now));
        if (underWay >= atOnce - atOnce / 4 && shares.left(address, now) < 1)
            return Optional.empty();
        underWay++;
        int port = most(waiting.get(address).keySet(),
                each -> shares.left(new InetSocketAddress(address, each), now));
        shares.take(address, now);
        shares.take(new InetSocketAddress(address, port), now);
        return Optional.of(take(address, port, Deque::poll));
    }

    /// Something that was under way is done.
    void done() { underWay--; }

    /// What there is no room for: the last of the longest queue of the address with the most.
    Optional<T> surplus() {
        if (size <= room) return Optional.empty();
        var address = most(waiting.keySet(), each -> size(waiting.get(each)));
        int port = most(waiting.get(address).keySet(), each ->
                waiting.get(address).get(each).size());
        return Optional.of(take(address, port, Deque::pollLast));
    }

    private static int size(Map<?, ? extends Collection<?>> queues) {
        int size = 0;
        for (var queue : queues.values()) size += queue.size();
        return size;
    }

    /// The first of those with most.
    private static <K> K most(Collection<K> keys, ToDoubleFunction<K> amount) {
        K best = keys.iterator().next();
        double most = Double.NEGATIVE_INFINITY;
        for (var key : keys) {
            double each = amount.applyAsDouble(key);
            if (each > most) {
                most = each;
                best = key;
            }
        }
        return best;
    }

    /// Takes one of a queue; the queue and its address have their next turn after all others.
    private T take(InetAddress address, int port, Function<Deque<T>, T> end) {
        var ports = waiting.remove(address);
        var queue = ports.remove(port);
        var taken = end.apply(queue);
        if (!queue.isEmpty()) ports.putLast(port, queue);
        if (!ports.isEmpty()) waiting.putLast(address, ports);
        size--;
        return taken;
    }
}
