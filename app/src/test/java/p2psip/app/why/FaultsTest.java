package p2psip.app.why;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.*;
import p2psip.app.host.*;
import p2psip.app.node.*;
import p2psip.app.p2p.Place;
import p2psip.app.voip.*;

/// Fifteen faults, planted in the world: what the nodes of both sides say, each from its own
/// journal alone.
class FaultsTest {

    /// What is said of a fault.
    ///
    /// @param play plants it, calls, and answers what the nodes of caller and callee say
    private record Fault(String name, String caller, String callee, Supplier<Sides> play) {}

    private record Sides(Explanation caller, Explanation callee) {}

    private static final String ALICE = World.ALICE, BOB = World.BOB;

    private static final List<Fault> FAULTS = List.of(
            new Fault("dead STUN", "stun-silent", "no-outside-address",
                    () -> throughOffice(_ -> new Place("203.0.113.99", 3478))),
            new Fault("UDP is blocked", "node-silent", "cut-off", FaultsTest::udpBlocked),
            new Fault("symmetric twice", "no-straight-way", "no-straight-way",
                    FaultsTest::symmetricTwice),
            new Fault("wrong key", "key-not-believed", "key-claimed-twice", FaultsTest::wrongKey),
            new Fault("clock", "clock", "clock", FaultsTest::clock),
            new Fault("relay killed", "relay-lost", "relay-lost", FaultsTest::relayKilled),
            new Fault("one-way filter", "nothing-heard", "phone-sends-nothing",
                    FaultsTest::oneWay),
            new Fault("phone off", "their-phone-silent", "phone-silent", FaultsTest::phoneOff),
            new Fault("phone behind another NAT", "their-phone-silent", "phone-behind-router",
                    FaultsTest::phoneBehindAnother),
            new Fault("name not found", "nobody-found", "name-without-address",
                    FaultsTest::nameless),
            new Fault("TLS name", "their-node-could-not", "certificate-name",
                    FaultsTest::tlsName),
            new Fault("no common codec", "no-common-codec", "no-common-codec", FaultsTest::codec),
            new Fault("wrong password", "nobody-found", "wrong-password", FaultsTest::password),
            new Fault("ring split", "ring-split", "ring-split", FaultsTest::split),
            new Fault("full disk", "nobody-found", "disk-full", FaultsTest::disk));

    @TestFactory Stream<DynamicTest> both_sides_name_the_first_cause() {
        return FAULTS.stream().map(fault -> DynamicTest.dynamicTest(fault.name, () -> {
            var sides = fault.play.get();
            assertThat(named(sides.caller)).as(text(sides.caller)).isEqualTo(fault.caller);
            assertThat(named(sides.callee)).as(text(sides.callee)).isEqualTo(fault.callee);
        }));
    }

    private static String named(Explanation why) {
        return why.cause().map(Explanation.Named::name).orElse("" + why.verdict());
    }

    private static String text(Explanation why) {
        return why.what() + why.lines().stream().map(line -> "\n" + line.after().toMillis() + " "
                + line.text()).collect(Collectors.joining());
    }

    /// The super-node of alice's office is inside, at a bad line: from where she is seen outside
    /// says a STUN server alone.
    private static Sides throughOffice(Function<World, Place> stun) {
        var world = new World(15);
        var alice = world.office(stun.apply(world));
        var bob = world.home(Nat.PORT_RESTRICTED)
                .node(new Door.Open(), new Place(alice.outside(), 5063));
        bob.phone(BOB).register();
        world.pass(Duration.ofMinutes(1));
        var call = alice.phone(ALICE).call(BOB);
        world.network.wire(alice.relay.orElseThrow(), alice.box, Wire.LAN.loss(0.4));
        call.talk(Duration.ofSeconds(60));
        return new Sides(alice.why(), bob.why());
    }

    @Test void with_a_stun_server_that_answers_there_is_a_straight_way() {
        var sides = throughOffice(world -> world.middle.overlay());
        assertThat(sides.caller.verdict()).as(text(sides.caller))
                .isEqualTo(Explanation.Verdict.HEALTHY);
        assertThat(sides.callee.verdict()).as(text(sides.callee))
                .isEqualTo(Explanation.Verdict.HEALTHY);
    }

    @Test void a_dead_stun_server_delays_nothing() {
        assertThat(setUp(List.of(new Place("203.0.113.99", 3478)))).isEqualTo(setUp(List.of()));
    }

