package p2psip.std.rfc6455;

/// What came is against the rules; it says by which status code the connection ends.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    private final int code;

    SyntaxException(String why) { this(CloseCode.PROTOCOL_ERROR, why); }

    /// @param code of [CloseCode]
    SyntaxException(int code, String why) {
        super(why);
        this.code = code;
    }

    int code() { return code; }
}
