package p2psip.std.rfc8445;

/// A line about candidates or credentials cannot be read: caught where lines come in.
final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
