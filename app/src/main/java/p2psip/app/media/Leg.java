package p2psip.app.media;

import module java.base;
import p2psip.app.host.*;

/// The two sockets of one stream, which the telephone sends to: RTP at an even port, RTCP at the
/// next.
final class Leg {
    /// Ports that are tried, in pairs.
    static final int FIRST = 20_000, LAST = 32_766;

    /// Pairs that are tried before it is given up.
    static final int ATTEMPTS = 20;

    final Id rtp, rtcp;
    private final InetAddress address;
    private int port, bound, attempts;
    private boolean failed;

    /// @param number of RTP's socket among those of the node; RTCP has the next
    Leg(long number, InetAddress address, int port) {
        this.rtp = new Id(Id.Part.MEDIA, 0, number);
        this.rtcp = rtp.with(number + 1);
        this.address = address;
        this.port = port;
    }

    /// Of RTP.
    int port() { return port; }

    boolean ready() { return bound == 2; }

    boolean failed() { return failed; }

    InetSocketAddress rtpAt() { return new InetSocketAddress(address, port); }

    InetSocketAddress rtcpAt() { return new InetSocketAddress(address, port + 1); }

    List<Effect> open() {
        return List.of(new Effect.Bind(rtp, rtpAt()), new Effect.Bind(rtcp, rtcpAt()));
    }

    List<Effect> close() {
        return List.of(new Effect.Unbind(rtpAt()), new Effect.Unbind(rtcpAt()));
    }

    void bound() { bound++; }

    /// Whether a socket is one of those that it has, or waits for.
    boolean isAt(InetSocketAddress socket) {
        return !failed && (socket.getPort() == port || socket.getPort() == port + 1);
    }

    /// One of them is in use: another pair is tried.
    List<Effect> notBound(IntSupplier ports) {
        var effects = new ArrayList<>(close());
        bound = 0;
        failed = ++attempts == ATTEMPTS;
        if (failed) return effects;
        port = ports.getAsInt();
        effects.addAll(open());
        return effects;
    }
}
