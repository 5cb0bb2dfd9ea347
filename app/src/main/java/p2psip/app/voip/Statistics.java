package p2psip.app.voip;

import module java.base;

/// How the sound of a call has travelled.
///
/// @param sent     RTP packets
/// @param received RTP packets
/// @param lost     packets that should have come and did not; negative if some came twice
/// @param jitter   how much the time between packets varies
public record Statistics(long sent, long received, long lost, Duration jitter) {
    static final Statistics NONE = new Statistics(0, 0, 0, Duration.ZERO);

    /// As programs print it: `rtp=250/250 lost=0 jitter=0.4ms`, sent before received.
    @Override public String toString() {
        return "rtp=%d/%d lost=%d jitter=%.1fms".formatted(
                sent, received, lost, jitter.toNanos() / 1e6);
    }
}
