package p2psip.app.sip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.Input;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.Request;

/// A port on either host: what two of them say to each other, over UDP and over TCP.
class SipPortTest {
    private static final Set<Transport> BOTH = EnumSet.of(Transport.UDP, Transport.TCP);

    private record Ask(String uri) implements Core.Command {}

    private record Heard(String line) implements Core.Event {}

    /// Answers every request with 200; sends OPTIONS to the URI it is commanded.
    private record Greeter(RandomGenerator random) implements Core {
        @Override public List<Output> handle(Input input, Instant now) {
            return switch (input) {
                case Input.Asked(Ask(var uri)) -> List.of(new Output.Resolve(1, uri, false));
                case Input.Resolved(_, var targets) when targets.isEmpty() ->
                        List.of(new Output.Told(new Heard("nowhere")));
                case Input.Resolved(_, var targets) -> List.of(new Output.Send(
                        TransactionId.client("OPTIONS", random), OPTIONS, targets.getFirst()));
                case Input.Received(var id, var request, _) ->
                        List.of(new Output.Respond(id, Reply.to(request, 200, "t")));
                case Input.Answered(_, var response, var flow) -> List.of(
                        new Output.Told(
                        new Heard(response.status() + " by " + flow.transport())));
                case Input.Failed(_, var why) -> List.of(new Output.Told(new Heard("" + why)));
                default -> List.of();
            };
        }

        @Override public List<Output> wake(Instant now) { return List.of(); }

        @Override public Instant deadline() { return Instant.MAX; }
    }

    private static final Request OPTIONS = (Request) Message.parse("""
            OPTIONS sip:b@x SIP/2.0
            Max-Forwards: 70
            From: <sip:a@x>;tag=1
            To: <sip:b@x>
            Call-ID: c
            CSeq: 1 OPTIONS

            """);

    /// A node that is nothing but a port.
    private static final class Node implements Machine<Event, Effect> {
        private final Host.Room room;
        private final SipPort port;
        private boolean begun;

        Node(Host.Room room, SipPort.Wish wish) {
            this.room = room;
            port = new SipPort(wish, 1, room.random(), true);
        }

        @Override public List<Effect> handle(Event event, Instant now) {
            return switch (event) {
                case Event.Command(String size) when size.equals("size") -> List.of(new Effect.Tell(
                        port.transactions() + " transactions, "
                        + port.connections() + " connections"));
                case Event.Command(String uri) -> effects(
                        port.handle(new SipPort.Input.Asked(new Ask(uri)), now), now);
                case Event e when e.id().part() == Id.Part.SIP -> effects(
                        port.handle(new SipPort.Input.Happened(e), now), now);
                default -> throw new AssertionError("nobody's: " + event);
            };
        }

        private List<Effect> effects(List<SipPort.Output> outputs, Instant now) {
            return outputs.stream().map(output -> switch (output) {
                case SipPort.Output.Do(var effect) -> effect;
                case SipPort.Output.Told(Heard(var line)) -> new Effect.Tell(line);
                case SipPort.Output.Told(var foreign) -> throw new AssertionError(foreign);
                case SipPort.Output.Send send -> throw new AssertionError(send);
                case SipPort.Output.Ready(var points) -> {
                    port.handle(new SipPort.Input.Serve(new Greeter(room.random())), now);
                    yield new Effect.Tell(points.stream()
                            .map(p -> p.transport() + " " + p.address()).toList().toString());
                }
                case SipPort.Output.NotReady(var wanted, var why) ->
                        new Effect.Tell(wanted + ": " + why);
            }).toList();
        }

        @Override public List<Effect> wake(Instant now) {
            if (begun) return effects(port.wake(now), now);
            begun = true;
            return effects(port.handle(new SipPort.Input.Open(), now), now);
        }

        @Override public Instant deadline() { return port.deadline(); }
    }

    private static Host.Line start(Host host, String name, int port, boolean otherPort,
            String... addresses) {
        return host.start(name, room -> new Node(room, new SipPort.Wish(Arrays.stream(addresses)
                .map(InetAddress::ofLiteral).toList(), port, otherPort, BOTH)));
    }

    private static String hear(Host.Line line) {
        return String.join("; ", line.told(Duration.ofSeconds(60)).stream()
                .map(Object::toString).toList());
    }

