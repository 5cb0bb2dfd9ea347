package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;

/// What a client believes that the server lets through: permissions for addresses, channels to
/// peers, and the data that wait until there is one.
final class PeerTable {
    /// How many addresses are permitted at once; data for another are dropped.
    static final int LIMIT = 256;

    /// How many datagrams wait for the permission of one address; the oldest go first.
    static final int WAITING = 32;

    /// After how many datagrams a peer gets a channel: one who is only tried out needs none.
    static final int USED = 3;

    record Waiting(InetSocketAddress peer, Bytes data) {}

    /// An address that data may come from.
    static final class Permission {
        final Deque<Waiting> waiting = new ArrayDeque<>();
        Instant expires = Instant.MIN, used = Instant.MIN;
        boolean asked;

        boolean active(Instant now) { return expires.isAfter(now); }
    }

    /// A peer with a number that it keeps for as long as the allocation lives.
    static final class Channel {
        final int number;
        final InetSocketAddress peer;
        Instant expires = Instant.MIN, again = Instant.MIN;

        Channel(int number, InetSocketAddress peer) {
            this.number = number;
            this.peer = peer;
        }

        boolean bound(Instant now) { return expires.isAfter(now); }
    }

    final Map<InetAddress, Permission> permissions = new LinkedHashMap<>();
    final Map<InetSocketAddress, Channel> channels = new LinkedHashMap<>();
    private final Map<Integer, Channel> byNumber = new HashMap<>();
    private final Map<InetSocketAddress, Integer> sent = new HashMap<>();

    /// The permission of an address, made if there is room for one more.
    Optional<Permission> permission(InetAddress address) {
        var there = permissions.get(address);
        if (there != null) return Optional.of(there);
        if (permissions.size() >= LIMIT) return Optional.empty();
        permissions.put(address, new Permission());
        return Optional.of(permissions.get(address));
    }

    boolean permits(InetAddress address, Instant now) {
        var there = permissions.get(address);
        return there != null && there.active(now);
    }

    Optional<Channel> channel(InetSocketAddress peer) {
        return Optional.ofNullable(channels.get(peer));
    }

    Optional<Channel> channel(int number) { return Optional.ofNullable(byNumber.get(number)); }

    /// Counts what is sent to a peer, and says when it is time that it gets a channel.
    boolean used(InetSocketAddress peer) {
        if (sent.size() >= LIMIT && !sent.containsKey(peer)) return false;
        return sent.merge(peer, 1, Integer::sum) >= USED;
    }

    /// A channel for a peer, with a number that no other peer has had.
    //= rfc8656#12-2 so no number and no peer is bound to another one, however long it waits
    Optional<Channel> open(InetSocketAddress peer) {
        if (channels.size() >= LIMIT) return Optional.empty();
        var channel = new Channel(ChannelData.FIRST + channels.size(), peer);
        channels.put(peer, channel);
        byNumber.put(channel.number, channel);
        return Optional.of(channel);
    }

    /// Forgets an address with all that waits for it.
    void forget(InetAddress address) { permissions.remove(address); }

    void clear() {
        permissions.clear();
        channels.clear();
        byNumber.clear();
        sent.clear();
    }
}
