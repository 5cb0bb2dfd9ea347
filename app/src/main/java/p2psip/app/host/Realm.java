package p2psip.app.host;

import module java.base;

/// An address realm (RFC 2663 §2.1): stations that see each other's addresses as they are. The
/// outermost is the Internet; each router has one behind it, where other addresses may be in use
/// that are in use elsewhere too.
final class Realm {
    /// By which what has no address here leaves.
    final Optional<NatBox> router;
    private final Map<InetAddress, Station> stations = new LinkedHashMap<>();
    private Wire usual = Wire.LAN;

    Realm(Optional<NatBox> router) { this.router = router; }

    /// How all its wires behave that are not set by themselves.
    Wire usual() { return usual; }

    void usual(Wire wire) { usual = wire; }

    void add(InetAddress address, Station station) {
        if (stations.put(address, station) != null)
            throw new IllegalArgumentException("address in use: " + address);
    }

    void remove(InetAddress address) { stations.remove(address); }

    /// Where a datagram to an address goes next: to who has it, else out.
    Optional<Station> next(InetAddress to) {
        return Optional.ofNullable(stations.get(to)).or(() -> router);
    }

    Stream<SimHost> hosts() {
        return stations.values().stream().distinct().filter(SimHost.class::isInstance)
                .map(SimHost.class::cast);
    }
}
