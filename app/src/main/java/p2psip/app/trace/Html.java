package p2psip.app.trace;

import module java.base;

/// Text as HTML. What a peer sent may hold anything: none of it may become markup, turn the line
/// around, or be no text at all.
final class Html {
    private Html() {}

    /// For text, of one line or several, and for the value of an attribute.
    static String escape(String text) {
        return Arrays.stream(text.split("\n", -1)).map(Printer::visible)
                .collect(Collectors.joining("\n")).replace("&", "&amp;").replace("<", "&lt;")
                .replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    /// How long after the beginning, for people, and for programs, to whom HTML lets three digits
    /// behind the point be said.
    ///
    /// @param digits behind the point
    static String time(Instant begin, Instant at, int digits) {
        return "<time datetime=\"PT" + seconds(begin, at, Math.min(digits, 3)) + "S\">"
                + seconds(begin, at, digits) + "</time>";
    }

    static String seconds(Instant begin, Instant at, int digits) {
        var after = Duration.between(begin, at);   // a capture may say centuries
        return BigDecimal.valueOf(after.getSeconds()).add(BigDecimal.valueOf(after.getNano(), 9))
                .setScale(digits, RoundingMode.HALF_UP).toString();
    }
}
