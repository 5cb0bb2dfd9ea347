package p2psip.app.crypto;

/// What was to be parsed is not an id, a peer, a key or a record.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    public SyntaxException(String why) { super(why); }

    public SyntaxException(String why, Throwable cause) { super(why, cause); }
}
