package p2psip.std.rfc2396;

/// A text is no URI, no address or no parameter list.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    public SyntaxException(String why) { super(why); }
}
