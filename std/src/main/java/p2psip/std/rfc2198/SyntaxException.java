package p2psip.std.rfc2198;

/// A payload that has not the blocks it says it has; the packet is to be ignored.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
