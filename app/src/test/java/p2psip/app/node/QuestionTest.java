package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.dht.RingView;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.node.Question.*;
import p2psip.app.p2p.*;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;

/// Simulated nodes that are asked, as a program around a node asks.
class QuestionTest {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";

    private final List<Trace> trace = new ArrayList<>();
    private final Network network = new Network(7, trace::add);
    private final List<SimHost> hosts = IntStream.rangeClosed(1, 4)
            .mapToObj(i -> network.host("10.0.0." + i)).toList();

    private RunningNode node(int i, RunningNode... others) {
        var at = Node.Options.at(InetAddress.ofLiteral("10.0.0." + (i + 1)),
                Stream.of(others).map(RunningNode::overlay).toList());
        return RunningNode.start(hosts.get(i), "node " + i, new Node.Options(at.sip(),
                at.lookups(), at.overlay(), at.door(), at.trust(), false));
    }

    private Telephone phone(int i, String aor, RunningNode node) {
        return Telephone.start(hosts.get(i), aor, PhoneSetup.of(aor, node.sip()));
    }

    private static List<Call> calls(RunningNode node) {
        return ((Reply.Calls) node.ask(new Question.Calls())).calls();
    }

    @Test void with_whom_it_speaks() {
        var first = node(0);
        assertThat(first.ask(new Question.Peers())).isEqualTo(new Reply.Peers(
                Optional.of(first.ready().id()), first.ready().overlay(), true, List.of()));
        var second = node(1, first);
        network.run(Duration.ofSeconds(3));
        var peers = (Reply.Peers) second.ask(new Question.Peers());
        assertThat(peers.peers()).singleElement().satisfies(peer -> {
            assertThat(peer.peer().id()).isEqualTo(first.ready().id());
            assertThat(peer.peer().address()).isEqualTo(first.ready().overlay().orElseThrow());
            assertThat(peer.role()).isEqualTo(Neighbour.Role.NEIGHBOUR);
            assertThat(peer.relay()).isEmpty();
            assertThat(peer.link()).as("nobody has called yet").isFalse();
            assertThat(peer.since()).isBefore(peer.heard());
            assertThat(peer.heard()).isAfter(network.now().minusSeconds(10));
        });
    }

    /// The super-node sees an ordinary node, and that one who serves it.
    @Test void what_others_are_to_it() {
        var first = node(0);
        var usual = Node.Options.at(InetAddress.ofLiteral("10.0.0.2"), List.of(first.overlay()));
        var line = hosts.get(1).start("node 1", room -> new Node(new Node.Options(usual.sip(),
                usual.lookups(), new OverlayConfig(usual.overlay().bind(), true,
                usual.overlay().addresses(), false, usual.overlay().bootstrap(),
                Optional.empty()), usual.door(), usual.trust(), false), room));
        network.run(Duration.ofSeconds(5));
        line.told(Duration.ZERO);
        line.command(new Ask(42, new Question.Peers()));
        var answered = (Answered) line.told(Duration.ofSeconds(1)).getFirst();
        assertThat(answered.id()).isEqualTo(42);
        var peers = (Reply.Peers) answered.reply();
        assertThat(peers.superNode()).isFalse();
        assertThat(peers.peers()).extracting(Neighbour::role)
                .containsExactly(Neighbour.Role.SERVES);
        assertThat(((Reply.Peers) first.ask(new Question.Peers())).peers())
                .extracting(Neighbour::role).containsExactly(Neighbour.Role.ORDINARY);
    }

