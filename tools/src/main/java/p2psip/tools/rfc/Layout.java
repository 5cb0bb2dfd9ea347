package p2psip.tools.rfc;

import module java.base;

/// Tells prose from what is drawn, by how lines are laid out.
final class Layout {
    private static final Pattern MARK = Pattern.compile(
            "\\s*(?:[o*+•-]|\\d{1,2}[.)]|\\(\\d{1,2}\\)|[a-zA-Z][.)]|\\([a-zA-Z]\\)"
            + "|[ivx]{1,4}[.)]|\\([ivx]{1,4}\\))\\s+(?=\\S)");
    private static final Pattern ART = Pattern.compile(
            "\\+[-=]{2}|[-=_]{4}|[-=]{2,}>|<[-=]{2,}|^\\s*\\|.*\\||\\s\\|\\s.*\\s\\||^\\s*\\|\\s*$"
            + "|^[\\s|^v:+*/\\\\.V]+$");
    private static final Pattern GRAMMAR = Pattern.compile(
            "^\\s*[A-Za-z][\\w-]*(\\([\\w, ]*\\))?\\s*(=/?|::=)(\\s|$)");
    private static final Pattern COLUMNS = Pattern.compile("[^\\s.?!:]\\s{3,}\\S");
    private static final Pattern CAPTION = Pattern.compile(
            "\\s*(Figure|Table|Fig\\.)\\s+[A-Z]?\\d+([:.](\\s.*)?)?");
    private static final Pattern CLAUSE = Pattern.compile(
            ".*[A-Za-z]{2,}.*\\s\\S+\\s.*[.:;,!?][\")'\\]]*|.*\\b(MUST|SHOULD|MAY|SHALL)\\b.*");

    private static final Pattern EXAMPLE = Pattern.compile(
            "^\\s*([A-Z][\\w-]*\\s*:\\s*\\S|[a-z]=\\S|[A-Z]+ \\S+ SIP/2\\.0|SIP/2\\.0 \\d|[;/<]\\s*\\w)");
    private static final Pattern CODE = Pattern.compile(
            "\\{$|^\\s*[{}];?$|/\\*.*\\*/|^\\s*#(define|include|if|endif)|\\w\\(.*\\);$|\\s=\\s.*;$|^\\s*(else )?if \\(.*\\)$");

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
        if (CAPTION.matcher(block.getFirst()).matches()) return false;
        if (block.stream().anyMatch(line -> ART.matcher(line).find())) return false;
        if (GRAMMAR.matcher(block.getFirst()).find()) return false;
        if (mark(block.getFirst()).isEmpty() && block.stream().anyMatch(line -> CODE.matcher(line).find()))
            return false;
        if (block.stream().filter(line -> EXAMPLE.matcher(line).find()).count() * 2 > block.size()
                && !CLAUSE.matcher(block.getLast()).matches()) return false;
        long columns = block.stream().map(Layout::unmarked)
                .filter(line -> COLUMNS.matcher(line).find()).count();
        if (columns * 2 > block.size()) return false;
        if (mark(block.getFirst()).isEmpty() && !worded(block) && !block.getLast().matches(".*[.:]")
                || block.getFirst().matches("\\s*[a-z]=\\S.*")) return false;
        if (block.size() == 1)
            return indent(block.getFirst()) <= 3 || mark(block.getFirst()).isPresent()
                    || CLAUSE.matcher(block.getFirst()).matches();
        return filled(block);
    }

    /// Whether there are words among the tokens, as many as there should be in a sentence.
    static boolean worded(List<String> block) {
        var tokens = String.join(" ", block).strip().split("\\s+");
        long words = Arrays.stream(tokens)
                .filter(t -> t.matches("[(\"']?[A-Za-z][a-z'-]*[)\"']?[.,;:]?")).count();
        return words * 5 >= tokens.length * 2;
    }

    /// Whether most lines are as long as the first word of the next allowed.
    private static boolean filled(List<String> block) {
        int breaks = 0, full = 0;
        for (int i = 0; i + 1 < block.size(); i++) {
            var next = block.get(i + 1);
            if (mark(next).isPresent()) continue;
            breaks++;
            int end = next.strip().indexOf(' ');
            if (block.get(i).length() + 1 + (end < 0 ? next.strip().length() : end) > 58) full++;
        }
        return full * 4 >= breaks * 3;
    }

    /// Whether a block is a term on a line of its own with its explanation indented below.
    static boolean term(List<String> block) {
        if (block.size() < 2 || mark(block.getFirst()).isPresent()) return false;
        var term = block.getFirst();
        var word = block.get(1).strip().split(" ")[0];
        return term.length() + 1 + word.length() <= 58 && !term.matches(".*[.,;]")
                && block.stream().skip(1).allMatch(line -> indent(line) >= indent(term) + 2);
    }

    private static String unmarked(String line) {
        return line.substring(mark(line).map(String::length).orElse(0)).strip();
    }
}
