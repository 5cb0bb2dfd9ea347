package p2psip.std.rfc6665;

/// What should be the state of a subscription, or of a resource, is none.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    public SyntaxException(String why) { super(why); }
}
