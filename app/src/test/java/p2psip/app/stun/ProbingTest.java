package p2psip.app.stun;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.host.Nat.Behaviour;
import p2psip.std.rfc5780.*;
import p2psip.std.rfc5780.Findings.Finding;
import p2psip.std.rfc8489.Authentication;

/// What is found out about every kind of simulated router is what it is.
class ProbingTest {
    private final Network network = new Network(5);
    private final SimHost house = network.host("203.0.113.1", "203.0.113.2");

    private void serve(String... addresses) {
        var line = house.start("stun", _ -> new Serving(new BehaviorServer("test",
                Stream.of(addresses).map(InetAddress::ofLiteral).toList(), List.of(3478, 3479))));
        assertThat(line.told(Duration.ofSeconds(1)).getFirst())
                .isInstanceOf(Serving.Ready.class);
    }

    private static Object probe(SimHost from, String server) {
        return from.start("probe", room -> new Probing(server, 3478, new Authentication.None(),
                room.addresses(), room.random())).told(Duration.ofMinutes(1)).getFirst();
    }

    private static Finding known(Behaviour behaviour) {
        return new Finding.Known(switch (behaviour) {
            case INDEPENDENT -> Behavior.ENDPOINT_INDEPENDENT;
            case ADDRESS -> Behavior.ADDRESS_DEPENDENT;
            case ADDRESS_AND_PORT -> Behavior.ADDRESS_AND_PORT_DEPENDENT;
        });
    }

    //= rfc5780#4.3¶2 each mapping is told from the others
    //= rfc5780#4.4¶4 and each filtering
    @Test void every_mapping_with_every_filtering_is_recognised() {
        serve("203.0.113.1", "203.0.113.2");
        int number = 10;
        for (var mapping : Behaviour.values()) for (var filtering : Behaviour.values()) {
            var kind = Nat.FULL_CONE.mapping(mapping).filtering(filtering)
                    .ports(Nat.Ports.RANDOM);
            var found = (Findings) probe(network.nat(kind, "198.51.100." + number++)
                    .host("192.168.1.5"), "203.0.113.1");
            assertThat(found.mapping()).as("%s", kind).isEqualTo(known(mapping));
            assertThat(found.filtering()).as("%s", kind).isEqualTo(known(filtering));
            assertThat(found.translated()).isTrue();
        }
    }

    /// Some are lost, and what is asked again is found all the same.
    @Test void wires_that_lose_a_tenth_change_nothing() {
        serve("203.0.113.1", "203.0.113.2");
        network.wires(Wire.of(Duration.ofMillis(20)).loss(0.1));
        for (var filtering : Behaviour.values())
            assertThat(((Findings) probe(network.nat(Nat.FULL_CONE.filtering(filtering),
                    "198.51.100." + (10 + filtering.ordinal())).host("192.168.1.5"),
                    "203.0.113.1")).filtering()).isEqualTo(known(filtering));
    }

    @Test void a_host_on_the_internet_and_one_behind_two_routers() {
        serve("203.0.113.1", "203.0.113.2");
        var open = (Findings) probe(network.host("203.0.113.9"), "203.0.113.1");
        assertThat(open.translated()).isFalse();
        assertThat(open.mapping()).isEqualTo(known(Behaviour.INDEPENDENT));
        assertThat(open.filtering()).isEqualTo(known(Behaviour.INDEPENDENT));
        var twice = (Findings) probe(network.nat(Nat.SYMMETRIC, "198.51.100.7")
                .nat(Nat.RESTRICTED, "10.0.0.2").host("192.168.1.5"), "203.0.113.1");
        assertThat(twice.mapping()).isEqualTo(known(Behaviour.ADDRESS_AND_PORT));
        assertThat(twice.filtering()).isEqualTo(known(Behaviour.ADDRESS_AND_PORT));
    }

    /// It keeps the port, so that nobody sees that it maps for each destination anew.
    @Test void linux_looks_endpoint_independent_while_the_port_is_free() {
        serve("203.0.113.1", "203.0.113.2");
        var found = (Findings) probe(network.nat(Nat.LINUX, "198.51.100.7").host("192.168.1.5"),
                "203.0.113.1");
        assertThat(found.mapping()).isEqualTo(known(Behaviour.INDEPENDENT));
        assertThat(found.filtering()).isEqualTo(known(Behaviour.ADDRESS_AND_PORT));
    }

    @Test void where_nothing_can_be_found_it_says_why() {
        serve("203.0.113.1");
        assertThat(probe(network.nat(Nat.NO_UDP, "198.51.100.7").host("192.168.1.5"),
                "203.0.113.1")).isEqualTo(new Probing.NotFound("no answer"));
        assertThat(probe(network.host("203.0.113.9"), "nobody.example"))
                .isEqualTo(new Probing.NotFound("no address is known for that name"));
        var found = (Findings) probe(network.nat(Nat.FULL_CONE, "198.51.100.8")
                .host("192.168.1.5"), "203.0.113.1");
        assertThat(List.of(found.mapping(), found.filtering())).allSatisfy(finding ->
                assertThat(finding).hasToString(
                        "unknown: the server has no second address and port to ask from"));
    }
}
