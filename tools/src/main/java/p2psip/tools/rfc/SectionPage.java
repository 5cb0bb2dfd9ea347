package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Coverage.Counts;
import p2psip.tools.rfc.Rfc.*;

/// A section of an RFC as lines for a terminal: paragraphs, numbered sentences and under each of
/// them where it is cited. Without the RFC's text it shows what the index knows and our own words.
record SectionPage(Coverage coverage, Optional<Rfc> text) {
    private static final int WIDTH = 92;

    /// A line for each section.
    List<String> contents() {
        var lines = new ArrayList<String>();
        lines.add("RFC " + coverage.index().rfc() + ": " + coverage.index().title());
        for (var section : coverage.index().sections()) {
            lines.add("  %-10s %s%s".formatted(section.number(), section.title(),
                    section.items().isEmpty() ? ""
                            : "  (" + Counts.of(coverage.standings(section)).brief() + ")"));
        }
        return lines;
    }

    List<String> section(Index.Entry entry) {
        var lines = new ArrayList<String>();
        int rfc = coverage.index().rfc();
        lines.add("RFC " + rfc + " §" + entry.number() + "  " + entry.title());
        lines.add("https://www.rfc-editor.org/rfc/rfc" + rfc + "#"
                + (Character.isDigit(entry.number().charAt(0)) ? "section-" : "appendix-")
                + entry.number());
        text.flatMap(t -> t.section(entry.number())).ifPresentOrElse(section -> {
            for (var block : section.blocks()) {
                lines.add("");
                switch (block) {
                    case Drawing drawing -> lines.addAll(drawing.lines());
                    case Paragraph paragraph -> paragraph(section.number(), paragraph, lines);
                }
            }
        }, () -> fromIndex(entry, lines));
        return lines;
    }

    private void paragraph(String section, Paragraph paragraph, List<String> lines) {
        lines.add("¶" + paragraph.number()
                + (paragraph.mark().isEmpty() ? "" : "  " + paragraph.mark()));
        cited(coverage.ofParagraph(section, paragraph.number()), lines);
        for (var sentence : paragraph.sentences()) {
            var statement = sentence.statement();
            wrap(statement.map(s -> "-" + s.number() + (s.weak() ? "~" : "")).orElse(""),
                    sentence.text(), lines);
            statement.ifPresent(s -> cited(coverage.of(section, s.number()), lines));
        }
    }

    private void fromIndex(Index.Entry entry, List<String> lines) {
        lines.add("The text of RFC " + coverage.index().rfc() + " was not found (--rfc DIR,"
                + " P2PSIP_RFC, or p2psip rfc fetch): numbers, keywords and our own words only.");
        for (int n = 1; n <= entry.paragraphs().size(); n++) {
            var citations = coverage.ofParagraph(entry.number(), n);
            if (!citations.isEmpty()) lines.add("¶" + n);
            cited(citations, lines);
        }
        for (int n = 1; n <= entry.items().size(); n++) {
            var item = entry.items().get(n - 1);
            wrap("-" + n + (item.weak() ? "~" : ""), item.keyword().toString(), lines);
            cited(coverage.of(entry.number(), n), lines);
        }
    }

    private static void cited(List<Citation> citations, List<String> lines) {
        for (var citation : citations)
            lines.add("          > " + citation.where() + " "
                    + (citation.type() == Citation.Type.IMPLEMENTED ? ""
                            : citation.type() + " ")
                    + citation.words());
    }

    private static void wrap(String number, String text, List<String> lines) {
        var line = new StringBuilder("%6s  ".formatted(number));
        for (var word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(7));
            }
            line.append(line.toString().isBlank() && line.length() > 7 || line.length() == 8
                    ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }
}
