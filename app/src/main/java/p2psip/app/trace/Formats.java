package p2psip.app.trace;

import module java.base;
import p2psip.std.rfc3551.PayloadTypes;
import p2psip.std.rfc4566.*;

/// What RTP's payload types mean at which port, as the session descriptions of a conversation have
/// said so far.
final class Formats {
    /// Of a payload type.
    ///
    /// @param encoding as in rtpmap, `PCMU`
    /// @param clock    units of the timestamp in a second
    record Format(String encoding, int clock) {
        boolean isEvent() { return encoding.equalsIgnoreCase("telephone-event"); }
    }

    private final Map<InetSocketAddress, Map<Integer, Format>> ports = new HashMap<>();

    /// Takes in a description; the last one of a port counts.
    void learn(SessionDescription description) {
        for (var medium : description.media()) {
            if (medium.port() == 0 || medium.port() > 65_535) continue;
            description.connection(medium).inetAddress().ifPresent(ip -> {
                var here = ports.computeIfAbsent(new InetSocketAddress(ip, medium.port()),
                        _ -> new HashMap<>());
                for (var map : medium.rtpMaps()) here.put(map.payloadType(),
                        new Format(map.encoding(), Math.max(1, map.clockRate())));
            });
        }
    }

    /// What a payload type means to who sends from one port to another.
    Format of(int payloadType, InetSocketAddress from, InetSocketAddress to) {
        return Stream.of(to, from).map(at -> ports.getOrDefault(at, Map.of()))
                .flatMap(here -> Optional.ofNullable(here.get(payloadType)).stream()).findFirst()
                .or(() -> PayloadTypes.of(payloadType)
                        .map(fixed -> new Format(fixed.name(), fixed.clockRate())))
                .orElse(new Format("payload type " + payloadType, 8000));
    }
}
