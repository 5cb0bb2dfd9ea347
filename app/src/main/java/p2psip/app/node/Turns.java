package p2psip.app.node;

import module java.base;

/// Whose turn it is: of what many want some is under way at once, and the rest waits so that each
/// address is served in turn, and at each address each port, whoever asks most.
///
/// Where there is no more room the longest queue gives way, which is that of who asks most.
///
/// @param <T> what they want
final class Turns<T> {
    private final int atOnce, room;
    private final SequencedMap<InetAddress, SequencedMap<Integer, Deque<T>>> waiting =
            new LinkedHashMap<>();
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
    Optional<T> next() {
        if (underWay >= atOnce || size == 0) return Optional.empty();
        underWay++;
        var address = waiting.firstEntry();
        var next = take(address.getKey(), address.getValue().firstEntry().getKey(), Deque::poll);
        return Optional.of(next);
    }

    /// Something that was under way is done.
    void done() { underWay--; }

    /// What there is no room for: the last of the longest queue of the address with the most.
    Optional<T> surplus() {
        if (size <= room) return Optional.empty();
        var address = Collections.max(waiting.entrySet(),
                Comparator.comparing(ports -> ports.getValue().values().stream()
                        .mapToInt(Deque::size).sum()));
        var port = Collections.max(address.getValue().entrySet(),
                Comparator.comparing(queue -> queue.getValue().size()));
        return Optional.of(take(address.getKey(), port.getKey(), Deque::pollLast));
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
