package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Sipd;
import p2psip.app.stun.*;
import p2psip.app.trace.Trace;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc8489.Credential;
import p2psip.std.rfc8656.*;

/// Phones behind routers call each other through a plain proxy: what finds the way for their sound
/// is ICE alone.
class IceCallTest {
    private static final String HOUSE = "203.0.113.1";
    private static final InetAddress AT = InetAddress.ofLiteral(HOUSE);
    private static final Credential ALICE = new Credential("alice", "wonderland");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Trace> traces = new ArrayList<>();
    private final Network network = new Network(5, traces::add);
    private final SimHost house = network.host(HOUSE);
    private int homes;

    IceCallTest() {
        network.wires(Wire.of(Duration.ofMillis(20)));
        var wish = new SipPort.Wish(List.of(AT), 5060, false,
                EnumSet.of(Transport.UDP, Transport.TCP));
        assertThat(house.start("proxy", room -> new Sipd(new Sipd.Options(wish,
                List.of("example.com"), Optional.empty(), false), room)).told(SECOND))
                .hasSize(1);
        relay(3478, 20);
    }

    private void relay(int port, int quota) { relay(house, AT, port, quota); }

    private void relay(SimHost host, InetAddress at, int port, int quota) {
        var line = host.start("turn" + port, room -> new Relaying(new Relaying.Options(
                List.of(new Relaying.Place(Optional.empty(), new InetSocketAddress(at, port))),
                new TurnServer.Settings("test", Map.of(Family.IPV4, at), 50_000, 50_999,
                        Limits.USUAL.perUser(quota), new Peers(List.of(), Set.of(at))),
                "example.org", TurnUsers.of("example.org", List.of("alice:wonderland"),
                        Optional.empty(), room.wall()), Duration.ofMinutes(30), false),
                room.random()));
        assertThat(line.told(SECOND).getFirst()).isInstanceOf(Relaying.Ready.class);
    }

    private static IceOptions helped(String... uris) {
        return new IceOptions(true, Stream.of(uris).filter(uri -> uri.startsWith("stun"))
                .map(StunUri::parse).toList(), Stream.of(uris).filter(uri ->
                uri.startsWith("turn")).map(uri -> new IceOptions.Turn(TurnUri.parse(uri), ALICE))
                .toList());
    }

    private static final String STUN = "stun:" + HOUSE, TURN = "turn:" + HOUSE;

    private static PhoneSetup setup(String user, IceOptions ice) {
        return PhoneSetup.of("sip:" + user + "@example.com")
                .through(SipUri.of("", new InetSocketAddress(AT, 5060))).by(Transport.TCP)
                .port(5060).calls(1).recording()
                .withIce(ice);
    }

    private Telephone phone(SimHost host, String user, IceOptions ice) {
        var phone = Telephone.start(host, user, setup(user, ice));
        phone.register();
        return phone;
    }

    private SimHost behind(Nat nat) {
        return network.nat(nat, "198.51.100." + ++homes).host("192.168.1." + homes);
    }

    private static Nat nat(String name) {
        return switch (name) {
            case "cone" -> Nat.PORT_RESTRICTED;
            case "full" -> Nat.FULL_CONE;
            default -> Nat.SYMMETRIC;
        };
    }

    private static void heard(Telephone.Call call) {
        assertThat(call.hears()).isTrue();
        assertThat(call.heardNothing()).isFalse();
    }

    @ParameterizedTest @CsvSource({"cone, cone, false", "full, symmetric, false",
        "symmetric, symmetric, true", "cone, symmetric, true"})
    void behind_routers(String caller, String callee, boolean relay) {
        try (var alice = phone(behind(nat(caller)), "alice", helped(STUN, TURN));
                var bob = phone(behind(nat(callee)), "bob", helped(STUN, TURN))) {
            var call = alice.call("sip:bob@example.com");
            var taken = bob.answer(SECOND).orElseThrow();
            call.talk(Duration.ofSeconds(3));
            heard(call);
            heard(taken);
            assertThat(call.way().orElseThrow().relay()).isEqualTo(relay);
            assertThat(taken.way().orElseThrow().relay()).isEqualTo(relay);
            //= rfc8445#12.1-3 a relayed candidate sends through a channel
            assertThat(traces.stream().map(Trace::what).anyMatch(what ->
                    what instanceof Trace.What.Wire wire && wire.sent()
                            && wire.remote().getPort() == 3478 && wire.bytes().at(0) == 0x40))
                    .isEqualTo(relay);
            call.hangUp();
        }
    }

