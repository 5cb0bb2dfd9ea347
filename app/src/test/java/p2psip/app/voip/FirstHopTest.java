package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Sipd;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;

/// Phones beside a registrar, and beside none.
class FirstHopTest {
    private static final News OTHER = new News.OtherPort(5060, 5062);

    private final Network network = new Network(3);
    private final SimHost here = network.host("10.0.0.1"), there = network.host("10.0.0.2");
    private final List<News> heard = new ArrayList<>();
    /// When it was said that nothing answers.
    private final List<Instant> times = new ArrayList<>();

    private void registrar(SimHost host, int port) {
        host.start("sipd", room -> new Sipd(new Sipd.Options(new SipPort.Wish(room.addresses(),
                port, false, EnumSet.of(Transport.UDP, Transport.TCP)), List.of("example.com"),
                Optional.empty(), false), room));
        network.run(Duration.ofSeconds(1));
    }

    private Telephone phone(String proxy, Transport transport) {
        return Telephone.start(here, "alice", PhoneSetup.of("sip:alice@example.com")
                .through(SipUri.parse("sip:" + proxy)).by(transport).calls(1).ringing()
                .playing(new Source.Silence()).untraced(), news -> {
                    heard.add(news);
                    if (news instanceof News.Unanswered) times.add(network.now());
                });
    }

    @ParameterizedTest @ValueSource(strings = {
        "127.0.0.1", "127.0.0.1:5060", "localhost", "10.0.0.1", "10.0.0.1:5060"})
    void a_node_of_this_machine_is_found_at_its_own_port(String proxy) {
        registrar(here, 5062);
        for (var transport : List.of(Transport.UDP, Transport.TCP)) {
            heard.clear();
            try (var alice = phone(proxy, transport)) {
                alice.register();
                assertThat(heard).startsWith(OTHER).hasSize(3);
            }
        }
    }

    @Test void who_is_at_the_usual_port_is_used() {
        registrar(here, 5060);
        registrar(here, 5062);
        try (var alice = phone("127.0.0.1", Transport.UDP)) {
            alice.register();
            assertThat(heard).doesNotContain(OTHER);
        }
    }

    @Test void another_machine_or_another_port_is_what_the_user_says() {
        registrar(there, 5062);
        registrar(here, 5062);
        for (var proxy : List.of("10.0.0.2", "127.0.0.1:5070")) {
            heard.clear();
            try (var alice = phone(proxy, Transport.UDP)) {
                assertThatThrownBy(alice::register).hasMessageContaining("503");
                assertThat(heard).doesNotContain(OTHER);
            }
        }
    }

    @Test void where_nobody_is_at_all_the_user_is_told_at_once() {
        try (var alice = phone("127.0.0.1", Transport.UDP)) {
            var begin = network.now();
            assertThatThrownBy(alice::register).hasMessageContaining("503");
            assertThat(network.now()).as("when it is repeated first")
                    .isBefore(begin.plusMillis(600));
        }
    }

    @Test void where_nothing_is_heard_at_all_the_user_is_told_after_six_seconds_and_once() {
        network.stop((_, to) -> to.getPort() == 5060);
        try (var alice = phone("127.0.0.1", Transport.UDP)) {
            var begin = network.now();
            assertThat(silence(alice::register)).isEqualTo(Duration.ofSeconds(6));
            assertThat(silence(() -> alice.message("sip:bob@x", "hello")))
                    .isEqualTo(Duration.ofSeconds(6));
            assertThat(silence(() -> alice.call("sip:bob@x"))).isEqualTo(Duration.ofSeconds(6));
            assertThat(network.now()).isAfter(begin.plusSeconds(90));
        }
    }

    /// After how long the user is told, while something is tried that fails.
    private Duration silence(ThrowingCallable what) {
        times.clear();
        var begin = network.now();
        assertThatThrownBy(what).hasMessageContaining("408");
        assertThat(times).hasSize(1);
        return Duration.between(begin, times.getFirst());
    }
}
