package p2psip.std.rfc3261;

import module java.base;

/// Header values that are lists: split at commas, but not at those inside quotes or angle brackets.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-7.3.1 RFC 3261 §7.3.1
public final class CommaList {
    private CommaList() {}

    static void split(String value, List<String> into) {
        for (int from = 0; from <= value.length(); ) {
            int end = endOfFirst(value, from);
            var element = value.substring(from, end).strip();
            if (!element.isEmpty()) into.add(element);
            from = end + 1;
        }
    }

    /// The first element; empty if there is none.
    public static String first(String value) {
        return value.substring(0, endOfFirst(value, 0)).strip();
    }

    /// What stands behind the first element; empty if nothing does.
    static String rest(String value) {
        int end = endOfFirst(value, 0);
        return end == value.length() ? "" : value.substring(end + 1).strip();
    }

    private static int endOfFirst(String value, int from) {
        boolean quoted = false, bracket = false;
        for (int i = from; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '\\' -> { if (quoted) i++; }
                case '"' -> quoted = bracket ? quoted : !quoted;
                case '<' -> bracket |= !quoted;
                case '>' -> bracket &= quoted;
                case ',' -> { if (!quoted && !bracket) return i; }
                default -> { }
            }
        }
        return value.length();
    }
}
