package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Machines;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Validator.Verdict;

/// Messages to bytes and bytes to messages: which way each goes, and over which connection.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-18 RFC 3261 §18
/// @spec https://www.rfc-editor.org/rfc/rfc3581#section-4 RFC 3581 §4
final class TransportLayer {
    /// A larger request does not go by UDP where the path is unknown.
    static final int MAX_UDP_REQUEST = 1300;
    /// As many connections may there be; one more is closed at once.
    static final int MAX_CONNECTIONS = 10_000;

    sealed interface Output {
        /// For the host.
        record SendDatagram(InetSocketAddress local, InetSocketAddress remote, Bytes bytes)
                implements Output {}
        record Open(long flow, InetSocketAddress remote) implements Output {}
        record Write(long flow, Bytes bytes) implements Output {}
        record Close(long flow) implements Output {}
        /// For the transaction layer.
        record Received(Message message, Via top, Flow flow, Flow reply) implements Output {}
        record Undelivered(TransactionId transaction) implements Output {}
        /// The way of a request is found; it is not sent yet.
        record Routed(TransactionId transaction, Flow flow, Bytes request) implements Output {}
        /// For the core as well.
        record Ended(Flow flow) implements Output {}
        /// For trace: what went over a flow, and what is worth a remark.
        record Carried(boolean sent, Flow flow, Bytes message) implements Output {}
        record Remark(String text, String citation) implements Output {}
    }

    private final List<ListeningPoint> points;
    private final Set<String> sentBys = new HashSet<>();
    private final Machines<Long, Connection> connections = new Machines<>(MAX_CONNECTIONS);
    private final Map<InetSocketAddress, Long> byRemote = new HashMap<>();
    private final long salt;
    private final boolean traced;
    private long lastFlow;

    /// @param traced whether somebody listens to [Output.Carried]
    TransportLayer(List<ListeningPoint> points, RandomGenerator random, boolean traced) {
        this.points = List.copyOf(points);
        this.salt = random.nextLong();
        this.traced = traced;
        for (var point : points) sentBys.add(point.sentBy());
    }

    int connections() { return connections.size(); }

    Instant deadline() { return connections.deadline(); }

    List<Output> wake(Instant now) {
        return connections.wake(now, (_, c) -> from(c, c.wake(now)));
    }

    // Receiving (§18.1.2, §18.2.1)

    List<Output> datagram(InetSocketAddress local, InetSocketAddress remote, Bytes bytes) {
        if (blank(bytes)) return List.of();
        var out = new ArrayList<Output>(2);
        var flow = Flow.udp(local, remote);
        if (traced) out.add(new Output.Carried(false, flow, bytes));
        //= rfc3261#18.1.1-3 a datagram of any size is handled
        received(Validator.read(bytes), flow, out);
        return out;
    }

    /// Empty lines and zeros keep a NAT open and mean nothing else.
    private static boolean blank(Bytes bytes) {
        for (int i = 0; i < bytes.size(); i++)
            if (bytes.at(i) != '\r' && bytes.at(i) != '\n' && bytes.at(i) != 0) return false;
        return true;
    }

    private void received(Verdict verdict, Flow flow, List<Output> out) {
        switch (verdict) {
            //= rfc3261#18.2.1-4 the sent-by of every request is examined
            case Verdict.Fine(Request request) -> {
                var top = request.topVia();
                var tagged = tagged(top, flow);
                out.add(new Output.Received(tagged == top ? request : withTop(request, tagged), top,
                        flow, replyFlow(tagged, flow)));
            }
            case Verdict.Fine(Response response) -> {
                var top = response.topVia();
                //= rfc3261#18.1.1-11 responses come to the address and port of sent-by
                //= rfc3581#3-4 or to its port alone, or to the source port: all are the same socket
                //= rfc3261#18.1.2-1 a response whose sent-by is not ours is discarded
                out.add(sentBys.contains(top.sentBy())
                        ? new Output.Received(response, top, flow, flow)
                        : new Output.Remark("response to " + top.sentBy() + " dropped",
                                "rfc3261#18.1.2"));
            }
            case Verdict.Refuse(var request, int status, var reason) ->
                    refuse(request, status, reason, flow, out);
            case Verdict.Drop(var why) ->
                    out.add(new Output.Remark(
                            "dropped from " + HostName.text(flow.remote()) + ": " + why, ""));
        }
    }

