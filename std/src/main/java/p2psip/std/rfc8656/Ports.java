package p2psip.std.rfc8656;

import module java.base;

/// The addresses and ports that a server relays from, and which of them are in use.
final class Ports {
    private final Map<Family, InetAddress> relays;
    private final int low, high;
    private final RandomGenerator random;
    //= rfc8656#6-1 no relayed address is another allocation's at the same time
    private final Set<InetSocketAddress> taken = new HashSet<>();

    Ports(Map<Family, InetAddress> relays, int low, int high, RandomGenerator random) {
        this.relays = new EnumMap<>(relays);
        this.low = low;
        this.high = high;
        this.random = random;
    }

    boolean serves(Family family) { return relays.containsKey(family); }

    /// Takes a free port.
    ///
    /// @param even whether its number is to be even
    /// @param pair whether the next one is to be free too; it is taken with it
    Optional<InetSocketAddress> take(Family family, boolean even, boolean pair) {
        int size = high - low + 1;
        //= rfc8656#7.2-13 beginning at a port by chance, so that the next one is hard to guess
        int start = random.nextInt(size);
        for (int i = 0; i < size; i++) {
            int port = low + (start + i) % size;
            if (even && port % 2 != 0 || pair && port == high) continue;
            var at = new InetSocketAddress(relays.get(family), port);
            if (taken.contains(at) || pair && taken.contains(next(at))) continue;
            taken.add(at);
            if (pair) taken.add(next(at));
            return Optional.of(at);
        }
        return Optional.empty();
    }

    static InetSocketAddress next(InetSocketAddress at) {
        return new InetSocketAddress(at.getAddress(), at.getPort() + 1);
    }

    void free(InetSocketAddress at) { taken.remove(at); }

    int inUse() { return taken.size(); }
}
