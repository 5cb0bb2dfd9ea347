package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.app.host.HostContract.TCP;
import static p2psip.app.host.HostContract.at;
import static p2psip.app.host.HostContract.id;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Identity;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;

/// What one notices of TLS between simulated hosts.
class TlsTest {
    private static final InetSocketAddress B = at("10.0.0.2", 5061);
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final Way TLS = new Way.Tls("Example.com");

    private final Network network = new Network(1);
    private final SimHost one = network.host("10.0.0.1"), two = network.host("10.0.0.2");
    private final Strings alice = new Strings(one, "alice"), bob = new Strings(two, "bob");

    TlsTest() { network.wires(Wire.of(DELAY)); }

    private void listen(Way way) {
        two.certify("example.com");
        bob.pull(new Effect.Listen(id(1), way, B));
        bob.hear(Event.Bound.class);
    }

    private void listen() { listen(new Way.Tls("example.com")); }

    /// Nothing for as long, counted in delays of the wire.
    private void nothing(Strings node, double delays) {
        network.run(DELAY.multipliedBy((long) (delays * 10)).dividedBy(10));
        assertThat(node.rest(Duration.ZERO)).isEmpty();
    }

    private static Event timedOut(long id) {
        return new Event.Closed(id(id), "timed out", Optional.of(TlsFailure.HANDSHAKE));
    }

    @Test void the_handshake_takes_a_round_trip_more_and_proves_a_name() {
        listen();
        alice.pull(new Effect.Open(id(1), TLS, B));
        nothing(alice, 3.9);
        var connected = alice.hear(Event.Connected.class);
        assertThat(List.of(connected.id(), connected.way(), connected.remote()))
                .isEqualTo(List.of(id(1), TLS, B));
        assertThat(connected.proven()).contains(new Proven.Name("Example.com"));
        nothing(bob, 0.9);
        var accepted = bob.hear(Event.Accepted.class);
        assertThat(accepted.proven()).isEmpty();
        assertThat(accepted.way()).isEqualTo(new Way.Tls("example.com"));
    }

    @Test void who_calls_with_a_certificate_proves_its_name_too() {
        listen(new Way.Tls("example.com", true));
        one.certify("example.net");
        alice.pull(new Effect.Open(id(1), TLS, B), new Effect.Write(id(1), Bytes.utf8("hello")));
        assertThat(bob.hear(Event.Accepted.class).proven())
                .contains(new Proven.Name("example.net"));
        assertThat(bob.read(5).utf8()).isEqualTo("hello");
    }

    @Test void a_certificate_for_another_name_ends_it_and_the_peer_hears_nothing() {
        listen();
        alice.pull(new Effect.Open(id(1), new Way.Tls("example.org"), B));
        assertThat(alice.hear(Event.Closed.class)).isEqualTo(new Event.Closed(
                id(1), "its certificate is not for example.org",
                Optional.of(TlsFailure.OTHER_NAME)));
        network.run(Host.CONNECTING);
        assertThat(bob.rest(Duration.ZERO)).isEmpty();
        assertThat(alice.rest(Duration.ZERO)).isEmpty();
    }

    /// Each fault that can be planted has a value and a line of its own.
    @Test void a_certificate_that_is_old_or_early_or_nobody_s_ends_it_and_says_so() {
        var year = Duration.ofDays(365);
        listen();
        two.certify("old.example", Network.BEGIN.minus(year), Network.BEGIN.minusSeconds(1));
        two.certify("early.example", Network.BEGIN.plus(year), Network.BEGIN.plus(year));
        two.certifyItself("self.example");
        var causes = new LinkedHashMap<String, Event.Closed>();
        for (var name : List.of("old.example", "early.example", "self.example")) {
            alice.pull(new Effect.Open(id(1), new Way.Tls(name), B));
            causes.put(name, alice.hear(Event.Closed.class));
        }
        assertThat(causes.values().stream().map(closed -> closed.tls().orElseThrow()).toList())
                .containsExactly(TlsFailure.EXPIRED, TlsFailure.NOT_YET_VALID,
                        TlsFailure.UNTRUSTED);
        assertThat(causes.get("old.example").why()).contains("expired (2025-12-31T23:59:59Z)");
        one.skew(year);
        two.certify("early.example", Network.BEGIN, Network.BEGIN.plusSeconds(3_600));
        alice.pull(new Effect.Open(id(1), new Way.Tls("early.example"), B));
        assertThat(alice.hear(Event.Closed.class).why()).as("a clock that is a year ahead")
                .contains("or the clock here is wrong");
    }