    private void refuse(Request request, int status, String reason, Flow flow, List<Output> out) {
        out.add(new Output.Remark(request.method() + " refused with " + status + " " + reason
                + " from " + HostName.text(flow.remote()), ""));
        try {
            var tagged = tagged(request.topVia(), flow);
            var tag = Long.toHexString(salt ^ request.hashCode() * 0x9E3779B97F4A7C15L);
            var reply = Reply.to(withTop(request, tagged), status, reason, tag).encode();
            write(replyFlow(tagged, flow), reply, out);
        } catch (SyntaxException e) {
            out.add(new Output.Remark("no way back: " + e.getMessage(), ""));
        }
    }

    /// The top Via with where the request came from, as far as that is not plain from it.
    private static Via tagged(Via top, Flow flow) {
        var source = flow.remote().getAddress();
        //= rfc3581#4-1 an rport without a value gets the source port
        //= rfc3581#4-2 and then received is written even if it equals sent-by
        if (top.params().has("rport"))
            return top.with("rport", Integer.toString(flow.remote().getPort()))
                    .with("received", HostName.numeric(source));
        //= rfc3261#18.2.1-5 received is added if sent-by is a name or another address
        //= rfc3261#18.2.1-6 it holds the source address
        return HostName.literal(top.host()).filter(source::equals).isPresent() ? top
                : top.with("received", HostName.numeric(source));
    }

    private static Request withTop(Request request, Via top) {
        return request.change(headers -> {
            int at = 0;
            while (!headers.get(at).is("Via")) at++;
            var rest = CommaList.rest(headers.get(at).value());
            headers.set(at, new Header("Via", rest.isEmpty() ? top.toString() : top + ", " + rest));
        });
    }

    /// Where the responses to a request go.
    private static Flow replyFlow(Via top, Flow flow) {
        //= rfc3261#18.2.2-1 this process, in this order
        //= rfc3261#18.2.2-2 over a reliable transport on the connection of the request
        if (flow.reliable()) return flow;
        int port = top.port() == 0 ? flow.transport().defaultPort() : top.port();
        //= rfc3261#18.2.2-5 maddr is where the response goes, with the port of sent-by
        var maddr = top.params().get("maddr").flatMap(HostName::literal);
        if (maddr.isPresent())
            return Flow.udp(flow.local(), new InetSocketAddress(maddr.get(), port));
        //= rfc3581#4-3 received and rport: the very address and port the request came from
        //= rfc3581#4-4 and from the address it came to
        if (top.params().has("rport")) return flow;
        //= rfc3261#18.2.2-7 the received address, the port of sent-by
        //= rfc3261#18.2.2-9 without received the two are the same address
        return Flow.udp(flow.local(), new InetSocketAddress(flow.remote().getAddress(), port));
    }

    // Sending (§18.1.1, §18.2.2)

    /// Finds the way of a request and puts our Via on it.
    List<Output> route(TransactionId id, Request request, Target target, Instant now) {
        var out = new ArrayList<Output>(2);
        var point = point(target.transport(), target.address().getAddress());
        if (point.isEmpty()) {
            out.add(new Output.Remark("no way to " + HostName.text(target.address()) + " by "
                    + target.transport(), "rfc3261#18.1.1"));
            out.add(new Output.Undelivered(id));
        } else if (target.transport() != Transport.UDP) {
            stream(id, request, target, point.get(), now, out);
        } else {
            //= rfc3581#3-3 responses are received at the address the request is sent from
            var local = target.flow().map(Flow::local).orElse(point.get().address());
            var flow = Flow.udp(local, target.address());
            var bytes = withVia(request, Transport.UDP, local, id);
            //= rfc3261#18.1.1-1 larger than 1300 bytes: not by UDP
            //= rfc3261#18-5 large messages use TCP
            //= rfc3263#4.1-4 which the guidelines of SIP mandate for this request
            if (bytes.size() > MAX_UDP_REQUEST && target.flow().isEmpty()
                    && largeByTcp(id, request, target, flow, bytes, now, out)) return out;
            out.add(new Output.Routed(id, flow, bytes));
        }
        return out;
    }

