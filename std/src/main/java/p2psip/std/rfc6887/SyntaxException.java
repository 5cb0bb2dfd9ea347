package p2psip.std.rfc6887;

/// A datagram that is no message of PCP.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
