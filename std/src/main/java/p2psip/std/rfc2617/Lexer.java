package p2psip.std.rfc2617;

import module java.base;

/// Reads header field values: tokens, quoted strings, lists in which challenges and their
/// directives are both separated by commas.
final class Lexer {
    private final String text;
    private int at;

    Lexer(String text) {
        this.text = text;
        skipSpace();
    }

    boolean atEnd() { return at == text.length(); }

    void end() {
        if (!atEnd()) throw new SyntaxException("unexpected text: " + rest());
    }

    /// All that is left.
    String remainder() { return text.substring(at).strip(); }

    private String rest() { return text.substring(at, Math.min(text.length(), at + 20)); }

    String token() {
        int start = at;
        while (!atEnd() && isTokenChar(text.charAt(at))) at++;
        if (at == start) throw new SyntaxException("a name is missing before: " + rest());
        return text.substring(start, at);
    }

    /// Whether a directive comes next: not the scheme of another challenge, nor a word of base64,
    /// which may end in `=` but has nothing behind it.
    boolean param() {
        int i = at;
        while (i < text.length() && isTokenChar(text.charAt(i))) i++;
        if (i == at) return false;
        i = afterSpace(i);
        if (i == text.length() || text.charAt(i) != '=') return false;
        i = afterSpace(i + 1);
        return i < text.length() && text.charAt(i) != '=' && text.charAt(i) != ',';
    }

    private int afterSpace(int i) {
        while (i < text.length() && isSpace(text.charAt(i))) i++;
        return i;
    }

    void equalsSign() {
        skipSpace();
        if (atEnd() || text.charAt(at) != '=') throw new SyntaxException("'=' expected: " + rest());
        at++;
        skipSpace();
    }

    /// A quoted string without its quotes and backslashes, or whatever ends before a comma or
    /// blank: the RFC's own examples leave quotes out where values are no tokens.
    String value() {
        if (!atEnd() && text.charAt(at) == '"') return quoted();
        int start = at;
        while (!atEnd() && text.charAt(at) != ',' && text.charAt(at) != '"'
                && !isSpace(text.charAt(at))) at++;
        if (at == start) throw new SyntaxException("a value is missing before: " + rest());
        var value = text.substring(start, at);
        skipSpace();
        return value;
    }

    private String quoted() {
        var value = new StringBuilder();
        for (at++; !atEnd(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                skipSpace();
                return value.toString();
            }
            //= rfc7616#3.3¶20 unq: neither quotes nor quoting backslashes belong to the value
            if (c == '\\' && ++at == text.length()) break;
            value.append(text.charAt(at));
        }
        throw new SyntaxException("quoted string without its end");
    }

    /// One word of base64: what follows the schemes that have no directives.
    String word() {
        skipSpace();
        int start = at;
        while (!atEnd() && text.charAt(at) != ',' && !isSpace(text.charAt(at))) at++;
        var word = text.substring(start, at);
        skipSpace();
        return word;
    }

    /// Passes the commas between elements, of which there may be several, or demands the end.
    void commas() {
        skipSpace();
        if (!atEnd() && text.charAt(at) != ',') end();
        while (!atEnd() && (text.charAt(at) == ',' || isSpace(text.charAt(at)))) at++;
    }

    void skipSpace() { at = afterSpace(at); }

    static boolean isToken(String s) {
        return !s.isEmpty() && s.chars().allMatch(c -> isTokenChar((char) c));
    }

    static boolean isControl(int c) { return c < ' ' && c != '\t' || c == 127; }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isTokenChar(char c) {
        return c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
    }
}
