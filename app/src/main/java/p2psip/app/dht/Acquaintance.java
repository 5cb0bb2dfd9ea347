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
    /// In nanoseconds, for it is reckoned at each answer; no time at all: none was measured.
    private long smooth, deviation;

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
        long nanos = roundTrip.toNanos();
        if (smooth == 0) {
            smooth = nanos;
            deviation = nanos / 2;
            return;
        }
        deviation = (3 * deviation + Math.abs(smooth - nanos)) / 4;
        smooth = (7 * smooth + nanos) / 8;
    }

    /// Whether its answers take less than three quarters of the other's time.
    boolean quicker(Acquaintance other) {
        return other.smooth == 0 || 4 * smooth < 3 * other.smooth;
    }

    /// How long its answers take; nothing if none was measured.
    Optional<Duration> roundTrip() {
        return smooth == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(smooth));
    }

    /// How long to wait for an answer.
    Duration timeout() {
        if (smooth == 0) return FIRST_TIMEOUT;
        var wait = Duration.ofNanos(smooth + 4 * deviation);
        return wait.compareTo(LEAST) < 0 ? LEAST : wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
