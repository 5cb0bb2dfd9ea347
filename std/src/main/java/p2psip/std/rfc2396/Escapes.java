package p2psip.std.rfc2396;

import module java.base;
import p2psip.std.Bytes;

/// `%61` and what it stands for.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-19.1.2 RFC 3261 §19.1.2
public final class Escapes {
    private static final String UNRESERVED_MARKS = "-_.!~*'()", USER_MARKS = "&=+$,;?/",
            PARAM_MARKS = "[]/:&+$";

    private Escapes() {}

    /// The text that is meant.
    public static String decode(String text) {
        if (text.indexOf('%') < 0) return text;
        var in = Bytes.utf8(text);
        var out = new ByteArrayOutputStream(in.size());
        for (int i = 0; i < in.size(); i++)
            if (in.at(i) != '%') out.write(in.at(i));
            else out.write(code(in, i += 2));
        return Bytes.wrap(out.toByteArray()).utf8();
    }

    /// Text fit for a name or a value in the header part of a SIP URI.
    public static String encodeHeader(String text) {
        //= rfc3261#19.1.2-1,4 what is reserved, and would end the value, is escaped
        return encode(text, "");
    }

    /// Text fit for the user part of a SIP URI.
    //= rfc3261#19.1.2-5 a telephone number too has escapes for what a user may not have
    //= rfc3261#25.1-4 whatever characters are allowed elsewhere
    public static String encodeUser(String text) { return encode(text, USER_MARKS); }

    /// Text fit for the value of a URI parameter.
    public static String encodeParam(String text) { return encode(text, PARAM_MARKS); }

    private static String encode(String text, String marks) {
        var out = new StringBuilder(text.length());
        for (byte b : Bytes.utf8(text).toArray()) {
            char c = (char) (b & 0xff);
            if (unreserved(c) || marks.indexOf(c) >= 0) out.append(c);
            //= rfc3261#19.1.2-1,3 excluded characters are escaped, and all others
            else out.append("%%%02X".formatted((int) c));
        }
        return out.toString();
    }

    /// One spelling for each meaning: what needs no escape has none, the others are upper case.
    public static String canonical(String text) {
        if (plain(text)) return text;
        var in = Bytes.utf8(text);
        var out = new StringBuilder(in.size() + 16);
        for (int i = 0; i < in.size(); i++) {
            boolean escaped = in.at(i) == '%';
            int c = escaped ? code(in, i += 2) : in.at(i) & 0xff;
            //= rfc3261#19.1.4¶5 a character that is not reserved is equivalent to its encoding
            if (escaped ? unreserved((char) c) : c < 128) out.append((char) c);
            else out.append("%%%02X".formatted(c));
        }
        return out.toString();
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) == '%' || text.charAt(i) >= 128) return false;
        return true;
    }

    /// @throws SyntaxException if a `%` is not followed by two hexadecimal digits, or a character
    ///         is there that no URI has
    static void check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            //= rfc3261#19.1.2-2 no unescaped space or control character stands in a URI
            if (c <= ' ' || c == 127 || "<>\"\\".indexOf(c) >= 0)
                throw new SyntaxException("character that needs an escape: " + text);
        }
        canonical(text);
    }

    /// What the escape stands for whose last digit is at an index.
    private static int code(Bytes in, int last) {
        if (last < in.size()) {
            int high = digit(in.at(last - 1)), low = digit(in.at(last));
            if (high >= 0 && low >= 0) return high << 4 | low;
        }
        throw new SyntaxException("bad escape: " + in.utf8());
    }

    private static int digit(byte c) { return c < 0 ? -1 : Character.digit(c, 16); }

    private static boolean unreserved(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }
}
