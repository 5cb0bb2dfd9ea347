package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;

/// The whole overlay with many nodes: handshakes, ring and ordinary nodes on a bad network.
class ManyNodesTest {
    private static final int SUPER_NODES = 20, ORDINARY = 4, DYING = 6;
    private static final Identity OWNER = Identity.generate("owner", new SplittableRandom(1));

    private final Network network = new Network(11, _ -> { });
    private final List<SimHost> hosts = new ArrayList<>();
    private final List<Host.Line> lines = new ArrayList<>();

    @Test void the_overlay_answers_every_get_after_a_third_of_the_ring_was_killed() {
        network.wires(Wire.of(Duration.ofMillis(10)).jitter(Duration.ofMillis(20)).loss(0.05));
        for (int i = 0; i < SUPER_NODES + ORDINARY; i++) {
            start(i, i < SUPER_NODES);
            network.run(Duration.ofMillis(300));
        }
        network.run(Duration.ofSeconds(10));
        told(0);   // that they are ready
        for (int i = 0; i < lines.size(); i++)
            lines.get(i).command(new Lookup.Input.Ask(1, new Query.Put(record(i))));
        network.run(Duration.ofSeconds(10));
        assertThat(told(0)).filteredOn(Lookup.Output.Told.class::isInstance).hasSize(lines.size())
                .allMatch(told ->
                        told instanceof Lookup.Output.Told(long id, Answer.Done _) && id == 1);

        hosts.subList(0, DYING).forEach(SimHost::kill);   // the first, whom all have asked, too
        for (int i = DYING; i < lines.size(); i++)
            lines.get(i).command(
                    new Lookup.Input.Ask(2, new Query.Get(key(lines.size() - 1 - i))));
        network.run(Duration.ofSeconds(15));
        var found = told(DYING);
        for (int i = DYING; i < lines.size(); i++)
            assertThat(found).contains(new Lookup.Output.Told(
                    2, new Answer.Found(List.of(record(lines.size() - 1 - i)))));
    }

    private void start(int i, boolean superNode) {
        var host = network.host("10.0.0." + (i + 1));
        hosts.add(host);
        lines.add(host.start("n" + i, room -> new Alone(new Overlay(0,
                Identity.generate("node", new SplittableRandom(i)),
                new OverlayConfig(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 5070),
                false, room.addresses(), superNode, Place.parseList("10.0.0.1:5070,10.0.0.9:5070"),
                        Optional.empty()),
                room.random(), room.wall(), new p2psip.std.Outbox<>()))));
    }

    /// What the nodes from the first on have told since the last call.
    private List<Object> told(int first) {
        return lines.subList(first, lines.size()).stream()
                .flatMap(line -> line.told(Duration.ZERO).stream()).toList();
    }

    private static String key(int i) { return "sip:user" + i + "@example.com"; }

    private static SignedRecord record(int i) {
        return SignedRecord.sign(OWNER, key(i), new SignedRecord.Other("test", new JsonObject()), 1,
                Network.BEGIN, Duration.ofHours(1));
    }
}
