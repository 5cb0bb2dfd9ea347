package p2psip.std.rfc3261;

/// What a peer sent is not SIP: caught once, where bytes come in.
public final class SyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public SyntaxException(String why) { super(why); }
}
