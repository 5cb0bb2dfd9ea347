package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.std.rfc8445.Credentials;

/// What Links cost that nobody uses.
class IdleLinksTest {
    private static final int LINKS =
            Integer.getInteger("tries.least", 0) > 0 ? 1_000 : 200;
    private static final long MEGABYTE = 1 << 20;

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory()
                    - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /// Both sides of each are here, so it is the memory of two. By day there are fewer.
    @Test void a_thousand_need_no_more_than_thirty_megabytes() {
        var net = new Net(1);
        var hub = net.node("hub", 999);
        net.run(Duration.ofMillis(1));
        long before = used();
        var peers = new ArrayList<Peer>();
        for (int i = 0; i < LINKS; i++) {
            peers.add(net.node("peer " + i, 1_001 + i));
            net.send(peers.getLast(), hub, "hello", true);
            if (i % 50 == 0) net.run(Duration.ofMillis(200));
        }
        net.run(Duration.ofSeconds(2));
        assertThat(net.log.stream().filter(line -> line.startsWith("999 met"))).hasSize(LINKS);
        var links = new Links(net.random);
        for (var delivered : net.delivered) links.handle(new Links.Input.Heard(delivered.from(),
                delivered.key(), new Payload.Ways(new Credentials("ufrag",
                        "aPasswordOfSomeLength0"), List.of(), true)), net.now);
        net.sniffed.clear();
        net.log.clear();
        net.delivered.clear();
        long both = used() - before;
        System.out.printf("%d idle Links: %.1f MB at either side%n", links.size(),
                both / 2.0 / MEGABYTE);
        assertThat(links.size()).isEqualTo(LINKS);
        assertThat(both).isLessThan(2 * 30 * MEGABYTE * LINKS / 1_000);
        assertThat(net.overlay(hub).size() + net.nodes.size()).isPositive();
    }
}
