package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.sim.LinkedNode;
import p2psip.std.Bytes;

/// Nodes behind routers say things to each other.
class LinksTest {
    private static final int ECHO = 1_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final World world = new World(1);
    private final LinkedNode middle = world.superNode("middle", "203.0.113.1");
    private final LinkedNode alice = world.home("alice", Nat.PORT_RESTRICTED, middle),
            bob = world.home("bob", Nat.SYMMETRIC, middle);

    LinksTest() {
        world.run(Duration.ofSeconds(3));
        for (var member : List.of(middle, alice, bob)) offers(member);
        world.run(SECOND);
    }

    private static void offers(LinkedNode node) {
        node.link(new Links.Command.Offer(ECHO, true));
    }

    private List<Links.Outcome> outcomes(LinkedNode of) {
        return World.told(of).stream().filter(Links.Event.Became.class::isInstance)
                .map(event -> ((Links.Event.Became) event).outcome()).toList();
    }

    @Test void two_behind_routers_hear_each_other() {
        World.say(1, alice, bob, ECHO, "hello");
        world.run(SECOND);
        assertThat(World.heard(bob)).containsExactly("hello");
        assertThat(outcomes(alice)).containsExactly(Links.Outcome.DELIVERED);
        World.say(2, bob, alice, ECHO, "hello yourself");
        world.run(SECOND);
        assertThat(World.heard(alice)).containsExactly("hello yourself");
        assertThat(outcomes(bob)).containsExactly(Links.Outcome.DELIVERED);
    }

    @Test void a_super_node_is_reached_straight() {
        World.say(1, alice, middle, ECHO, "hello");
        world.run(SECOND);
        assertThat(World.heard(middle)).containsExactly("hello");
        assertThat(World.told(alice)).noneMatch(event ->
                event instanceof Links.Event.Up up && up.relayed());
    }

    @Test void who_has_said_it_is_proved() {
        World.say(0, alice, bob, ECHO, "hello");
        world.run(SECOND);
        assertThat(World.told(bob)).contains(
                new Links.Event.Said(alice.key(), ECHO, Bytes.utf8("hello")));
    }

    @Test void there_may_be_no_such_service() {
        World.say(1, alice, bob, 2_000, "hello");
        world.run(SECOND);
        assertThat(outcomes(alice)).containsExactly(Links.Outcome.NO_SERVICE);
        assertThat(World.heard(bob)).isEmpty();
    }

    @Test void who_is_gone_is_out_of_reach() {
        var contact = bob.contact();
        bob.host().kill();
        world.run(Duration.ofSeconds(20));
        alice.link(new Links.Command.Know(contact));
        alice.link(new Links.Command.Say(
                7, contact.node(), ECHO, Bytes.utf8("hello"), true));
        world.run(Duration.ofSeconds(8));
        assertThat(World.told(alice)).contains(
                new Links.Event.Became(7, Links.Outcome.UNREACHABLE),
                new Links.Event.Down(contact.node()));
    }

    @Test void of_whom_nothing_is_known_is_out_of_reach_at_once() {
        var nobody = Identity.generate("nobody", new SplittableRandom(9)).key();
        alice.link(new Links.Command.Say(7, nobody, ECHO, Bytes.utf8("hello"), true));
        world.run(Duration.ofMillis(1));
        assertThat(outcomes(alice)).containsExactly(Links.Outcome.UNREACHABLE);
    }

    /// From the super-node's capture: neither words nor moments are in what it hands on.
    @Test void the_relay_sees_nothing() {
        World.say(0, alice, bob, ECHO, "a secret word");
        world.run(SECOND);
        alice.link(new Links.Command.Moment(
                bob.key(), 5, Bytes.utf8("the sound of a voice")));
        world.run(SECOND);
        assertThat(World.told(bob)).contains(new Links.Event.Moment(
                alice.key(), 5, Bytes.utf8("the sound of a voice")));
        var carried = world.trace.stream().map(trace -> trace.what().toString()
                + (trace.what() instanceof p2psip.app.trace.Trace.What.Sealed(_, var frame)
                && trace.node().equals("middle") ? frame.utf8() : "")).toList();
        assertThat(carried).noneMatch(line -> line.contains("secret word")
                || line.contains("sound of a voice"));
    }

