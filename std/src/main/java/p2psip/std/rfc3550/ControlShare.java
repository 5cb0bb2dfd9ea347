package p2psip.std.rfc3550;

/// How much of a session's bandwidth RTCP has.
///
/// @param senders bits a second for all together that send data
/// @param receivers bits a second for all others together
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.2 RFC 3550 §6.2
//= rfc3550#6-10 senders and receivers are controlled separately
public record ControlShare(double senders, double receivers) {
    //= rfc3550#6.2-9,11 all participants use a twentieth of the bandwidth for RTCP
    private static final double RTCP_FRACTION = 0.05;

    //= rfc3550#6.2-10,15 a quarter for senders: 1.25 %, and 3.75 % for others
    private static final double SENDER_FRACTION = 0.25;

    public ControlShare {
        if (!(senders >= 0) || !(receivers >= 0))
            throw new IllegalArgumentException(senders + " and " + receivers + " bit/s");
    }

    /// The usual share of a session.
    ///
    /// @param bandwidth of the session, in bits a second
    public static ControlShare of(double bandwidth) {
        double all = bandwidth * RTCP_FRACTION;
        return new ControlShare(all * SENDER_FRACTION, all * (1 - SENDER_FRACTION));
    }

    double all() { return senders + receivers; }

    /// The part that is for senders.
    //= rfc3550#6.3.1-3 with no bandwidth at all there is no percentage: no division by zero
    double fraction() { return all() == 0 ? 0 : senders / all(); }
}
