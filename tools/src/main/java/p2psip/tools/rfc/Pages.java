package p2psip.tools.rfc;

import module java.base;

/// Takes the paper out of a text: form feeds, running heads and feet, and the blank lines around.
///
/// A paragraph cut by the end of a page is joined again. Texts of the newer format have no pages
/// and pass through unchanged.
final class Pages {
    private static final Pattern FOOT = Pattern.compile(".*\\[Page \\w+]\\s*");
    private static final Pattern HEAD = Pattern.compile(
            "(RFC \\d+ |Internet[- ]Draft ).* (\\d{4}|DRAFT)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENDS = Pattern.compile(".*[.:!?][\")'\\]]*");
    private static final Pattern BEFORE_NUMBER = Pattern.compile(".*\\b(Section|Figure|Table)");
    private static final int FULL = 64;

    private Pages() {}

    /// The lines of the text without its page breaks and without blanks at their ends.
    static List<String> join(String text) {
        var lines = text.replace("\r", "").replace("\f", "\n").replace("\t", "        ")
                .lines().map(String::stripTrailing).toList();
        var joined = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            if (!FOOT.matcher(lines.get(i)).matches()) {
                joined.add(lines.get(i));
                continue;
            }
            int next = firstText(lines, i + 1);
            if (next < lines.size() && HEAD.matcher(lines.get(next)).matches())
                next = firstText(lines, next + 1);
            while (!joined.isEmpty() && joined.getLast().isEmpty()) joined.removeLast();
            if (next < lines.size() && !joined.isEmpty()
                    && !continues(joined.getLast(), lines.get(next))) joined.add("");
            i = next - 1;
        }
        return joined;
    }

    private static int firstText(List<String> lines, int from) {
        while (from < lines.size() && lines.get(from).isEmpty()) from++;
        return from;
    }

    /// Whether the paragraph that ends one page goes on at the top of the next: its last line is
    /// full and its last sentence open.
    private static boolean continues(String last, String first) {
        boolean item = Layout.mark(first).isPresent() && !BEFORE_NUMBER.matcher(last).matches();
        boolean beside = Layout.indent(last) == Layout.indent(first)
                || Layout.mark(last).isPresent();
        return !item && beside && Layout.indent(first) > 0 && Layout.indent(last) > 0
                && !ENDS.matcher(last).matches() && Layout.worded(List.of(last))
                && (Layout.width(last, first) > FULL
                        || Character.isLowerCase(first.strip().charAt(0)));
    }
}
