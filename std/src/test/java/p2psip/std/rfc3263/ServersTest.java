package p2psip.std.rfc3263;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc1035.ResourceRecord.Server;

class ServersTest {
    private final Optional<RandomGenerator> chance = Optional.of(new SplittableRandom(1));

    private static Server server(int priority, int weight, String target) {
        return new Server("_sip._udp.example", Duration.ZERO, priority, weight, 5060, target);
    }

    private List<String> order(Server... servers) {
        return Servers.inOrder(List.of(servers), chance).stream().map(Server::target).toList();
    }

    //= rfc3263#4.2¶5 the usage rules of RFC 2782: the lowest priority first, whatever the weights
    @Test void priority_decides_before_weight() {
        for (int i = 0; i < 100; i++) assertThat(order(server(20, 65_535, "c"),
                server(10, 0, "b"), server(5, 1, "a"))).containsExactly("a", "b", "c");
    }

    @Test void each_takes_the_share_that_its_weight_says() {
        var first = new TreeMap<String, Integer>();
        for (int i = 0; i < 10_000; i++) first.merge(order(server(0, 1, "small"),
                server(0, 3, "large"), server(0, 0, "none")).getFirst(), 1, Integer::sum);
        // of the five numbers from 0 to 4 inclusive: 0, then 1, then 2 to 4
        assertThat(first.get("none")).isBetween(1_800, 2_200);
        assertThat(first.get("small")).isBetween(1_800, 2_200);
        assertThat(first.get("large")).isBetween(5_700, 6_300);
    }

    @Test void all_are_there_once() {
        assertThat(order(server(0, 0, "a"), server(0, 0, "b"), server(0, 65_535, "c"),
                server(0, 65_535, "d"))).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    //= rfc3263#4.4-2 without chance: one order, the heaviest first
    @Test void without_chance_there_is_one_order() {
        var servers = List.of(server(0, 1, "b"), server(0, 1, "a"), server(0, 9, "z"));
        assertThat(Servers.inOrder(servers, Optional.empty())).isEqualTo(
                Servers.inOrder(servers.reversed(), Optional.empty()))
                .extracting(Server::target).containsExactly("z", "a", "b");
    }
}