    /// How long a call takes until it is answered.
    private static Duration setUp(List<Place> stun) {
        var world = new World(16);
        var alice = world.home(Nat.PORT_RESTRICTED)
                .node(new Door.Open(), stun, world.middle.overlay());
        world.joined(Nat.PORT_RESTRICTED).phone(BOB).register();
        world.pass(Duration.ofSeconds(2));
        var phone = alice.phone(ALICE);
        var begin = world.network.now();
        phone.call(BOB);
        return Duration.between(begin, world.network.now());
    }

    private static Sides udpBlocked() {
        var world = new World(1);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        bob.phone(BOB).register();
        world.pass(Duration.ofSeconds(2));
        world.network.stop((from, to) -> bob.has(from) != bob.has(to));
        world.pass(Duration.ofSeconds(30));
        var phone = alice.phone(ALICE);
        World.fails(() -> phone.call(BOB));
        return new Sides(alice.why(), bob.why());
    }

    private static Sides symmetricTwice() {
        var world = new World(2);
        var alice = world.joined(Nat.SYMMETRIC);
        var bob = world.joined(Nat.SYMMETRIC);
        return lossyRelay(world, alice, bob);
    }

    /// The relay is at a bad line: who finds a straight way does not need it.
    private static Sides lossyRelay(World world, World.Home alice, World.Home bob) {
        var bobs = bob.phone(BOB);
        bobs.register();
        world.pass(Duration.ofSeconds(2));
        var call = alice.phone(ALICE).call(BOB);
        var bad = Wire.of(World.WAY).loss(0.3);
        world.network.wire(world.center, alice.box, bad);
        world.network.wire(world.center, bob.box, bad);
        call.talk(Duration.ofSeconds(60));
        return new Sides(alice.why(), bob.why());
    }

    private static Sides wrongKey() {
        var world = new World(3);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var old = world.joined(Nat.PORT_RESTRICTED);
        var phone = alice.phone(ALICE);
        old.phone(BOB).register();
        world.pass(Duration.ofSeconds(2));
        phone.call(BOB).hangUp();
        old.host.kill();
        var bob = world.joined(Nat.PORT_RESTRICTED);   // the same people, a new machine
        bob.phone(BOB).register();
        world.pass(Duration.ofSeconds(5));
        World.fails(() -> phone.call(BOB));
        return new Sides(alice.why(), bob.why());
    }

    private static Sides clock() {
        var world = new World(4);
        var hosts = List.of(world.network.host("10.0.0.1"), world.network.host("10.0.0.2"));
        hosts.get(1).skew(Duration.ofMinutes(-90));
        var first = world.open("alice", hosts.get(0), List.of());
        var second = world.open("bob", hosts.get(1), List.of(at(hosts.get(0), first, world)));
        var alice = phone(world, "10.0.0.3", ALICE, "10.0.0.1");
        phone(world, "10.0.0.4", BOB, "10.0.0.2").register();
        World.fails(() -> alice.call(BOB));
        return new Sides(world.why(first), world.why(second));
    }

    private static Place at(SimHost host, Host.Line line, World world) {
        line.command(new Question.Ask(2, new Question.Peers()));
        world.pass(Duration.ofMillis(1));
        var peers = (Question.Reply.Peers) World.told(line, Question.Answered.class).orElseThrow()
                .reply();
        return new Place(host.addresses().getLast().getHostAddress(),
                peers.address().orElseThrow().getPort());
    }

    private static Telephone phone(World world, String at, String aor, String node) {
        var sip = new InetSocketAddress(InetAddress.ofLiteral(node), 5062);
        return world.start(world.network.host(at), PhoneSetup.of(aor, sip), sip);
    }

    private static Sides relayKilled() {
        var world = new World(5);
        var alice = world.joined(Nat.SYMMETRIC);
        var bob = world.joined(Nat.SYMMETRIC);
        bob.phone(BOB).register();
        world.pass(Duration.ofSeconds(2));
        var call = alice.phone(ALICE).call(BOB);
        call.talk(Duration.ofSeconds(10));
        world.center.kill();
        call.talk(Duration.ofSeconds(20));
        return new Sides(alice.why(), bob.why());
    }

    /// A firewall in the machine of bob's phone.
    private static Sides oneWay() {
        var world = new World(6);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        bob.phone(BOB).register();
        world.network.stop((from, to) -> from.getAddress().getHostAddress().equals(bob.at(6))
                && from.getPort() < 32_768 && from.getPort() > 16_000);
        world.pass(Duration.ofSeconds(2));
        var call = alice.phone(ALICE).call(BOB);
        call.talk(Duration.ofSeconds(10));
        call.hangUp();
        return new Sides(alice.why(), bob.why());
    }

