package p2psip.std.rfc5764;

/// What was received is no `use_srtp`: the handshake is owed an alert, `decode_error`.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
