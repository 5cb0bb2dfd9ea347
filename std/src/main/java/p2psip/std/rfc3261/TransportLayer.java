package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.Validator.Verdict;
import p2psip.std.rfc5923.Aliases;

/// Messages to bytes and bytes to messages: which way each goes, and over which connection.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-18 RFC 3261 §18
/// @spec https://www.rfc-editor.org/rfc/rfc3581#section-4 RFC 3581 §4
final class TransportLayer {
    /// A larger request does not go by UDP where the path is unknown.
    static final int MAX_UDP_REQUEST = 1300;

    /// What is longer by UDP has the compact forms of names: a proxy will add to it.
    static final int ROOMY = MAX_UDP_REQUEST - 20;

    /// As many connections may there be; one more is closed at once.
    static final int MAX_CONNECTIONS = 10_000;

    /// What is for the host or for trace is said in the words of the stack.
    sealed interface Output permits Output.Received, Output.Undelivered, Output.Routed,
            Output.Locate, Output.Ended, Output.Ponged, Stack.Output.OfTransport,
            Core.Output.Changed {
        /// For the transaction layer.
        record Received(Message message, Via top, Flow flow, Flow reply) implements Output {}
        record Undelivered(TransactionId transaction) implements Output {}
        /// The way of a request is found; it is not sent yet.
        record Routed(TransactionId transaction, Flow flow, Bytes request) implements Output {}
        /// Where else does a response go? Answered by `located`.
        record Locate(TransactionId transaction, Via via) implements Output {}
        /// For the core as well.
        record Ended(Flow flow) implements Output {}
        record Ponged(Flow flow) implements Output {}
    }

    private final List<ListeningPoint> points;
    private final Machines<Long, Connection> connections = new Machines<>(MAX_CONNECTIONS);
    private final Map<Target, Long> reusable = new HashMap<>();
    private final Aliases aliases = new Aliases();
    private final Astray astray = new Astray();
    private final long salt;
    private boolean traced;
    private final Outbox<Output> out;
    private long lastFlow;

    TransportLayer(List<ListeningPoint> points, RandomGenerator random, Outbox<Output> out) {
        this.points = List.copyOf(points);
        this.salt = random.nextLong();
        this.out = out;
    }

    /// Whether somebody listens to [Stack.Output.Carried] from now on.
    void trace(boolean now) { traced = now; }

    int connections() { return connections.size(); }

    Instant deadline() { return connections.deadline(); }

    void wake(Instant now) {
        connections.wake(now, c -> c.wake(now), (_, c, said) -> heard(c, said, now));
    }

    private void remark(String text, String citation) {
        out.add(new Stack.Output.Remark(text, citation));
    }

    // Receiving (§18.1.2, §18.2.1)

    void handle(Stack.Input.OfTransport input, Instant now) {
        switch (input) {
            case Stack.Input.Datagram(_, _, var bytes) when blank(bytes) -> { }
            //= rfc3261#18.1.1-3 a datagram of any size is handled
            case Stack.Input.Datagram(var local, var remote, var bytes) ->
                    received(bytes, Flow.udp(local, remote));
            case Stack.Input.Message(var remote, var bytes) ->
                    link(remote).ifPresent(flow -> received(bytes, flow));
            case Stack.Input.Gone(var remote) ->
                    link(remote).ifPresent(flow -> out.add(new Output.Ended(flow)));
            case Stack.Input.Accepted(long number, var by, var local, var remote, var proven) ->
                    accepted(new Flow(by, local, remote, number), proven, now);
            case Stack.Input.Connected(long number) -> {
                connections.get(number).ifPresent(c -> astray.arrived(c.flow));
                tell(number, new Connection.Input.Connected(), now);
            }
            case Stack.Input.Received(long number, var bytes) ->
                    tell(number, new Connection.Input.Received(bytes), now);
            case Stack.Input.Closed(long number) ->
                    tell(number, new Connection.Input.Closed(), now);
        }
    }

    private void received(Bytes bytes, Flow flow) {
        if (traced) out.add(new Stack.Output.Carried(false, flow, bytes));
        received(Validator.read(bytes), flow);
    }

    private Optional<Flow> link(InetSocketAddress remote) {
        return point(Transport.LINK, remote.getAddress())
                .map(point -> Flow.link(point.address(), remote));
    }

    /// Empty lines and zeros keep a NAT open and mean nothing else.
    private static boolean blank(Bytes bytes) {
        for (int i = 0; i < bytes.size(); i++)
            if (bytes.at(i) != '\r' && bytes.at(i) != '\n' && bytes.at(i) != 0) return false;
        return true;
    }

