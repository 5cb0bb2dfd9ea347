package p2psip.std.rfc5923;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3263.Locator;

/// Connections by TLS, and who may be sent what by them.
class ReuseTest {
    private static final InetSocketAddress HERE = at("192.0.2.1", 5061),
            SOURCE = at("192.0.2.2", 40_000), THERE = at("192.0.2.2", 5061);
    private static final ListeningPoint POINT =
            new ListeningPoint(Transport.TLS, HERE, "b.example:5061");

    private final List<Output> asked = new ArrayList<>();
    private final Stack stack = new Stack(List.of(POINT), new Asking(),
            new Locator(List.of(POINT), new SplittableRandom(1)),
            new SplittableRandom(1), false);
    private Instant now = Instant.EPOCH;
    private int branch;

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    /// Sends what it is asked to.
    private final class Asking implements Core {
        @Override public Instant deadline() { return Instant.MAX; }

        @Override public List<Output> wake(Instant now) { return List.of(); }

        @Override public List<Output> handle(Input input, Instant now) {
            return switch (input) {
                case Input.Received(var id, var request, _) -> List.of(
                        new Output.Respond(id, Reply.to(request, 200, "t")));
                case Input.Asked _ -> {
                    var out = List.copyOf(asked);
                    asked.clear();
                    yield out;
                }
                default -> List.of();
            };
        }
    }

    private record Go() implements Core.Command {}

    private List<Stack.Output> send(String domain) {
        var request = (Request) Message.parse("""
                OPTIONS sip:a@%s SIP/2.0
                From: <sip:b@b.example>;tag=1
                To: <sip:a@%s>
                Call-ID: %d
                CSeq: 1 OPTIONS
                Max-Forwards: 70

                """.formatted(domain, domain, ++branch));
        asked.add(new Output.Send(new TransactionId("z9hG4bK" + branch, "", "OPTIONS"), request,
                Target.of(Transport.TLS, THERE, domain)));
        return stack.handle(new Core.Input.Asked(new Go()), now);
    }

    /// The connections that are opened or written to.
    private static List<String> by(List<Stack.Output> outputs) {
        return outputs.stream().flatMap(output -> switch (output) {
            case Stack.Output.Open(long flow, _, _, var domain) ->
                    Stream.of("open " + flow + " " + domain.orElse(""));
            case Stack.Output.Write(long flow, _) -> Stream.of("write " + flow);
            default -> Stream.<String>of();
        }).toList();
    }

    private List<Stack.Output> accept(List<String> proven, String via) {
        stack.handle(new Stack.Input.Accepted(-1, Transport.TLS, HERE, SOURCE, proven), now);
        return stack.handle(new Stack.Input.Received(-1, Bytes.utf8("""
                OPTIONS sip:b.example SIP/2.0
                Via: SIP/2.0/TLS %s;branch=z9hG4bKin%d
                From: <sip:a@a.example>;tag=1
                To: <sip:b@b.example>
                Call-ID: in%d
                CSeq: 1 OPTIONS
                Max-Forwards: 70
                Content-Length: 0

                """.formatted(via, ++branch, branch).replace("\n", "\r\n"))), now);
    }

    //= rfc5923#8.2-8 the identity of the certificate is cached, with the port of the topmost Via
    @Test void what_is_for_the_domain_that_was_proven_goes_back_by_the_connection() {
        accept(List.of("a.example", "other.example"), "192.0.2.2:5061;alias");
        assertThat(by(send("a.example"))).containsExactly("write -1");
        assertThat(by(send("OTHER.example"))).containsExactly("write -1");
        //= rfc5923#8.2-7 no alias for a domain that was not authenticated
        assertThat(by(send("c.example"))).containsExactly("open 1 c.example");
    }

    @Test void without_a_certificate_or_the_word_nothing_goes_back() {
        //= rfc5923#9.2-2,3 no certificate: as if alias was not present, no table is updated
        accept(List.of(), "192.0.2.2:5061;alias");
        assertThat(by(send("a.example"))).containsExactly("open 1 a.example");
        stack.handle(new Stack.Input.Closed(-1), now);
        accept(List.of("b.example"), "192.0.2.2:5061");
        //= rfc5923#8.1-5 that it has taken a request does not make an alias
        assertThat(by(send("b.example"))).containsExactly("open 2 b.example");
    }

    @Test void the_port_is_that_of_the_via_or_the_default() {
        //= rfc5923#8.2-6 the port of sent-by is the destination port
        accept(List.of("a.example"), "192.0.2.2:5071;alias");
        assertThat(by(send("a.example"))).containsExactly("open 1 a.example");
        stack.handle(new Stack.Input.Closed(-1), now);
        accept(List.of("d.example"), "192.0.2.2;alias");
        assertThat(by(send("d.example"))).containsExactly("write -1");
    }

    @Test void when_it_is_gone_another_is_opened() {
        accept(List.of("a.example"), "192.0.2.2:5061;alias");
        stack.handle(new Stack.Input.Closed(-1), now);
        //= rfc5923#8.2-4,5 the aliased connection exists no longer: a new one to that address
        assertThat(by(send("a.example"))).containsExactly("open 1 a.example");
    }

    @Test void who_connects_says_alias_and_keeps_the_connection() {
        send("a.example");
        stack.handle(new Stack.Input.Connected(1), now);
        var again = send("a.example");
        //= rfc5923#8.1-4 reused for other transactions to the same resolved address
        assertThat(by(again)).containsExactly("write 1");
        //= rfc5923#8.1-3 alias in the topmost Via
        assertThat(written(again).topVia().params().has("alias")).isTrue();
        //  and requests over this connection are accepted
        var answer = stack.handle(new Stack.Input.Received(1, Bytes.utf8("""
                OPTIONS sip:b.example SIP/2.0
                Via: SIP/2.0/TLS 192.0.2.2:5061;branch=z9hG4bKback
                From: <sip:a@a.example>;tag=1
                To: <sip:b@b.example>
                Call-ID: back
                CSeq: 1 OPTIONS
                Max-Forwards: 70
                Content-Length: 0

                """.replace("\n", "\r\n"))), now);
        assertThat(by(answer)).containsExactly("write 1");
        //= rfc5923#8.1-1,2 not dropped on completion of the transactions, but kept up
        now = now.plus(Duration.ofMinutes(30));
        assertThat(stack.wake(now)).noneMatch(Stack.Output.Close.class::isInstance);
        stack.handle(new Stack.Input.Closed(1), now);
        //= rfc5923#8.1-11,12 the connection no longer exists: a new one is opened
        assertThat(by(send("a.example"))).containsExactly("open 2 a.example");
    }

    private static Message written(List<Stack.Output> outputs) {
        return outputs.stream().flatMap(output -> output instanceof Stack.Output.Write(_, var bytes)
                ? Stream.of(Message.parse(bytes)) : Stream.<Message>of()).findFirst().orElseThrow();
    }

    @Test void the_table_has_a_limit() {
        var aliases = new Aliases();
        aliases.accepted(1, IntStream.range(0, 100).mapToObj(i -> i + ".example").toList());
        for (int port = 1; port < 100; port++) aliases.said(1, at("192.0.2.2", port));
        assertThat(aliases.size()).isEqualTo(Aliases.NAMES * Aliases.PORTS);
        aliases.accepted(2, List.of("1.example"));
        aliases.said(2, at("192.0.2.2", 1));
        //  the first stays
        assertThat(aliases.find(at("192.0.2.2", 1), "1.example")).hasValue(1L);
        aliases.ended(1);
        assertThat(aliases.size()).isZero();
    }
}
