package p2psip.tools.rfc;

import module java.base;

/// Tells prose from what is drawn, by how lines are laid out.
final class Layout {
    private static final Pattern MARK = Pattern.compile(
            "\\s*(?:[o*+•-]|\\d{1,2}[.)]|\\(\\d{1,2}\\)|[a-zA-Z][.)]|\\([a-zA-Z]\\)"
            + "|[ivx]{1,4}[.)]|\\([ivx]{1,4}\\))\\s+(?=\\S)");
    private static final Pattern ART = Pattern.compile("\\+[-=]{2}|[-=_]{4}|[-=]{2,}>|<[-=]{2,}"
            + "|^\\s*\\|.*\\||\\s\\|\\s.*\\s\\||^\\s*\\|\\s*$|^[\\s|^v:+*/\\\\.V]+$");
    private static final Pattern GRAMMAR = Pattern.compile(
            "^\\s*[A-Za-z][\\w-]*(\\([\\w, ]*\\))?\\s*(=/?|::=)(\\s|$)");
    private static final Pattern COLUMNS = Pattern.compile("[^\\s.?!:]\\s{3,}\\S");
    private static final Pattern CAPTION = Pattern.compile(
            "\\s*(Figure|Table|Fig\\.)\\s+[A-Z]?\\d+([:.](\\s.*)?)?");
    private static final Pattern CLAUSE = Pattern.compile(
            ".*[A-Za-z]{2,}.*\\s\\S+\\s.*[.:;,!?][\")'\\]]*|.*\\b(MUST|SHOULD|MAY|SHALL)\\b.*");
    private static final Pattern EXAMPLE = Pattern.compile(
            "^\\s*([A-Z][\\w-]*\\s*:\\s*\\S|[a-z]=\\S"
            + "|[A-Z]+ \\S+ SIP/2\\.0|SIP/2\\.0 \\d|[;/<]\\s*\\w)");
    private static final Pattern SDP = Pattern.compile("\\s*[a-z]=\\S.*");
    private static final Pattern CODE = Pattern.compile(
            "\\{$|^\\s*[{}];?$|/\\*.*\\*/|^\\s*#(define|include|if|endif)"
            + "|\\w\\(.*\\);$|\\s=\\s.*;$|^\\s*(else )?if \\(.*\\)$");
    private static final Pattern WORD = Pattern.compile("[(\"']?[A-Za-z][a-z'-]*[)\"']?[.,;:]?");

    /// A line that could have held the first word of the next within these columns was not filled.
    private static final int FILLED = 58;

    private Layout() {}

    static int indent(String line) {
        int i = 0;
        while (i < line.length() && line.charAt(i) == ' ') i++;
        return i;
    }

    /// The bullet or number that begins a list item, with the blanks before and after it.
    static Optional<String> mark(String line) {
        var m = MARK.matcher(line);
        return m.lookingAt() ? Optional.of(m.group()) : Optional.empty();
    }

    /// Whether a block between blank lines is prose: sentences, filled from margin to margin.
    static boolean prose(List<String> block) {
        var first = block.getFirst();
        boolean item = mark(first).isPresent();
        if (CAPTION.matcher(first).matches() || SDP.matcher(first).matches()
                || GRAMMAR.matcher(first).find() || any(block, ART)) return false;
        if (!item && (any(block, CODE) || !worded(block) && !block.getLast().matches(".*[.:]")))
            return false;
        if (most(block, EXAMPLE) && !CLAUSE.matcher(block.getLast()).matches()) return false;
        if (most(block.stream().map(Layout::unmarked).toList(), COLUMNS)) return false;
        return block.size() == 1
                ? item || indent(first) <= 3 || CLAUSE.matcher(first).matches()
                : filled(block);
    }

    private static boolean any(List<String> block, Pattern pattern) {
        return block.stream().anyMatch(line -> pattern.matcher(line).find());
    }

    private static boolean most(List<String> block, Pattern pattern) {
        return block.stream().filter(line -> pattern.matcher(line).find()).count() * 2
                > block.size();
    }

    /// Whether there are words among the tokens, as many as there should be in a sentence.
    static boolean worded(List<String> block) {
        var tokens = String.join(" ", block).strip().split("\\s+");
        long words = Arrays.stream(tokens).filter(WORD.asMatchPredicate()).count();
        return words * 5 >= tokens.length * 2;
    }

    /// Whether most lines are as long as the first word of the next allowed.
    private static boolean filled(List<String> block) {
        int breaks = 0, full = 0;
        for (int i = 0; i + 1 < block.size(); i++) {
            if (mark(block.get(i + 1)).isPresent()) continue;
            breaks++;
            if (width(block.get(i), block.get(i + 1)) > FILLED) full++;
        }
        return full * 4 >= breaks * 3;
    }

    /// How long a line would be with the first word of the next.
    static int width(String line, String next) {
        return line.length() + 1 + next.strip().split(" ")[0].length();
    }

    /// Whether a block is a term on a line of its own with its explanation indented below.
    static boolean term(List<String> block) {
        if (block.size() < 2 || mark(block.getFirst()).isPresent()) return false;
        var term = block.getFirst();
        return width(term, block.get(1)) <= FILLED && !term.matches(".*[.,;]")
                && block.stream().skip(1).allMatch(line -> indent(line) >= indent(term) + 2);
    }

    private static String unmarked(String line) {
        return line.substring(mark(line).map(String::length).orElse(0)).strip();
    }
}