    @Test void two_that_have_keys_prove_them_to_each_other() {
        var a = Identity.generate("a", new SplittableRandom(1));
        var b = Identity.generate("b", new SplittableRandom(2));
        bob.pull(new Effect.Listen(id(1), new Way.Keyed(b), B));
        bob.hear(Event.Bound.class);
        alice.pull(new Effect.Open(id(1), new Way.Keyed(a), B));
        assertThat(alice.hear(Event.Connected.class).proven())
                .contains(new Proven.Key(b.key()));
        assertThat(bob.hear(Event.Accepted.class).proven()).contains(new Proven.Key(a.key()));
    }

    @Test void where_nobody_listens_it_is_refused() {
        alice.pull(new Effect.Open(id(1), TLS, B));
        assertThat(alice.hear(Event.Closed.class).why()).isEqualTo("refused");
    }

    @Test void without_a_certificate_nobody_listens() {
        bob.pull(new Effect.Listen(id(1), new Way.Tls("example.com"), B));
        assertThat(bob.hear(Event.NotBound.class).why())
                .isEqualTo("no certificate for example.com");
    }

    @Test void a_handshake_that_never_ends_is_given_up() {
        listen(TCP);
        alice.pull(new Effect.Open(id(1), TLS, B));
        nothing(alice, 90);
        assertThat(alice.hear(Event.Closed.class)).isEqualTo(timedOut(1));
        assertThat(bob.rest(Duration.ZERO)).isEmpty();
    }

    @Test void nor_does_it_end_where_the_network_is_cut_or_the_peer_stands_still() {
        listen();
        alice.pull(new Effect.Open(id(1), TLS, B));
        nothing(alice, 2.5);
        network.cut(one);
        assertThat(alice.hear(Event.Closed.class)).isEqualTo(timedOut(1));
        network.heal();
        two.pause();
        alice.pull(new Effect.Open(id(2), TLS, B));
        assertThat(alice.hear(Event.Closed.class)).isEqualTo(timedOut(2));
        two.resume();
        network.run(Host.CONNECTING);
        assertThat(bob.rest(Duration.ZERO)).isEmpty();
    }

    @Test void a_peer_that_dies_meanwhile_closes_it() {
        listen();
        alice.pull(new Effect.Open(id(1), TLS, B));
        nothing(alice, 2.5);
        two.kill();
        assertThat(alice.hear(Event.Closed.class).why()).isEqualTo("closed by the peer");
    }

    @Test void who_thinks_better_of_it_is_not_accepted() {
        listen();
        alice.pull(new Effect.Open(id(1), TLS, B), new Effect.Close(id(1)));
        assertThat(alice.hear(Event.Closed.class).why()).isEqualTo("closed");
        network.run(Host.CONNECTING.plus(DELAY));
        assertThat(bob.rest(Duration.ZERO)).isEmpty();
        assertThat(alice.rest(Duration.ZERO)).isEmpty();
    }

    @Property(tries = 20) void over_a_bad_wire_all_is_delivered_in_order(@ForAll long seed) {
        var bad = new Network(seed);
        bad.wires(Wire.LAN.jitter(Duration.ofMillis(40)).loss(0.3));
        var left = new Strings(bad.host("10.0.0.1"), "left");
        var host = bad.host("10.0.0.2");
        host.certify("example.com");
        var right = new Strings(host, "right");
        right.pull(new Effect.Listen(id(1), new Way.Tls("example.com"), B));
        right.hear(Event.Bound.class);
        left.pull(new Effect.Open(id(1), TLS, B));
        var all = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            left.pull(new Effect.Write(id(1), Bytes.utf8(i + " ")));
            all.append(i).append(' ');
        }
        bad.run(Duration.ofMinutes(2));
        var delivered = right.rest(Duration.ZERO).stream()
                .filter(Event.Received.class::isInstance)
                .map(event -> ((Event.Received) event).bytes().utf8())
                .collect(Collectors.joining());
        //  on a wire as bad as this one handshake in many is given up: then nothing is delivered
        boolean givenUp = left.rest(Duration.ZERO).contains(timedOut(1));
        assertThat(delivered).isEqualTo(givenUp ? "" : all.toString());
    }
}
