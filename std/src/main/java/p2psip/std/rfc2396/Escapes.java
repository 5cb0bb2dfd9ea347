package p2psip.std.rfc2396;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;

/// `%61` and what it stands for.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-19.1.2 RFC 3261 §19.1.2
public final class Escapes {
    private static final String UNRESERVED_MARKS = "-_.!~*'()";

    private Escapes() {}

    /// The text that is meant.
    public static String decode(String text) {
        if (text.indexOf('%') < 0) return text;
        var bytes = new ByteArrayOutputStream(text.length());
        var utf8 = text.getBytes(UTF_8);
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i] != '%') bytes.write(utf8[i]);
            else bytes.write(hex(text, (char) utf8[++i]) << 4 | hex(text, (char) utf8[++i]));
        }
        return bytes.toString(UTF_8);
    }

    /// Text fit for the user part of a SIP URI.
    //= rfc3261#19.1.2-5 a telephone number too has escapes for what a user may not have
    //= rfc3261#25.1-4 whatever characters are allowed elsewhere
    public static String encodeUser(String text) { return encode(text, "&=+$,;?/"); }

    /// One spelling for each meaning: what needs no escape has none, the others are upper case.
    public static String canonical(String text) {
        if (text.indexOf('%') < 0) return text;
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            int code = hex(text, at(text, ++i)) << 4 | hex(text, at(text, ++i));
            //= rfc3261#19.1.4¶5 a character that is not reserved is equivalent to its encoding
            if (unreserved((char) code)) out.append((char) code);
            else out.append("%%%02X".formatted(code));
        }
        return out.toString();
    }

    /// @throws SyntaxException if a `%` is not followed by two hexadecimal digits
    static void check(String text) {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 3)) {
            hex(text, at(text, i + 1));
            hex(text, at(text, i + 2));
        }
    }

    private static String encode(String text, String allowed) {
        var out = new StringBuilder(text.length());
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (unreserved(c) || allowed.indexOf(c) >= 0) out.append(c);
            //= rfc3261#19.1.2-1,3 excluded characters are escaped, and all others
            else out.append("%%%02X".formatted((int) c));
        }
        return out.toString();
    }

    private static boolean unreserved(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    private static char at(String text, int i) { return i < text.length() ? text.charAt(i) : ' '; }

    private static int hex(String text, char c) {
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) throw new SyntaxException("bad escape: " + text);
        return digit;
    }
}
