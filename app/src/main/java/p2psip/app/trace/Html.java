package p2psip.app.trace;

import module java.base;

/// Text as HTML. What a peer sent may hold anything: none of it may become markup, turn the line
/// around, or be no text at all.
final class Html {
    private Html() {}

    /// For text and for the value of an attribute.
    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.appendCodePoint(c);
                default -> visible(out, c);
            }
        });
        return out.toString();
    }

    /// Characters that command rather than show are written as their numbers; so are octets that
    /// were no UTF-8, which `Bytes` marks by halves of characters.
    private static void visible(StringBuilder out, int c) {
        boolean octet = c >= 0xdc80 && c <= 0xdcff;
        if (octet || Character.isISOControl(c)) out.append("\\x%02x".formatted(c & 0xff));
        else if (Character.getType(c) == Character.FORMAT || Character.getType(c)
                == Character.SURROGATE || Character.getType(c) == Character.LINE_SEPARATOR)
            out.append("\\u{%x}".formatted(c));
        else out.appendCodePoint(c);
    }

    static String seconds(Instant begin, Instant at) {
        return "%.4f".formatted(Duration.between(begin, at).toNanos() / 1e9);
    }
}
