package p2psip.app.voip;

import module java.base;
import p2psip.app.srtp.Armour.Refused;

/// How the sound of a call has travelled, in RTP packets.
///
/// @param received packets of the peer that have arrived
/// @param expected packets that should have, by their numbers; fewer than received if some came
///                 twice
/// @param jitter   how much the time between packets varies
/// @param refused  what came and was not believed, if all was to be kept secret
public record Statistics(long sent, long received, long expected, Duration jitter,
        Optional<Refused> refused) {
    static final Statistics NONE = new Statistics(0, 0, 0, Duration.ZERO);

    /// Of a call in clear.
    public Statistics(long sent, long received, long expected, Duration jitter) {
        this(sent, received, expected, jitter, Optional.empty());
    }

    public long lost() { return expected - received; }

    /// What programs print of what was heard: `rtp=249/250 lost=1`, received of expected.
    public static String heard(Statistics... calls) {
        long received = Stream.of(calls).mapToLong(Statistics::received).sum();
        long expected = Stream.of(calls).mapToLong(Statistics::expected).sum();
        return "rtp=%d/%d lost=%d".formatted(received, expected, expected - received);
    }

    /// The same with all that one end knows: `rtp=249/250 lost=1 jitter=0.4ms sent=251`, and of a
    /// secret call ` forged=0 replayed=0`.
    @Override public String toString() {
        return "%s jitter=%.1fms sent=%d".formatted(heard(this), jitter.toNanos() / 1e6, sent)
                + refused.map(r -> " " + r).orElse("");
    }
}
