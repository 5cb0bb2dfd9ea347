package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc3611.CallQuality;

/// How a call has sounded: here, and at the peer as far as its reports tell.
///
/// The R factor is that of ITU-T G.107, cut down to what a telephone can know of itself, loss and
/// delay: `R = 93.2 - Id - Ie`, where `Ie = 95 p / (p / b + Bpl)` for `p` percent lost, in runs `b`
/// times as long as by chance, and `Id = 0.024 d + 0.11 (d - 177.3)` for a mouth-to-ear delay of
/// `d` ms, the second part from 177.3 ms on ([CallQuality]). A peer that sends a VoIP metrics
/// report says its own R; of another it is estimated here, from the loss that it reports.
///
/// @param late      packets that came too late to be played
/// @param concealed how much of what was heard was made up where packets were missing
/// @param level     of what is heard now, in dB below the loudest there is; [#SILENT] for nothing
/// @param roundTrip to the peer and back
/// @param here      of what the peer says
/// @param there     of what we say; empty if the peer has not reported
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.7.5 RFC 3611 §4.7.5
public record Quality(long late, Duration concealed, double level, Optional<Duration> roundTrip,
        View here, Optional<View> there) {
    /// No sound is so low.
    public static final double SILENT = -127;

    static final Quality NONE = new Quality(0, Duration.ZERO, SILENT, Optional.empty(),
            new View(0, Duration.ZERO, OptionalDouble.empty(), false), Optional.empty());

    /// How one end hears the other.
    ///
    /// @param loss  of all packets, 0 to 1
    /// @param r     0 to 100; empty if nothing was heard
    /// @param guess whether R is not what that end says, but what this one makes of the rest
    public record View(double loss, Duration jitter, OptionalDouble r, boolean guess) {

        static View guessed(double loss, Duration jitter, Duration mouthToEar) {
            return new View(loss, jitter, OptionalDouble.of(CallQuality.of(loss, 1,
                    millis(mouthToEar), CallQuality.G711_CONCEALED).r()), true);
        }

        private String factor() {
            return r.isEmpty() ? "-" : (guess ? "~" : "") + Math.round(r.getAsDouble());
        }
    }

    /// Whether either end has heard the other, and knows how.
    public boolean known() { return here.r.isPresent() || there.isPresent(); }

    private static double millis(Duration time) { return time.toNanos() / 1e6; }

    /// What programs print when a call is over:
    /// `here loss=0.4% late=2 concealed=40ms jitter=0.4ms rtt=12.0ms R=91; there loss=0.0%
    /// jitter=0.3ms R=92`.
    @Override public String toString() {
        return "here loss=%.1f%% late=%d concealed=%dms jitter=%.1fms rtt=%s R=%s; there %s"
                .formatted(100 * here.loss, late, concealed.toMillis(), millis(here.jitter),
                        roundTrip.map(time -> "%.1fms".formatted(millis(time))).orElse("-"),
                        here.factor(), there.map(view -> "loss=%.1f%% jitter=%.1fms R=%s".formatted(
                                100 * view.loss, millis(view.jitter), view.factor()))
                                .orElse("no report"));
    }
}
