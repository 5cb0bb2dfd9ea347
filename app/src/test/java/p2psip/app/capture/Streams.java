package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;

/// The TCP streams of a capture, for tests.
public final class Streams {
    private Streams() {}

    /// One direction of a TCP connection.
    public record Way(InetSocketAddress from, InetSocketAddress to) {}

    /// The bytes of every stream, each direction by itself, in the order they began.
    public static SequencedMap<Way, Bytes> of(List<Packet> packets) {
        var assemblies = new LinkedHashMap<Way, Assembly>();
        var streams = new LinkedHashMap<Way, Bytes>();
        for (var packet : packets) {
            if (packet.transport() != Packet.Transport.TCP) continue;
            var way = new Way(packet.from(), packet.to());
            var more = assemblies.computeIfAbsent(way, _ -> new Assembly()).take(packet);
            streams.merge(way, more, (a, b) -> Bytes.hex(a.hex() + b.hex()));
        }
        return streams;
    }
}
