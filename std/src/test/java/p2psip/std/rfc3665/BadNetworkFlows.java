package p2psip.std.rfc3665;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.SipNet;
import p2psip.std.rfc3261.Transport;

/// Flows where messages are lost, come late or in pieces, or where connections die: what has become
/// of everybody is the same, or else all know that it failed; and in the end nothing is left.
///
/// By day a flow has one transport of those that are streams, and dies after a few of its messages;
/// at night it has them all, and dies after each.
public abstract class BadNetworkFlows {
    /// Longer than it takes to try in vain to answer a call, and to hang up then.
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private static final List<Transport> STREAMS =
            List.of(Transport.TCP, Transport.TLS, Transport.WS, Transport.WSS);

    private static final boolean NIGHT = Integer.getInteger("tries.least", 0) > 0;

    /// By day a connection dies after every so manieth message.
    private static final int STRIDE = 4;

    private final List<? extends Scenario> flows;
    /// What becomes of everybody if all goes well.
    private final Map<Scenario, Map<String, String>> right = new HashMap<>();

    /// @param flows of an RFC
    protected BadNetworkFlows(Scenario... flows) { this.flows = List.of(flows); }

    private Scene scene(Scenario flow, long seed, Transport transport) {
        //  half of them by IPv6, each of them by both, and so each transport
        return scene(flow, seed, transport, flows.indexOf(flow) + transport.ordinal() & 1);
    }

    private static Scene scene(Scenario flow, long seed, Transport transport, int six) {
        var scene = new Scene(new SipNet(seed, transport, six == 1), transport, PATIENCE);
        flow.cast(scene);
        return scene;
    }

    /// What must be when the flow was played in a bad network; mended, it has nothing left.
    ///
    /// @return whether all went well
    private boolean play(Scenario flow, Scene scene, Predicate<Scene> sound) {
        flow.play(scene);
        boolean well = right(flow).test(scene);
        assertThat(scene).as(flow + ": " + scene.outcome()).matches(sound);
        scene.net.mend();
        assertThat(scene.left()).as("left of " + flow).isEmpty();
        return well;
    }

    private Predicate<Scene> right(Scenario flow) {
        var outcome = right.computeIfAbsent(flow, _ -> {
            var scene = scene(flow, 1, Transport.UDP);
            flow.play(scene);
            return scene.outcome();
        });
        return scene -> scene.outcome().equals(outcome);
    }

    /// Nobody talks alone, whatever else has failed.
    private static boolean known(Scene scene) { return !scene.oneSided(); }

    private static List<Transport> transports(int at) {
        return NIGHT ? STREAMS : List.of(STREAMS.get(Math.floorMod(at, STREAMS.size())));
    }

    /// Nothing is lost, and nobody sees by what it goes.
    @Test void all_transports_and_both_families_come_to_the_same() {
        for (var flow : flows) for (var transport : Transport.values())
            for (int six = 0; six < 2 && transport != Transport.LINK; six++)
                play(flow, scene(flow, 1, transport, six), right(flow));
    }

    @Property(tries = 8) void one_datagram_in_twenty_is_lost_and_others_are_overtaken(
            @ForAll long seed) {
        for (var flow : flows) {
            var scene = scene(flow, seed, Transport.UDP);
            scene.net.loss = 0.05;
            scene.net.jitter = Duration.ofMillis(300);
            play(flow, scene, right(flow));
        }
    }

    /// Where each of six hops loses a fifth, a 2xx and its ACK fail to arrive within 64*T1 once in
    /// thirty calls: then both know by a BYE. Of all flows a few may end so.
    @Property(tries = 8) void one_datagram_in_five_is_lost(@ForAll long seed) {
        int well = 0;
        for (var flow : flows) {
            var scene = scene(flow, seed, Transport.UDP);
            scene.net.loss = 0.2;
            if (play(flow, scene, right(flow).or(BadNetworkFlows::known))) well++;
        }
        assertThat(well).isGreaterThanOrEqualTo(flows.size() * 2 / 3);
    }

    @Test void streams_are_cut_at_every_byte() {
        for (int at = 0; at < flows.size(); at++) for (var transport : transports(at)) {
            var scene = scene(flows.get(at), 1, transport);
            scene.net.segment = 1;
            play(flows.get(at), scene, right(flows.get(at)));
        }
    }

    @Property(tries = 6) void streams_come_in_pieces_and_late(
            @ForAll long seed, @ForAll @IntRange(min = 100, max = 1500) int segment) {
        for (var flow : flows) {
            var transport = STREAMS.get(Math.floorMod((int) seed, STREAMS.size()));
            var scene = scene(flow, seed, transport);
            scene.net.segment = segment;
            scene.net.jitter = Duration.ofMillis(100);
            play(flow, scene, right(flow));
        }
    }

    @Test void a_connection_is_reset_after_each_message() {
        for (int at = 0; at < flows.size(); at++) for (var transport : STREAMS) {
            int step = NIGHT ? 1 : STRIDE * STREAMS.size();
            int messages = messages(flows.get(at), transport);
            int first = NIGHT ? 1 : 1 + (at + STREAMS.indexOf(transport) * STRIDE) % step;
            for (int last = first; last <= messages; last += step)
                dies(flows.get(at), transport, last);
        }
    }

    private int messages(Scenario flow, Transport transport) {
        var whole = scene(flow, 1, transport);
        flow.play(whole);
        return whole.passed().size();
    }

    /// Nobody talks alone for long, though the BYE of the other may have got a 430: whoever has
    /// lost his connection asks whether he is still there.
    protected void dies(Scenario flow, Transport transport, int last) {
        var scene = scene(flow, 1, transport);
        scene.net.resetAfter = last;
        try {
            play(flow, scene, right(flow).or(BadNetworkFlows::known));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(flow + " by " + transport + ", reset after " + last, e);
        }
    }
}
