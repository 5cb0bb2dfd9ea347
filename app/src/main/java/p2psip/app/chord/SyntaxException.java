package p2psip.app.chord;

/// What was to be parsed is not a message of Chord.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    public SyntaxException(String why) { super(why); }
}
