package p2psip.std.rfc2833;

/// A payload that is no telephone event; the packet is to be ignored.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
