package p2psip.std.rfc3665;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p2psip.std.rfc3261.SipNet;
import p2psip.std.rfc3261.Transport;

/// The flows of RFC 3665 where messages are lost, come late or in pieces, or where connections die:
/// what has become of everybody is the same, or else all know that it failed; and in the end
/// nothing is left.
class BadNetworkFlowsTest {
    /// Longer than it takes to try in vain to answer a call, and to hang up then.
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    /// What becomes of everybody if all goes well.
    private static final Map<BasicFlow, Map<String, String>> RIGHT =
            Stream.of(BasicFlow.values()).collect(Collectors.toMap(flow -> flow, flow -> {
                var scene = scene(flow, 1, Transport.UDP);
                flow.play(scene);
                return scene.outcome();
            }));

    private static Scene scene(BasicFlow flow, long seed, Transport transport) {
        var scene = new Scene(new SipNet(seed, transport), transport, PATIENCE);
        flow.cast(scene);
        return scene;
    }

    /// What must be when the flow was played in a bad network; mended, it has nothing left.
    ///
    /// @return whether all went well
    private static boolean play(BasicFlow flow, Scene scene, Predicate<Scene> sound) {
        flow.play(scene);
        boolean well = right(flow).test(scene);
        assertThat(scene).as(flow + ": " + scene.outcome()).matches(sound);
        scene.net.mend();
        assertThat(scene.left()).as("left of " + flow).isEmpty();
        return well;
    }

    private static Predicate<Scene> right(BasicFlow flow) {
        return scene -> scene.outcome().equals(RIGHT.get(flow));
    }

    @Property(tries = 24) void one_datagram_in_twenty_is_lost_and_others_are_overtaken(
            @ForAll long seed) {
        for (var flow : BasicFlow.values()) {
            var scene = scene(flow, seed, Transport.UDP);
            scene.net.loss = 0.05;
            scene.net.jitter = Duration.ofMillis(300);
            play(flow, scene, right(flow));
        }
    }

    /// Where each of six hops loses a fifth, a 2xx and its ACK fail to arrive within 64*T1 once in
    /// thirty calls: then both know by a BYE. Of all flows a few may end so.
    @Property(tries = 24) void one_datagram_in_five_is_lost(@ForAll long seed) {
        int right = 0;
        for (var flow : BasicFlow.values()) {
            var scene = scene(flow, seed, Transport.UDP);
            scene.net.loss = 0.2;
            if (play(flow, scene, right(flow).or(each -> !each.talking()))) right++;
        }
        assertThat(right).isGreaterThanOrEqualTo(BasicFlow.values().length - 4);
    }

    @ParameterizedTest @EnumSource void streams_are_cut_at_every_byte(BasicFlow flow) {
        var scene = scene(flow, 1, Transport.TCP);
        scene.net.segment = 1;
        play(flow, scene, right(flow));
    }

    @Property(tries = 8) void streams_come_in_pieces(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 1500) int segment) {
        for (var flow : BasicFlow.values()) {
            var scene = scene(flow, seed, Transport.TCP);
            scene.net.segment = segment;
            play(flow, scene, right(flow));
        }
    }

    /// Who talks alone then is behind a connection that has died since, by which alone the proxy
    /// reaches him: the BYE of the other got a 430.
    @ParameterizedTest @EnumSource void a_connection_is_reset_after_each_message(BasicFlow flow) {
        var whole = scene(flow, 1, Transport.TCP);
        flow.play(whole);
        int messages = whole.passed().size();
        for (int last = 1; last <= messages; last++) {
            var scene = scene(flow, 1, Transport.TCP);
            scene.net.resetAfter = last;
            play(flow, scene, right(flow).or(each -> !each.talking())
                    .or(each -> each.passed().stream().anyMatch(line -> line.endsWith(" 430"))));
        }
    }
}
