package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc6455.Call;
import p2psip.std.rfc6455.CloseCode;
import p2psip.std.rfc6455.Door;
import p2psip.std.rfc6455.WebSocket;
import p2psip.std.rfc6455.WebSocketUri;

/// The streams of a [SipNet]: bytes that come in their order, in pieces as small as it is told. TLS
/// takes a round trip more, and fails if the other end has no certificate for the domain that is
/// wanted. WS has a [WebSocket] at either end, so all that it says is cut as well; WSS is both.
final class Streams {
    /// One end of a stream, and the number that its host has for it.
    private record End(SipNet.Host host, long flow) {}

    /// Pings are seldom, for an hour passes in each play.
    private static final WebSocket.Limits LIMITS = new WebSocket.Limits(1 << 16,
            Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMinutes(20));
    private static final Door DOOR =
            new Door(_ -> true, "/"::equals, _ -> false, List.of("sip"));

    private final SipNet net;
    private final Map<End, End> peers = new LinkedHashMap<>();
    private final Map<End, WebSocket> sockets = new LinkedHashMap<>();
    /// When all that is under way to an end has arrived.
    private final Map<End, Instant> last = new HashMap<>();
    private int accepted;

    Streams(SipNet net) { this.net = net; }

    Instant deadline() {
        return sockets.values().stream().map(WebSocket::deadline).min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    void wake() {
        for (var end : List.copyOf(sockets.keySet())) {
            var socket = sockets.get(end);
            if (socket != null && !socket.deadline().isAfter(net.now()))
                said(end, socket.wake(net.now()));
        }
    }

    /// The peer hears of it first, the one who connects when that is known.
    void open(SipNet.Host host, long flow, InetSocketAddress to, Optional<String> domain) {
        var near = new End(host, flow);
        var peer = net.at(to).filter(other -> !net.dead(other))
                .filter(other -> domain.isEmpty() || net.proves(other, domain.get()));
        if (peer.isEmpty()) {
            net.after(SipNet.HOP, () -> net.give(host, new Stack.Input.Closed(flow)));
            return;
        }
        var far = new End(peer.get(), -++accepted);
        peers.put(near, far);
        peers.put(far, near);
        var source = new InetSocketAddress(host.address().getAddress(), 10_000 + accepted);
        var hop = SipNet.HOP.multipliedBy(net.transport.secure() ? 3 : 1);
        net.after(hop, () -> ifThere(far, () -> accepted(far, to, source)));
        net.after(hop.plus(SipNet.HOP), () -> ifThere(near, () -> connected(near)));
    }

    private void ifThere(End end, Runnable what) {
        if (peers.containsKey(end) && !net.dead(end.host)) what.run();
    }

    private void accepted(End far, InetSocketAddress local, InetSocketAddress source) {
        if (net.transport.framed())
            sockets.put(far, WebSocket.server(DOOR, LIMITS, net.random));
        //  who is let in later is as good as there
        net.give(far.host, new Stack.Input.Accepted(far.flow, net.transport, local, source,
                List.of()));
    }

    private void connected(End near) {
        if (!net.transport.framed()) {
            net.give(near.host, new Stack.Input.Connected(near.flow));
            return;
        }
        var uri = WebSocketUri.parse((net.transport.secure() ? "wss://" : "ws://")
                + SipNet.domain(peers.get(near).host.name()) + "/");
        var socket = WebSocket.client(Call.of(uri, "sip"), LIMITS, net.random);
        sockets.put(near, socket);
        said(near, socket.wake(net.now()));
    }

    void write(SipNet.Host host, long flow, Bytes bytes) {
        var near = new End(host, flow);
        if (!peers.containsKey(near)) return;
        if (net.transport.framed()) said(near, sockets.get(near).handle(new WebSocket.Input
                .Send(p2psip.std.rfc6455.Message.of(bytes)), net.now()));
        else send(near, bytes, far -> passed(far, bytes));
    }

    /// In pieces, of which the last makes it whole.
    private void send(End near, Bytes bytes, Consumer<End> whole) {
        var far = peers.get(near);
        if (far == null) return;
        int size = bytes.size(), segment = net.segment;
        for (int at = 0; at < size; at = Math.min(size, at + Math.min(segment, size))) {
            var piece = bytes.slice(at, Math.min(size, at + Math.min(segment, size)));
            boolean end = at + piece.size() == size;
            arrive(far, () -> {
                if (end) whole.accept(far);
                received(far, piece);
                if (end && !net.transport.framed()) count(far);
            });
        }
    }

    private void arrive(End far, Runnable what) {
        var soon = net.now().plus(SipNet.HOP).plus(net.late());
        var time = last.getOrDefault(far, soon);
        if (time.isBefore(soon)) time = soon;
        last.put(far, time);
        net.at(time, () -> ifThere(far, what));
    }

    private void received(End far, Bytes piece) {
        if (net.transport.framed())
            said(far, sockets.get(far).handle(new WebSocket.Input.Received(piece), net.now()));
        else net.give(far.host, new Stack.Input.Received(far.flow, piece));
    }

    private void passed(End far, Bytes bytes) {
        net.passed(peers.get(far).host, far.host, Message.parse(bytes));
    }

    /// One message more that has arrived: the last one, perhaps, by this connection.
    private void count(End far) {
        if (net.resetAfter > 0 && net.resetAfter < Integer.MAX_VALUE && --net.resetAfter == 0)
            reset(far);
    }

    private void said(End end, List<WebSocket.Output> outputs) {
        for (var output : outputs) switch (output) {
            case WebSocket.Output.Write(var bytes) -> send(end, bytes, _ -> { });
            case WebSocket.Output.Opened _ -> {
                if (end.flow > 0) net.give(end.host, new Stack.Input.Connected(end.flow));
            }
            case WebSocket.Output.Arrived(var message) -> {
                passed(end, message.bytes());
                net.give(end.host, new Stack.Input.Received(end.flow, message.bytes()));
                count(end);
            }
            case WebSocket.Output.Disconnect _ -> disconnect(end);
            case WebSocket.Output.Ended _ -> {
                sockets.remove(end);
                net.give(end.host, new Stack.Input.Closed(end.flow));
            }
            case WebSocket.Output.Entered _ -> { }
        }
    }

    void close(SipNet.Host host, long flow) {
        var near = new End(host, flow);
        var socket = sockets.get(near);
        if (socket == null) disconnect(near);
        else said(near, socket.handle(
                new WebSocket.Input.Close(CloseCode.NORMAL, ""), net.now()));
    }

    private void disconnect(End near) {
        var far = peers.get(near);
        if (far == null) return;
        arrive(far, () -> ended(far));
        peers.remove(near);
    }

    /// What is under way is lost.
    private void reset(End near) {
        var far = peers.get(near);
        ended(near);
        if (far != null) ended(far);
    }

    private void ended(End end) {
        if (peers.remove(end) == null) return;
        var socket = sockets.get(end);
        if (socket == null) net.give(end.host, new Stack.Input.Closed(end.flow));
        else said(end, socket.handle(new WebSocket.Input.Lost(), net.now()));
    }
}