    @Test void a_link_that_nobody_uses_is_given_up() {
        World.say(0, alice, bob, ECHO, "hello");
        world.run(Duration.ofMinutes(11));
        assertThat(World.told(alice)).contains(new Links.Event.Down(bob.key()));
        bob.told().clear();
        World.say(0, alice, bob, ECHO, "again");
        world.run(SECOND);
        assertThat(World.heard(bob)).containsExactly("again");
    }

    @Test void one_that_is_used_stays_open_behind_routers_that_forget_soon() {
        var carol = world.home("carol",
                Nat.PORT_RESTRICTED.patience(Duration.ofSeconds(30)), middle);
        world.run(Duration.ofSeconds(3));
        offers(carol);
        World.say(0, alice, carol, ECHO, "hello");
        world.run(Duration.ofMinutes(4));
        World.say(1, alice, carol, ECHO, "still there");
        world.run(Duration.ofMillis(200));
        assertThat(World.heard(carol)).containsExactly("hello", "still there");
    }

    // Straight ways

    private static List<Boolean> relayed(LinkedNode member, LinkedNode peer) {
        return World.told(member).stream().filter(event -> event instanceof Links.Event.Up up
                        && up.key().equals(peer.key()))
                .map(event -> ((Links.Event.Up) event).relayed()).toList();
    }

    private LinkedNode carol(Nat nat) {
        var carol = world.home("carol", nat, middle);
        world.run(Duration.ofSeconds(3));
        offers(carol);
        return carol;
    }

    @Test void they_leave_the_relay_when_a_hole_is_punched() {
        var carol = carol(Nat.PORT_RESTRICTED);
        World.say(0, alice, carol, ECHO, "hello");
        world.run(SECOND);
        assertThat(relayed(alice, carol)).containsExactly(true, false);
        assertThat(relayed(carol, alice)).last().isEqualTo(false);
        world.trace.clear();
        World.say(1, alice, carol, ECHO, "straight");
        world.run(Duration.ofMillis(100));
        assertThat(World.heard(carol)).containsExactly("hello", "straight");
        assertThat(outcomes(alice)).containsExactly(Links.Outcome.DELIVERED);
        world.middleIsSilent();
    }

    @Test void they_stay_with_the_relay_where_none_can_be() {
        // bob's router gives each destination a port of its own
        World.say(0, alice, bob, ECHO, "hello");
        world.run(Duration.ofSeconds(50));
        assertThat(relayed(alice, bob)).containsExactly(true);
        World.say(1, alice, bob, ECHO, "by relay");
        world.run(Duration.ofMillis(200));
        assertThat(World.heard(bob)).containsExactly("hello", "by relay");
    }

    @Test void both_may_begin_at_once() {
        var carol = carol(Nat.FULL_CONE);
        World.say(0, alice, carol, ECHO, "hello");
        World.say(0, carol, alice, ECHO, "hello yourself");
        world.run(Duration.ofSeconds(2));
        assertThat(World.heard(alice)).containsExactly("hello yourself");
        assertThat(World.heard(carol)).containsExactly("hello");
        assertThat(relayed(alice, carol)).last().isEqualTo(false);
        assertThat(relayed(carol, alice)).last().isEqualTo(false);
    }

    @Test void two_behind_one_router_speak_inside() {
        var box = world.network.nat(Nat.SYMMETRIC, "198.51.100.50");
        var one = world.at("one", box.host("192.168.1.5"), middle);
        var two = world.at("two", box.host("192.168.1.6"), middle);
        world.run(Duration.ofSeconds(3));
        offers(two);
        World.say(0, one, two, ECHO, "hello");
        world.run(SECOND);
        assertThat(World.heard(two)).containsExactly("hello");
        assertThat(relayed(one, two)).containsExactly(false);
    }

