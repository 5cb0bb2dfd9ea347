package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.lookup.Pins;
import p2psip.app.p2p.P2p;
import p2psip.app.p2p.Place;
import p2psip.app.sipd.SipPort;
import p2psip.std.rfc3261.Transport;

/// Nodes for tests, on loopback with any free ports and without multicast.
public final class Nodes {
    private Nodes() {}

    /// A node that is ready.
    public record Started(Host.Line line, Node.Ready ready) {

        /// Where other nodes find it.
        public Place overlay() {
            var at = ready.self().address();
            return new Place(at.getAddress().getHostAddress(), at.getPort());
        }

        /// Waits until the ring knows so many addresses of record as they are registered here.
        public void publishes(int addresses) {
            for (int i = 0; i < 400; i++) {
                line.command(new Node.Count());
                for (var told : line.told(Duration.ofSeconds(20)))
                    if (told instanceof Node.Statistics s && s.published() >= addresses) return;
                line.told(Duration.ofMillis(50));
            }
            throw new AssertionError("nothing published");
        }

        /// What a phone is to be told: `sip:127.0.0.1:5062;transport=udp`.
        public String proxy(String transport) {
            var sip = ready.points().getFirst().address();
            return "sip:" + p2psip.std.rfc2396.Host.text(sip) + ";transport=" + transport;
        }
    }

    /// Starts a super-node and waits until phones may register at it.
    public static Started startLoopback(Host host, String name, List<Place> bootstrap) {
        return start(host, name, InetAddress.ofLiteral("127.0.0.1"), bootstrap);
    }

    static Started start(Host host, String name, InetAddress address, List<Place> bootstrap) {
        var wish = new SipPort.Wish(List.of(address), 0, true,
                EnumSet.of(Transport.UDP, Transport.TCP));
        var overlay = new P2p.Config(new InetSocketAddress(address, 0), List.of(address), true,
                bootstrap, Optional.empty());
        var line = host.start(name, room -> new Node(new Node.Options(
                wish, overlay, true, Optional.empty(), Pins.Policy.TOFU, true), room));
        for (var told : line.told(Duration.ofSeconds(20)))
            if (told instanceof Node.Ready ready) return new Started(line, ready);
        throw new AssertionError(name + " is not ready");
    }
}
