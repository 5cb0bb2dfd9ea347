package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3263.Locator;

/// A [Stack] on a bench: the test plays the network and the core, and reads what comes of it, a
/// line for each thing.
final class Bench {

    /// What the test has the core do.
    record Do(Core.Output output) implements Core.Command {}

    /// What the core heard, in a line.
    record Heard(String line) implements Core.Event {}

    /// A core that does what the test tells it, and tells the test what it hears.
    private final class Scribe implements Core {
        @Override public List<Output> handle(Input input, Instant now) {
            return switch (input) {
                case Input.Asked(Do(var output)) -> List.of(output);
                case Input.Asked(var foreign) -> throw new AssertionError(foreign);
                case Input.Received(var id, var request, var flow) -> {
                    last = id;
                    received = request;
                    yield told("request " + request.method() + " from "
                            + HostName.text(flow.remote()));
                }
                case Input.Acknowledged(var ack, _) -> told("ack " + ack.cseq());
                case Input.Answered(_, var response, _) ->
                        told("answer " + response.status() + " to " + response.cseq());
                case Input.Failed(var id, var why) ->
                        told("failed " + id.method() + " " + why);
                case Input.Stray(var response, _) ->
                        told("stray " + response.status());
                case Input.Resolved(_, var targets) -> told("targets " + targets
                        .stream().map(t -> t.transport() + " " + HostName.text(t.address()))
                        .toList());
                case Input.Ponged(var flow, var mapped) -> told("ponged "
                        + HostName.text(flow.remote()) + mapped.map(at ->
                                " as " + HostName.text(at)).orElse(""));
                case Input.FlowEnded(var flow) ->
                        told("flow ended " + HostName.text(flow.remote()));
            };
        }

        private static List<Output> told(String what) {
            return List.of(new Output.Told(new Heard(what)));
        }

        @Override public List<Output> wake(Instant now) { return List.of(); }

        @Override public Instant deadline() { return Instant.MAX; }
    }

    static final InetSocketAddress HERE = address("127.0.0.1", 5060);
    static final InetSocketAddress LAN = address("192.0.2.1", 5060);
    static final InetSocketAddress PEER = address("127.0.0.1", 5070);

    /// The request that the core received last, and its transaction.
    Request received;
    TransactionId last;
    Instant now = Instant.EPOCH;
    final Stack stack;

    /// @param more points to listen at, besides those of UDP and TCP
    Bench(ListeningPoint... more) { this(false, more); }

    private Bench(boolean traced, ListeningPoint... more) {
        var points = new ArrayList<>(List.of(
                new ListeningPoint(Transport.UDP, LAN), new ListeningPoint(Transport.TCP, LAN),
                new ListeningPoint(Transport.UDP, HERE), new ListeningPoint(Transport.TCP, HERE)));
        points.addAll(List.of(more));
        var random = new SplittableRandom(1);
        stack = new Stack(points, new Scribe(), new Locator(points, random),
                random, traced);
    }

    /// One that also says what is for trace.
    static Bench traced() { return new Bench(true); }

    static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    List<String> datagram(String message) { return datagram(PEER, wire(message)); }

    List<String> datagram(InetSocketAddress from, Bytes bytes) {
        return handle(new Stack.Input.Datagram(HERE, from, bytes));
    }

    List<String> accepted(long flow) {
        return handle(new Stack.Input.Accepted(flow, Transport.TCP, HERE, PEER, List.of()));
    }

    List<String> connected(long flow) { return handle(new Stack.Input.Connected(flow)); }

    List<String> read(long flow, String text) {
        return handle(new Stack.Input.Received(flow, wire(text)));
    }

    List<String> closed(long flow) { return handle(new Stack.Input.Closed(flow)); }

    /// The core answers the request that came last.
    List<String> respond(int status) {
        return ask(new Core.Output.Respond(last, Reply.to(received, status, "t")));
    }

    /// The core begins a client transaction.
    List<String> send(String branch, String message, Target target) {
        var request = (Request) Message.parse(message);
        return ask(new Core.Output.Send(
                new TransactionId(branch, "", request.method()), request, target));
    }

