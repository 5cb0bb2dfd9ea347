package p2psip.std.rfc3550;

/// A datagram that is no RTP or RTCP packet; it is to be ignored.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
