package p2psip.std.rfc4568;

/// What was received is no `a=crypto` line that can be understood: a stream without another one is
/// refused.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
