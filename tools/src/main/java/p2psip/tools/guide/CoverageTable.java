package p2psip.tools.guide;

import module java.base;
import p2psip.tools.rfc.Index;

/// How far each RFC is obeyed, from the snapshot that is checked in and that the build checks.
///
/// @param root of the repository
record CoverageTable(Path root) {
    private static final Pattern LINE = Pattern.compile("rfc(\\d+) applies=(\\d+)"
            + " implemented=(\\d+) tested=(\\d+) departs=(\\d+) todo=(\\d+) open=(\\d+)"
            + " asks-nothing=(\\d+)");
    private static final int COLUMNS = 7;

    /// An RFC, and how many of its sentences apply, are obeyed, tested, departed from, to do, open;
    /// and how many ask nothing of us.
    private record Row(int rfc, List<Integer> counts) {}

    /// @param linked whether there are pages to lead to
    List<String> asciidoc(boolean linked) {
        var rows = rows();
        var lines = new ArrayList<String>();
        lines.add("[.coverage%autowidth.stretch,"
                + "cols=\"<,<,>,>,>,>,>,>,>\",options=\"header,footer\"]");
        lines.add("|===");
        lines.add("|RFC |Title |Apply |Implemented |Tested |Departs |To do |Open |Ask nothing");
        for (var row : rows) {
            var name = "RFC " + row.rfc;
            lines.add("|" + (linked ? Boxes.link("source/rfc" + row.rfc + "/index.html", name)
                    : name) + " |" + Boxes.plain(Index.of(row.rfc).map(Index::title).orElse(""))
                    + counts(row.counts));
        }
        var sums = IntStream.range(0, COLUMNS).mapToObj(i -> rows.stream()
                .mapToInt(r -> r.counts.get(i)).sum()).toList();
        lines.add("|" + rows.size() + " |" + counts(sums));
        lines.add("|===");
        return lines;
    }

    /// Cells with these numbers.
    static String counts(List<Integer> counts) {
        return counts.stream().map(c -> " |" + (c == 0 ? "-" : "" + c))
                .collect(Collectors.joining());
    }

    private List<Row> rows() {
        try {
            return Files.readAllLines(root.resolve("docs/src/coverage.txt")).stream()
                    .map(LINE::matcher).filter(Matcher::matches).map(m -> new Row(
                            Integer.parseInt(m.group(1)), IntStream.rangeClosed(2, COLUMNS + 1)
                            .mapToObj(i -> Integer.parseInt(m.group(i))).toList())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
