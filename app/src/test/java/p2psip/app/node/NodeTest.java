package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import p2psip.app.p2psip.StunVerb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.host.*;
import p2psip.app.lookup.Pins;
import p2psip.app.p2p.*;
import p2psip.app.sip.SipPort;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.Machine;
import p2psip.std.rfc3261.Transport;
import picocli.CommandLine;

/// Whole nodes and telephones in virtual time.
class NodeTest {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";

    private static final Wire FAR = Wire.of(Duration.ofMillis(30)).jitter(Duration.ofMillis(30));

    private final List<Trace> trace = new ArrayList<>();
    private final Network network = new Network(5, trace::add);
    private final List<SimHost> hosts = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> network.host("10.0.0." + i)).toList();

    private RunningNode node(int i, RunningNode... others) {
        return RunningNode.start(hosts.get(i), "node " + i, Node.Options.at(
                InetAddress.ofLiteral("10.0.0." + (i + 1)),
                Stream.of(others).map(RunningNode::overlay).toList()));
    }

    private Telephone phone(int i, String aor, RunningNode node) {
        return Telephone.start(hosts.get(i), aor, PhoneSetup.of(aor, node.sip()));
    }

    @Test void a_phone_is_reached_though_the_first_node_was_killed() {
        var first = node(0);
        var second = node(1, first);
        var third = node(2, first);
        try (var alice = phone(3, ALICE, second); var bob = phone(4, BOB, third)) {
            alice.register();
            bob.register();
            second.publishes(1);
            third.publishes(1);
            hosts.get(0).kill();
            var before = network.now();
            var call = alice.call(BOB);
            assertThat(Duration.between(before, network.now())).isLessThan(Duration.ofSeconds(15));
            assertThat(call.hangUp().lost()).isZero();
        }
    }

    /// Neither sound comes any more nor a BYE, and nobody says so.
    @Test void a_call_ends_though_the_node_of_the_callee_is_gone() {
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(3, ALICE, first); var bob = phone(4, BOB, second)) {
            bob.register();
            second.publishes(1);
            var call = alice.call(BOB);
            var taken = bob.answer(Duration.ofSeconds(1)).orElseThrow();
            taken.talk(Duration.ofSeconds(10));
            assertThat(taken.hears()).isTrue();
            network.cut(hosts.get(1));
            call.hangUp();
            taken.talk(Duration.ofSeconds(10));
            assertThat(taken.hears()).isFalse();
            assertThat(taken.talk(Duration.ofMinutes(1))).isTrue();
            assertThat(taken.end().orElseThrow().status()).isEqualTo(408);
            assertThat(taken.heardNothing()).isFalse();
        }
    }

    /// Twenty of twenty, each the moment that its 200 has come.
    @Test void who_was_told_200_is_found_by_other_nodes_at_once() {
        var first = node(0);
        var second = node(1, first);
        node(2, first);
        network.wire(hosts.get(1), hosts.get(0), FAR);
        network.wire(hosts.get(1), hosts.get(2), FAR);
        try (var alice = phone(3, ALICE, first)) {
            for (int i = 0; i < 20; i++)
                try (var bob = phone(4, "sip:bob" + i + "@example.com", second)) {
                    bob.register();
                    alice.call("sip:bob" + i + "@example.com").hangUp();
                }
        }
    }

    private Duration takes(Runnable what) {
        var before = network.now();
        what.run();
        return Duration.between(before, network.now());
    }

    /// An ordinary node, which has a super-node keep its records.
    private Host.Line ordinary(int i, Place superNode) {
        var at = InetAddress.ofLiteral("10.0.0." + (i + 1));
        var usual = Node.Options.at(at, List.of(superNode));
        return hosts.get(i).start("node " + i, room -> new Node(new Node.Options(
                new SipPort.Wish(List.of(at), 5062, false, EnumSet.of(Transport.UDP)),
                usual.lookups(), new OverlayConfig(usual.overlay().bind(), true, List.of(at), false,
                        usual.overlay().bootstrap(), Optional.empty()),
                usual.door(), usual.trust(), usual.traced()), room));
    }

    private Telephone phoneOf(int i, String aor, int node) {
        return Telephone.start(hosts.get(i), aor, PhoneSetup.of(aor, new InetSocketAddress(
                InetAddress.ofLiteral("10.0.0." + (node + 1)), 5062)));
    }

    @Test void a_registration_waits_for_the_ring_but_not_for_ever() {
        var first = node(0);
        var line = ordinary(1, first.overlay());
        network.run(Duration.ofSeconds(9));
        assertThat(line.told(Duration.ZERO)).anyMatch(Node.Ready.class::isInstance);
        try (var bob = phoneOf(4, BOB, 1)) {
            hosts.get(0).pause();
            assertThat(takes(bob::register)).isBetween(
                    Duration.ofSeconds(1), Duration.ofMillis(1010));
            assertThat(takes(bob::register)).isLessThan(Duration.ofMillis(10));
        }
    }

    @Test void a_node_that_is_alone_or_not_ready_does_not_wait() {
        var alone = node(0);
        var seeking = ordinary(1, new Place("10.0.0.99", 5063));
        network.run(Duration.ofSeconds(1));
        try (var alice = phone(3, ALICE, alone); var bob = phoneOf(4, BOB, 1)) {
            assertThat(takes(alice::register)).isLessThan(Duration.ofMillis(100));
            assertThat(takes(bob::register)).isLessThan(Duration.ofMillis(10));
            assertThat(seeking.told(Duration.ZERO)).noneMatch(Node.Ready.class::isInstance);
        }
    }

    /// The clock of bob's node is ahead: so much that without tolerance nobody would find him.
    @ParameterizedTest @ValueSource(ints = {2, 5, 55})
    void who_has_a_clock_that_is_ahead_is_found_and_it_is_said(int minutes) {
        hosts.get(1).skew(Duration.ofMinutes(minutes));
        var first = node(0);
        var second = node(1, first);
        var heard = new ArrayList<News>();
        try (var alice = Telephone.start(hosts.get(3), ALICE,
                PhoneSetup.of(ALICE, first.sip()), heard::add); var bob = phone(4, BOB, second)) {
            bob.register();
            alice.call(BOB).hangUp();
            assertThat(heard).contains(new News.Warned(
                    BOB + ": their clock is " + minutes + " min ahead"));
            assertThat(heard.stream().filter(News.Warned.class::isInstance)).hasSize(1);
        }
        assertThat(first.line().told(Duration.ZERO)).singleElement().isInstanceOfSatisfying(
                Host.Notice.class, notice -> assertThat(notice.line())
                        .contains("this machine is " + minutes + " min behind"));
        assertThat(remarks("node 1", "this machine")).singleElement().asString()
                .contains("is " + minutes + " min ahead");
    }

    private List<String> remarks(String node, String about) {
        return trace.stream().filter(t -> t.node().equals(node)).map(Trace::what)
                .flatMap(what -> what instanceof Trace.What.Remark(_, var text, _)
                        && text.contains(about) ? Stream.of(text) : Stream.empty()).toList();
    }

    /// An expired record is never taken: it cannot be told from one that is replayed.
    @Test void who_has_a_clock_that_is_behind_is_told_why_nobody_finds_him() {
        hosts.get(1).skew(Duration.ofMinutes(-90));
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(3, ALICE, first); var bob = phone(4, BOB, second)) {
            bob.register();
            assertThatThrownBy(() -> alice.call(BOB)).hasMessageContaining("404");
        }
        assertThat(remarks("node 1", "this machine")).singleElement().asString()
                .contains("is 90 min behind");
        assertThat(remarks("node 0", "refused: EXPIRED")).isNotEmpty();
    }

    private Telephone heard(int i, String aor, RunningNode node, List<News> heard) {
        return Telephone.start(hosts.get(i), aor, PhoneSetup.of(aor, node.sip()), heard::add);
    }

    private static Stream<String> warnings(List<News> heard) {
        return heard.stream().flatMap(news -> news instanceof News.Warned(var text)
                ? Stream.of(text) : Stream.empty());
    }

    @Test void a_call_to_a_node_that_has_died_fails_in_seconds_and_says_why() {
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(3, ALICE, first)) {
            var bob = phone(4, BOB, second);
            bob.register();
            alice.call(BOB).hangUp();
            hosts.get(1).kill();
            assertThat(takes(() -> assertThatThrownBy(() -> alice.call(BOB))
                    .hasMessage("480 Their Node Does Not Answer"))).isBetween(
                    Duration.ofSeconds(2), Duration.ofSeconds(6));
            assertThat(takes(() -> assertThatThrownBy(() -> alice.message(BOB, "hello?"))
                    .hasMessage("480 Their Node Does Not Answer"))).isLessThan(
                    Duration.ofSeconds(6));
        }
    }

    @Test void a_call_that_rings_at_a_node_that_dies_ends_in_seconds() {
        var first = node(0);
        var second = node(1, first);
        var setup = PhoneSetup.of(BOB, second.sip());
        var slow = setup.calls(1).ringing().untraced();
        Telephone.start(hosts.get(4), "bob", slow).register();
        var alice = hosts.get(3).start("alice",
                room -> new Phone(PhoneSetup.of(ALICE, first.sip()), room));
        network.run(Duration.ofSeconds(1));
        alice.command(new PhoneCommand.Call(1, BOB));
        network.run(Duration.ofSeconds(1));
        assertThat(alice.told(Duration.ZERO)).contains(new News.Progress(1, 180, "Ringing"));
        hosts.get(1).kill();
        network.run(Duration.ofSeconds(14));
        assertThat(alice.told(Duration.ZERO)).singleElement().isInstanceOfSatisfying(
                News.Ended.class, end -> assertThat(end.status() + " " + end.reason())
                        .isEqualTo("480 Their Node Does Not Answer"));
    }

    /// Its node lives, and may be waiting for the phone as long as it likes.
    @Test void a_phone_that_does_not_answer_is_waited_for_as_long_as_ever() {
        var first = node(0);
        var second = node(1, first);
        var alices = new ArrayList<News>();
        try (var alice = heard(3, ALICE, first, alices)) {
            phone(4, BOB, second).register();
            network.cut(hosts.get(4));
            assertThat(takes(() -> assertThatThrownBy(() -> alice.call(BOB))
                    .hasMessageContaining("408"))).isGreaterThan(Duration.ofSeconds(31));
            assertThat(alices).containsOnlyOnce(new News.Unanswered(1));
        }
    }

    /// Its machine says that nobody listens there.
    @Test void a_phone_that_was_ended_is_not_waited_for() {
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(3, ALICE, first)) {
            phone(4, BOB, second).register();
            hosts.get(4).kill();
            assertThat(takes(() -> assertThatThrownBy(() -> alice.call(BOB))
                    .hasMessageContaining("500"))).isLessThan(Duration.ofSeconds(1));
        }
    }

    /// Alice has called neither before: the newest is called, with a word about it; and the other
    /// when the phone of the newest is gone, or its node has died.
    @Test void of_two_who_claim_an_address_one_is_called_with_a_warning() {
        var first = node(0);
        var second = node(1, first);
        var third = node(2, first);
        var alices = new ArrayList<News>();
        var impostors = new ArrayList<News>();
        try (var alice = heard(3, ALICE, first, alices); var bob = phone(4, BOB, second)) {
            bob.register();
            network.run(Duration.ofSeconds(2));
            var impostor = heard(2, BOB, third, impostors);
            impostor.register();
            assertThat(warnings(impostors)).singleElement().asString()
                    .startsWith(BOB + " (2 claims): ours is ");
            alice.call(BOB).hangUp();
            assertThat(impostor.answer(Duration.ZERO)).isPresent();
            assertThat(warnings(alices)).singleElement().asString()
                    .startsWith(BOB + " (2 claims): called is ");
            hosts.get(2).kill();
            var call = new AtomicReference<Telephone.Call>();
            assertThat(takes(() -> call.set(alice.call(BOB)))).isLessThan(Duration.ofSeconds(7));
            assertThat(bob.answer(Duration.ZERO)).isPresent();
            call.get().hangUp();
            assertThat(warnings(alices)).hasSize(2);
        }
    }

    @Test void the_other_claim_is_called_when_the_phone_of_the_first_is_gone_but_not_when_busy() {
        var first = node(0);
        var second = node(1, first);
        var third = node(2, first);
        try (var alice = phone(3, ALICE, first); var bob = phone(4, BOB, second)) {
            bob.register();
            network.run(Duration.ofSeconds(2));
            var setup = PhoneSetup.of(BOB, third.sip());
            var busy = Telephone.start(hosts.get(2), "busy", setup.calls(0).untraced());
            busy.register();
            assertThatThrownBy(() -> alice.call(BOB)).hasMessageContaining("486");
            busy.close();
            alice.call(BOB).hangUp();
            assertThat(bob.answer(Duration.ZERO)).isPresent();
        }
    }

    @Test void nobody_is_404_and_somebody_who_has_left_is_480() {
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(3, ALICE, first)) {
            var bob = phone(4, BOB, second);
            bob.register();
            second.publishes(1);
            assertThatThrownBy(() -> alice.call("sip:nobody@example.com"))
                    .hasMessageContaining("404");
            alice.call(BOB).hangUp();
            bob.close();
            alice.pause(Duration.ofSeconds(5));
            assertThatThrownBy(() -> alice.call(BOB)).hasMessageContaining("480");
            // who has never heard of bob is told by his tombstone
            try (var carol = phone(2, "sip:carol@example.com", node(2, first))) {
                assertThatThrownBy(() -> carol.call(BOB)).hasMessageContaining("480");
            }
        }
    }

    @Test void a_call_is_set_up_in_time_while_a_node_is_silent() {
        var first = node(0);
        var second = node(1, first);
        var third = node(2, first);
        try (var alice = phone(3, ALICE, second); var bob = phone(4, BOB, third)) {
            bob.register();
            third.publishes(1);
            hosts.get(0).pause();
            var before = network.now();
            alice.call(BOB).hangUp();
            assertThat(Duration.between(before, network.now())).isLessThan(Duration.ofSeconds(5));
            assertThatThrownBy(() -> alice.call("sip:nobody@example.com"))
                    .hasMessageContaining("404");
            assertThat(Duration.between(before, network.now())).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test void a_phone_is_reached_though_its_node_was_killed_and_started_again() {
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(3, ALICE, first); var bob = phone(4, BOB, second)) {
            bob.register();
            hosts.get(1).kill();   // the moment that bob was told 200
            var again = node(1, first);
            again.publishes(1);
            assertThat(again.count().contacts()).isEqualTo(1);
            alice.call(BOB).hangUp();
        }
    }

    /// Who is registered already can be called, and calls; who comes is told at once to come back.
    @Test void a_node_whose_disk_is_full_refuses_registrations_and_goes_on() {
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(3, ALICE, first); var bob = phone(4, BOB, second)) {
            bob.register();
            hosts.get(1).full(true);
            var carol = phone(4, "sip:carol@example.com", second);
            for (var phone : List.of(carol, bob, carol))
                assertThat(takes(() -> assertThatThrownBy(phone::register)
                        .hasMessage("500 Server Internal Error")))
                        .isLessThan(Duration.ofMillis(100));
            assertThat(second.count().contacts()).isEqualTo(1);
            alice.call(BOB).hangUp();
            assertThatThrownBy(() -> alice.call("sip:carol@example.com"))
                    .hasMessageContaining("404");
            bob.call(BOB).hangUp();
            hosts.get(1).full(false);
            carol.register();
            alice.call("sip:carol@example.com").hangUp();
            carol.close();
        }
    }

    @Test void who_has_not_come_back_in_time_is_forgotten() {
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(3, ALICE, first)) {
            phone(4, BOB, second).register();
            second.publishes(1);
            hosts.get(1).kill();
            hosts.get(4).kill();
            network.run(Duration.ofHours(2));
            var again = node(1, first);
            assertThat(again.count().contacts()).isZero();
            assertThatThrownBy(() -> alice.call(BOB)).hasMessageContaining("404");
        }
    }

    /// Dies in the very step in which it asks to store whom it believes: all else that it wants
    /// then still happens.
    private static final class Dying implements Machine<Event, Effect> {
        private final Machine<Event, Effect> node;
        private boolean dead;

        Dying(Machine<Event, Effect> node) { this.node = node; }

        @Override public List<Effect> handle(Event event, Instant now) {
            if (dead) return List.of();
            var effects = node.handle(event, now);
            dead = effects.stream().anyMatch(Dying::isPin);
            return effects.stream().filter(effect -> !isPin(effect)).toList();
        }

        private static boolean isPin(Effect effect) {
            return effect instanceof Effect.Store(_, var values)
                    && values.firstKey().startsWith(Pins.PREFIX);
        }

        @Override public List<Effect> wake(Instant now) {
            return dead ? List.of() : node.wake(now);
        }

        @Override public Instant deadline() { return dead ? Instant.MAX : node.deadline(); }
    }

    @Test void nobody_is_called_by_a_node_that_has_not_yet_stored_whom_it_believes() {
        var first = node(0);
        var options = Node.Options.at(InetAddress.ofLiteral("10.0.0.2"), List.of(first.overlay()));
        var line = hosts.get(1).start("node 1", room -> new Dying(new Node(options, room)));
        var second = new RunningNode(
                line, (Node.Ready) line.told(Duration.ofSeconds(9)).getFirst());
        try (var alice = phone(3, ALICE, second); var bob = phone(4, BOB, first)) {
            bob.register();
            first.publishes(1);
            assertThatThrownBy(() -> alice.call(BOB)).isInstanceOf(Telephone.Failed.class);
            assertThat(bob.answer(Duration.ZERO)).isEmpty();
        }
    }

    /// No ring at all: a call is found by multicast alone.
    @Test void a_phone_is_reached_over_the_local_network_without_a_ring() {
        var first = node(0, List.of(LookupChoice.LAN));
        var second = node(1, List.of(LookupChoice.LAN));
        assertThat(first.ready().overlay()).isEmpty();
        try (var alice = phone(3, ALICE, first)) {
            var bob = phone(4, BOB, second);
            bob.register();
            second.publishes(1);
            assertThat(alice.call(BOB).hangUp().lost()).isZero();
            assertThatThrownBy(() -> alice.call("sip:nobody@example.com"))
                    .hasMessageContaining("404");
            bob.close();
            alice.pause(Duration.ofSeconds(5));
            assertThatThrownBy(() -> alice.call(BOB)).hasMessageContaining("480");
        }
    }

    /// Who is on the ring and on the local network finds who is on one of them alone.
    @Test void a_node_with_both_lookups_finds_who_has_either() {
        var ring = node(0);
        var lan = node(1, List.of(LookupChoice.LAN));
        var both = node(2, List.of(LookupChoice.DHT, LookupChoice.LAN), ring);
        try (var alice = phone(3, ALICE, ring); var bob = phone(4, BOB, lan)) {
            alice.register();
            bob.register();
            ring.publishes(1);
            lan.publishes(1);
            try (var carol = phone(2, "sip:carol@example.com", both)) {
                carol.call(ALICE).hangUp();
                carol.call(BOB).hangUp();
                carol.register();
                both.publishes(1);
                alice.pause(Duration.ofSeconds(5));
                alice.call("sip:carol@example.com").hangUp();
                bob.call("sip:carol@example.com").hangUp();
                assertThatThrownBy(() -> alice.call(BOB)).hasMessageContaining("404");
            }
        }
    }

    private RunningNode node(int i, List<LookupChoice> lookups, RunningNode... others) {
        var usual = Node.Options.at(InetAddress.ofLiteral("10.0.0." + (i + 1)),
                Stream.of(others).map(RunningNode::overlay).toList());
        return RunningNode.start(hosts.get(i), "node " + i, new Node.Options(usual.sip(), lookups,
                usual.overlay(), usual.door(), usual.trust(), usual.traced()));
    }

    @Test void stun_is_answered_on_the_overlays_port() {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var at = RunningNode.start(host, "node", Node.Options.at(
                    InetAddress.ofLiteral("127.0.0.1"), List.of())).overlay();
            var out = new StringWriter();
            assertThat(new CommandLine(new StunVerb()).setOut(new PrintWriter(out))
                    .execute(at.toString())).isZero();
            assertThat(out.toString()).startsWith("127.0.0.1:");
        }
    }
}
