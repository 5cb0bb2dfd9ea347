package p2psip.std.rfc5780;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc5780.BehaviorAttribute.*;
import p2psip.std.rfc5780.Discovery.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// Discovery through a router that is two functions; all kinds of routers are tried in the app.
class DiscoveryTest {
    private static final InetSocketAddress SELF = at("10.0.0.5", 5000),
            SERVER = at("192.0.2.1", 3478), OUTSIDE = at("198.51.100.7", 5000);

    private final BehaviorServer server = new BehaviorServer("test",
            List.of(SERVER.getAddress(), InetAddress.ofLiteral("192.0.2.2")), List.of(3478, 3479));

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    /// By which address somebody is seen, and which answers come in.
    private interface Router {
        InetSocketAddress seen(InetSocketAddress by);

        default boolean lets(InetSocketAddress from, Set<InetSocketAddress> sent) {
            return sent.contains(from);
        }
    }

    private interface Answering {
        Optional<BehaviorServer.Reply> answer(Message request, InetSocketAddress at,
                InetSocketAddress from);
    }

    private String run(Router router) {
        return run(router, (request, at, from) ->
                server.answer(request.encode(BehaviorAttribute.TABLE), at, from));
    }

    private static String run(Router router, Answering server) {
        var discovery = new Discovery(SERVER, Set.of(SELF), new Authentication.None(),
                Discovery.TIMING, new SplittableRandom(3));
        var seen = new StringJoiner("\n", "", "\n");
        var sent = new LinkedHashSet<InetSocketAddress>();
        var now = Instant.EPOCH;
        while (!discovery.terminated()) {
            if (discovery.deadline().isAfter(now)) now = discovery.deadline();
            var outputs = new ArrayDeque<>(discovery.wake(now));
            while (!outputs.isEmpty()) {
                var time = Duration.between(Instant.EPOCH, now).toMillis() + " ";
                switch (outputs.poll()) {
                    case Output.Send(var to, var bytes) -> {
                        var request = Message.parse(bytes, BehaviorAttribute.TABLE);
                        sent.add(to);
                        seen.add(time + to.getAddress().getHostAddress() + ":" + to.getPort()
                                + request.first(ChangeRequest.class).map(change ->
                                        (change.ip() ? " change IP" : "")
                                        + (change.port() ? " change port" : "")).orElse(""));
                        var reply = server.answer(request, to, router.seen(to));
                        if (reply.isPresent() && router.lets(reply.get().from(), sent))
                            outputs.addAll(discovery.handle(new Input.Received(
                                    reply.get().from(), reply.get().bytes()), now));
                    }
                    case Output.Entered _ -> { }
                    case Output.Found(var found) -> seen.add(time + "mapping: " + found.mapping()
                            + ", filtering: " + found.filtering());
                    case Output.Failed(int code, var why) -> seen.add(time + code + " " + why);
                }
            }
        }
        assertThat(discovery.deadline()).isEqualTo(Instant.MAX);
        return seen.toString();
    }

    /// The answer of a server that has no second address.
    private static Optional<BehaviorServer.Reply> plain(Message request, InetSocketAddress at,
            Attribute... attributes) {
        return Optional.of(new BehaviorServer.Reply(at, SELF, request.response(Kind.SUCCESS,
                List.of(attributes)).encode(BehaviorAttribute.TABLE)));
    }

    //= rfc5780#4.3¶2 the alternate address and primary port first, then the alternate port
    //= rfc5780#4.4¶4 no answer to test III: address and port-dependent filtering
    @Test void a_router_that_maps_and_filters_for_each_destination() {
        assertThat(run(by -> at("198.51.100.7", 5000 + server.places().indexOf(by)))).isEqualTo("""
                0 192.0.2.1:3478
                100 192.0.2.1:3478 change IP change port
                600 192.0.2.1:3478 change IP change port
                1600 192.0.2.1:3478 change IP change port
                3600 192.0.2.1:3478 change IP change port
                5600 192.0.2.1:3478 change port
                6100 192.0.2.1:3478 change port
                7100 192.0.2.1:3478 change port
                9100 192.0.2.1:3478 change port
                11100 192.0.2.2:3478
                11200 192.0.2.2:3479
                11200 mapping: address and port-dependent, filtering: address and port-dependent
                """);
    }

    //= rfc5780#4.3¶1 seen by its own address it is behind no NAT
    //= rfc5780#4.4¶3 an answer to test II: endpoint-independent filtering
    //= rfc5780#5-7 a tenth of a second between the beginnings of two
    @Test void without_a_router_two_questions_are_enough() {
        assertThat(run(new Router() {
            @Override public InetSocketAddress seen(InetSocketAddress by) { return SELF; }

            @Override public boolean lets(InetSocketAddress from, Set<InetSocketAddress> sent) {
                return true;
            }
        })).isEqualTo("""
                0 192.0.2.1:3478
                100 192.0.2.1:3478 change IP change port
                100 mapping: endpoint-independent, filtering: endpoint-independent
                """);
    }

