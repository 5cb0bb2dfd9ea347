package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Network;
import p2psip.app.host.RealHost;
import p2psip.app.host.SimHost;
import p2psip.app.voip.Phone;
import p2psip.app.voip.Telephone;
import picocli.CommandLine;

/// Whole nodes and telephones in virtual time.
class NodeTest {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";

    private final Network network = new Network(5);
    private final List<SimHost> hosts = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> network.host("10.0.0." + i)).toList();

    private Nodes.Started node(int i, Nodes.Started... others) {
        return Nodes.start(hosts.get(i), "node " + i, InetAddress.ofLiteral("10.0.0." + (i + 1)),
                Stream.of(others).map(Nodes.Started::overlay).toList());
    }

    private Telephone phone(int i, String aor, Nodes.Started node) {
        return Telephone.start(hosts.get(i), aor, Phone.Setup.of(aor,
                node.ready().points().getFirst().address()));
    }

    @Test void a_phone_is_reached_though_the_first_node_was_killed() {
        var first = node(0);
        var second = node(1, first);
        var third = node(2, first);
        try (var alice = phone(3, ALICE, second); var bob = phone(4, BOB, third)) {
            alice.register();
            bob.register();
            second.publishes(1);
            third.publishes(1);
            hosts.get(0).kill();
            var before = network.now();
            var call = alice.call(BOB);
            assertThat(Duration.between(before, network.now())).isLessThan(Duration.ofSeconds(15));
            assertThat(call.hangUp().lost()).isZero();
        }
    }

    @Test void nobody_is_404_and_somebody_who_has_left_is_480() {
        var first = node(0);
        var second = node(1, first);
        try (var alice = phone(3, ALICE, first)) {
            var bob = phone(4, BOB, second);
            bob.register();
            second.publishes(1);
            assertThatThrownBy(() -> alice.call("sip:nobody@example.com"))
                    .hasMessageContaining("404");
            alice.call(BOB).hangUp();
            bob.close();
            alice.pause(Duration.ofSeconds(5));
            assertThatThrownBy(() -> alice.call(BOB)).hasMessageContaining("480");
        }
    }

    @Test void stun_is_answered_on_the_overlays_port() {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var at = Nodes.startLoopback(host, "node", List.of()).overlay();
            var out = new StringWriter();
            assertThat(new CommandLine(new StunVerb()).setOut(new PrintWriter(out))
                    .execute(at.toString())).isZero();
            assertThat(out.toString()).startsWith("127.0.0.1:");
        }
    }
}
