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

    /// What a stream has by what both sides have said of it, the larger where they differ: so both
    /// come to the same.
    ///
    /// @param usual bits a second of the session, where nothing is said of it
    //= rfc3550#6.2-7 both participants use the same value, whichever of them reckons
    public static ControlShare agreed(Media one, Media other, double usual) {
        var said = Stream.of(one, other).flatMap(medium -> medium.bandwidths().stream()).toList();
        var share = ControlShare.of(
                most("AS", said).map(kilobits -> kilobits * 1000.0).orElse(usual));
        //= rfc4585#4.3-1,2 what is assigned to senders and receivers overrides that
        return new ControlShare(
                most("RS", said).map(Long::doubleValue).orElse(share.senders()),
                most("RR", said).map(Long::doubleValue).orElse(share.receivers()));
    }

    private static Optional<Long> most(String type, List<Bandwidth> said) {
        return said.stream().filter(b -> b.type().equals(type))
                .map(b -> Math.min(b.value(), MOST)).max(Comparator.naturalOrder());
    }
}
