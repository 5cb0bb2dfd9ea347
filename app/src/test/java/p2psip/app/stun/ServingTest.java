package p2psip.app.stun;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc5780.BehaviorServer;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Message.Kind;
import p2psip.std.rfc8656.StreamFraming;

/// STUN by streams, between simulated hosts.
class ServingTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Way TCP = new Way.Tcp(), TLS = new Way.Tls("stun.example");

    private final Network network = new Network(3);
    private final SimHost house = network.host("203.0.113.1"), other = network.host("203.0.113.2"),
            alice = network.nat(Nat.FULL_CONE, "198.51.100.7").host("192.168.1.5");

    private static InetSocketAddress at(SimHost host, int port) {
        return new InetSocketAddress(host.addresses().getLast(), port);
    }

    private Host.Line serve() {
        house.certify("stun.example");
        var line = house.start("stun", _ -> new Serving(new BehaviorServer("test",
                List.of(house.addresses().getLast()), List.of(3478)),
                List.of(new Relaying.Place(Optional.of(TCP), at(house, 3478)),
                        new Relaying.Place(Optional.of(TLS), at(house, 5349)))));
        assertThat(line.told(LONG).getFirst()).isEqualTo(new Serving.Ready(
                List.of(at(house, 3478), at(house, 3478), at(house, 5349))));
        return line;
    }

    private Asking.Answer ask(int port, Way way) {
        var line = alice.start("ask", room -> new Asking(new Asking.Server("203.0.113.1", port,
                Optional.of(way)), new Authentication.None(), room.random()));
        var answer = (Asking.Answer) line.told(LONG).getFirst();
        assertThat(line.ended()).as("and its stream with it").isTrue();
        return answer;
    }

    //= rfc8489#6.2.2¶1 the client opens a connection
    //= rfc8489#12-4,5 the server supports TCP as well as UDP, and TLS
    //= rfc8489#6.2.2-4 who has no more to ask closes the connection
    @Test void who_asks_by_tcp_or_tls_is_told_where_the_connection_comes_from() {
        var line = serve();
        for (var way : List.of(TCP, TLS)) {
            var mapped = ask(way == TCP ? 3478 : 5349, way).mapped().orElseThrow();
            assertThat(mapped.getAddress()).isEqualTo(InetAddress.ofLiteral("198.51.100.7"));
        }
        line.command(new Serving.Count());
        assertThat(line.told(LONG)).contains(new Serving.Statistics(2));
    }

    //= rfc8489#6.2.2¶4 where no connection comes about, or it ends, the request has failed at once
    @Test void a_server_that_is_not_there_is_no_wait() {
        var before = network.now();
        assertThat(ask(3478, TCP).why()).isEqualTo("refused");
        house.start("gone", _ -> new Fake(TCP, _ -> List.of(new Effect.Exit())));
        assertThat(ask(3478, TCP).why()).isEqualTo("closed by the peer");
        house.start("nonsense", _ -> new Fake(TCP, id -> List.of(
                new Effect.Write(id, Bytes.utf8("HTTP/1.1 400 Bad Request\r\n\r\n")))));
        assertThat(ask(3478, TCP).why()).isEqualTo("an answer that is no STUN");
        assertThat(Duration.between(before, network.now())).isLessThan(Duration.ofSeconds(1));
    }

    //= rfc8489#6.2.2-2 Ti is 39.5 s
    @Test void a_server_that_says_nothing_is_given_up_at_last() {
        house.start("silent", _ -> new Fake(TCP, _ -> List.of()));
        var before = network.now();
        assertThat(ask(3478, TCP).why()).isEqualTo("no answer");
        assertThat(Duration.between(before, network.now()))
                .isBetween(Duration.ofMillis(39_500), Duration.ofMillis(39_600));
    }

    //= rfc8489#6.2.3-9 no STUN is sent to who has not proven the name
    @Test void a_server_of_another_name_is_sent_nothing() {
        house.certify("other.example");
        var heard = new ArrayList<Bytes>();
        house.start("other", _ -> new Fake(new Way.Tls("other.example"), _ -> {
            heard.add(Bytes.EMPTY);
            return List.of();
        }));
        assertThat(ask(3478, TLS).why()).isEqualTo("its certificate is not for stun.example");
        assertThat(heard).isEmpty();
    }

    /// Accepts, and does something as soon as something comes.
    private record Fake(Way way, Function<Id, List<Effect>> does, AtomicBoolean begun)
            implements Machine<Event, Effect> {
        Fake(Way way, Function<Id, List<Effect>> does) { this(way, does, new AtomicBoolean()); }

        @Override public List<Effect> handle(Event event, Instant now) {
            return event instanceof Event.Received(var id, _) ? does.apply(id) : List.of();
        }

        @Override public List<Effect> wake(Instant now) {
            begun.set(true);
            var here = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 3478);
            return List.of(new Effect.Listen(Id.PROGRAM, way, here));
        }

        @Override public Instant deadline() { return begun.get() ? Instant.MAX : Instant.MIN; }
    }

    //= rfc8489#10-6 the certificate of the other server is for the domain that was said
    //= rfc8489#10-8 or, if none was, for the same domain as that of the first
    @Test void a_redirection_by_tls_says_whose_name_is_to_be_proven() {
        var credential = new Credential("alice", "secret");
        for (var named : List.of(true, false)) for (var proves : List.of(true, false)) {
            house.kill();
            other.kill();
            house.certify("stun.example");
            var name = named ? "other.example" : "stun.example";
            var theirs = network.host("203.0.113." + (proves ? named ? 10 : 11 : named ? 12 : 13));
            theirs.certify(proves ? name : "wrong.example");
            var domain = proves ? name : "wrong.example";
            theirs.start("second", _ -> new Answering(new Way.Tls(domain), request ->
                    request.response(Kind.SUCCESS, List.of(new XorMappedAddress(at(house, 9)))),
                    credential));
            house.start("first", _ -> new Answering(TLS, request -> request.response(Kind.ERROR,
                    named ? List.of(new ErrorCode(300, "there"), new AlternateServer(
                    at(theirs, 5349)), new AlternateDomain("other.example")) : List.of(
                    new ErrorCode(300, "there"), new AlternateServer(at(theirs, 5349)))),
                    credential));
            var line = alice.start("ask", room -> new Asking(new Asking.Server("203.0.113.1", 5349,
                    Optional.of(TLS)), new Authentication.ShortTerm(credential), room.random()));
            var answer = (Asking.Answer) line.told(LONG).getFirst();
            assertThat(answer.mapped()).as("%s %s %s", named, proves, answer)
                    .isEqualTo(proves ? Optional.of(at(house, 9)) : Optional.empty());
            if (!proves) assertThat(answer.why()).isEqualTo("its certificate is not for " + name);
        }
    }

    /// Answers requests by TLS, with a proof.
    private static final class Answering implements Machine<Event, Effect> {
        private final Way way;
        private final Function<Message, Message> answer;
        private final Credential credential;
        private final StreamFraming framing = StreamFraming.ofStun();
        private Instant due = Instant.MIN;

        Answering(Way way, Function<Message, Message> answer, Credential credential) {
            this.way = way;
            this.answer = answer;
            this.credential = credential;
        }

        @Override public List<Effect> handle(Event event, Instant now) {
            if (!(event instanceof Event.Received(var id, var bytes))) return List.of();
            return framing.feed(bytes).stream().map(each -> (Effect) new Effect.Write(id,
                    Integrity.SHA_256.append(answer.apply(Message.parse(each)).encode(),
                            credential.shortTermKey()))).toList();
        }

        @Override public List<Effect> wake(Instant now) {
            due = Instant.MAX;
            return List.of(new Effect.Listen(Id.PROGRAM, way,
                    new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 5349)));
        }

        @Override public Instant deadline() { return due; }
    }

    private static Id id(long number) { return Id.PROGRAM.with(number); }

    private static Bytes request(int number) {
        return new Message(Kind.REQUEST, Message.BINDING,
                TransactionId.random(new SplittableRandom(number)), List.of()).encode();
    }

    private static Serving alone() {
        var serving = new Serving(new BehaviorServer("test",
                List.of(InetAddress.ofLiteral("203.0.113.1")), List.of(3478)));
        serving.wake(Instant.EPOCH);
        return serving;
    }

    private static List<Effect> accept(Serving serving, long number, Instant now) {
        return serving.handle(new Event.Accepted(id(number), TCP, new InetSocketAddress(3478),
                new InetSocketAddress(InetAddress.ofLiteral("198.51.100.7"), 9),
                Optional.empty()), now);
    }

    //= rfc8489#6.2.2-6 the server leaves it to the client to close, until it seems dead
    //= rfc8489#6.2.2-8 and answers by the connection that the request came by
    @Test void a_connection_stays_as_long_as_something_comes() {
        var serving = alone();
        var now = Instant.EPOCH;
        accept(serving, -1, now);
        for (int i = 0; i < 10; i++) {
            now = now.plus(Serving.SILENCE.minusSeconds(1));
            assertThat(serving.wake(now)).isEmpty();
            var whole = request(i);
            assertThat(serving.handle(new Event.Received(id(-1), whole.slice(0, 7)), now))
                    .isEmpty();
            assertThat(serving.handle(new Event.Received(id(-1),
                    whole.slice(7, whole.size())), now)).singleElement()
                    .isInstanceOfSatisfying(Effect.Write.class,
                            write -> assertThat(write.id()).isEqualTo(id(-1)));
        }
        serving.handle(new Event.Received(id(-1), request(1).slice(0, 7)), now.plusSeconds(5));
        assertThat(serving.wake(now.plus(Serving.SILENCE))).containsExactly(
                new Effect.Close(id(-1)));
        assertThat(serving.deadline()).isEqualTo(Instant.MAX);
    }

    //= rfc8489#6.2.2-9 overload: who has been silent longest makes room, and nonsense ends at once
    //= rfc8489#6.2.2-7 nobody is closed whose request waits for an answer
    @Test void a_flood_of_connections_has_a_limit() {
        var serving = alone();
        for (int i = 1; i <= Serving.CALLERS; i++)
            assertThat(accept(serving, -i, Instant.EPOCH.plusMillis(i))).isEmpty();
        serving.handle(new Event.Received(id(-1), request(1)), Instant.EPOCH.plusSeconds(9));
        assertThat(accept(serving, -9_999, Instant.EPOCH.plusSeconds(9)))
                .containsExactly(new Effect.Close(id(-2)));
        assertThat(serving.handle(new Event.Received(id(-3), Bytes.utf8("GET / HTTP/1.1")),
                Instant.EPOCH.plusSeconds(9))).containsExactly(new Effect.Close(id(-3)));
        // a channel of TURN is nonsense where there is STUN alone
        assertThat(serving.handle(new Event.Received(id(-4), Bytes.hex("4000000461626364")),
                Instant.EPOCH.plusSeconds(9))).containsExactly(new Effect.Close(id(-4)));
    }
}
