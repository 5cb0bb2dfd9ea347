package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.voip.*;

/// Our phone and a real one that see whether the other can be reached, each at its own node. Needs
/// baresip.
class PresencePeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @BeforeAll static void baresip() { Baresip.assumeThere(); }

    @Test void each_sees_the_other(@TempDir Path folder) throws Exception {
        try (var here = new RealHost(RealHost.Options.of(Optional.empty()));
                var there = new RealHost(RealHost.Options.of(Optional.empty()));
                var home = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var first = FirstCallTest.node(here, "first", List.of());
            var second = FirstCallTest.node(there, "second", List.of(first.overlay()));
            try (var alice = Telephone.start(home, "alice",
                            PhoneSetup.of("sip:alice@example.com", first.sip()));
                    var bob = Baresip.watching(folder.resolve("bob"), "sip:bob@example.com",
                            FirstCallTest.proxy(second, "udp"), "sip:alice@example.com")) {
                alice.approve("sip:bob@example.com");
                alice.register();
                first.publishes(1);
                second.publishes(1);
                alice.watch("sip:bob@example.com");
                assertThat(alice.presence(PATIENCE)).as("nobody knows yet")
                        .hasValueSatisfying(bobs -> assertThat(bobs.open()).isFalse());
                bob.online();
                assertThat(alice.presence(PATIENCE)).hasValueSatisfying(bobs -> {
                    assertThat(bobs.uri()).isEqualTo("sip:bob@example.com");
                    assertThat(bobs.open()).isTrue();
                });
                bob.shows("Online");
                alice.show(false, "");
                bob.shows("Offline");
            }
        }
    }
}
