package p2psip.tools.htmlify;

import static p2psip.app.trace.Svg.number;

import module java.base;
import p2psip.app.trace.Svg;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.*;

/// What an annotated page looks like, as a picture for whoever has not made the pages yet: a method
/// and, beside its lines, the rules that they obey.
///
/// It has no word of an RFC, for it lies in the repository: where the page quotes one there are
/// grey lines. Nor does it depend on a test run or on a line's number, so it changes when the
/// method or its citations do.
final class PagePicture {
    /// Units are pixels at full size; the margin is also the room between code and notes.
    private static final int MARGIN = 22, LINE = 19, HEAD = 62, FOOT = 34, NOTE = 350, GAP = 9;
    /// Characters of a note's line.
    private static final int WORDS = 52;

    private final Sources.Source file;
    private final Rules rules;
    private final Methods methods;
    private final StringBuilder body = new StringBuilder();

    /// @param path a file of the sources
    PagePicture(Sources sources, Path path) {
        this.file = sources.file(path).orElseThrow();
        this.rules = Rules.of(sources, new Library(List.of()));
        this.methods = Methods.of(sources.root(), List.of(path)).get(path);
    }

    /// The picture of one method, an SVG file.
    String svg(String method) {
        var it = methods.methods().stream().filter(m -> m.name().equals(method)).findFirst()
                .orElseThrow();
        var shown = IntStream.rangeClosed(it.firstLine(), it.lastLine())
                .filter(n -> !file.lines().get(n - 1).strip().startsWith("//=")).boxed().toList();
        var text = shown.stream().map(n -> file.lines().get(n - 1))
                .collect(Collectors.joining("\n")).stripIndent();
        var lines = text.lines().toList();
        double notes = 2 * MARGIN
                + lines.stream().mapToDouble(Svg::width).max().orElseThrow();
        text(MARGIN, 26, "soft", Html.packageName(file.path()));
        text(MARGIN, 46, "title", Html.name(file.path()) + "." + method);
        var rows = rows(it);
        rows.keySet().forEach(cited -> body.append("<rect class=\"cited\" x=\"%s\" y=\"%s\""
                .formatted(MARGIN - 6, HEAD + shown.indexOf(cited) * LINE) + " width=\"%s\""
                .formatted(number(notes - 2 * MARGIN + 12)) + " height=\"" + LINE + "\"/>\n"));
        code(text);
        double bottom = HEAD + lines.size() * LINE, free = HEAD;
        for (var row : rows.entrySet()) {
            double line = HEAD + shown.indexOf(row.getKey()) * LINE;
            for (var citation : row.getValue())
                free = note(notes, free, line + LINE / 2.0, citation) + GAP;
        }
        double height = Math.max(bottom, free) + FOOT;
        text(MARGIN, height - 14, "soft", "Grey lines: on the page, the RFC's own sentence, from"
                + " your copy of it.");
        return frame("An annotated page: code on the left, the rules that it obeys on the right",
                notes + NOTE + MARGIN, height, body.toString());
    }

    /// The citations of the method, by the line that each stands over.
    private SortedMap<Integer, List<Citation>> rows(Methods.Method method) {
        var rows = new TreeMap<Integer, List<Citation>>();
        for (var citation : file.citations())
            if (citation.line() >= method.firstLine() && citation.line() <= method.lastLine())
                rows.computeIfAbsent(citation.target(), _ -> new ArrayList<>()).add(citation);
        return rows;
    }

    private void code(String text) {
        double y = HEAD;
        int begin = 0;   // of the line
        body.append("<g class=\"code\">\n");
        for (var token : Lexer.tokens(text))
            for (int at = token.start(), end; at < token.end(); at = end) {
                int line = text.indexOf('\n', at);
                end = line < 0 || line >= token.end() ? token.end() : line + 1;
                var part = text.substring(at, end);
                int blanks = part.length() - part.stripLeading().length();
                if (!part.isBlank()) text(MARGIN + (at + blanks - begin) * Svg.CHARACTER, y + 13,
                        token.style().name().toLowerCase(Locale.ROOT), part.strip());
                if (end == line + 1) {
                    y += LINE;
                    begin = end;
                }
            }
        body.append("</g>\n");
    }

