package p2psip.app.capture;

import module java.base;
import p2psip.std.rfc3550.*;

/// Media that no session description of the capture speaks of: several packets that begin as RTP
/// does, of one source, from one port to another. Nobody is refused by it; who shows a capture
/// shows them.
final class Undescribed {
    /// So many packets make a source: one may look like RTP by chance.
    private static final int ENOUGH = 3;

    private record Source(InetSocketAddress from, InetSocketAddress to, long ssrc) {}

    private final Map<Source, Integer> heard = new HashMap<>();

    void learn(Packet packet) { source(packet).ifPresent(s -> heard.merge(s, 1, Integer::sum)); }

    boolean isMedia(Packet packet) {
        return source(packet).filter(s -> heard.getOrDefault(s, 0) >= ENOUGH).isPresent()
                || isReport(packet);
    }

    private static Optional<Source> source(Packet packet) {
        return !begins(packet, RtpPacket.HEADER) ? Optional.empty()
                : Optional.of(new Source(packet.from(), packet.to(),
                        packet.payload().buffer().getInt(8) & 0xffff_ffffL));
    }

    /// With version 2, and as long as a header is.
    private static boolean begins(Packet packet, int header) {
        var bytes = packet.payload();
        return packet.transport() == Packet.Transport.UDP && bytes.size() >= header
                && (bytes.at(0) & 0xc0) == 0x80;
    }

    private static boolean isReport(Packet packet) {
        if (!begins(packet, 8)) return false;
        try {
            CompoundPacket.parse(packet.payload().buffer());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
