package p2psip.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.std.Bytes;

/// The bad network in front of a server.
class LossyRelayTest {
    private static final InetSocketAddress FRONT = at("127.0.0.1", 9),
            SERVER = at("127.0.0.1", 5060),
            CLIENT = at("127.0.0.1", 7777), OUTSIDE = at("127.0.0.2", 7777);
    private static final Bytes HELLO = Bytes.utf8("hello");

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private static LossyRelay relay(double loss) {
        return new LossyRelay(new LossyRelay.Options(FRONT, SERVER, OUTSIDE.getAddress(), loss),
                new SplittableRandom(1));
    }

    private static List<Effect> carry(
            LossyRelay relay, InetSocketAddress local, InetSocketAddress remote) {
        return relay.handle(
                new Event.Datagram(Id.PROGRAM, local, remote, HELLO), Instant.EPOCH);
    }

    @Test void a_client_keeps_its_port_at_another_address() {
        var relay = relay(0);
        assertThat(carry(relay, FRONT, CLIENT)).containsExactly(
                new Effect.Bind(Id.PROGRAM.with(1), OUTSIDE),
                new Effect.Datagram(OUTSIDE, SERVER, HELLO));
        assertThat(carry(relay, FRONT, CLIENT)).containsExactly(
                new Effect.Datagram(OUTSIDE, SERVER, HELLO));
        assertThat(carry(relay, OUTSIDE, SERVER)).containsExactly(
                new Effect.Datagram(FRONT, CLIENT, HELLO));
    }

    @Test void it_loses_what_it_is_told_to_lose() {
        var relay = relay(0.05);
        for (int i = 0; i < 10_000; i++) carry(relay, i % 2 == 0 ? FRONT : OUTSIDE, CLIENT);
        var carried = (LossyRelay.Carried) ((Effect.Tell) relay.handle(
                new Event.Command(new LossyRelay.Count()), Instant.EPOCH).getFirst()).what();
        assertThat(carried.all()).isEqualTo(10_000);
        assertThat(carried.lost()).isBetween(400L, 600L);
    }
}
