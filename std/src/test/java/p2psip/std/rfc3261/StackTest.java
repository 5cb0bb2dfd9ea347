package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message.Request;

/// The layers together: bytes in, bytes out, and what the core hears of it.
class StackTest {

    /// A core that does what the test tells it, and tells the test what it hears.
    private static final class Scribe implements Core<Core.Output<String>, String> {
        TransactionId last;
        Request request;

        @Override public List<Output<String>> handle(Input<Output<String>> input, Instant now) {
            return switch (input) {
                case Input.Asked<Output<String>>(var output) -> List.of(output);
                case Input.Received<Output<String>>(var id, var request, var flow) -> {
                    last = id;
                    this.request = request;
                    yield told("request " + request.method() + " from "
                            + flow.remote().getPort());
                }
                case Input.Acknowledged<Output<String>>(var ack, _) -> told("ack " + ack.cseq());
                case Input.Answered<Output<String>>(_, var response, _) ->
                        told("answer " + response.status() + " " + response.cseq());
                case Input.Failed<Output<String>>(var id, var why) ->
                        told("failed " + id.method() + " " + why);
                case Input.Stray<Output<String>>(var response, _) ->
                        told("stray " + response.status());
                case Input.Resolved<Output<String>>(_, var targets) -> told("targets "
                        + targets.stream().map(t -> t.transport() + " " + t.address()).toList());
                case Input.FlowEnded<Output<String>>(var flow) ->
                        told("flow ended " + flow.remote().getPort());
            };
        }

        private static List<Output<String>> told(String what) {
            return List.of(new Output.Told<>(what));
        }

        @Override public List<Output<String>> wake(Instant now) { return List.of(); }

        @Override public Instant deadline() { return Instant.MAX; }
    }

    private static final InetSocketAddress HERE = address("127.0.0.1", 5060);
    private static final InetSocketAddress LAN = address("192.0.2.1", 5060);
    private static final InetSocketAddress PEER = address("127.0.0.1", 5070);

    private final Scribe core = new Scribe();
    private final Stack<Core.Output<String>, String> stack = new Stack<>(
            List.of(new ListeningPoint(Transport.UDP, HERE), new ListeningPoint(Transport.TCP, HERE),
                    new ListeningPoint(Transport.UDP, LAN), new ListeningPoint(Transport.TCP, LAN)),
            core, TimerValues.DEFAULT, new SplittableRandom(1), false);
    private Instant now = Instant.EPOCH;

    //= rfc3581#4-1 rport gets the source port
    //= rfc3581#4-3 and the response goes there
    @Test void a_request_is_answered_to_where_it_came_from() {
        assertThat(datagram(request("OPTIONS", ";rport"))).containsExactly(
                "request OPTIONS from 5070");
        assertThat(respond(200)).containsExactly("""
                127.0.0.1:5060 -> 127.0.0.1:5070
                SIP/2.0 200 OK
                Via: SIP/2.0/UDP 192.0.2.9:5090;branch=z9hG4bK1;rport=5070;received=127.0.0.1
                From: <sip:a@x>;tag=1
                To: <sip:b@x>;tag=t
                Call-ID: c
                CSeq: 1 OPTIONS
                Content-Length: 0

                """);
    }

    private List<String> datagram(String message) {
        return handle(new Stack.Input.Datagram<>(HERE, PEER, wire(message)));
    }

    /// The core answers the request that came last.
    private List<String> respond(int status) {
        return ask(new Core.Output.Respond<>(core.last, Reply.to(core.request, status, "t")));
    }

    private List<String> ask(Core.Output<String> output) {
        return handle(new Stack.Input.Asked<>(output));
    }

    private List<String> handle(Stack.Input<Core.Output<String>> input) {
        return stack.handle(input, now).stream().map(StackTest::words).toList();
    }

    private static String words(Stack.Output<String> output) {
        return switch (output) {
            case Stack.Output.SendDatagram<String>(var local, var remote, var bytes) ->
                    text(local) + " -> " + text(remote) + "\n" + bytes.utf8().replace("\r", "");
            case Stack.Output.Told<String>(var event) -> event;
            default -> output.toString();
        };
    }

    private static String text(InetSocketAddress address) {
        return p2psip.std.rfc2396.Host.text(address);
    }

    private static String request(String method, String viaParams) {
        return """
                %s sip:b@x SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.9:5090;branch=z9hG4bK1%s
                From: <sip:a@x>;tag=1
                To: <sip:b@x>
                Call-ID: c
                CSeq: 1 %1$s
                Content-Length: 0

                """.formatted(method, viaParams);
    }

    private static Bytes wire(String message) {
        return Bytes.utf8(message.replace("\n", "\r\n"));
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
