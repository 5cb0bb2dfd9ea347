package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.host.*;
import p2psip.app.node.*;
import p2psip.app.p2p.Place;

/// Two nodes and two real phones: what this project is for. Needs baresip.
class FirstCallTest {
    private static final int ALICE = 440, BOB = 1000;
    private static final Duration TALK = Duration.ofSeconds(3);

    @BeforeAll static void baresip() { Baresip.assumeThere(); }

    @ParameterizedTest(name = "{0} calls {1} over {2}")
    @CsvSource({"alice, bob, udp", "bob, alice, udp", "alice, bob, tcp"})
    void one_phone_calls_another_by_its_address_of_record(
            String caller, String callee, String transport, @TempDir Path folder) throws Exception {
        try (var here = new RealHost(RealHost.Options.of(Optional.empty()));
                var there = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var first = node(here, "first", List.of());
            var second = node(there, "second", List.of(first.overlay()));
            try (var alice = new Baresip(folder.resolve("alice"), "sip:alice@example.com",
                            proxy(first, transport), ALICE);
                    var bob = new Baresip(folder.resolve("bob"), "sip:bob@example.com",
                            proxy(second, transport), BOB)) {
                first.publishes(1);
                second.publishes(1);
                var phones = Map.of("alice", alice, "bob", bob);
                phones.get(caller).dial("sip:" + callee + "@example.com");
                phones.get(caller).await("CALL_ESTABLISHED");
                phones.get(callee).await("CALL_ESTABLISHED");
                alice.hears(TALK);
                bob.hears(TALK);
                phones.get(caller).hangUp();
                phones.get(callee).await("CALL_CLOSED");

                for (var heard : List.of(Map.entry(alice, BOB), Map.entry(bob, ALICE))) {
                    var recording = heard.getKey().recording();
                    assertThat(Tone.seconds(recording)).isCloseTo(TALK.toSeconds(), within(1.5));
                    assertThat(Tone.share(recording, heard.getValue())).isGreaterThan(0.9);
                }
            }
        }
    }

    static RunningNode node(Host host, String name, List<Place> others) {
        return RunningNode.start(host, name,
                Node.Options.at(InetAddress.ofLiteral("127.0.0.1"), others));
    }

    /// What a phone is to be told: `sip:127.0.0.1:5062;transport=udp`.
    static String proxy(RunningNode node, String transport) {
        return "sip:" + p2psip.std.rfc2396.HostName.text(node.sip()) + ";transport=" + transport;
    }
}