    /// Which wire messages a phone has sent, and what they say.
    private Stream<String> sent(String node) {
        return traces.stream().filter(t -> t.node().equals(node)).map(Trace::what)
                .filter(Trace.What.Wire.class::isInstance).map(Trace.What.Wire.class::cast)
                .filter(Trace.What.Wire::sent).map(wire -> wire.bytes().utf8());
    }

    /// One of the two does not know ICE: it sends where the other is seen from outside.
    @ParameterizedTest @CsvSource({"true, false", "false, true"})
    void a_peer_without_ice(boolean caller, boolean callee) {
        try (var alice = phone(caller ? behind(Nat.FULL_CONE) : network.host("203.0.113.7"),
                     "alice", caller ? helped(STUN) : IceOptions.OFF);
                var bob = phone(callee ? behind(Nat.FULL_CONE) : network.host("203.0.113.8"),
                        "bob", callee ? helped(STUN) : IceOptions.OFF)) {
            var call = alice.call("sip:bob@example.com");
            var taken = bob.answer(SECOND).orElseThrow();
            call.talk(Duration.ofSeconds(2));
            heard(call);
            heard(taken);
            assertThat(call.way()).isEmpty();
            assertThat(taken.way()).isEmpty();
            call.hangUp();
        }
    }

    //= rfc8445#5.1.1.2-6 lent by an Allocate request with a long-term credential
    /// Behind a router that nobody gets through, what is lent serves it as well.
    @Test void a_peer_without_ice_is_talked_with_over_a_relay() {
        try (var alice = phone(behind(Nat.SYMMETRIC), "alice", helped(TURN));
                var bob = phone(network.host("203.0.113.8"), "bob", IceOptions.OFF)) {
            var call = alice.call("sip:bob@example.com");
            var taken = bob.answer(SECOND).orElseThrow();
            call.talk(Duration.ofSeconds(2));
            heard(call);
            heard(taken);
            assertThat(sent("alice").anyMatch(text -> text.contains(" typ relay "))).isTrue();
            call.hangUp();
        }
    }

    /// From when it hears of the call until it answers.
    private Duration answering(String user, IceOptions ice) {
        try (var bob = phone(network.host("203.0.113." + (20 + ++homes)), user, ice);
                var alice = phone(network.host("203.0.113." + (60 + homes)), "alice",
                        IceOptions.ALONE)) {
            bob.pause(SECOND.multipliedBy(4));
            alice.call("sip:" + user + "@example.com").hangUp();
            assertThat(bob.answer(SECOND)).isPresent();
        }
        return Duration.between(first(user, "SIP/2.0 180").orElseThrow(),
                first(user, "SIP/2.0 200", "INVITE").orElseThrow());
    }

    private Optional<Instant> first(String node, String begin, String... has) {
        return traces.stream().filter(t -> t.node().equals(node)
                        && t.what() instanceof Trace.What.Wire wire && wire.sent()
                        && wire.bytes().utf8().startsWith(begin)
                        && Stream.of(has).allMatch(wire.bytes().utf8()::contains))
                .map(Trace::at).findFirst();
    }

    /// Nobody lives at these addresses.
    private static final String DEAD_STUN = "stun:203.0.113.250", DEAD_TURN = "turn:203.0.113.251";

    @Test void a_dead_helper_adds_nothing_to_the_answer() {
        assertThat(answering("bob", IceOptions.ALONE)).isZero();
        assertThat(answering("carol", helped(DEAD_STUN))).isZero();
        assertThat(answering("dave", helped(DEAD_STUN, DEAD_TURN))).isZero();
    }

    /// A call that is placed and given up again: from when the user asks until the offer is sent,
    /// and the offer.
    private Offer offer(Telephone phone) {
        traces.clear();
        var begin = network.now();
        phone.call("sip:bob@example.com").hangUp();
        return new Offer(Duration.between(begin, first("alice", "INVITE").orElseThrow()),
                sent("alice").filter(text -> text.startsWith("INVITE")).findFirst().orElseThrow());
    }

    private record Offer(Duration after, String text) {}

    /// Over a connection that has to be opened first.
    private static final Duration CONNECTION = Duration.ofMillis(40);

