package p2psip.std.rfc3863;

/// What should be a presence document is none.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
