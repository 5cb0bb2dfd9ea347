package p2psip.app.why;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.*;
import p2psip.app.host.*;
import p2psip.app.node.*;
import p2psip.app.voip.*;

/// Twenty calls that are slow, or find their way only after a while, and reach it: no cause is
/// named for any.
class HealthyCallsTest {
    private static final String ALICE = World.ALICE, BOB = World.BOB;
    private static final List<Nat> NATS = List.of(Nat.FULL_CONE, Nat.RESTRICTED,
            Nat.PORT_RESTRICTED, Nat.SYMMETRIC, Nat.LINUX);

    private record Play(String name, Supplier<List<Explanation>> play) {}

    @TestFactory Stream<DynamicTest> none_is_named() {
        var plays = new ArrayList<Play>();
        for (double loss : List.of(0.01, 0.03, 0.05, 0.08)) plays.add(new Play(
                "loss of " + loss, () -> call(Wire.of(World.WAY).loss(loss), Nat.PORT_RESTRICTED,
                        Nat.PORT_RESTRICTED)));
        for (int ms : List.of(100, 200, 300)) plays.add(new Play("a way of " + ms + " ms", () ->
                call(Wire.of(Duration.ofMillis(ms)), Nat.PORT_RESTRICTED, Nat.RESTRICTED)));
        plays.add(new Play("jitter", () -> call(Wire.of(World.WAY).jitter(
                Duration.ofMillis(80)), Nat.FULL_CONE, Nat.LINUX)));
        for (var nat : NATS) plays.add(new Play("by a relay, from " + nat.mapping() + " "
                + nat.filtering() + " " + nat.patience(), () ->
                call(Wire.of(World.WAY), nat, Nat.SYMMETRIC)));
        plays.add(new Play("a relay with loss", () -> call(Wire.of(World.WAY).loss(0.04),
                Nat.SYMMETRIC, Nat.SYMMETRIC)));
        plays.add(new Play("a fork, of which one phone is off", HealthyCallsTest::fork));
        plays.add(new Play("a busy ring", HealthyCallsTest::busy));
        plays.add(new Play("a password is asked for", HealthyCallsTest::password));
        plays.add(new Play("early checks are lost", HealthyCallsTest::checks));
        plays.add(new Play("it is declined", HealthyCallsTest::declined));
        plays.add(new Play("it rings long and is given up", HealthyCallsTest::givenUp));
        assertThat(plays).hasSize(20);
        return plays.stream().map(play -> DynamicTest.dynamicTest(play.name, () ->
                assertThat(play.play.get()).allSatisfy(why -> assertThat(why.verdict())
                        .as(why.what() + why.lines().stream().map(line -> "\n"
                                + line.after().toMillis() + " " + line.text())
                                .collect(Collectors.joining()))
                        .isEqualTo(Explanation.Verdict.HEALTHY))));
    }

    private static List<Explanation> call(Wire wire, Nat from, Nat to) {
        var world = new World(21);
        var alice = world.joined(from);
        var bob = world.joined(to);
        world.network.wires(wire);
        bob.phone(BOB).register();
        world.pass(Duration.ofSeconds(4));
        return talk(world, alice, bob, alice.phone(ALICE));
    }

    private static List<Explanation> talk(World world, World.Home alice, World.Home bob,
            Telephone phone) {
        var call = phone.call(BOB);
        call.talk(Duration.ofSeconds(8));
        var during = List.of(alice.why(), bob.why());
        call.hangUp();
        world.pass(Duration.ofSeconds(5));
        return Stream.concat(during.stream(), Stream.of(alice.why(), bob.why())).toList();
    }

    /// Bob has two phones, and the battery of one is empty.
    private static List<Explanation> fork() {
        var world = new World(22);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        var other = bob.box.host(bob.at(7));
        world.start(other, PhoneSetup.of(BOB, bob.sip), bob.sip).register();
        bob.phone(BOB).register();
        other.kill();
        world.pass(Duration.ofSeconds(2));
        return talk(world, alice, bob, alice.phone(ALICE));
    }

    private static List<Explanation> busy() {
        var world = new World(23);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        for (int i = 0; i < 4; i++) world.joined(Nat.FULL_CONE)
                .phone("sip:other" + i + "@example.com").register();
        bob.phone(BOB).register();
        world.pass(Duration.ofSeconds(2));
        return talk(world, alice, bob, alice.phone(ALICE));
    }

    private static List<Explanation> password() {
        var world = new World(24);
        var alice = world.home(Nat.PORT_RESTRICTED)
                .node(new Door.Word("secret"), world.middle.overlay());
        var bob = world.joined(Nat.PORT_RESTRICTED);
        bob.phone(BOB).register();
        var phone = alice.phone(PhoneSetup.of(ALICE, alice.sip).withLogin("alice", "secret"));
        phone.register();
        world.pass(Duration.ofSeconds(2));
        return talk(world, alice, bob, phone);
    }

    /// Nothing passes between the two homes until a while after the call has begun.
    private static List<Explanation> checks() {
        var world = new World(25);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        bob.phone(BOB).register();
        world.pass(Duration.ofSeconds(2));
        var until = world.network.now().plus(Duration.ofSeconds(3));
        world.network.stop((from, to) -> world.network.now().isBefore(until)
                && (alice.has(from) && bob.has(to) || bob.has(from) && alice.has(to)));
        return talk(world, alice, bob, alice.phone(ALICE));
    }

    private static PhoneSetup patient(World.Home home, int calls) {
        var setup = PhoneSetup.of(BOB, home.sip);
        return setup.calls(calls).ringing().untraced();
    }

    private static List<Explanation> declined() {
        var world = new World(26);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        bob.phone(patient(bob, 0)).register();
        world.pass(Duration.ofSeconds(2));
        var phone = alice.phone(ALICE);
        World.fails(() -> phone.call(BOB));
        return List.of(alice.why(), bob.why());
    }

    private static List<Explanation> givenUp() {
        var world = new World(27);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        bob.phone(patient(bob, 1)).register();
        world.pass(Duration.ofSeconds(2));
        var phone = alice.phone(ALICE);
        World.fails(() -> phone.call(BOB));
        return List.of(alice.why(), bob.why());
    }
}