    @Test void a_dead_helper_delays_no_offer() {
        try (var bob = phone(network.host("203.0.113.9"), "bob", IceOptions.ALONE);
                var alice = Telephone.start(behind(Nat.PORT_RESTRICTED), "alice",
                        setup("alice", helped(DEAD_STUN, DEAD_TURN, STUN)))) {
            assertThat(offer(alice).after).isEqualTo(CONNECTION);
            alice.pause(SECOND);
            var later = offer(alice);
            assertThat(later.after).isZero();
            //  what the others have said was known before
            assertThat(later.text).contains(" 1 UDP ", " 2 UDP ", "typ srflx");
            assertThat(bob.answer(SECOND)).isPresent();
        }
    }

    /// A server that has just answered, and dies: whenever the call is placed, it waits for nobody.
    @Test void a_helper_that_dies_is_not_waited_for_either() {
        try (var bob = phone(network.host("203.0.113.9"), "bob", IceOptions.ALONE)) {
            var server = network.host("203.0.113.200");
            relay(server, InetAddress.ofLiteral("203.0.113.200"), 3478, 20);
            var alice = phone(behind(Nat.PORT_RESTRICTED), "alice",
                    helped("stun:203.0.113.200", "turn:203.0.113.200"));
            alice.pause(SECOND);
            server.kill();
            //  what it said counts
            var first = offer(alice);
            assertThat(first.after).isZero();
            assertThat(first.text).contains("typ srflx");
            for (var idle : List.of(Duration.ZERO, SECOND, Reserve.RETRY, Reserve.PERIOD)) {
                alice.pause(idle);
                var later = offer(alice);
                assertThat(later.after).isZero();
                assertThat(later.text).contains("typ host").doesNotContain("typ srflx");
            }
            alice.close();
            assertThat(bob.answer(SECOND)).isPresent();
        }
    }

    /// The same for who answers, whose helper dies a moment before he is called.
    @Test void nor_by_who_answers() {
        var server = network.host("203.0.113.200");
        relay(server, InetAddress.ofLiteral("203.0.113.200"), 3478, 20);
        try (var bob = phone(behind(Nat.PORT_RESTRICTED), "bob", helped("stun:203.0.113.200"));
                var alice = phone(network.host("203.0.113.9"), "alice", IceOptions.ALONE)) {
            bob.pause(SECOND);
            server.kill();
            alice.call("sip:bob@example.com").hangUp();
            assertThat(bob.answer(SECOND)).isPresent();
            assertThat(first("bob", "SIP/2.0 200", "INVITE")).isEqualTo(
                    first("bob", "SIP/2.0 180"));
            assertThat(first("bob", "SIP/2.0 200", "INVITE", "typ srflx")).isPresent();
        }
    }

    /// Servers that come to life a little later; and a router that may have been started anew.
    @Test void what_is_kept_for_the_next_call_does_not_grow_old() {
        var server = network.host("203.0.113.200");
        try (var bob = phone(network.host("203.0.113.9"), "bob", IceOptions.ALONE)) {
            var alice = phone(behind(Nat.PORT_RESTRICTED), "alice",
                    helped("stun:203.0.113.200", "turn:203.0.113.200"));
            alice.pause(SECOND.multipliedBy(17));
            relay(server, InetAddress.ofLiteral("203.0.113.200"), 3478, 20);
            alice.pause(SECOND.multipliedBy(10));
            assertThat(offer(alice).text).contains("typ srflx", "typ relay");
            var asked = asking(alice);
            alice.pause(Reserve.PERIOD);
            assertThat(asking(alice)).isNotEmpty().doesNotContainAnyElementsOf(asked);
            traces.clear();
            alice.close();
            //  what was lent for the next call is given back: a Refresh for each port
            assertThat(traces.stream().map(Trace::what).filter(what ->
                    what instanceof Trace.What.Wire(_, boolean sent, _, var to, var bytes) && sent
                            && to.getPort() == 3478 && bytes.at(1) == 4)).hasSize(2);
            assertThat(bob.answer(SECOND)).isPresent();
        }
    }

    /// From where the servers are asked within the next 20 s.
    private Set<InetSocketAddress> asking(Telephone alice) {
        traces.clear();
        alice.pause(SECOND.multipliedBy(20));
        return traces.stream().filter(t -> t.node().equals("alice")).map(Trace::what)
                .filter(Trace.What.Wire.class::isInstance).map(Trace.What.Wire.class::cast)
                .filter(wire -> wire.sent() && wire.remote().getPort() == 3478)
                .map(Trace.What.Wire::local).collect(Collectors.toSet());
    }

    private long count(String node, String begin) {
        return sent(node).filter(text -> text.startsWith(begin)).count();
    }

