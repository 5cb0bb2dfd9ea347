package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;

/// Relayed addresses that are open and kept for who shows the token.
final class Reservations {
    //= rfc8656#7.2-10 kept for at least 30 seconds
    static final Duration HELD = Duration.ofSeconds(60);

    private record Held(InetSocketAddress address, String user, Instant until) {}

    private final Map<Bytes, Held> held = new LinkedHashMap<>();
    private final RandomGenerator random;

    Reservations(RandomGenerator random) { this.random = random; }

    /// Keeps an address, and answers the token for it.
    Bytes hold(InetSocketAddress address, String user, Instant now) {
        var token = Bytes.random(8, random);
        held.put(token, new Held(address, user, now.plus(HELD)));
        return token;
    }

    /// Hands over the address of a token, which is good once.
    Optional<InetSocketAddress> claim(Bytes token) {
        return Optional.ofNullable(held.remove(token)).map(Held::address);
    }

    /// How many are kept for who has asked by this name.
    int count(String user) {
        return (int) held.values().stream().filter(h -> h.user.equals(user)).count();
    }

    /// The addresses that nobody has claimed in time, which are kept no more.
    List<InetSocketAddress> expired(Instant now) {
        var late = held.values().stream().filter(h -> !h.until.isAfter(now)).map(Held::address)
                .toList();
        held.values().removeIf(h -> !h.until.isAfter(now));
        return late;
    }

    /// All are kept equally long, so the oldest goes first.
    Instant deadline() {
        return held.isEmpty() ? Instant.MAX : held.values().iterator().next().until;
    }
}
