package p2psip.std.rfc2617;

/// What was received is not a challenge or credentials: the sender of a request is owed a 400.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