    /// The call is placed before anybody has heard of the helpers: what they say comes later.
    @ParameterizedTest @CsvSource({"cone, false", "symmetric, true"})
    void what_is_found_late_is_told_within_the_call(String kind, boolean relay) {
        try (var bob = phone(behind(nat(kind)), "bob", helped(STUN, TURN));
                var alice = Telephone.start(behind(nat(kind)), "alice",
                        setup("alice", helped(STUN, TURN)))) {
            var begin = network.now();
            var call = alice.call("sip:bob@example.com");
            var taken = bob.answer(SECOND).orElseThrow();
            call.talk(SECOND);
            heard(call);
            heard(taken);
            assertThat(call.way().orElseThrow().relay()).isEqualTo(relay);
            var offer = sent("alice").filter(text -> text.startsWith("INVITE")).findFirst()
                    .orElseThrow();
            //= rfc8840#4-1,2 trickle-ice in Supported of the INVITE, trickle in the offer
            //= rfc8840#4.1.1-5 and a mid
            assertThat(offer).contains(",trickle-ice\r\n", "Recv-Info: trickle-ice",
                    "a=ice-options:ice2 trickle", "a=mid:0", "typ host")
                    .doesNotContain("typ srflx", "typ relay", "end-of-candidates");
            var answer = sent("bob").filter(text -> text.startsWith("SIP/2.0 200")
                    && text.contains("INVITE")).findFirst().orElseThrow();
            //= rfc8840#4.1.3-5 the answer has trickle and the mid, too
            assertThat(answer).contains("a=ice-options:ice2 trickle", "a=mid:0");
            //= rfc8840#4-4 what was found since goes in INFO, in the dialog, and by no other offer
            assertThat(sent("alice").filter(text -> text.startsWith("INFO")).toList().getLast())
                    .contains("Info-Package: trickle-ice", "typ host", "typ srflx",
                            "a=end-of-candidates");
            assertThat(count("alice", "INVITE") + count("bob", "INVITE")).isOne();
            //= rfc8840#4.3-2 and none before there is a dialog
            assertThat(first("alice", "INFO").orElseThrow())
                    .isAfterOrEqualTo(first("alice", "ACK").orElseThrow());
            assertThat(Duration.between(begin, network.now())).isLessThan(SECOND.multipliedBy(2));
            call.hangUp();
        }
    }

    //= rfc8445#5.1.1.2-8 the server lacks resources: a Binding request instead
    @Test void a_relay_that_is_full_tells_how_we_are_seen() {
        relay(3500, 1);
        try (var alice = phone(behind(Nat.PORT_RESTRICTED), "alice", helped(TURN + ":3500"));
                var bob = phone(network.host("203.0.113.8"), "bob", IceOptions.ALONE)) {
            alice.pause(SECOND);
            traces.clear();
            alice.call("sip:bob@example.com").hangUp();
            //= rfc8839#7.1.1-1 gathered prior to the INVITE, so that it has them
            var offer = sent("alice").filter(text -> text.startsWith("INVITE")).findFirst()
                    .orElseThrow().lines().filter(line -> line.startsWith("a=candidate:"))
                    .map(line -> line.replaceAll(
                            "a=candidate:\\S+ (\\d) .* typ (\\S+).*", "$1 $2"));
            assertThat(offer).contains("1 relay", "1 srflx", "2 srflx").doesNotContain("2 relay");
            assertThat(bob.answer(SECOND)).isPresent();
        }
    }

    //= rfc8445#5.1.1-1 it begins to gather immediately, while it rings
    /// It rings for a while before somebody comes; meanwhile a helper is waited for in vain.
    @Test void who_takes_his_time_is_heard_at_once() {
        var wish = setup("bob", helped(STUN, DEAD_STUN));
        try (var bob = Telephone.start(
                behind(Nat.PORT_RESTRICTED), "bob", wish.ringing())) {
            bob.register();
            var line = behind(Nat.PORT_RESTRICTED).start("alice",
                    room -> new Phone(setup("alice", helped(STUN)), room));
            line.command(new PhoneCommand.Call(1, "sip:bob@example.com"));
            bob.pause(Duration.ofSeconds(3));
            var taken = bob.answer(SECOND).orElseThrow();
            assertThat(taken.talk(SECOND)).isFalse();
            heard(taken);
            assertThat(Duration.between(first("bob", "SIP/2.0 200", "INVITE").orElseThrow(),
                    network.now())).isLessThan(Duration.ofMillis(1_500));
        }
    }
}
