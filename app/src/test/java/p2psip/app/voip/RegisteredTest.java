package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.*;
import p2psip.std.rfc3261.Transport;

/// Phones that find each other by address of record, through a server that asks for passwords.
class RegisteredTest {
    private static final InetSocketAddress PROXY =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060);

    private Network network = new Network(42);

    private void server() {
        var options = new Sipd.Options(new SipPort.Wish(List.of(PROXY.getAddress()), 5060, false,
                EnumSet.of(Transport.UDP, Transport.TCP)), List.of("example.com"),
                Optional.of(Users.parse(List.of("alice:wonderland", "bob:builder"))), false);
        network.host("10.0.0.1").start("sipd", room -> new Sipd(options, room));
    }

    private Telephone phone(String user, String password, String address) {
        return Telephone.start(network.host(address), user, PhoneSetup
                .of("sip:" + user + "@example.com", PROXY).withLogin(user, password));
    }

    /// The example of the package's page.
    @Test void ten_lines() {
        server();
        var host = network.host("10.0.0.2");
        var proxy = PROXY;
        try (var bob = phone("bob", "builder", "10.0.0.3")) {
            bob.register();
            try (var alice = Telephone.start(host, "alice",
                    PhoneSetup.of("sip:alice@example.com", proxy)
                            .withLogin("alice", "wonderland"))) {
                alice.register();
                //= rfc4566#5.2-6 loopback would be meaningless to bob, though alice has it too
                var call = alice.call("sip:bob@example.com");
                call.press("123#");
                call.talk(Duration.ofSeconds(5));
                assertThat(call.hangUp()).asString()
                        .matches("rtp=(25\\d)/\\1 lost=0 jitter=0.0ms sent=256");
            }
            assertThat(bob.answer(Duration.ofSeconds(1)).orElseThrow().keys()).isEqualTo("123#");
        }
    }

    @Test void a_wrong_password() {
        server();
        try (var mallory = phone("bob", "guess", "10.0.0.3")) {
            assertThatThrownBy(mallory::register).hasMessageStartingWith("401 ");
            assertThatThrownBy(() -> mallory.call("sip:alice@example.com"))
                    .hasMessageMatching("40[137] .*");
        }
    }

    @Test void nobody_at_home() {
        server();
        try (var alice = phone("alice", "wonderland", "10.0.0.2")) {
            alice.register();
            assertThatThrownBy(() -> alice.call("sip:bob@example.com"))
                    .hasMessageMatching("4(04|80) .*");
        }
    }

    @Property(tries = 20) void calls_survive_a_bad_network(@ForAll long seed) {
        network = new Network(seed);
        server();
        network.wires(Wire.LAN.loss(0.1));
        try (var bob = phone("bob", "builder", "10.0.0.3");
                var alice = phone("alice", "wonderland", "10.0.0.2")) {
            bob.register();
            alice.register();
            var call = alice.call("sip:bob@example.com");
            call.talk(Duration.ofSeconds(20));
            var statistics = call.hangUp();
            assertThat(statistics.sent()).isBetween(950L, 1100L);
            // bob speaks on until a BYE gets through, for some seconds if the network has its day
            assertThat(statistics.received()).isBetween(800L, 1300L);
        }
    }
}