    private static Sides phoneOff() {
        var world = new World(7);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        var host = bob.box.host(bob.at(7));
        world.start(host, PhoneSetup.of(BOB, bob.sip), bob.sip).register();
        world.pass(Duration.ofSeconds(2));
        world.network.cut(host);
        var phone = alice.phone(ALICE);
        World.fails(() -> phone.call(BOB));
        return new Sides(alice.why(), bob.why());
    }

    /// It has no keep-alives, and its router forgets it.
    private static Sides phoneBehindAnother() {
        var world = new World(8);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        var inner = bob.box.nat(Nat.PORT_RESTRICTED.patience(Duration.ofSeconds(30)), bob.at(8));
        world.start(inner.host("10.9.9.9"), PhoneSetup.of(BOB, bob.sip), bob.sip).register();
        world.pass(Duration.ofMinutes(3));
        var phone = alice.phone(ALICE);
        World.fails(() -> phone.call(BOB));
        return new Sides(alice.why(), bob.why());
    }

    /// The super-node that bob was told of is in no DNS.
    private static Sides nameless() {
        var world = new World(9);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.home(Nat.PORT_RESTRICTED)
                .node(new Door.Open(), new Place("super.example.com", 5063));
        bob.phone(BOB).register();
        world.pass(Duration.ofSeconds(20));
        var phone = alice.phone(ALICE);
        World.fails(() -> phone.call(BOB));
        return new Sides(alice.why(), bob.why());
    }

    /// Bob's phone is to be bob.example, and has the certificate of another.
    private static Sides tlsName() {
        var world = new World(14);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.home(Nat.PORT_RESTRICTED).secure();
        world.network.name("bob.example", bob.at(6));
        var desk = bob.box.host(bob.at(6));
        desk.certify("other.example");
        desk.start("desk", _ -> new SecurePhone(bob.sip, bob.at(6)));
        world.pass(Duration.ofSeconds(3));
        var phone = alice.phone(ALICE);
        World.fails(() -> phone.call(BOB));
        return new Sides(alice.why(), bob.why());
    }

    private static Sides codec() {
        var world = new World(10);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        bob.phone(BOB).register();
        world.pass(Duration.ofSeconds(2));
        alice.box.host(alice.at(9)).start("odd", _ -> new OddPhone(alice.sip));
        world.pass(Duration.ofSeconds(10));
        return new Sides(alice.why(), bob.why());
    }

    private static Sides password() {
        var world = new World(11);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.home(Nat.PORT_RESTRICTED)
                .node(new Door.Word("the right one"), world.middle.overlay());
        var bobs = bob.phone(PhoneSetup.of(BOB, bob.sip).withLogin("bob", "a wrong one"));
        World.fails(bobs::register);
        var phone = alice.phone(ALICE);
        World.fails(() -> phone.call(BOB));
        return new Sides(alice.why(), bob.why());
    }

    private static Sides split() {
        var world = new World(12);
        var hosts = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> world.network.host("10.0.0." + i)).toList();
        var lines = new ArrayList<Host.Line>();
        var places = new ArrayList<Place>();
        for (var host : hosts) {
            lines.add(world.open("node", host, List.copyOf(places)));
            places.add(at(host, lines.getLast(), world));
        }
        var off = new ArrayList<Station>(hosts.subList(3, 6));
        var bobs = world.network.host("10.0.0.8");
        off.add(bobs);
        var alice = phone(world, "10.0.0.7", ALICE, "10.0.0.1");
        var sip = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.6"), 5062);
        world.start(bobs, PhoneSetup.of(BOB, sip), sip).register();
        world.pass(Duration.ofSeconds(30));
        world.network.cut(off.toArray(Station[]::new));
        world.pass(Duration.ofMinutes(2));
        World.fails(() -> alice.call(BOB));
        return new Sides(world.why(lines.getFirst()), world.why(lines.getLast()));
    }

    private static Sides disk() {
        var world = new World(13);
        var alice = world.joined(Nat.PORT_RESTRICTED);
        var bob = world.joined(Nat.PORT_RESTRICTED);
        bob.host.full(true);
        var bobs = bob.phone(BOB);
        World.fails(bobs::register);
        var phone = alice.phone(ALICE);
        World.fails(() -> phone.call(BOB));
        return new Sides(alice.why(), bob.why());
    }
}
