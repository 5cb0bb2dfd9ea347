package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc8445.Agent.*;
import p2psip.std.rfc8445.Wire.*;

/// Two agents find each other, whatever is between them, and agree on one pair.
class ConnectTest {
    static final InetSocketAddress A = at("10.0.0.1", 5000), B = at("10.1.0.1", 6000),
            A_RELAY = at("192.0.2.10", 7000), B_RELAY = at("192.0.2.20", 8000);

    private static Wire wire(long seed, double loss) {
        var wire = new Wire(seed);
        wire.loss = loss;
        wire.jitter = Duration.ofMillis(5);
        return wire;
    }

    /// Both with one stream of one component, a socket and what STUN says of it.
    private static void ready(Side side, InetSocketAddress base, Optional<InetSocketAddress> relay) {
        side.tell(new Input.Stream(1, 1));
        side.host(1, 1, base);
        side.reflexive(1, 1, base);
        relay.ifPresent(one -> side.relayed(1, 1, one));
        side.tell(new Input.Gathered());
    }

    /// Where data go: to the socket that the other answers from, and by the same way back.
    private static void agree(Wire wire) {
        var a = wire.sides.getFirst().selected.get(1001);
        var b = wire.sides.getLast().selected.get(1001);
        assertThat(a.local().address()).isEqualTo(b.remote().address());
        assertThat(a.remote().address()).isEqualTo(b.local().address());
    }

    @Property(tries = 60) void with_a_relay_there_is_always_a_path(@ForAll long seed,
            @ForAll By mapA, @ForAll By filterA, @ForAll By mapB, @ForAll By filterB) {
        var wire = wire(seed, new SplittableRandom(seed).nextDouble(0.3));
        var a = wire.full("alice", true, Settings.DEFAULT);
        var b = wire.full("bob", false, Settings.DEFAULT);
        a.nat = Optional.of(new Nat("198.51.100.1", mapA, filterA));
        b.nat = Optional.of(new Nat("203.0.113.1", mapB, filterB));
        ready(a, A, Optional.of(A_RELAY));
        ready(b, B, Optional.empty());
        assertThat(wire.until(Duration.ofSeconds(60), wire::agreed))
                .as(() -> a.agent.records() + "\n" + b.agent.records()).isTrue();
        wire.run(Duration.between(Instant.EPOCH, wire.now.plusSeconds(1)));
        agree(wire);
    }
}
