package p2psip.std.rfc3261;

import module java.base;

/// The basic rules that header fields are made of.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-25.1 RFC 3261 §25.1
public final class Grammar {
    private static final long MOST_SECONDS = (1L << 32) - 1;
    private static final String TOKEN_MARKS = "-.!%*_+`'~";

    private Grammar() {}

    public static boolean isToken(String text) { return isToken(text, 0, text.length()); }

    static boolean isToken(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                    || TOKEN_MARKS.indexOf(c) >= 0)) return false;
        }
        return from < to;
    }

    /// Whether the text is a decimal number from 0 to `most`.
    public static boolean isNumber(String text, long most) {
        long n = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || (n = n * 10 + digit) > most) return false;
        }
        return !text.isEmpty();
    }

    /// A delta-seconds; empty if it is none.
    public static Optional<Duration> seconds(String text) {
        return isNumber(text, MOST_SECONDS) ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : Optional.empty();
    }
}
