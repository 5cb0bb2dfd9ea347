package p2psip.std.rfc8489;

import module java.base;

/// The profile OpaqueString of RFC 8265 §4.2, by which both sides have the same bytes for a
/// username, a password or a realm: any space is U+0020, the rest is normalised to form C, and what
/// RFC 8264 disallows in free text is refused. Case is kept.
///
/// Unassigned is what the Unicode of the JDK has not got. The two joiners, which may stand between
/// certain letters, are refused everywhere: the JDK does not know which letters join.
final class OpaqueString {
    private static final String JAPANESE = "\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}";

    private static final Pattern DISALLOWED = Pattern.compile(String.join("|",
            // controls, formats, surrogates, private use, unassigned; ends of lines and paragraphs
            "[\\p{C}\\p{Zl}\\p{Zp}]",
            // parts of Hangul syllables
            "[\\u1100-\\u11ff\\ua960-\\ua97c\\ud7b0-\\ud7fb]",
            // what is not seen: fillers, inherent vowels, selectors of variants
            "[\\u034f\\u17b4\\u17b5\\u180b-\\u180f\\u3164\\ufe00-\\ufe0f\\uffa0]",
            "[\\x{e0100}-\\x{e01ef}]",
            // marks of stretching, tone and repetition
            "[\\u0640\\u07fa\\u302e\\u302f\\u3031-\\u3035\\u303b]",
            // a middle dot not between two l, a Greek or Hebrew sign without its letter
            "(?<!l)\\u00b7|\\u00b7(?!l)|\\u0375(?!\\p{IsGreek})|(?<!\\p{IsHebrew})[\\u05f3\\u05f4]",
            // a Katakana dot in text that is not Japanese, the two kinds of Arabic digits mixed
            "\\A[^" + JAPANESE + "]*\\u30fb[^" + JAPANESE + "]*\\z",
            "[\\u0660-\\u0669].*[\\u06f0-\\u06f9]|[\\u06f0-\\u06f9].*[\\u0660-\\u0669]"));

    private OpaqueString() {}

    /// The text as both sides have it.
    ///
    /// @throws IllegalArgumentException if there is no such form of it
    static String of(String text) {
        var spaces = text.codePoints()
                .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        var normal = Normalizer.normalize(spaces, Normalizer.Form.NFC);
        if (normal.isEmpty() || DISALLOWED.matcher(normal).find())
            throw new IllegalArgumentException("empty, or with characters that may not be in it");
        return normal;
    }
}
