package p2psip.app.media;

import module java.base;
import p2psip.std.rfc4566.*;

/// One medium of a call, between a telephone of this node and the other node.
final class Stream {
    /// The channel on which the other node is to send: this one's number for it.
    final int ours;

    /// The other's.
    private OptionalInt theirs = OptionalInt.empty();
    private Optional<Leg> leg = Optional.empty();
    private Optional<Source> rtp = Optional.empty(), rtcp = Optional.empty();

    Stream(int ours) { this.ours = ours; }

    OptionalInt theirs() { return theirs; }

    void theirs(int channel) { theirs = OptionalInt.of(channel); }

    Optional<Leg> leg() { return leg; }

    void leg(Leg sockets) { leg = Optional.of(sockets); }

    Optional<Source> source(boolean control) { return control ? rtcp : rtp; }

    /// The telephone says where it takes this medium.
    void phone(SessionDescription description, Media medium) {
        var ip = description.connection(medium).inetAddress();
        if (ip.isEmpty()) return;
        rtp = says(rtp, new InetSocketAddress(ip.get(), medium.port()));
        rtcp = says(rtcp, new InetSocketAddress(ip.get(), medium.has("rtcp-mux")
                ? medium.port() : Math.min(medium.rtcpPort(), 65_535)));
    }

    private static Optional<Source> says(Optional<Source> source, InetSocketAddress at) {
        source.ifPresent(known -> known.says(at));
        return source.isPresent() ? source : Optional.of(new Source(at));
    }
}