    private void received(Verdict verdict, Flow flow) {
        switch (verdict) {
            //= rfc3261#18.2.1-4 the sent-by of every request is examined
            case Verdict.Fine(Request request) -> {
                var top = request.topVia();
                var tagged = ReplyPath.tagged(top, flow);
                //  what is for the domains of who has connected may go back by his connection
                if (flow.transport() == Transport.TLS && top.params().has(Aliases.PARAMETER))
                    //= rfc5923#8.2-6 the port of sent-by, or else the default one
                    aliases.said(flow.id(), new InetSocketAddress(flow.remote().getAddress(),
                            top.port().orElse(Transport.TLS.defaultPort())));
                out.add(new Output.Received(tagged == top ? request
                        : ReplyPath.withTop(request, tagged), top, flow,
                        ReplyPath.of(tagged, flow)));
            }
            case Verdict.Fine(Response response) -> {
                var top = response.topVia();
                var sentBy = top.sentBy();
                //= rfc3261#18.1.1-11,12 responses come to the address and port of sent-by
                //= rfc7118#5.3-5 whether or not received was added to it
                //= rfc3581#3-4 or to its port alone, or to the source port: all are the same socket
                if (points.stream().anyMatch(p -> p.sentBy().equals(sentBy)))
                    out.add(new Output.Received(response, top, flow, flow));
                //= rfc3261#18.1.2-1 a response whose sent-by is not ours is discarded
                else remark("response to " + sentBy + " dropped", "rfc3261#18.1.2");
            }
            case Verdict.Refuse(var request, int status, var reason) ->
                    refuse(request, status, reason, flow);
            case Verdict.Drop(var why) ->
                    remark("dropped from " + HostName.text(flow.remote()) + ": " + why, "");
        }
    }

    private void refuse(Request request, int status, String reason, Flow flow) {
        remark(request.method() + " refused with " + status + " " + reason
                + " from " + HostName.text(flow.remote()), "");
        var tag = Long.toHexString(salt ^ request.hashCode() * 0x9E3779B97F4A7C15L);
        //  a Via that is unreadable goes back as it is, to where it came from
        var top = SyntaxException.forgiving(Request::topVia).apply(request)
                .map(via -> ReplyPath.tagged(via, flow));
        var answered = top.map(via -> ReplyPath.withTop(request, via)).orElse(request);
        write(top.map(via -> ReplyPath.of(via, flow)).orElse(flow),
                Reply.to(answered, status, reason, tag).encode());
    }

    // Sending (§18.1.1, §18.2.2)

    /// Finds the way of a request and puts our Via on it.
    void route(TransactionId id, Request request, Target target, Instant now) {
        var point = point(target.transport(), target.address().getAddress());
        if (point.isEmpty()) {
            remark("no way to " + HostName.text(target.address()) + " by " + target.transport(),
                    "rfc3261#18.1.1");
            out.add(new Output.Undelivered(id));
        } else if (target.transport().connected()) {
            stream(id, request, target, point.get(), now);
        } else {
            //= rfc3581#3-3 responses are received at the address the request is sent from
            var local = target.flow().map(Flow::local).orElse(point.get().address());
            var flow = new Flow(target.transport(), local, target.address(), 0);
            var complete = withVia(request, flow, id);
            var bytes = complete.encode();
            //= rfc3261#7.3.3¶1 compact what is too large by UDP, or will be by what proxies add
            if (bytes.size() > ROOMY) bytes = Printer.compact(complete);
            //= rfc3261#18.1.1-1 larger than 1300 bytes: not by UDP
            //= rfc3261#18-5 large messages use TCP
            //= rfc3263#4.1-4 which the guidelines of SIP mandate for this request
            if (flow.reliable() || bytes.size() <= MAX_UDP_REQUEST || target.flow().isPresent()
                    || !largeByTcp(id, request, flow, bytes, now))
                out.add(new Output.Routed(id, flow, bytes));
        }
    }

    private boolean largeByTcp(TransactionId id, Request request, Flow udp, Bytes bytes,
            Instant now) {
        var point = point(Transport.TCP, udp.remote().getAddress());
        if (point.isEmpty()) return false;
        //= rfc3263#4.1-18 another transport protocol than the URI says
        stream(id, request, Target.of(Transport.TCP, udp.remote()), point.get(), now)
                .filter(Connection::opening).ifPresent(c -> tell(c.flow.id(),
                        new Connection.Detour(id, udp, bytes), now));
        return true;
    }

