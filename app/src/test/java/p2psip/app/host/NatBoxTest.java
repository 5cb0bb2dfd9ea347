package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.app.host.HostContract.TCP;
import static p2psip.app.host.HostContract.at;
import static p2psip.app.host.HostContract.id;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.host.Nat.*;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;

/// What routers do with the datagrams of hosts behind them, as those outside see it.
class NatBoxTest {
    private static final InetSocketAddress ALICE = at("192.168.1.5", 5062),
            X = at("203.0.113.1", 3478), X2 = at("203.0.113.1", 3479), Y = at("203.0.113.2", 3478);
    private static final Duration A_WHILE = Duration.ofMillis(100);

    private final Network network = new Network(1);
    private final Strings x = new Strings(network.host("203.0.113.1"), "x"),
            y = new Strings(network.host("203.0.113.2"), "y");

    NatBoxTest() {
        x.bind(X);
        x.bind(X2);
        y.bind(Y);
    }

    private NatBox home(Nat kind) { return network.nat(kind, "198.51.100.7"); }

    private Strings behind(NatBox box, InetSocketAddress at) {
        var node = new Strings(box.host(at.getAddress().getHostAddress()), "" + at);
        node.bind(at);
        return node;
    }

    private static void send(Strings node, InetSocketAddress from, InetSocketAddress to) {
        node.pull(new Effect.Datagram(from, to, Bytes.utf8("hello")));
    }

    /// From where what one node sends comes to another, if it does.
    private Optional<InetSocketAddress> seen(
            Strings from, InetSocketAddress source, Strings to, InetSocketAddress target) {
        network.run(A_WHILE);
        to.rest(Duration.ZERO);
        send(from, source, target);
        network.run(A_WHILE);
        return to.rest(Duration.ZERO).stream().map(event -> ((Event.Datagram) event).remote())
                .findFirst();
    }

    /// From where Alice is seen.
    private InetSocketAddress from(Strings alice, Strings to, InetSocketAddress target) {
        return seen(alice, ALICE, to, target).orElseThrow();
    }

