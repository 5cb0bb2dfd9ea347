package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.std.Bytes;

/// Nodes behind routers say things to each other.
class LinksTest {
    private static final int ECHO = 1_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final World world = new World(1);
    private final World.Member middle = world.superNode("middle", "203.0.113.1");
    private final World.Member alice = world.home("alice", Nat.PORT_RESTRICTED, middle),
            bob = world.home("bob", Nat.SYMMETRIC, middle);

    LinksTest() {
        world.run(Duration.ofSeconds(3));
        for (var member : List.of(middle, alice, bob)) member.offers(ECHO);
        world.run(SECOND);
    }

    private List<Links.Outcome> outcomes(World.Member of) {
        return of.told.stream().filter(Links.Event.Became.class::isInstance)
                .map(event -> ((Links.Event.Became) event).outcome()).toList();
    }

    @Test void two_behind_routers_hear_each_other() {
        alice.say(1, bob, ECHO, "hello");
        world.run(SECOND);
        assertThat(bob.heard()).containsExactly("hello");
        assertThat(outcomes(alice)).containsExactly(Links.Outcome.DELIVERED);
        bob.say(2, alice, ECHO, "hello yourself");
        world.run(SECOND);
        assertThat(alice.heard()).containsExactly("hello yourself");
        assertThat(outcomes(bob)).containsExactly(Links.Outcome.DELIVERED);
    }

    @Test void a_super_node_is_reached_straight() {
        alice.say(1, middle, ECHO, "hello");
        world.run(SECOND);
        assertThat(middle.heard()).containsExactly("hello");
        assertThat(alice.told).noneMatch(event ->
                event instanceof Links.Event.Up up && up.relayed());
    }

    @Test void who_has_said_it_is_proved() {
        alice.say(bob, ECHO, "hello");
        world.run(SECOND);
        assertThat(bob.told).contains(
                new Links.Event.Said(alice.identity.key(), ECHO, Bytes.utf8("hello")));
    }

    @Test void there_may_be_no_such_service() {
        alice.say(1, bob, 2_000, "hello");
        world.run(SECOND);
        assertThat(outcomes(alice)).containsExactly(Links.Outcome.NO_SERVICE);
        assertThat(bob.heard()).isEmpty();
    }

    @Test void who_is_gone_is_out_of_reach() {
        var contact = bob.contact();
        bob.host.kill();
        world.run(Duration.ofSeconds(20));
        alice.link(new Links.Command.Know(contact));
        alice.link(new Links.Command.Say(
                7, contact.node(), ECHO, Bytes.utf8("hello"), true));
        world.run(Duration.ofSeconds(8));
        assertThat(alice.told).contains(
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
        alice.say(bob, ECHO, "a secret word");
        world.run(SECOND);
        alice.link(new Links.Command.Moment(
                bob.identity.key(), 5, Bytes.utf8("the sound of a voice")));
        world.run(SECOND);
        assertThat(bob.told).contains(new Links.Event.Moment(
                alice.identity.key(), 5, Bytes.utf8("the sound of a voice")));
        var carried = world.trace.stream().map(trace -> trace.what().toString()
                + (trace.what() instanceof p2psip.app.trace.Trace.What.Sealed(_, var frame)
                && trace.node().equals("middle") ? frame.utf8() : "")).toList();
        assertThat(carried).noneMatch(line -> line.contains("secret word")
                || line.contains("sound of a voice"));
    }

    @Test void a_link_that_nobody_uses_is_given_up() {
        alice.say(bob, ECHO, "hello");
        world.run(Duration.ofMinutes(11));
        assertThat(alice.told).contains(new Links.Event.Down(bob.identity.key()));
        bob.told.clear();
        alice.say(bob, ECHO, "again");
        world.run(SECOND);
        assertThat(bob.heard()).containsExactly("again");
    }

    @Test void one_that_is_used_stays_open_behind_routers_that_forget_soon() {
        var carol = world.home("carol",
                Nat.PORT_RESTRICTED.patience(Duration.ofSeconds(30)), middle);
        world.run(Duration.ofSeconds(3));
        carol.offers(ECHO);
        alice.say(carol, ECHO, "hello");
        world.run(Duration.ofMinutes(4));
        alice.say(1, carol, ECHO, "still there");
        world.run(Duration.ofMillis(200));
        assertThat(carol.heard()).containsExactly("hello", "still there");
    }
}