    private boolean largeByTcp(TransactionId id, Request request, Target target, Flow udp,
            Bytes bytes, Instant now, List<Output> out) {
        var point = point(Transport.TCP, target.address().getAddress());
        if (point.isEmpty()) return false;
        //= rfc3263#4.1-18 another transport protocol than the URI says
        stream(id, request, Target.of(Transport.TCP, target.address()), point.get(), now, out);
        if (out.getLast() instanceof Output.Routed(var _, var flow, var _)
                && connections.get(flow.id()).filter(Connection::opening).isPresent())
            tell(flow.id(), new Connection.Input.Detour(id, udp, bytes), now, out);
        return true;
    }

    private void stream(TransactionId id, Request request, Target target, ListeningPoint point,
            Instant now, List<Output> out) {
        long number = target.flow().map(Flow::id)
                .orElseGet(() -> connect(target.transport(), target.address(), point, now, out));
        connections.get(number).ifPresentOrElse(c -> {
            if (!request.has("Via")) c.atHome();
            //= rfc3261#18.1.1-2 the transport of the top Via is the one that is used
            out.add(new Output.Routed(id, c.flow,
                    withVia(request, c.flow.transport(), c.flow.local(), id)));
        }, () -> out.add(new Output.Undelivered(id)));
    }

    /// The number of a connection to a peer: one that is there, or a new one.
    private long connect(Transport transport, InetSocketAddress remote, ListeningPoint point,
            Instant now, List<Output> out) {
        //= rfc3261#18.1.1-14 an open connection to the same address is used again
        var known = byRemote.get(remote);
        if (known != null) return known;
        long number = ++lastFlow;
        add(new Connection(new Flow(transport, point.address(), remote, number), false, now),
                new Output.Open(number, remote), out);
        return number;
    }

    private void add(Connection connection, Output open, List<Output> out) {
        if (!connections.add(connection.flow.id(), connection)) {
            out.add(new Output.Remark("too many connections: " + connection.flow.remote()
                    + " refused", ""));
            if (!connection.opening()) out.add(new Output.Close(connection.flow.id()));
            return;
        }
        byRemote.put(connection.flow.remote(), connection.flow.id());
        if (connection.opening()) out.add(open);
    }

    private static Bytes withVia(Request request, Transport transport, InetSocketAddress local,
            TransactionId id) {
        //= rfc3261#18.1.1-6 sent-by is inserted by the transport
        var sentBy = HostName.text(local);
        //= rfc3261#8.1.1.7-3 with a branch parameter
        //= rfc3581#3-1 rport is asked for
        //= rfc3581#3-2 as a flag, without a value
        var params = ";branch=" + id.branch() + ";rport";
        //= rfc3261#8.1.1.7-2 of protocol SIP, version 2.0
        var via = new Header("Via", "SIP/2.0/" + transport + " " + sentBy + params);
        //= rfc3261#8.1.1.7-1 a Via is inserted into each request
        //= rfc3261#16.6-54 before the Via values that are there
        //= rfc5393#4.2.1-1 so the Via of the proxy is the topmost of the copy
        return request.change(headers -> headers.addFirst(via)).encode();
    }

    /// Our point that is nearest to an address.
    private Optional<ListeningPoint> point(Transport transport, InetAddress remote) {
        ListeningPoint best = null;
        for (var p : points)
            if (p.transport() == transport && p.nearness(remote) > 0
                    && (best == null || p.nearness(remote) > best.nearness(remote))) best = p;
        return Optional.ofNullable(best);
    }