    private Optional<Connection> stream(TransactionId id, Request request, Target target,
            ListeningPoint point, Instant now) {
        long number = target.flow().map(Flow::id).orElseGet(() -> connect(target, point, now));
        var connection = connections.get(number);
        connection.ifPresentOrElse(c -> {
            //= rfc5923#8.1-1,2,3 who says alias keeps the connection, and takes requests by it
            if (!request.has("Via") || c.flow.transport() == Transport.TLS) c.atHome();
            //= rfc3261#18.1.1-2 the transport of the top Via is the one that is used
            out.add(new Output.Routed(id, c.flow, withVia(request, c.flow, id).encode()));
        }, () -> out.add(new Output.Undelivered(id)));
        return connection;
    }

    /// The number of a connection to a peer: one that is there, or a new one.
    ///
    /// @param target of no certain flow
    private long connect(Target target, ListeningPoint point, Instant now) {
        //= rfc3261#18.1.1-14 an open connection to the same address is used again
        //= rfc5626#4.3-2 the flow that exists to an address and port by this transport
        //= rfc5626#4.3-3 that of TLS only where its certificate was asked for the same host
        var open = Optional.ofNullable(reusable.get(target))
                // or one that a peer has opened
                .or(() -> target.domain().filter(_ -> target.transport() == Transport.TLS)
                        .flatMap(domain -> aliases.find(target.address(), domain)));
        //= rfc3261#26.3.2.2-2 also for an INVITE the TLS connection of the registration
        //= rfc5923#8.1-4 and for other transactions to the same resolved address
        if (open.isPresent()) return open.get();
        //= rfc5923#8.1-12,13 a connection that was closed is opened anew, for a CANCEL too
        //= rfc5626#4.3-4 where there is none a new flow is formed
        var flow = new Flow(target.transport(), point.address(), target.address(), ++lastFlow);
        //= rfc3261#26.3.2.2-5 a proxy establishes a TLS connection with the remote one so
        //= rfc5923#8.1-7 which is authenticated, for the domain, before anything is sent by it
        //= rfc6455#4.1-10 a direct TCP connection for a WebSocket as well
        if (add(new Connection(flow, target, false, now))) out.add(new Stack.Output.Open(
                flow.id(), flow.transport(), flow.remote(), target.domain()));
        return flow.id();
    }

    private boolean add(Connection connection) {
        if (!connections.add(connection.flow.id(), connection)) {
            remark("too many connections: " + connection.flow.remote() + " refused", "");
            return false;
        }
        //= rfc5923#8.1-8,9,10 the identity, address, port and transport, and the connection
        reusable.put(connection.target, connection.flow.id());
        return true;
    }

    private Request withVia(Request request, Flow flow, TransactionId id) {
        //= rfc3261#18.1.1-6 sent-by is inserted by the transport
        //= rfc3261#8.1.1.7-2 of protocol SIP, version 2.0
        var via = new Header("Via", "SIP/2.0/" + flow.transport() + " "
                + ListeningPoint.of(flow, points).sentBy()
                //= rfc3261#8.1.1.7-3 with a branch parameter
                //= rfc3581#3-1,2 rport is asked for, as a flag, without a value
                + ";branch=" + id.branch() + (flow.transport().translated() ? ";rport" : "")
                + (flow.transport() == Transport.TLS ? ";" + Aliases.PARAMETER : ""));
        //= rfc3261#8.1.1.7-1 a Via is inserted into each request
        //= rfc3261#16.6-54 before the Via values that are there
        //= rfc5393#4.2.1-1 so the Via of the proxy is the topmost of the copy
        return request.change(headers -> headers.addFirst(via));
    }

    /// Our point that is nearest to an address.
    private Optional<ListeningPoint> point(Transport transport, InetAddress remote) {
        return ListeningPoint.nearest(points, transport, remote);
    }

    /// Sends what a transaction gives, now or when the connection is there.
    void send(TransactionId id, Flow flow, Bytes message, Instant now) {
        if (!flow.transport().connected()) write(flow, message);
        else if (connections.contains(flow.id())) over(flow, id, message, now);
        else if (id.sentBy().isEmpty()) out.add(new Output.Undelivered(id));
        else otherWay(id, message, now);
    }

    private void over(Flow flow, TransactionId id, Bytes message, Instant now) {
        if (traced) out.add(new Stack.Output.Carried(true, flow, message));
        tell(flow.id(), new Connection.Input.Send(id, message), now);
    }

    // Responses whose connection is gone

    /// A response needs another connection than that of its request.
    private void otherWay(TransactionId id, Bytes message, Instant now) {
        var via = Message.parse(message).topVia();
        var transport = Transport.named(via.transport()).orElse(Transport.TCP);
        if (transport.framed()) {   // nobody calls a page in a browser
            out.add(new Output.Undelivered(id));
            return;
        }
        astray.add(id, message, via);
        int port = via.port().orElse(transport.defaultPort());
        //= rfc3261#18.2.2-3 to the received address, and the port of sent-by
        tryAt(id, via.params().get("received").flatMap(HostName::literal).map(address ->
                Target.of(transport, new InetSocketAddress(address, port), via.host())), now);
    }

