package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;

/// A relayed transport address with its time, its permissions and its channels. What has expired
/// counts as not there, and goes when room is needed.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-6 RFC 8656 §6
final class Relay {
    //= rfc8656#9-1 a permission is good for 300 seconds
    static final Duration PERMISSION = Duration.ofSeconds(300);
    static final Duration CHANNEL = Duration.ofMinutes(10);

    /// A channel with its peer.
    record Channel(int number, InetSocketAddress peer, Instant expires) {}

    final InetSocketAddress address;
    private final Limits limits;
    private final Map<InetAddress, Instant> permissions = new LinkedHashMap<>();
    private final Map<Integer, Channel> channels = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Channel> byPeer = new HashMap<>();
    Instant expires;

    Relay(InetSocketAddress address, Limits limits, Instant expires) {
        this.address = address;
        this.limits = limits;
        this.expires = expires;
    }

    Family family() { return Family.of(address); }

    boolean permits(InetAddress peer, Instant now) {
        var until = permissions.get(peer);
        return until != null && until.isAfter(now);
    }

    /// Whether there is room for these permissions.
    boolean hasRoom(Collection<InetAddress> peers, Instant now) {
        permissions.values().removeIf(until -> !until.isAfter(now));
        return permissions.size() + peers.stream().filter(p -> !permissions.containsKey(p))
                .distinct().count() <= limits.permissions();
    }

    void permit(InetAddress peer, Instant now) { permissions.put(peer, now.plus(PERMISSION)); }

    Optional<Channel> channel(int number, Instant now) {
        return Optional.ofNullable(channels.get(number)).filter(c -> c.expires.isAfter(now));
    }

    Optional<Channel> channel(InetSocketAddress peer, Instant now) {
        return Optional.ofNullable(byPeer.get(peer)).filter(c -> c.expires.isAfter(now));
    }

    boolean hasRoomForChannel(Instant now) {
        channels.values().removeIf(c -> !c.expires.isAfter(now));
        byPeer.values().removeIf(c -> !c.expires.isAfter(now));
        return channels.size() < limits.channels();
    }

    void bind(int number, InetSocketAddress peer, Instant now) {
        var channel = new Channel(number, peer, now.plus(CHANNEL));
        channels.put(number, channel);
        byPeer.put(peer, channel);
        permit(peer.getAddress(), now);
    }
}
