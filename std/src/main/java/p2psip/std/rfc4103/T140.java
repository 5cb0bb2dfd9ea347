package p2psip.std.rfc4103;

import module java.base;

/// The characters that ITU-T T.140 gives a meaning of its own: the presentation of the text that
/// this payload carries. All others are shown as they are.
public final class T140 {
    /// Stands once before the first text of a session, and is never shown.
    public static final String BYTE_ORDER_MARK = "\ufeff";

    /// Takes away the character before it; a line end, too.
    public static final String BACKSPACE = "\b";

    public static final String BELL = "\u0007";

    /// Ends a line; CR LF does so as well, but is not sent here.
    public static final String NEW_LINE = "\u2028";

    /// Stands where text was lost on the way.
    public static final String MISSING = "\ufffd";

    /// What belongs together: a control sequence (`9B 1m`: how text looks), ESC and what follows
    /// it, a letter with its marks.
    private static final Pattern ELEMENT =
            Pattern.compile("\u009b[0-?]*[@-~]|\u001b[^\u001b]|\\X", Pattern.DOTALL);

    private T140() {}

    /// The elements of a text, in order; joined they are the text.
    public static Stream<String> elements(CharSequence text) {
        return ELEMENT.matcher(text).results().map(MatchResult::group);
    }
}