    @Test void a_conversation_goes_on_after_the_network_was_away_for_longer_than_a_peer_lives() {
        World.say(0, alice, middle, ECHO, "hello");
        world.run(SECOND);
        var pairs = List.of(List.of(alice, middle), List.of(middle, alice));
        for (var pair : pairs)
            pair.getFirst().link(new Links.Command.Await(pair.getLast().key(), true));
        world.network.cut(middle.host());
        world.run(Duration.ofSeconds(12));
        world.network.heal();
        world.run(Duration.ofSeconds(5));
        for (var pair : pairs) pair.getFirst().link(new Links.Command.Moment(
                pair.getLast().key(), 2, Bytes.utf8("sound")));
        world.run(SECOND);
        assertThat(List.of(moments(alice), moments(middle))).containsExactly(1, 1);
        assertThat(World.told(alice)).noneMatch(Links.Event.Down.class::isInstance);
    }

    @Test void but_it_ends_when_nobody_waits_any_more() {
        World.say(0, alice, middle, ECHO, "hello");
        world.run(SECOND);
        alice.link(new Links.Command.Await(middle.key(), true));
        middle.host().kill();
        world.run(Duration.ofSeconds(12));
        alice.link(new Links.Command.Await(middle.key(), false));
        World.say(1, alice, middle, ECHO, "are you there");
        world.run(Duration.ofSeconds(5));
        assertThat(outcomes(alice)).containsExactly(Links.Outcome.UNREACHABLE);
        assertThat(World.told(alice)).last().isInstanceOf(Links.Event.Down.class);
    }

    /// A relay dies in the middle of a conversation that goes by it.
    @Test void less_than_a_second_of_sound_is_lost_when_a_relay_dies() {
        var second = new LinkedNode("second", world.network.host("203.0.113.2"), true,
                List.of(middle));
        world.run(Attachment.ASKING_THE_ONLY_ONE.multipliedBy(2));
        alice.say(0, bob, ECHO, Bytes.utf8("hello"));
        world.run(SECOND);
        assertThat(relayed(alice, bob)).last().isEqualTo(true);
        var pairs = List.of(List.of(alice, bob), List.of(bob, alice));
        for (var pair : pairs)
            pair.getFirst().link(new Links.Command.Await(pair.getLast().key(), true));
        int before = 0;
        for (int i = 0; i < 500; i++) {
            if (i == 250) {
                middle.host().kill();
                before = moments(alice) + moments(bob);
            }
            for (var pair : pairs) pair.getFirst().link(new Links.Command.Moment(
                    pair.getLast().key(), 2, Bytes.utf8("sound")));
            world.run(Duration.ofMillis(20));
        }
        assertThat(before).isGreaterThan(480);
        assertThat(moments(alice) + moments(bob) - before).isGreaterThan(2 * (250 - 50));
        assertThat(second.told()).isEmpty();
    }

    /// Keys are used for an hour; who called makes others before, by whatever way it goes.
    @Test void nothing_is_lost_when_the_keys_are_changed() {
        for (var peer : List.of(bob, carol(Nat.PORT_RESTRICTED))) {
            for (int minute = 0; minute < 54; minute++) {
                World.say(0, alice, peer, ECHO, "still there");
                world.run(Duration.ofMinutes(1));
            }
            alice.told().clear();
            peer.told().clear();
            var pairs = List.of(List.of(alice, peer), List.of(peer, alice));
            for (var pair : pairs)
                pair.getFirst().link(new Links.Command.Await(pair.getLast().key(), true));
            int said = 0;
            for (var until = world.network.now().plus(Duration.ofMinutes(8));
                    world.network.now().isBefore(until); said++) {
                for (var pair : pairs) pair.getFirst().link(new Links.Command.Moment(
                        pair.getLast().key(), 2, Bytes.utf8("sound")));
                world.run(Duration.ofMillis(250));
            }
            world.run(Duration.ofMillis(250));
            assertThat(moments(alice)).isEqualTo(said);
            assertThat(moments(peer)).isEqualTo(said);
            for (var pair : pairs)
                pair.getFirst().link(new Links.Command.Await(pair.getLast().key(), false));
        }
    }

    private static int moments(LinkedNode node) {
        return (int) World.told(node).stream().filter(Links.Event.Moment.class::isInstance).count();
    }
}
