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
    private static final InetSocketAddress A = at("10.0.0.1", 5000), B = at("10.1.0.1", 6000),
            A_RELAY = at("192.0.2.10", 7000), B_RELAY = at("192.0.2.20", 8000);
    private static final Duration LONG = Duration.ofSeconds(100);

    private static Wire wire(long seed, double loss) {
        var wire = new Wire(seed);
        wire.loss = loss;
        wire.jitter = Duration.ofMillis(10);
        return wire;
    }

    private static Wire pair(long seed, double loss, boolean first, boolean second) {
        var wire = wire(seed, loss);
        wire.full("alice", first, Settings.DEFAULT);
        wire.full("bob", second, Settings.DEFAULT);
        return wire;
    }

    /// One stream of one component, a socket and what STUN says of it.
    private static void begin(Side side, InetSocketAddress base, List<InetSocketAddress> relays) {
        side.tell(new Input.Stream(1, 1));
        side.host(1, 1, base);
        side.reflexive(1, 1, base);
        for (var relay : relays) side.relayed(1, 1, relay);
        side.tell(new Input.Gathered());
    }

    /// Data of each side go to where the other sends from, as far as a NAT lets one see.
    private static void agree(Wire wire, int place) {
        var a = wire.sides.getFirst().selected.get(place);
        var b = wire.sides.getLast().selected.get(place);
        assertThat(a.local().address()).isEqualTo(b.remote().address());
        assertThat(a.remote().address()).isEqualTo(b.local().address());
    }

    private static void connected(Wire wire) {
        var a = wire.sides.getFirst();
        var b = wire.sides.getLast();
        assertThat(wire.until(LONG, wire::agreed))
                .as(() -> a.agent.records() + "\n" + b.agent.records()).isTrue();
        assertThat(a.agent.role()).isNotEqualTo(b.agent.role());
        wire.run(Duration.between(Instant.EPOCH, wire.now.plusMillis(500)));
        agree(wire, 1001);
    }

    @Property(tries = 60) void with_a_relay_there_is_always_a_path(@ForAll long seed,
            @ForAll By mapA, @ForAll By filterA, @ForAll By mapB, @ForAll By filterB) {
        var wire = pair(seed, new SplittableRandom(seed).nextDouble(0.3), true, false);
        var a = wire.sides.getFirst();
        var b = wire.sides.getLast();
        a.nat = Optional.of(new Nat("198.51.100.1", mapA, filterA));
        b.nat = Optional.of(new Nat("203.0.113.1", mapB, filterB));
        begin(a, A, List.of(A_RELAY));
        begin(b, B, seed % 2 == 0 ? List.of(B_RELAY) : List.of());
        connected(wire);
    }

    /// Whether one is found where STUN says that he is, and lets the other in: by his address, or
    /// by a port that STUN knows as well.
    private static boolean open(By mapping, By filtering, By other) {
        return mapping == By.NOTHING
                && (filtering != By.ADDRESS_AND_PORT || other == By.NOTHING);
    }

    @Property(tries = 60) void without_one_where_a_path_exists(@ForAll long seed,
            @ForAll By mapA, @ForAll By filterA, @ForAll By mapB, @ForAll By filterB) {
        Assume.that(open(mapA, filterA, mapB) || open(mapB, filterB, mapA));
        var wire = pair(seed, new SplittableRandom(seed).nextDouble(0.3), true, false);
        wire.sides.getFirst().nat = Optional.of(new Nat("198.51.100.1", mapA, filterA));
        wire.sides.getLast().nat = Optional.of(new Nat("203.0.113.1", mapB, filterB));
        begin(wire.sides.getFirst(), A, List.of());
        begin(wire.sides.getLast(), B, List.of());
        connected(wire);
        assertThat(wire.sides.getFirst().selected.get(1001).relayed()).isFalse();
    }

    @Test void two_symmetric_nats_without_a_relay_are_told_so() {
        var wire = pair(1, 0, true, false);
        wire.sides.getFirst().nat = Optional.of(new Nat("198.51.100.1", By.ADDRESS_AND_PORT,
                By.ADDRESS_AND_PORT));
        wire.sides.getLast().nat = Optional.of(new Nat("203.0.113.1", By.ADDRESS_AND_PORT,
                By.ADDRESS_AND_PORT));
        begin(wire.sides.getFirst(), A, List.of());
        begin(wire.sides.getLast(), B, List.of());
        wire.run(LONG);
        for (var side : wire.sides) {
            assertThat(side.failed).hasSize(1);
            assertThat(side.agent.state()).isEqualTo(State.FAILED);
            assertThat(side.agent.records()).allSatisfy(one -> {
                assertThat(one.toString()).contains("no answer");
                assertThat(one.checks()).isEqualTo(7);
            });
        }
    }

    //= rfc8445#7.3.1.1-2 who examines the attribute of a request sees that both have one role
    @Property(tries = 60) void a_role_conflict_always_settles(@ForAll long seed,
            @ForAll boolean both) {
        var wire = pair(seed, new SplittableRandom(seed).nextDouble(0.3), both, both);
        begin(wire.sides.getFirst(), A, List.of(A_RELAY));
        begin(wire.sides.getLast(), B, List.of());
        connected(wire);
    }

    //= rfc8445#6.1.1-1 the initiating agent is controlling
    @Property(tries = 30) void several_streams_of_two_components_all_connect(@ForAll long seed) {
        var wire = pair(seed, new SplittableRandom(seed).nextDouble(0.2), true, false);
        assertThat(wire.sides.getFirst().agent.role()).isEqualTo(Role.CONTROLLING);
        for (var side : wire.sides) {
            boolean first = side == wire.sides.getFirst();
            side.nat = Optional.of(new Nat(first ? "198.51.100.1" : "203.0.113.1", By.NOTHING,
                    By.ADDRESS_AND_PORT));
            for (int stream = 1; stream <= 3; stream++) {
                side.tell(new Input.Stream(stream, 2));
                for (int component = 1; component <= 2; component++) {
                    var base = at(first ? "10.0.0.1" : "10.1.0.1", 5000 + 10 * stream + component);
                    side.host(stream, component, base);
                    side.reflexive(stream, component, base);
                }
            }
            side.tell(new Input.Gathered());
        }
        connected(wire);
        for (int stream = 1; stream <= 3; stream++) for (int component = 1; component <= 2;
                component++) agree(wire, 1000 * stream + component);
    }

    @Property(tries = 40) void a_lite_agent_is_reached(@ForAll long seed) {
        var wire = wire(seed, new SplittableRandom(seed).nextDouble(0.3));
        var a = wire.full("alice", seed % 2 == 0, Settings.DEFAULT);
        var b = wire.side("bob", new LiteAgent(seed % 2 != 0, Settings.DEFAULT,
                new SplittableRandom(seed)));
        a.nat = Optional.of(new Nat("198.51.100.1", By.ADDRESS_AND_PORT, By.ADDRESS_AND_PORT));
        begin(a, A, List.of());
        b.tell(new Input.Stream(1, 1));
        b.host(1, 1, at("203.0.113.5", 6000));
        connected(wire);
    }

    /// The rule by which nodes answer: 300 ms and two round trips at the 95th percentile, from when
    /// both know each other's candidates; through NATs, without loss.
    @Test void a_path_is_there_in_time() {
        var late = new ArrayList<Long>();
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var wire = pair(seed, 0, true, false);
            wire.delay = Duration.ofMillis(random.nextInt(5, 150));
            for (var side : wire.sides) side.nat = Optional.of(new Nat(
                    side == wire.sides.getFirst() ? "198.51.100.1" : "203.0.113.1", By.NOTHING,
                    By.values()[random.nextInt(3)]));
            begin(wire.sides.getFirst(), A, List.of(A_RELAY));
            begin(wire.sides.getLast(), B, List.of(B_RELAY));
            connected(wire);
            for (var side : wire.sides) late.add(Duration.between(Instant.EPOCH, side.first)
                    .minus(wire.signalling).minus(wire.delay.multipliedBy(4)).toMillis());
        }
        Collections.sort(late);
        assertThat(late.get(late.size() * 95 / 100)).isLessThanOrEqualTo(300);
    }

    @Test void one_seed_is_one_run() {
        var runs = new LinkedHashSet<String>();
        for (int i = 0; i < 2; i++) {
            var wire = pair(4711, 0.2, true, true);
            begin(wire.sides.getFirst(), A, List.of(A_RELAY));
            begin(wire.sides.getLast(), B, List.of(B_RELAY));
            wire.run(LONG);
            runs.add(wire.sides.stream().map(side -> side.said + "").collect(
                    Collectors.joining()).hashCode() + "");
        }
        assertThat(runs).hasSize(1);
    }
}
