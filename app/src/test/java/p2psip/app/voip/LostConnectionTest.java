package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.std.rfc3261.Transport;

/// Phones that call each other by TCP, and lose each other.
class LostConnectionTest {
    private static final String BOB = "sip:bob@10.0.0.2:5060;transport=tcp";
    private static final Duration SOON = Duration.ofSeconds(3);

    private final Network network = new Network(42, _ -> { });
    private final SimHost at = network.host("10.0.0.1");
    private final List<News> told = new ArrayList<>();

    private static PhoneSetup setup(String name, String address) {
        return PhoneSetup.at("sip:" + name + "@" + address).by(Transport.TCP).ringing();
    }

    private Host.Line alice() {
        return at.start("alice", room -> new Phone(setup("alice", "10.0.0.1"), room));
    }

    private Telephone bob() {
        return Telephone.start(
                network.host("10.0.0.2"), "bob", setup("bob", "10.0.0.2"), told::add);
    }

    /// Nobody would hear that bob takes the call.
    @Test void it_rings_no_longer_when_the_phone_of_the_caller_has_died() {
        var alice = alice();
        try (var bob = bob()) {
            alice.command(new PhoneCommand.Call(1, BOB));
            var call = bob.ringing(SOON).orElseThrow();
            call.talk(Duration.ofSeconds(10));
            assertThat(call.end()).as("rings").isEmpty();
            at.kill();
            assertThat(call.talk(SOON)).as("ends").isTrue();
            assertThat(call.end().orElseThrow().status()).isEqualTo(487);
        }
    }

    /// Neither has to wait until it is clear that nothing is heard.
    @Test void a_call_is_over_when_the_phone_of_the_peer_has_died() {
        var alice = alice();
        try (var bob = bob()) {
            alice.command(new PhoneCommand.Call(1, BOB));
            var call = bob.answer(SOON).orElseThrow();
            call.talk(Duration.ofSeconds(2));
            assertThat(call.hears()).isTrue();
            at.kill();
            assertThat(call.talk(Duration.ofSeconds(16))).as("ends").isTrue();
            assertThat(call.end().orElseThrow().status()).isEqualTo(503);
        }
    }
}
