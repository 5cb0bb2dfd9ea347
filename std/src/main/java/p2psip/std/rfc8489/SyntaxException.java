package p2psip.std.rfc8489;

/// What came in is not STUN, or not well-formed: caught once, where bytes come in.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    public SyntaxException(String why) { super(why); }
}