    /// Whether Alice hears what is sent to an address.
    private boolean hears(
            Strings alice, Strings by, InetSocketAddress source, InetSocketAddress at) {
        return seen(by, source, alice, at).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"INDEPENDENT, true, true", "ADDRESS, true, false",
            "ADDRESS_AND_PORT, false, false"})
    void a_mapping_holds_for_those_destinations_that_are_alike(
            Behaviour mapping, boolean otherPort, boolean otherHost) {
        var alice = behind(home(Nat.PORT_RESTRICTED.mapping(mapping).ports(Ports.RANDOM)), ALICE);
        var first = from(alice, x, X);
        assertThat(first.getAddress().getHostAddress()).isEqualTo("198.51.100.7");
        assertThat(from(alice, x, X)).isEqualTo(first);
        assertThat(from(alice, x, X2).equals(first)).isEqualTo(otherPort);
        assertThat(from(alice, y, Y).equals(first)).isEqualTo(otherHost);
    }

    @ParameterizedTest
    @CsvSource({"INDEPENDENT, true, true", "ADDRESS, true, false",
            "ADDRESS_AND_PORT, false, false"})
    void a_filter_lets_in_those_sources_that_are_like_one_sent_to(
            Behaviour filtering, boolean otherPort, boolean otherHost) {
        var alice = behind(home(Nat.FULL_CONE.filtering(filtering)), ALICE);
        var at = from(alice, x, X);
        assertThat(hears(alice, x, X, at)).isTrue();
        assertThat(hears(alice, x, X2, at)).isEqualTo(otherPort);
        assertThat(hears(alice, y, Y, at)).isEqualTo(otherHost);
        send(alice, ALICE, Y);
        assertThat(hears(alice, y, Y, at)).isTrue();
    }

    @Test void ports_are_kept_if_they_are_free() {
        var box = home(Nat.PORT_RESTRICTED);
        var alice = behind(box, ALICE);
        var other = behind(box, at("192.168.1.6", 5062));
        assertThat(from(alice, x, X)).isEqualTo(at("198.51.100.7", 5062));
        assertThat(seen(other, at("192.168.1.6", 5062), x, X).orElseThrow().getPort())
                .isNotEqualTo(5062);
    }

    @Test void linux_gives_two_the_same_port_towards_others() {
        var box = home(Nat.LINUX);
        var alice = behind(box, ALICE);
        var other = behind(box, at("192.168.1.6", 5062));
        assertThat(from(alice, x, X)).isEqualTo(at("198.51.100.7", 5062));
        assertThat(seen(other, at("192.168.1.6", 5062), y, Y)).contains(at("198.51.100.7", 5062));
        assertThat(seen(other, at("192.168.1.6", 5062), x, X))
                .isPresent().isNotEqualTo(Optional.of(at("198.51.100.7", 5062)));
        assertThat(hears(alice, x, X, at("198.51.100.7", 5062))).isTrue();
        assertThat(hears(alice, y, Y, at("198.51.100.7", 5062))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void linux_that_answers_strangers_keeps_the_port_for_its_own_entry(
            boolean answers, boolean kept) {
        var alice = behind(home(Nat.LINUX.answers(answers)), ALICE);
        var at = at("198.51.100.7", 5062);
        send(x, X, at);
        network.run(A_WHILE);
        assertThat(from(alice, x, X).equals(at)).isEqualTo(kept);
        assertThat(from(alice, y, Y)).isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void two_inside_meet_at_their_outside_addresses_if_it_hairpins(boolean hairpins) {
        var box = home(Nat.FULL_CONE.hairpins(hairpins));
        var alice = behind(box, ALICE);
        var inside = at("192.168.1.6", 7000);
        var other = behind(box, inside);
        var there = seen(other, inside, x, X).orElseThrow();
        var here = from(alice, x, X);
        assertThat(seen(alice, ALICE, other, there)).isEqualTo(
                hairpins ? Optional.of(here) : Optional.empty());
        assertThat(seen(alice, ALICE, other, inside)).contains(ALICE);
    }

    @Test void a_mapping_that_is_not_used_is_forgotten() {
        var box = home(Nat.FULL_CONE.ports(Ports.RANDOM).patience(Duration.ofMinutes(2)));
        var alice = behind(box, ALICE);
        var at = from(alice, x, X);
        network.run(Duration.ofSeconds(119));
        assertThat(from(alice, x, X)).isEqualTo(at);
        network.run(Duration.ofSeconds(119));
        assertThat(hears(alice, x, X, at)).isTrue();
        network.run(Duration.ofSeconds(1));
        assertThat(hears(alice, x, X, at)).isFalse();
        assertThat(box.size()).isZero();
        assertThat(from(alice, x, X)).isNotEqualTo(at);
    }

    @Test void whom_it_let_in_is_forgotten_by_itself() {
        var alice = behind(home(Nat.RESTRICTED.patience(Duration.ofMinutes(2))), ALICE);
        var at = from(alice, x, X);
        network.run(Duration.ofSeconds(80));
        from(alice, y, Y);
        network.run(Duration.ofSeconds(80));
        assertThat(hears(alice, y, Y, at)).isTrue();
        assertThat(hears(alice, x, X, at)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PAIRED, 1", "ARBITRARY, 3"})
    void of_several_addresses_one_inside_has_one_or_any(Pooling pooling, int addresses) {
        var box = network.nat(Nat.SYMMETRIC.pooling(pooling),
                "198.51.100.7", "198.51.100.8", "198.51.100.9");
        var alice = behind(box, ALICE);
        var seen = new HashSet<InetAddress>();
        for (int port = 1; port <= 30; port++) {
            x.bind(at("203.0.113.1", port));
            seen.add(from(alice, x, at("203.0.113.1", port)).getAddress());
        }
        assertThat(seen).hasSize(addresses);
    }

    @Test void behind_two_routers_both_translate_and_both_filter() {
        var provider = network.nat(Nat.PORT_RESTRICTED, "198.51.100.7");
        var alice = behind(provider.nat(Nat.FULL_CONE, "10.64.0.9"), ALICE);
        var at = from(alice, x, X);
        assertThat(at).isEqualTo(at("198.51.100.7", 5062));
        assertThat(hears(alice, x, X, at)).isTrue();
        assertThat(hears(alice, y, Y, at)).isFalse();
    }

    @Test void the_same_private_address_is_somebody_else_behind_another_router() {
        var alice = behind(home(Nat.FULL_CONE), ALICE);
        var bob = behind(network.nat(Nat.FULL_CONE, "198.51.100.8"), ALICE);
        assertThat(seen(alice, ALICE, bob, ALICE)).isEmpty();
        assertThat(from(bob, x, X)).isEqualTo(at("198.51.100.8", 5062));
    }

    @Test void ipv6_is_not_translated_but_only_answers_come_in() {
        var inside = at("2001:db8:1::5", 5062);
        var outside = at("2001:db8:2::1", 3478);
        var other = new Strings(network.host("2001:db8:2::1"), "other");
        other.bind(outside);
        var alice = behind(home(Nat.SYMMETRIC).nat(Nat.LINUX, "10.0.0.9"), inside);
        assertThat(hears(alice, other, outside, inside)).isFalse();
        assertThat(seen(alice, inside, other, outside)).contains(inside);
        assertThat(hears(alice, other, outside, inside)).isTrue();
    }

    @Test void where_udp_is_blocked_streams_get_out_but_none_in() {
        var box = home(Nat.NO_UDP);
        var alice = behind(box, ALICE);
        assertThat(seen(alice, ALICE, x, X)).isEmpty();
        x.listen(at("203.0.113.1", 80));
        alice.pull(new Effect.Open(id(1), TCP, at("203.0.113.1", 80)),
                new Effect.Write(id(1), Bytes.utf8("hello")));
        assertThat(alice.hear(Event.Connected.class).remote()).isEqualTo(at("203.0.113.1", 80));
        var accepted = x.hear(Event.Accepted.class).remote();
        assertThat(accepted.getAddress().getHostAddress()).isEqualTo("198.51.100.7");
        assertThat(x.read(5).utf8()).isEqualTo("hello");
        alice.listen(ALICE);
        x.pull(new Effect.Open(id(2), TCP, at("198.51.100.7", 5062)));
        assertThat(x.hear(Event.Closed.class).why()).isEqualTo("timed out");
    }

    @Test void what_is_forwarded_comes_in_from_everybody_and_leaves_from_there() {
        var box = home(Nat.SYMMETRIC);
        var alice = behind(box, ALICE);
        var at = at("198.51.100.7", 40_000);
        box.forward(at, ALICE);
        assertThat(hears(alice, y, Y, at)).isTrue();
        assertThat(from(alice, x, X)).isEqualTo(at);
        alice.listen(ALICE);
        x.pull(new Effect.Open(id(2), TCP, at));
        assertThat(x.hear(Event.Connected.class).remote()).isEqualTo(at);
        assertThat(alice.hear(Event.Accepted.class).local()).isEqualTo(ALICE);
    }

    @Test void a_router_started_anew_or_moved_knows_nobody() {
        var box = home(Nat.FULL_CONE.ports(Ports.RANDOM));
        var alice = behind(box, ALICE);
        var at = from(alice, x, X);
        box.restart();
        assertThat(hears(alice, x, X, at)).isFalse();
        var again = from(alice, x, X);
        box.moves("198.51.100.99");
        assertThat(hears(alice, x, X, again)).isFalse();
        assertThat(from(alice, x, X).getAddress().getHostAddress()).isEqualTo("198.51.100.99");
    }

    /// Each answer finds its way, in any mix of hosts, kinds and destinations.
    @Property(tries = 50) void who_sends_hears_the_answer(
            @ForAll("kinds") Nat kind, @ForAll("kinds") Nat second, @ForAll long seed) {
        var world = new Network(seed);
        var server = new Strings(world.host("203.0.113.1"), "server");
        server.bind(X);
        var outer = world.nat(kind, "198.51.100.7", "198.51.100.8");
        for (int i = 1; i <= 5; i++) {
            var box = i % 2 == 0 ? outer : outer.nat(second, "10.0.0." + i);
            var at = at("192.168.1." + i, 5062);
            var node = new Strings(box.host("192.168.1." + i), "" + i);
            node.bind(at);
            send(node, at, X);
            var seen = server.hear(Event.Datagram.class).remote();
            server.pull(new Effect.Datagram(X, seen, Bytes.utf8("answer " + i)));
            assertThat(node.hear(Event.Datagram.class).bytes().utf8()).isEqualTo("answer " + i);
        }
    }

    @Provide Arbitrary<Nat> kinds() {
        return Combinators.combine(Arbitraries.of(Behaviour.class), Arbitraries.of(Behaviour.class),
                Arbitraries.of(Ports.class), Arbitraries.of(Pooling.class),
                Arbitraries.of(true, false))
                .as((mapping, filtering, ports, pooling, answers) -> Nat.FULL_CONE.mapping(mapping)
                        .filtering(filtering).ports(ports).pooling(pooling).answers(answers));
    }
}
