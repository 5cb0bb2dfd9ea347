package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// Whom a telephone hears.
class PartnerTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final InetSocketAddress DESCRIBED = address(1), BEHIND_NAT = address(2),
            STRANGER = address(3);

    private final Partner partner = new Partner();

    private static InetSocketAddress address(int host) {
        return new InetSocketAddress(InetAddress.ofLiteral("10.0.0." + host), 4000);
    }

    private boolean believes(InetSocketAddress from, Duration after) {
        return partner.believes(from, Optional.of(DESCRIBED), NOW.plus(after));
    }

    @Test void who_is_heard_keeps_strangers_out() {
        partner.heard(DESCRIBED, NOW);
        assertThat(believes(STRANGER, Duration.ofSeconds(1))).isFalse();
        assertThat(believes(DESCRIBED, Duration.ofSeconds(1))).isTrue();
    }

    @Test void a_peer_behind_a_nat_is_known_by_coming_first() {
        assertThat(believes(BEHIND_NAT, Duration.ZERO)).isTrue();
        partner.heard(BEHIND_NAT, NOW);
        assertThat(believes(STRANGER, Duration.ofSeconds(1))).isFalse();
        assertThat(believes(BEHIND_NAT, Duration.ofSeconds(1))).isTrue();
    }

    @Test void the_address_that_was_described_is_always_believed() {
        partner.heard(STRANGER, NOW);
        assertThat(believes(DESCRIBED, Duration.ofSeconds(1))).isTrue();
        partner.heard(DESCRIBED, NOW.plusSeconds(1));
        assertThat(believes(STRANGER, Duration.ofSeconds(2))).isFalse();
    }

    @Test void a_peer_that_moved_is_heard_after_a_silence() {
        partner.heard(BEHIND_NAT, NOW);
        assertThat(believes(STRANGER, Partner.SILENCE)).isTrue();
    }
}
