package p2psip.tools.htmlify;

import module java.base;
import p2psip.std.rfc3261.Header;
import p2psip.tools.htmlify.Program.*;
import p2psip.tools.rfc.Rfc;

/// What the search box of every page looks through, as scripts: a page read from a disk may load a
/// script beside it and nothing else.
record SearchIndex(Book book) {

    /// Names, header fields, sections and what citations say: `search([["name", "kind", "address"],
    /// ...])`.
    String names() {
        var entries = new ArrayList<String>();
        for (var unit : book.program().units()) {
            for (var d : unit.declarations())
                if (d.kind() != Kind.FIELD) entries.add(entry(d.qualified(), unit.main()
                        ? d.kind().name().toLowerCase(Locale.ROOT) : "test",
                        Html.page(unit.path()) + "#L" + d.line()));
            if (unit.main()) headers(unit, entries);
        }
        book.shown().forEach((rfc, coverage) -> coverage.index().sections().forEach(s ->
                entries.add(entry("RFC " + rfc + " §" + s.number() + " " + s.title(), "section",
                        Book.page(rfc, s.number()) + "#s" + s.number()))));
        for (var citation : book.sources().citations())
            entries.add(entry(citation.words(), citation.place().toString(),
                    Html.page(citation.file()) + "#L" + citation.line()));
        return "search([\n" + String.join(",\n", entries) + "\n]);\n";
    }

    /// The header fields a file deals with, each where the file first names it.
    private static void headers(Unit unit, List<String> entries) {
        var seen = new TreeSet<String>();
        int line = 1, from = 0;
        for (var token : Lexer.tokens(unit.text())) {
            if (token.style() != Lexer.Style.STRING) continue;
            for (; from < token.start(); from++) if (unit.text().charAt(from) == '\n') line++;
            var name = unit.text().substring(token.start() + 1, token.end() - 1);
            if (name.matches("[A-Z][A-Za-z-]+") && !unit.path().endsWith("Header.java")
                    && new Header(name.toLowerCase(Locale.ROOT), "").name().equals(name)
                    && seen.add(name))
                entries.add(entry(name, "header in " + unit.name(),
                        Html.page(unit.path()) + "#L" + line));
        }
    }

    /// The texts of the RFCs: `searchText(3261, [["17.1.1.2", [[1, 22, "sentence", ...], ...]],
    /// ...])`: a paragraph and its sentences, each after its number; 0 for one that has none, and
    /// for what is drawn.
    String texts() {
        return book.texts().values().stream().map(rfc -> "searchText(" + rfc.number() + ",[\n"
                + rfc.sections().stream().filter(s -> !s.number().isEmpty())
                        .map(SearchIndex::section).collect(Collectors.joining(",\n"))
                + "\n]);\n").collect(Collectors.joining());
    }

    private static String section(Rfc.Section section) {
        return "[" + quoted(section.number()) + ",[" + section.blocks().stream()
                .map(block -> switch (block) {
                    case Rfc.Paragraph p -> "[" + p.number() + "," + p.sentences().stream()
                            .map(SearchIndex::sentence).collect(Collectors.joining(",")) + "]";
                    case Rfc.Drawing d -> "[0,0," + quoted(String.join(" ", d.lines())
                            .replaceAll("\\s+", " ")) + "]";
                }).collect(Collectors.joining(",")) + "]]";
    }

    private static String sentence(Rfc.Sentence sentence) {
        return sentence.statement().map(Rfc.Statement::number).orElse(0) + ","
                + quoted(Keywords.mend(sentence.text()));
    }

    private static String entry(String... parts) {
        return Arrays.stream(parts).map(SearchIndex::quoted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    /// As JavaScript reads it.
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", " ") + "\"";
    }
}
