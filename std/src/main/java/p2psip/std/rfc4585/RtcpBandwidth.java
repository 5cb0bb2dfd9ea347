package p2psip.std.rfc4585;

import module java.base;
import p2psip.std.rfc3550.ControlShare;
import p2psip.std.rfc4566.*;

/// How much bandwidth a description gives to RTCP: `b=RS` and `b=RR`, else a twentieth of `b=AS`.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4585#section-4.3 RFC 4585 §4.3
public final class RtcpBandwidth {
    /// More is not believed.
    private static final long MOST = 10_000_000_000L;

    private RtcpBandwidth() {}

    /// @param usual bits a second of the session, where nothing is said of it
    //= rfc3550#6.2-7 the value of the description, which both have: so they use the same
    public static ControlShare of(SessionDescription description, Media medium, double usual) {
        var share = ControlShare.of(value("AS", description, medium)
                .map(kilobits -> kilobits * 1000.0).orElse(usual));
        //= rfc4585#4.3-1,2 what is assigned to senders and receivers overrides that
        return new ControlShare(
                value("RS", description, medium).map(Long::doubleValue).orElse(share.senders()),
                value("RR", description, medium).map(Long::doubleValue).orElse(share.receivers()));
    }

    private static Optional<Long> value(
            String type, SessionDescription description, Media medium) {
        return Stream.of(medium.bandwidths(), description.bandwidths()).flatMap(List::stream)
                .filter(b -> b.type().equals(type)).map(b -> Math.min(b.value(), MOST))
                .findFirst();
    }
}