    List<String> ask(Core.Output output) { return handle(new Core.Input.Asked(new Do(output))); }

    List<String> handle(Stack.Input input) {
        return words(stack.handle(input, now));
    }

    /// Lets time pass; each line begins with the milliseconds.
    List<String> pass(Duration time) {
        var end = now.plus(time);
        var lines = new ArrayList<String>();
        for (; !stack.deadline().isAfter(end); ) {
            now = stack.deadline();
            for (var line : words(stack.wake(now))) lines.add(now.toEpochMilli() + " " + line);
        }
        now = end;
        return lines;
    }

    private static List<String> words(List<Stack.Output> outputs) {
        return outputs.stream().map(output -> switch (output) {
            case Stack.Output.SendDatagram(var local, var remote, var bytes) ->
                    HostName.text(local) + " -> " + HostName.text(remote) + " " + words(bytes);
            case Stack.Output.SendMessage(var remote, var bytes) ->
                    "link to " + HostName.text(remote) + " " + words(bytes);
            case Stack.Output.Open(long flow, var transport, var remote, _) ->
                    "open " + flow + " to " + HostName.text(remote)
                            + (transport == Transport.TCP ? "" : " by " + transport);
            case Stack.Output.Write(long flow, var bytes) -> flow + " -> " + words(bytes);
            case Stack.Output.Close(long flow) -> "close " + flow;
            case Stack.Output.Ping(_, var remote) -> "ping " + HostName.text(remote);
            case Stack.Output.Query(long query, var question) -> "query " + query + ": " + question;
            case Stack.Output.Watch(_, var remote, boolean matters) ->
                    (matters ? "watch " : "leave ") + HostName.text(remote);
            case Core.Output.Told(Heard(var line)) -> line;
            case Core.Output.Told(var foreign) -> throw new AssertionError(foreign);
            case Stack.Output.Remark(var text, _) -> "remark " + text;
            case Stack.Output.Carried(boolean sent, _, var bytes) ->
                    "carried " + (sent ? "out " : "in ") + words(bytes);
            case Core.Output.Changed changed -> "changed " + changed.state();
        }).toList();
    }

    /// Start line and top Via, which is what the layers below the core are responsible for.
    private static String words(Bytes bytes) {
        if (bytes.utf8().isBlank()) return bytes.utf8().replace("\r\n", "CRLF");
        return switch (Message.parse(bytes)) {
            case Request r -> r.method() + " via " + r.topVia();
            case Response r -> r.status() + r.first("CSeq").orElse("").replaceAll("^\\S+", "")
                    + " via " + via(r);
        };
    }

    /// As it is, where it cannot be read.
    private static String via(Response response) {
        try {
            return response.topVia().toString();
        } catch (SyntaxException e) {
            return response.need("Via");
        }
    }

    /// A request of the peer.
    static String request(String method, String via) { return request(method, via, ""); }

    static String request(String method, String via, String toTag) {
        return """
                %s sip:b@x SIP/2.0
                Via: SIP/2.0/%s
                From: <sip:a@x>;tag=1
                To: <sip:b@x>%s
                Call-ID: c
                CSeq: 1 %1$s
                Content-Length: 0

                """.formatted(method, via, toTag);
    }

    /// A request of the core, without a Via.
    static String request(String method, int size) {
        return """
                %s sip:b@x SIP/2.0
                Max-Forwards: 70
                From: <sip:a@x>;tag=1
                To: <sip:b@x>
                Call-ID: c
                CSeq: 1 %1$s
                Subject: %s
                Content-Length: 0

                """.formatted(method, "x".repeat(size));
    }

    /// A response of the peer to a request of the core.
    static String response(int status, String method, String via) {
        return """
                SIP/2.0 %d x
                Via: SIP/2.0/%s
                From: <sip:a@x>;tag=1
                To: <sip:b@x>;tag=2
                Call-ID: c
                CSeq: 1 %s
                Content-Length: 0

                """.formatted(status, via, method);
    }

    static Bytes wire(String text) { return Bytes.utf8(text.replace("\n", "\r\n")); }
}
