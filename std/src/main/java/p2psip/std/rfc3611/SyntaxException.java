package p2psip.std.rfc3611;

/// A packet that is no extended report; it is to be ignored.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