    //= rfc5780#4.2¶1 no response: no connectivity
    @Test void silence_to_the_first_question_ends_it() {
        assertThat(run(_ -> OUTSIDE, (_, _, _) -> Optional.empty())).endsWith("""
                3500 192.0.2.1:3478
                5500 0 no answer
                """);
    }

    //= rfc5780#4.3¶1 no OTHER-ADDRESS: the server does not support this usage
    @Test void a_server_without_a_second_address_is_asked_once() {
        for (var useless : List.of(at("192.0.2.1", 3479), at("192.0.2.2", 3478),
                at("224.0.0.1", 3479), at("0.0.0.0", 3479), at("192.0.2.2", 0),
                at("2001:db8::2", 3479)))
            assertThat(run(_ -> OUTSIDE, (request, to, from) -> plain(request, to,
                    new XorMappedAddress(from), new OtherAddress(useless)))).isEqualTo("""
                    0 192.0.2.1:3478
                    0 mapping: unknown: %1$s, filtering: unknown: %1$s
                    """.formatted("the server has no second address and port to ask from"));
        assertThat(run(_ -> SELF, (request, to, from) -> plain(request, to,
                new XorMappedAddress(from)))).contains("mapping: endpoint-independent, filtering:"
                + " unknown");
    }

    /// Erratum 7971: silence of both kinds is no proof while nobody reaches the other address.
    @Test void an_other_address_that_nobody_reaches_is_no_filter() {
        assertThat(run(_ -> OUTSIDE, (request, to, from) -> to.equals(SERVER)
                && !request.has(ChangeRequest.class) ? server.answer(request.encode(
                        BehaviorAttribute.TABLE), to, from) : Optional.empty())).endsWith("""
                22100 mapping: unknown: the server's other address does not answer, \
                filtering: unknown: the server's other address answers nobody
                """);
    }

    //= rfc5780#5-3 a 420 to CHANGE-REQUEST is expected
    @Test void a_server_that_refuses_to_change_leaves_one_question_open() {
        assertThat(run(_ -> OUTSIDE, (request, to, from) -> request.has(ChangeRequest.class)
                ? Optional.of(new BehaviorServer.Reply(to, SELF, request.response(Kind.ERROR,
                        List.of(new ErrorCode(420, "Unknown Attribute"))).encode()))
                : plain(request, to, new XorMappedAddress(from),
                        new OtherAddress(at("192.0.2.2", 3479))))).isEqualTo("""
                0 192.0.2.1:3478
                100 192.0.2.1:3478 change IP change port
                200 192.0.2.2:3478
                200 mapping: endpoint-independent, filtering: unknown: 420 Unknown Attribute
                """);
    }

    @Test void an_answer_from_where_it_was_asked_shows_nothing() {
        assertThat(run(_ -> OUTSIDE, (request, to, from) -> plain(request, to,
                new XorMappedAddress(from), new OtherAddress(at("192.0.2.2", 3479)))))
                .contains("filtering: unknown: the server answers from where it was asked");
    }

    @Test void an_error_to_the_first_question_is_told() {
        assertThat(run(_ -> OUTSIDE, (request, to, _) -> Optional.of(new BehaviorServer.Reply(to,
                SELF, request.response(Kind.ERROR, List.of(new ErrorCode(401, "Unauthorized")))
                        .encode())))).isEqualTo("0 192.0.2.1:3478\n0 401 Unauthorized\n");
    }

    /// From anywhere else nobody is heard, whatever he knows.
    @Test void strangers_are_not_heard() {
        assertThat(run(_ -> OUTSIDE, (request, to, from) -> server.answer(
                request.encode(BehaviorAttribute.TABLE), to, from).map(reply ->
                new BehaviorServer.Reply(at("203.0.113.66", 3478), SELF, reply.bytes()))))
                .endsWith("no answer\n");
    }

    //= rfc5780#5-6 ALTERNATE-SERVER is not followed, proven or not
    @Test void a_redirection_is_not_followed() {
        var alice = new Credential("alice", "wonderland");
        var discovery = new Discovery(SERVER, Set.of(SELF), new Authentication.ShortTerm(alice),
                Discovery.TIMING, new SplittableRandom(3));
        var asked = (Output.Send) discovery.wake(Instant.EPOCH).getFirst();
        var answer = Message.parse(asked.bytes()).response(Kind.ERROR, List.of(
                new ErrorCode(300, "Try Alternate"), new AlternateServer(at("192.0.2.8", 3478))));
        assertThat(discovery.handle(new Input.Received(SERVER, Integrity.SHA_256.append(
                answer.encode(), alice.shortTermKey())), Instant.EPOCH)).last().isEqualTo(
                new Output.Failed(300, "it sends us to another server"));
    }

    @Test void nonsense_changes_nothing() {
        var discovery = new Discovery(SERVER, Set.of(SELF), new Authentication.None(),
                Discovery.TIMING, new SplittableRandom(3));
        discovery.wake(Instant.EPOCH);
        for (var bytes : List.of(Bytes.EMPTY, Bytes.utf8("SIP/2.0 200 OK\r\n\r\n")))
            assertThat(discovery.handle(new Input.Received(SERVER, bytes), Instant.EPOCH))
                    .isEmpty();
        assertThat(discovery.terminated()).isFalse();
    }
}
