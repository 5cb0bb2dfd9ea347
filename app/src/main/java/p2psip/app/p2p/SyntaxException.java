package p2psip.app.p2p;

/// A datagram or a message that is not one of this package's.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    public SyntaxException(String why) { super(why); }

    public SyntaxException(String why, Throwable cause) { super(why, cause); }
}