    /// Sends what a transaction gives, now or when the connection is there.
    List<Output> send(TransactionId id, Flow flow, Bytes message, Instant now) {
        var out = new ArrayList<Output>(2);
        if (!flow.reliable()) write(flow, message, out);
        else if (connections.contains(flow.id())) over(flow, id, message, now, out);
        else if (id.sentBy().isEmpty()) out.add(new Output.Undelivered(id));
        else otherWay(id, message, now, out);
        return out;
    }

    private void over(Flow flow, TransactionId id, Bytes message, Instant now, List<Output> out) {
        if (traced) out.add(new Output.Carried(true, flow, message));
        tell(flow.id(), new Connection.Input.Send(id, message), now, out);
    }

    /// The connection of a request is gone: its response needs another one.
    private void otherWay(TransactionId id, Bytes message, Instant now, List<Output> out) {
        var via = Message.parse(message).topVia();
        var transport = Transport.named(via.transport()).orElse(Transport.TCP);
        //= rfc3261#18.2.2-3 to the received address, else sent-by, and the port of sent-by
        var address = HostName.literal(via.params().get("received").orElse(via.host()));
        var point = address.flatMap(a -> point(transport, a));
        if (point.isEmpty()) {
            out.add(new Output.Undelivered(id));
            return;
        }
        int port = via.port() == 0 ? transport.defaultPort() : via.port();
        long number = connect(transport, new InetSocketAddress(address.get(), port), point.get(),
                now, out);
        connections.get(number).ifPresentOrElse(c -> over(c.flow, id, message, now, out),
                () -> out.add(new Output.Undelivered(id)));
    }

    private void write(Flow flow, Bytes message, List<Output> out) {
        if (traced) out.add(new Output.Carried(true, flow, message));
        out.add(flow.reliable() ? new Output.Write(flow.id(), message)
                : new Output.SendDatagram(flow.local(), flow.remote(), message));
    }

    // Connections

    /// A peer has connected: for requests, or to respond when that of the request is gone.
    List<Output> accepted(long number, InetSocketAddress local, InetSocketAddress remote,
            Instant now) {
        var out = new ArrayList<Output>();
        //= rfc3261#18.1.1-9 an incoming connection to the address and port of sent-by
        add(new Connection(new Flow(Transport.TCP, local, remote, number), true, now),
                new Output.Close(number), out);
        return out;
    }

    List<Output> connection(long number, Connection.Input input, Instant now) {
        var out = new ArrayList<Output>();
        tell(number, input, now, out);
        return out;
    }

    private void tell(long number, Connection.Input input, Instant now, List<Output> out) {
        out.addAll(connections.tell(number, c -> from(c, c.handle(input, now))));
    }

    private List<Output> from(Connection connection, List<Connection.Output> outputs) {
        var out = new ArrayList<Output>(outputs.size());
        var flow = connection.flow;
        for (var output : outputs) switch (output) {
            case Connection.Output.Write(var bytes) -> out.add(new Output.Write(flow.id(), bytes));
            case Connection.Output.Close _ -> out.add(new Output.Close(flow.id()));
            //= rfc3261#18.1.1-8 responses too are received on the connection of their request
            case Connection.Output.Received(var verdict) -> {
                if (traced && verdict instanceof Verdict.Fine(var message))
                    out.add(new Output.Carried(false, flow, message.encode()));
                received(verdict, flow, out);
            }
            case Connection.Output.Undelivered(var id) -> out.add(new Output.Undelivered(id));
            case Connection.Output.Rerouted(var id, var other, var message) ->
                    out.add(new Output.Routed(id, other, message));
            case Connection.Output.Ended _ -> {
                byRemote.remove(flow.remote(), flow.id());
                out.add(new Output.Ended(flow));
            }
        }
        return out;
    }
}