    @Test void which_calls_go_through_it() {
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(2, ALICE, first); var bob = phone(3, BOB, second)) {
            alice.register();
            bob.register();
            assertThat(calls(first)).isEmpty();
            var call = alice.call(BOB);
            var begun = network.now();
            for (var node : List.of(first, second)) assertThat(calls(node)).singleElement()
                    .satisfies(each -> {
                        assertThat(each.from()).isEqualTo(ALICE);
                        assertThat(each.to()).isEqualTo(BOB);
                        assertThat(each.state()).isEqualTo(Call.State.TALKING);
                        assertThat(each.since()).isBetween(begun.minusSeconds(1), begun);
                    });
            for (var node : List.of(first, second))
                assertThat(((Reply.Peers) node.ask(new Question.Peers())).peers())
                        .extracting(Neighbour::link).containsExactly(true);
            call.hangUp();
            network.run(Duration.ofSeconds(1));
            assertThat(calls(first)).isEmpty();
            assertThat(calls(second)).isEmpty();
        }
    }

    @Test void a_call_that_rings_and_is_refused() {
        var first = node(0);
        var setup = PhoneSetup.of(BOB, first.sip());
        var slow = setup.calls(1).ringing().untraced();
        Telephone.start(hosts.get(3), "bob", slow).register();
        var alice = hosts.get(2).start("alice",
                room -> new Phone(PhoneSetup.of(ALICE, first.sip()), room));
        network.run(Duration.ofSeconds(1));
        alice.command(new PhoneCommand.Call(1, BOB));
        network.run(Duration.ofSeconds(1));
        assertThat(calls(first)).extracting(Call::state).containsExactly(Call.State.RINGING);
        alice.command(new PhoneCommand.HangUp(1));
        network.run(Duration.ofSeconds(1));
        assertThat(calls(first)).isEmpty();
        alice.command(new PhoneCommand.Call(2, "sip:nobody@example.com"));
        network.run(Duration.ofSeconds(9));
        assertThat(calls(first)).isEmpty();
    }

    @Test void how_it_sees_the_ring_and_how_far_others_are() {
        var first = node(0);
        var second = node(1, first);
        network.run(Duration.ofSeconds(10));
        var view = ((Reply.Ring) first.ask(new Question.Ring())).view();
        assertThat(view.leaves()).extracting(Peer::id).containsExactly(second.ready().id());
        assertThat(view.table()).extracting(cell -> cell.peer().id(), RingView.Cell::row,
                RingView.Cell::column).containsExactly(tuple(second.ready().id(),
                first.ready().id().sharedDigits(second.ready().id()), second.ready().id().digit(
                first.ready().id().sharedDigits(second.ready().id()))));
        var one = ((Reply.Peers) first.ask(new Question.Peers())).peers().getFirst();
        var other = ((Reply.Peers) second.ask(new Question.Peers())).peers().getFirst();
        assertThat(one.roundTrip()).isPresent();
        assertThat(one.sent()).isPositive().isEqualTo(other.received());
        assertThat(other.sent()).isPositive().isEqualTo(one.received());
    }

    @Test void which_keys_it_believes_and_that_they_are_to_be_others() {
        var node = node(0);
        var key = NodeId.of("bob");
        assertThat(node.ask(new Question.Confirm(BOB, key))).isEqualTo(new Reply.Agreed());
        var known = (Reply.Pinned) node.ask(new Question.Pinned());
        assertThat(known.claims().get(BOB)).singleElement().satisfies(claim -> {
            assertThat(claim.key()).isEqualTo(key);
            assertThat(claim.trust()).isEqualTo(Pins.Trust.CONFIRMED);
        });
        hosts.get(0).kill();
        var again = node(0);
        assertThat(((Reply.Pinned) again.ask(new Question.Pinned())).claims())
                .as("what was answered is on disk").isEqualTo(known.claims());
        again.ask(new Question.Drop(BOB));
        assertThat(((Reply.Pinned) again.ask(new Question.Pinned())).claims()).isEmpty();
        hosts.get(0).full(true);
        assertThat(again.ask(new Question.Confirm(BOB, key)))
                .isEqualTo(new Reply.Declined("not kept: no space left on device"));
    }

    @Test void before_it_has_read_what_it_believes_nothing_is_changed() {
        hosts.get(0).hangs(true);
        var line = hosts.get(0).start("node 0", room -> new Node(
                Node.Options.at(InetAddress.ofLiteral("10.0.0.1"), List.of()), room));
        line.command(new Ask(1, new Question.Drop(BOB)));
        assertThat(line.told(Duration.ofSeconds(1))).containsExactly(
                new Answered(1, new Reply.Declined("the node is starting: try again")));
        line.command(new Ask(1, new Question.Look("note")));
        assertThat(line.told(Duration.ofSeconds(1))).containsExactly(
                new Answered(1, new Reply.Declined("the node is starting: try again")));
        line.command(new Ask(2, new Question.Peers()));
        assertThat(line.told(Duration.ofSeconds(1))).containsExactly(new Answered(2,
                new Reply.Peers(Optional.empty(), Optional.empty(), false, List.of())));
    }

    /// By the policy of the moment, two keys that claim one address are called, or nobody.
    @Test void by_which_policy_it_believes() {
        var node = node(0);
        var other = node(1, node);
        var third = node(2, node);
        try (var mine = phone(3, BOB, other); var his = Telephone.start(hosts.get(2), "his",
                PhoneSetup.of(BOB, third.sip())); var alice = phone(1, ALICE, node)) {
            alice.register();
            mine.register();
            his.register();
            node.ask(new Question.Decide(Pins.Policy.STRICT));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> alice.call(BOB)))
                    .hasMessageContaining("480");
            node.ask(new Question.Decide(Pins.Policy.OPEN));
            alice.call(BOB).hangUp();
        }
    }

    private long messages() {
        return trace.stream().filter(t -> t.node().equals("node 0")
                && t.what() instanceof Trace.What.Message m && m.protocol().equals("SIP")).count();
    }

    @Test void messages_of_sip_are_noted_while_somebody_wants_them() {
        var node = node(0);
        try (var alice = phone(2, ALICE, node)) {
            alice.register();
            assertThat(messages()).isZero();
            node.ask(new Question.Watch(true));
            alice.register();
            long heard = messages();
            assertThat(heard).isPositive();
            node.ask(new Question.Watch(false));
            alice.register();
            assertThat(messages()).isEqualTo(heard);
        }
    }

    @Test void how_full_it_is() {
        var node = node(0);
        assertThat(node.ask(new Question.Count())).isEqualTo(new Reply.Counted(node.count()));
    }
}
