package p2psip.tools.rfc;

import module java.base;

/// Cuts a paragraph into its sentences.
final class Sentences {
    private static final Pattern END = Pattern.compile("([.!?])([\")'\\]]*)(\\s+)(?=(\\S))");
    private static final Pattern ABBREVIATION = abbreviation(
            "e\\.g|i\\.e|vs|cf|viz|et al|resp|approx|mr|dr|inc|ltd|corp|ed|eds|a\\.k\\.a|incl|esp");
    private static final Pattern BEFORE_NUMBER =
            abbreviation("no|nos|sec|fig|figs|vol|pp|ref|refs");

    private Sentences() {}

    /// The sentences of a paragraph given with its blanks and line ends, white space collapsed.
    static List<String> split(String paragraph) {
        var sentences = new ArrayList<String>();
        int from = 0;
        for (var m = END.matcher(paragraph); m.find();) {
            if (!ends(paragraph.substring(from, m.start()), m)) continue;
            sentences.add(collapse(paragraph.substring(from, m.end(2))));
            from = m.end();
        }
        if (from < paragraph.length()) sentences.add(collapse(paragraph.substring(from)));
        return sentences;
    }

    /// A sentence ends before a capital, a digit or a quotation, or before two blanks; never after
    /// an abbreviation, except `etc.` before a capital.
    private static boolean ends(String before, MatchResult m) {
        char next = m.group(4).charAt(0);
        if (m.group(1).equals(".") && m.group(2).isEmpty()
                && (ABBREVIATION.matcher(before).matches()
                        || Character.isDigit(next) && BEFORE_NUMBER.matcher(before).matches()))
            return false;
        boolean wide = m.group(3).length() > 1 && !m.group(3).contains("\n");
        return wide || Character.isUpperCase(next) || Character.isDigit(next)
                || next == '"' || next == '(' || next == '\'' || next == '[' || next == '<';
    }

    private static Pattern abbreviation(String words) {
        return Pattern.compile("(?is)(?:.*[\\s(\\[\"'/])?(?:" + words + ")");
    }

    static String collapse(String text) { return text.strip().replaceAll("\\s+", " "); }
}
