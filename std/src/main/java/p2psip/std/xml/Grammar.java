package p2psip.std.xml;

import module java.base;

/// The productions of single characters and of names.
///
/// @spec https://www.w3.org/TR/xml/#charsets XML 1.0 §2.2
/// @spec https://www.w3.org/TR/xml/#sec-common-syn XML 1.0 §2.3
final class Grammar {
    private static final int[] NAME_START = {'A', 'Z', '_', '_', 'a', 'z', 0xc0, 0xd6, 0xd8, 0xf6,
            0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d, 0x2070, 0x218f,
            0x2c00, 0x2fef, 0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd, 0x10000, 0xeffff};
    private static final int[] NAME_OTHER = {'-', '.', '0', '9', 0xb7, 0xb7, 0x300, 0x36f,
            0x203f, 0x2040};
    /// Of what was written this much is said again to people.
    private static final int SHOWN = 40;

    private Grammar() {}

    /// Char.
    static boolean isChar(int c) {
        return c >= ' ' && c <= 0xd7ff || c == '\t' || c == '\n' || c == '\r'
                || c >= 0xe000 && c <= 0xfffd || c >= 0x10000 && c <= 0x10ffff;
    }

    /// S.
    static boolean isSpace(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

    /// NCName: a Name without colon, which Namespaces keep for themselves.
    static boolean isName(String text) {
        return !text.isEmpty() && isNameStart(text.codePointAt(0))
                && text.codePoints().allMatch(Grammar::isNameChar);
    }

    static boolean isNameStart(int c) { return in(NAME_START, c); }

    static boolean isNameChar(int c) { return in(NAME_START, c) || in(NAME_OTHER, c); }

    private static boolean in(int[] ranges, int c) {
        for (int i = 0; i < ranges.length; i += 2)
            if (c >= ranges[i] && c <= ranges[i + 1]) return true;
        return false;
    }

    /// The text as it is, which can be written.
    ///
    /// @throws SyntaxException if it has a character that no document can have
    static String text(String text) {
        text.codePoints().filter(c -> !isChar(c)).findFirst().ifPresent(c -> {
            throw new SyntaxException("no character of XML: " + shown(c));
        });
        return text;
    }

    /// The character that stands between `&` and `;`: one of the five, or its number.
    ///
    /// @spec https://www.w3.org/TR/xml/#sec-references XML 1.0 §4.1
    static int referred(String name) {
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "apos" -> '\'';
            case "quot" -> '"';
            default -> {
                if (name.startsWith("#x")) yield number(name, 2, 16);
                if (name.startsWith("#")) yield number(name, 1, 10);
                throw new SyntaxException("no such entity: &" + shown(name) + ";");
            }
        };
    }

    private static int number(String name, int from, int radix) {
        int c = 0;
        for (int i = from; i < name.length(); i++) {
            int digit = name.charAt(i) < 0x80 ? Character.digit(name.charAt(i), radix) : -1;
            c = c * radix + digit;
            if (digit < 0 || c > 0x10ffff) throw noCharacter(name);
        }
        if (!isChar(c)) throw noCharacter(name);
        return c;
    }

    private static SyntaxException noCharacter(String name) {
        return new SyntaxException("no character: &" + shown(name) + ";");
    }

    static String shown(int c) { return String.format("U+%04X", c); }

    /// The beginning of what was written, in one line.
    static String shown(String text) {
        var shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return shown.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]", "?");
    }
}