    //= rfc3261#18.2.1-3 each port and interface of UDP is one of TCP
    @Test void one_port_number_on_all_addresses() {
        var host = new Network(1).host("10.0.0.1");
        assertThat(hear(start(host, "one", 5060, false, "127.0.0.1", "10.0.0.1"))).isEqualTo(
                "[UDP /127.0.0.1:5060, UDP /10.0.0.1:5060,"
                + " TCP /127.0.0.1:5060, TCP /10.0.0.1:5060]");
        assertThat(hear(start(host, "two", 5060, false, "10.0.0.1")))
                .isEqualTo("/10.0.0.1:5060: address already in use");
        assertThat(hear(start(host, "three", 5060, true, "10.0.0.1", "127.0.0.1"))).isEqualTo(
                "[UDP /10.0.0.1:5062, UDP /127.0.0.1:5062,"
                + " TCP /10.0.0.1:5062, TCP /127.0.0.1:5062]");
        assertThat(hear(start(host, "four", 5062, true, "127.0.0.1")))
                .isEqualTo("[UDP /127.0.0.1:5064, TCP /127.0.0.1:5064]");
        assertThat(hear(start(host, "five", 0, false, "10.0.0.9")))
                .isEqualTo("/10.0.0.9:0: no such address here");
    }

    @Test void a_port_of_its_own_for_each_address() {
        var host = new Network(1).host("10.0.0.1");
        var wish = new SipPort.Wish(List.of(
                new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5070)), false, BOTH);
        assertThat(hear(host.start("one", room -> new Node(room, wish)))).isEqualTo(
                "[UDP /10.0.0.1:5060, UDP /127.0.0.1:5070,"
                + " TCP /10.0.0.1:5060, TCP /127.0.0.1:5070]");
        assertThat(hear(host.start("two", room -> new Node(room, new SipPort.Wish(
                wish.places(), true, BOTH))))).isEqualTo(
                "[UDP /10.0.0.1:5062, UDP /127.0.0.1:5072,"
                + " TCP /10.0.0.1:5062, TCP /127.0.0.1:5072]");
    }

    @Test void what_is_secure_has_the_port_beside_and_a_certificate() {
        var host = new Network(1).host("10.0.0.1");
        var all = new SipPort.Wish(List.of(InetAddress.ofLiteral("10.0.0.1")), 5060, true,
                EnumSet.of(Transport.UDP, Transport.TCP, Transport.TLS));
        assertThat(hear(host.start("none", room -> new Node(room, all)))).isEqualTo(
                "/10.0.0.1:5099: no certificate for 10.0.0.1");
        host.certify("10.0.0.1", "example.com");
        assertThat(hear(host.start("one", room -> new Node(room, all)))).isEqualTo(
                "[UDP /10.0.0.1:5060, TCP /10.0.0.1:5060, TLS /10.0.0.1:5061]");
        assertThat(hear(host.start("two", room -> new Node(room, all.in("example.com")))))
                .isEqualTo("[UDP /10.0.0.1:5062, TCP /10.0.0.1:5062, TLS /10.0.0.1:5063]");
        assertThat(hear(host.start("last", room -> new Node(room, new SipPort.Wish(
                List.of(InetAddress.ofLiteral("10.0.0.1")), 65_535, true,
                EnumSet.of(Transport.UDP, Transport.TCP, Transport.TLS)))))).isEqualTo(
                "/10.0.0.1:65535: there is no port beside it");
    }

    //= rfc3261#18-3 UDP and TCP
    @Test void two_hosts_talk_over_udp_and_tcp_and_all_is_forgotten() {
        var seen = new ArrayList<String>();
        var network = new Network(1, trace -> note(trace, seen));
        network.name("b.example", "10.0.0.2");
        var a = start(network.host("10.0.0.1"), "a", 5060, false, "127.0.0.1", "10.0.0.1");
        var b = start(network.host("10.0.0.2"), "b", 5080, false, "10.0.0.2");
        hear(a);
        hear(b);
        a.command("sip:b@10.0.0.2:5080");
        assertThat(hear(a)).isEqualTo("200 by UDP");
        assertThat(seen).containsExactly(
                "a OPTIONS client is TRYING", "a > OPTIONS sip:b@x",
                "b < OPTIONS sip:b@x", "b OPTIONS server is TRYING",
                "b OPTIONS server is COMPLETED", "b > 200 OK (OPTIONS)",
                "a < 200 OK (OPTIONS)", "a OPTIONS client is COMPLETED");
        a.command("sip:b@b.example:5080;transport=tcp");
        assertThat(hear(a)).isEqualTo("200 by TCP");
        a.command("sip:b@nowhere.example:5080");
        assertThat(hear(a)).isEqualTo("nowhere");
        a.command("sip:b@10.0.0.2:9;transport=tcp");
        assertThat(hear(a)).isEqualTo("TRANSPORT");
        network.run(Duration.ofSeconds(40));
        for (var line : List.of(a, b)) line.command("size");
        assertThat(hear(a)).isEqualTo("0 transactions, 1 connections");
        assertThat(hear(b)).isEqualTo("0 transactions, 1 connections");
        network.run(Duration.ofMinutes(70));
        for (var line : List.of(a, b)) line.command("size");
        assertThat(hear(a)).isEqualTo("0 transactions, 0 connections");
        assertThat(hear(b)).isEqualTo("0 transactions, 0 connections");
    }

    private static void note(Trace trace, List<String> seen) {
        switch (trace.what()) {
            case Trace.What.Message(boolean sent, _, _, _, var summary, _) ->
                    seen.add(trace.node() + (sent ? " > " : " < ") + summary);
            case Trace.What.State(var machine, var state) -> seen.add(
                    trace.node() + " " + machine.replaceAll(" z9.*", "") + " is " + state.name());
            default -> { }
        }
    }

    //= rfc5626#5.4-1 STUN keep-alives are supported on the SIP port
    //= rfc5626#8-1,2 with XOR-MAPPED-ADDRESS, by a limited server on the same UDP port
    @Test void stun_is_answered_on_the_port_of_sip() {
        var here = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060);
        var peer = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 7);
        var port = new SipPort(new SipPort.Wish(List.of(here), false,
                EnumSet.of(Transport.UDP)), 1, new SplittableRandom(1), true);
        port.handle(new SipPort.Input.Open(), Instant.EPOCH);
        var id = new Id(Id.Part.SIP, 1, 0);
        port.handle(new SipPort.Input.Happened(new Event.Bound(id, here)), Instant.EPOCH);
        var request = Bytes.hex("000100002112a442b7e7a701bc34d686fa87dfae");
        var outputs = port.handle(new SipPort.Input.Happened(
                new Event.Datagram(id, here, peer, request)), Instant.EPOCH);
        assertThat(outputs).singleElement().isInstanceOfSatisfying(SipPort.Output.Do.class,
                done -> assertThat(done.effect()).isInstanceOfSatisfying(Effect.Datagram.class,
                        answer -> assertThat(answer.bytes().hex()).as("XOR-MAPPED-ADDRESS")
                                .startsWith("0101").contains("0020000800012115" + "2b12a440")));
    }

    //= rfc5626#4.4.2-2 a flow of UDP is kept alive by requests of STUN
    @Test void a_flow_is_tried_by_stun() {
        var ends = new FlowTests.Ends(
                new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060),
                new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 5060));
        assertThat(new FlowTests(new SplittableRandom(1)).begin(ends, Instant.EPOCH))
                .singleElement().isInstanceOfSatisfying(FlowTests.Output.Send.class, send -> {
                    assertThat(send.ends()).isEqualTo(ends);
                    assertThat(send.bytes().hex()).as("a Binding request").startsWith("0001")
                            .contains("2112a442");
                });
    }

    @Test void the_same_on_real_sockets() {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var a = start(host, "a", 0, false, "127.0.0.1");
            var b = start(host, "b", 0, false, "127.0.0.1");
            hear(a);
            var port = hear(b).replaceAll(".*:(\\d+)]", "$1");
            a.command("sip:b@127.0.0.1:" + port);
            assertThat(hear(a)).isEqualTo("200 by UDP");
            a.command("sip:b@127.0.0.1:" + port + ";transport=tcp");
            assertThat(hear(a)).isEqualTo("200 by TCP");
        }
    }
}