    /// Answers where it ends.
    private double note(double x, double top, double line, Citation citation) {
        var place = citation.place();
        var index = Index.of(place.rfc()).orElseThrow();
        var test = test(citation);
        double y = top;
        var keyword = place instanceof Statements s ? " " + index.section(s.section()).orElseThrow()
                .items().get(s.numbers().getFirst() - 1).keyword() : "";
        text(x + 12, y += 13, "where", Notes.title(place) + keyword);
        for (var words : Svg.wrap(citation.words(), WORDS)) text(x + 12, y += 15, "words", words);
        body.append("<rect class=\"quote\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"5\" rx=\"2\"/>\n"
                .formatted(number(x + 12), number(y += 8), number(NOTE - 40)));
        y += 6;
        if (test.isPresent()) text(x + 12, y += 14, "test", "test " + test.get());
        body.append(("<path class=\"%s\" d=\"M%s %sV%s\"/>\n<path class=\"way\""
                + " d=\"M%s %sL%s %s\"/>\n").formatted(test.isPresent() ? "both" : "done",
                number(x), number(top + 2), number(y + 4),
                number(x - MARGIN + 6), number(line), number(x - 3), number(top + 9)));
        return y + 4;
    }

    /// The first test that cites one of the same sentences.
    private Optional<String> test(Citation citation) {
        return !(citation.place() instanceof Statements place) ? Optional.empty()
                : rules.rule(place.toString()).cited().stream()
                        .filter(cited -> cited.type() == Type.TEST).findFirst()
                        .map(Rules.Cited::name);
    }

    private void text(double x, double y, String kind, String text) {
        body.append("<text class=\"").append(kind).append("\" x=\"").append(number(x))
                .append("\" y=\"").append(number(y)).append("\">").append(Svg.escape(text))
                .append("</text>\n");
    }

    /// A picture on its own paper, light or dark as who looks at it has it.
    static String frame(String title, double width, double height, String body) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img" aria-label="%s" \
                viewBox="0 0 %s %s" width="%s" height="%s">
                <style>
                :root { --paper: #fdfcf9; --ink: #1d2129; --soft: #667080; --line: #e3e0d8; \
                --accent: #175e8e; --both: #2e7d4f; --done: #3d7ab8; --keyword: #7a3e9d; \
                --string: #2e6b3e; --number: #a05a00; color: var(--ink); }
                @media (prefers-color-scheme: dark) { :root { --paper: #14171c; --ink: #d9dde3; \
                --soft: #8d97a5; --line: #2b313a; --accent: #6db3e3; --both: #58b37c; \
                --done: #6aa7e0; --keyword: #c792ea; --string: #9ccc8f; --number: #e0a86a; } }
                .paper { fill: var(--paper); stroke: var(--line) }
                .picture > text { fill: var(--ink);
                font: 12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif }
                .code text { fill: var(--ink);
                font: 12px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace }
                .code .keyword { fill: var(--keyword) } .code .string { fill: var(--string) }
                .code .number { fill: var(--number) } .code .comment { fill: var(--soft) }
                .picture > .title { font-size: 17px; font-weight: 600 }
                .picture > .soft { fill: var(--soft) }
                .picture > .where { fill: var(--accent); font-weight: 600 }
                .picture > .test { fill: var(--both); font-size: 11px }
                .quote { fill: var(--soft); opacity: .25 }
                .both, .done, .way { fill: none; stroke-width: 3; stroke: var(--done) }
                .both { stroke: var(--both) } .way { stroke: var(--soft); stroke-width: 1 }
                .cited { fill: var(--accent); opacity: .09 }
                </style>
                <rect class="paper" x="0.5" y="0.5" width="%s" height="%s" rx="8"/>
                %s</svg>
                """.formatted(Svg.escape(title), number(width), number(height), number(width),
                number(height), number(width - 1), number(height - 1), body);
    }
}
