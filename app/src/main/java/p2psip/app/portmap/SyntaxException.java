package p2psip.app.portmap;

/// What a router says cannot be read.
final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
