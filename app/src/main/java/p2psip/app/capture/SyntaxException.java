package p2psip.app.capture;

/// A capture file, or a packet in it, is not what it should be.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }

    SyntaxException(String why, Throwable cause) { super(why, cause); }
}
