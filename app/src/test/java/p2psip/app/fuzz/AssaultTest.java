package p2psip.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.lookup.Pins;
import p2psip.app.node.*;
import p2psip.app.p2p.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Users;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Transport;

/// Whole nodes and telephones in virtual time under what is nearly right: nothing is thrown (a
/// simulation stops at that), calls go on, and all that was remembered of it is forgotten.
class AssaultTest {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";
    private static final int SHOTS = 500, SEEDS = 200;

    private final Map<Mutations.Kind, SequencedSet<Bytes>> seeds =
            new EnumMap<>(Mutations.Kind.class);
    private final SequencedSet<InetSocketAddress> media = new LinkedHashSet<>();
    private final Network network = new Network(9, this::sniff);
    private final SimHost enemy = network.host("10.0.0.9");
    private boolean assaulted;

    /// What crosses the network in peace are the seeds.
    private void sniff(Trace trace) {
        if (assaulted || !(trace.what() instanceof Trace.What.Wire wire)
                || wire.kind() != Trace.What.Wire.Kind.DATAGRAM || wire.bytes().isEmpty()) return;
        var kind = Mutations.Kind.of(wire.bytes());
        var seen = seeds.computeIfAbsent(kind, _ -> new LinkedHashSet<>());
        if (seen.size() < SEEDS) seen.add(wire.bytes());
        if (kind == Mutations.Kind.RTP && wire.sent()) media.add(wire.local());
    }

    private RunningNode node(int i, boolean superNode) {
        var address = InetAddress.ofLiteral("10.0.0." + i);
        var overlay = new OverlayConfig(new InetSocketAddress(address, 5063), true,
                List.of(address), superNode, List.of(), Optional.of(Overlay.GROUP));
        return RunningNode.start(network.host("10.0.0." + i), "node " + i, new Node.Options(
                new SipPort.Wish(List.of(address), 5062, true, EnumSet.of(Transport.UDP)),
                List.of(LookupChoice.DHT), overlay,
                new Door.Listed(Users.parse(List.of("alice:secret", "bob:secret"))),
                Pins.Policy.TOFU, false));
    }

    private Telephone phone(int i, String aor, RunningNode node) {
        var user = aor.substring(4, aor.indexOf('@'));
        var phone = Telephone.start(network.host("10.0.0." + i), user,
                PhoneSetup.of(aor, node.sip()).withLogin(user, "secret"));
        phone.register();
        node.publishes(1);
        return phone;
    }

    private void assault(InetSocketAddress port, Mutations.Kind kind) {
        var mutations = new Mutations(seeds.values().stream().flatMap(Set::stream).toList(), kind,
                new SplittableRandom(port.getPort()));
        var line = enemy.start("enemy", _ -> new Assailant(new InetSocketAddress(
                InetAddress.ofLiteral("10.0.0.9"), 0), port, mutations::next, SHOTS, 2_000));
        assertThat(line.told(Duration.ofMinutes(1))).singleElement().isInstanceOfSatisfying(
                Assailant.Done.class, done -> assertThat(done.sent()).isEqualTo(SHOTS));
    }

    @Test void no_port_minds_what_is_nearly_right() {
        var one = node(1, true);
        var two = node(2, true);
        try (var alice = phone(3, ALICE, one); var bob = phone(4, BOB, two)) {
            seeds.put(Mutations.Kind.STUN, new LinkedHashSet<>(List.of(
                    Bytes.hex("000100002112a442b7e7a701bc34d686fa87dfae"))));
            var call = alice.call(BOB);
            call.talk(Duration.ofSeconds(45));   // until its INVITE is forgotten
            var before = List.of(one.count(), two.count());
            assaulted = true;
            for (var node : List.of(one, two)) {
                assault(node.sip(), Mutations.Kind.SIP);
                assault(node.sip(), Mutations.Kind.STUN);
                assault(node.ready().overlay().orElseThrow(), Mutations.Kind.OVERLAY);
            }
            assault(Overlay.GROUP, Mutations.Kind.OVERLAY);
            assault(bob.address(), Mutations.Kind.SIP);
            assertThat(media).hasSize(4);
            for (var port : media) assault(port, Mutations.Kind.RTP);

            assertThat(call.flows()).isTrue();
            alice.call(BOB).hangUp();
            // bob may have taken a call that nobody made: 32 s, then BYE, and 32 s for that
            call.talk(Duration.ofSeconds(65));
            assertThat(call.end()).isEmpty();
            assertThat(settled(before, one, two)).isEqualTo(before);
            var heard = call.hangUp();
            assertThat(heard.received()).isGreaterThan(5_000);
            assertThat(heard.lost()).as("strangers are not counted").isZero();
            assertThat(heard.jitter()).isLessThan(Duration.ofMillis(20));
            alice.call(BOB).hangUp();
        }
    }

    /// The sizes, looked at a few times, for a question may be open at any moment.
    private List<Question.Statistics> settled(
            List<Question.Statistics> hoped, RunningNode... nodes) {
        var sizes = List.<Question.Statistics>of();
        for (int i = 0; i < 20 && !sizes.equals(hoped); i++) {
            network.run(Duration.ofMillis(70));
            sizes = Stream.of(nodes).map(RunningNode::count).toList();
        }
        return sizes;
    }
}
