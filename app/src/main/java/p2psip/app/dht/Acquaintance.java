package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.Peer;

/// A peer this node speaks with: where, how long its answers take, whether it is suspected to be
/// dead.
final class Acquaintance {
    /// How long an answer of an unknown peer may take, handshake included.
    static final Duration FIRST_TIMEOUT = Duration.ofMillis(600);
    private static final Duration LEAST = Duration.ofMillis(300), MOST = Duration.ofSeconds(2);

    private Peer peer;
    private boolean suspect;
    private Duration smooth = Duration.ZERO, deviation = Duration.ZERO;

    Acquaintance(Peer peer) { this.peer = peer; }

    /// The peer at the address it was last heard from.
    Peer peer() { return peer; }

    /// A suspect is not spoken to until it is heard again or found to be dead.
    boolean suspect() { return suspect; }

    void hear(Peer from) {
        peer = from;
        suspect = false;
    }

    void suspected() { suspect = true; }

    /// An answer took this long; smoothed as TCP does.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc6298#section-2 RFC 6298 §2
    void measured(Duration roundTrip) {
        if (smooth.isZero()) {
            smooth = roundTrip;
            deviation = roundTrip.dividedBy(2);
            return;
        }
        var error = smooth.minus(roundTrip).abs();
        deviation = deviation.multipliedBy(3).plus(error).dividedBy(4);
        smooth = smooth.multipliedBy(7).plus(roundTrip).dividedBy(8);
    }

    /// Whether its answers take less than three quarters of the other's time.
    boolean quicker(Acquaintance other) {
        return other.smooth.isZero()
                || smooth.multipliedBy(4).compareTo(other.smooth.multipliedBy(3)) < 0;
    }

    /// How long to wait for an answer.
    Duration timeout() {
        if (smooth.isZero()) return FIRST_TIMEOUT;
        var wait = smooth.plus(deviation.multipliedBy(4));
        return wait.compareTo(LEAST) < 0 ? LEAST : wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