    /// Where the client of a response may be found, if not where its request came from.
    void located(TransactionId id, List<Target> targets, Instant now) {
        tryAt(id, astray.located(id, targets), now);
    }

    private void tryAt(TransactionId id, Optional<Target> target, Instant now) {
        target.flatMap(to -> point(to.transport(), to.address().getAddress())
                .flatMap(point -> connections.get(connect(to, point, now)))).ifPresentOrElse(c -> {
                    var message = astray.over(id, c.flow, target.get());
                    if (!c.opening()) astray.arrived(c.flow);
                    over(c.flow, id, message, now);
                }, () -> nextFor(id, now));
    }

    /// Something was not taken where it was tried last: a response may go elsewhere.
    private void nextFor(TransactionId id, Instant now) {
        //= rfc3261#18.2.2-4 that attempt has failed: the procedures of RFC 3263 for servers
        var via = astray.locate(id);
        if (via.isPresent()) out.add(new Output.Locate(id, via.get()));
        else astray.next(id).ifPresentOrElse(next -> tryAt(id, Optional.of(next), now), () -> {
            astray.remove(id);
            out.add(new Output.Undelivered(id));
        });
    }

    private void write(Flow flow, Bytes message) {
        if (traced) out.add(new Stack.Output.Carried(true, flow, message));
        out.add(switch (flow.transport()) {
            case UDP -> new Stack.Output.SendDatagram(flow.local(), flow.remote(), message);
            case LINK -> new Stack.Output.SendMessage(flow.remote(), message);
            case TCP, TLS, WS, WSS -> new Stack.Output.Write(flow.id(), message);
        });
    }

    // Connections

    /// A peer has connected: for requests, or to respond when that of the request is gone.
    private void accepted(Flow flow, List<String> proven, Instant now) {
        //= rfc5923#8.1-6 requests are received at the default port all the same
        //= rfc3261#18.1.1-9,10 an incoming connection to the address and port of sent-by
        var peer = Target.of(flow.transport(), flow.remote());
        if (!add(new Connection(flow, peer, true, now))) out.add(new Stack.Output.Close(flow.id()));
        //= rfc3261#26.3.1-9 requests may be received over TLS connections that others have opened
        else aliases.accepted(flow.id(), proven);
    }

    /// Finds out whether a flow still leads to its peer.
    void ping(Flow flow, Instant now) {
        //= rfc5626#4.4.1-1 CRLF over what is connected, and over nothing else
        if (flow.transport().connected()) tell(flow.id(), new Connection.Input.Ping(), now);
        //= rfc5626#4.4.2-1 STUN over what is connection-less, as UDP, and over nothing else
        else if (flow.transport() == Transport.UDP)
            out.add(new Stack.Output.Ping(flow.local(), flow.remote()));
    }

    private void tell(long number, Connection.Input input, Instant now) {
        connections.tell(number, c -> c.handle(input, now), (_, c, said) -> heard(c, said, now));
    }

    private void heard(Connection connection, List<Connection.Output> outputs, Instant now) {
        var flow = connection.flow;
        for (var output : outputs) switch (output) {
            case Connection.Output.Write(var bytes) ->
                    out.add(new Stack.Output.Write(flow.id(), bytes));
            case Connection.Output.Close _ -> out.add(new Stack.Output.Close(flow.id()));
            //= rfc3261#18.1.1-8 responses too are received on the connection of their request
            case Connection.Output.Received(var verdict) -> {
                if (traced && verdict instanceof Verdict.Fine(var message))
                    out.add(new Stack.Output.Carried(false, flow, message.encode()));
                received(verdict, flow);
            }
            case Connection.Output.Ponged _ -> out.add(new Output.Ponged(flow));
            case Connection.Output.Undelivered(var id) -> nextFor(id, now);
            case Connection.Detour(var id, var other, var message) ->
                    out.add(new Output.Routed(id, other, message));
            case Connection.Output.Changed(var state) -> {
                if (traced) out.add(new Core.Output.Changed(
                        flow.transport() + " to " + HostName.text(flow.remote()), state));
            }
            case Connection.Output.Ended _ -> {
                reusable.remove(connection.target, flow.id());
                //= rfc5923#8.2-5 the table forgets it: next time a new connection is opened
                aliases.ended(flow.id());
                out.add(new Output.Ended(flow));
            }
        }
    }
}
