package p2psip.app.capture;

import module java.base;
import p2psip.std.rfc3551.PayloadTypes;
import p2psip.std.rfc4566.*;

/// Which ports the session descriptions of a capture name for RTP and RTCP, and what the payload
/// types mean there.
final class Descriptions {
    private static final Set<String> PLAIN = Set.of("RTP/AVP", "RTP/AVPF"), SECRET = Set.of(
            "RTP/SAVP", "RTP/SAVPF", "UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF");

    /// A port for media; `formats` are the names of payload types since some packet.
    static final class Port {
        private record Formats(int since, Map<Integer, String> names) {}

        private final List<Formats> formats = new ArrayList<>();
        private boolean rtp, rtcp, reducedSize;
        /// Since which packet what goes there is sealed.
        private int secretSince = Integer.MAX_VALUE;

        /// Whether a packet is sealed: only its header can be read.
        boolean isSecret(int packet) { return packet >= secretSince; }

        /// Whether a packet is to be read as RTCP, also where both may come.
        ///
        /// @param second its second byte: in RTCP the packet type, from 192 to 223; payload types
        ///               that would look alike are not used
        /// @spec https://www.rfc-editor.org/rfc/rfc5761#section-4 RFC 5761 §4
        boolean isRtcp(int second) {
            return rtcp && (!rtp || second >= 192 && second <= 223);
        }

        /// What a payload type means to a packet: what the last description before it says that has
        /// the number, for the peer may not have seen a later one; else the first after it.
        Optional<String> encoding(int payloadType, int packet) {
            var known = formats.stream().filter(f -> f.names.containsKey(payloadType)).toList();
            return known.stream().filter(f -> f.since <= packet).reduce((_, later) -> later)
                    .or(() -> known.stream().findFirst()).map(f -> f.names.get(payloadType));
        }
    }

    private final Map<InetSocketAddress, Port> ports = new HashMap<>();

    Optional<Port> at(InetSocketAddress address) { return Optional.ofNullable(ports.get(address)); }

    /// Whether one who listens at these ports has said that its RTCP may be less than a compound
    /// packet. Both should have; there are phones that say so only when they call.
    boolean isReducedSize(InetSocketAddress... addresses) {
        return Arrays.stream(addresses).flatMap(a -> at(a).stream()).anyMatch(p -> p.reducedSize);
    }

    /// Takes in what a packet describes; answers the ports it names.
    List<InetSocketAddress> learn(int packet, SessionDescription description) {
        var named = new ArrayList<InetSocketAddress>();
        for (var medium : description.media()) {
            boolean secret = SECRET.contains(medium.proto());
            if (medium.port() == 0 || !secret && !PLAIN.contains(medium.proto())) continue;
            var address = description.connection(medium).inetAddress();
            if (address.isEmpty() || address.get().isAnyLocalAddress()) continue;
            var formats = new Port.Formats(packet, names(medium));
            var mux = medium.has("rtcp-mux");
            for (int i = 0; i < medium.ports(); i++) {
                int port = medium.port() + 2 * i, control = medium.rtcpPort() + 2 * i;
                if (Math.max(port, control) > 65_535) break;
                var rtp = new InetSocketAddress(address.get(), port);
                var rtcp = new InetSocketAddress(address.get(), control);
                var here = ports.computeIfAbsent(rtp, _ -> new Port());
                here.formats.add(formats);
                here.rtp = true;
                here.rtcp |= mux;
                var there = ports.computeIfAbsent(rtcp, _ -> new Port());
                there.rtcp = true;
                for (var each : List.of(here, there)) {
                    each.reducedSize |= medium.has("rtcp-rsize");
                    each.secretSince = secret ? Math.min(each.secretSince, packet)
                            : Integer.MAX_VALUE;
                }
                named.addAll(List.of(rtp, rtcp));
            }
        }
        return named;
    }

    private static Map<Integer, String> names(Media medium) {
        var names = new HashMap<Integer, String>();
        for (var format : medium.formats())
            if (format.matches("\\d{1,3}")) names.put(Integer.parseInt(format),
                    PayloadTypes.of(Integer.parseInt(format))
                            .map(PayloadTypes.Encoding::name).orElse("payload type " + format));
        for (var map : medium.rtpMaps())
            names.computeIfPresent(map.payloadType(), (_, _) -> map.encoding());
        return names;
    }
}
