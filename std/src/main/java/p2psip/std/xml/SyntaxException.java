package p2psip.std.xml;

/// What was received or written is no XML, or XML that is refused here.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    /// So many characters of what was read were well, if that is known.
    private final int at;

    SyntaxException(String why) { this(why, 0); }

    SyntaxException(String why, int at) {
        super(why);
        this.at = at;
    }

    int at() { return at; }
}
