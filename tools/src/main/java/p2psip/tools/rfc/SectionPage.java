package p2psip.tools.rfc;

import module java.base;
import p2psip.app.p2psip.BuiltSite;
import p2psip.app.trace.Screen;
import p2psip.app.trace.Screen.Ink;
import p2psip.tools.rfc.Coverage.Counts;
import p2psip.tools.rfc.Rfc.*;

/// A section of an RFC as lines for a terminal: paragraphs, numbered sentences and under each of
/// them where it is cited. Without the RFC's text it shows what the index knows and our own words.
record SectionPage(Coverage coverage, Optional<Rfc> text, Screen screen) {
    /// Longer lines are hard to read, and so much is free at their ends.
    private static final int LONGEST = 100, FREE = 8;

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
        lines.add(screen.ink(Ink.STRONG, "RFC " + rfc + " §" + entry.number() + "  "
                + entry.title()));
        lines.add(address(screen, rfc, entry.number()));
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

    /// Where it is read by everybody; on a terminal a link to our own page, if that is there.
    static String address(Screen screen, int rfc, String section) {
        var citation = "rfc" + rfc + "#" + section;
        var original = new BuiltSite(Optional.empty()).address(citation).orElseThrow();
        return screen.pages().flatMap(pages -> pages.address(citation))
                .map(page -> screen.link(page, "" + original)).orElse("" + original);
    }

    private void paragraph(String section, Paragraph paragraph, List<String> lines) {
        lines.add("¶" + paragraph.number()
                + (paragraph.mark().isEmpty() ? "" : "  " + paragraph.mark()));
        cited(coverage.ofParagraph(section, paragraph.number()), lines);
        for (var sentence : paragraph.sentences()) {
            var statement = sentence.statement();
            wrap(screen, statement.map(s -> "-" + s.number() + (s.weak() ? "~" : "")).orElse(""),
                    sentence.text(), lines);
            statement.ifPresent(s -> cited(coverage.of(section, s.number()), lines));
        }
    }

    private void fromIndex(Index.Entry entry, List<String> lines) {
        lines.add("The text of RFC " + coverage.index().rfc() + " is not here, these are numbers,"
                + " keywords and our own words; app/p2psip rfc fetch gets it once.");
        for (int n = 1; n <= entry.paragraphs().size(); n++) {
            var citations = coverage.ofParagraph(entry.number(), n);
            if (!citations.isEmpty()) lines.add("¶" + n);
            cited(citations, lines);
        }
        for (int n = 1; n <= entry.items().size(); n++) {
            var item = entry.items().get(n - 1);
            wrap(screen, "-" + n + (item.weak() ? "~" : ""), item.keyword().toString(), lines);
            cited(coverage.of(entry.number(), n), lines);
        }
    }

    private void cited(List<Citation> citations, List<String> lines) {
        for (var citation : citations)
            lines.add(screen.ink(Ink.SIP, "          > " + citation.where()) + " "
                    + (citation.type() == Citation.Type.IMPLEMENTED ? ""
                            : citation.type() + " ")
                    + citation.words());
    }

    static void wrap(Screen screen, String number, String text, List<String> lines) {
        int width = Math.min(LONGEST, screen.width()) - FREE;
        var line = new StringBuilder("%6s  ".formatted(number));
        for (var word : text.split(" ")) {
            if (line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(7));
            }
            line.append(line.toString().isBlank() && line.length() > 7 || line.length() == 8
                    ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }
}
