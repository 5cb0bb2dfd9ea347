package p2psip.app.dht;

/// What was to be parsed is not a message of the ring.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    public SyntaxException(String why) { super(why); }
}
