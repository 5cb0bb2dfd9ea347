package p2psip.std.rfc3420;

/// A body that should be a part of a SIP message is none.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
