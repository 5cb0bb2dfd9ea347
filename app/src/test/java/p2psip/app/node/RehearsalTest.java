package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Network;
import p2psip.app.trace.Trace;

/// What a JVM is shown before it runs nodes.
class RehearsalTest {
    private static final int STRANGERS = 21, CALLS = 2, SENT = 19 * 15 + 2 * 200;

    private final SortedMap<String, Integer> sent = new TreeMap<>();

    private void hear(Trace trace) {
        if (trace.what() instanceof Trace.What.Wire wire && wire.sent()
                && !wire.bytes().isEmpty()) {
            var bytes = wire.bytes();
            sent.merge(bytes.at(0) == 1 ? "STUN" : bytes.at(0) < 'A' ? "other"
                    : new String(bytes.toArray(), StandardCharsets.ISO_8859_1)
                            .lines().findFirst().orElse("").replaceFirst(" sip:.*", ""),
                    1, Integer::sum);
        }
    }

    private Rehearsal.Outcome rehearse() {
        var network = new Network(1, this::hear);
        IntFunction<InetAddress> places = i -> InetAddress.ofLiteral("10.0.0." + i);
        try (var rehearsal = new Rehearsal(i -> network.host("10.0.0." + i), places)) {
            return rehearsal.run(STRANGERS);
        }
    }

    @Test void calls_are_taken_and_nobody_is_not_found_again_and_again() {
        var outcome = rehearse();
        assertThat(outcome.calls()).isEqualTo(CALLS);
        assertThat(outcome.sent()).isEqualTo(SENT);
        assertThat(sent).containsEntry("STUN", STRANGERS);
        assertThat(sent.get("SIP/2.0 404 Not Found")).isGreaterThan(SENT / 2);
        assertThat(sent.get("SIP/2.0 480 Temporarily Unavailable")).isGreaterThan(100);
        assertThat(sent).containsKeys("REGISTER", "ACK", "BYE");
    }
}
