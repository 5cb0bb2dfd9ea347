package p2psip.tools.htmlify;

import module java.base;

/// Marks the words of RFC 2119 in a sentence, and mends words that a line end has cut.
final class Keywords {
    private static final Pattern WORD = Pattern.compile(
            "\\b(?:MUST NOT|MUST|SHALL NOT|SHALL|SHOULD NOT|SHOULD|REQUIRED|NOT RECOMMENDED"
            + "|RECOMMENDED|MAY|OPTIONAL)\\b");
    private static final Pattern CUT = Pattern.compile("(?<=\\w)- (?=[\\w])(?!and\\b|or\\b|to\\b)");

    private Keywords() {}

    static String mend(String sentence) { return CUT.matcher(sentence).replaceAll("-"); }

    static String mark(String sentence) {
        return WORD.matcher(Html.escape(mend(sentence))).replaceAll("<b>$0</b>");
    }
}
