package p2psip.std.rfc3263;

import module java.base;
import p2psip.std.rfc3261.*;

/// What we speak, and from which addresses.
final class Spoken {
    private final Map<Transport, Destinations> byTransport = new EnumMap<>(Transport.class);

    Spoken(List<ListeningPoint> points) {
        for (var transport : Transport.values()) {
            var ours = points.stream().filter(point -> point.transport() == transport)
                    .map(point -> point.address().getAddress()).toList();
            if (!ours.isEmpty()) byTransport.put(transport, new Destinations(ours));
        }
    }

    boolean by(Transport transport) { return byTransport.containsKey(transport); }

    /// @param transport one that is spoken
    Destinations from(Transport transport) { return byTransport.get(transport); }
}
