package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.htmlify.Program.Unit;
import p2psip.tools.rfc.Citation;

/// The page of one source file: on one side the code, on the other, beside the lines it belongs to,
/// what the RFC says.
///
/// The file is cut into rows, each beginning with a row of citations; the notes of a row stand
/// beside its code, on a narrow screen above it.
final class SourcePage {
    private static final int DRIFT = 14;

    private final Book book;
    private final Unit unit;
    private final String page;
    private final Prose prose;
    private final Notes notes;
    private final List<String> code = new ArrayList<>();   // the lines as HTML
    private final List<String> lines;
    private final NavigableMap<Integer, Citation> citations = new TreeMap<>();   // by line

    SourcePage(Book book, Unit unit) {
        this.book = book;
        this.unit = unit;
        this.page = Html.page(unit.path());
        this.lines = unit.text().lines().toList();
        this.prose = new Prose(this::address);
        this.notes = new Notes(book, page);
        book.sources().files().stream().filter(f -> f.path().equals(unit.path()))
                .flatMap(f -> f.citations().stream()).forEach(c -> citations.put(c.line(), c));
    }

    String html() {
        paint();
        var body = new StringBuilder("<h1><small>").append(Html.escape(unit.packageName()))
                .append("</small> ").append(Html.escape(name())).append("</h1>\n");
        FigurePage.place(unit.path()).ifPresent(place -> body.append("<p class=\"spec\">")
                .append(Html.link(Html.way(page, place),
                        "This machine, drawn from its transitions"))
                .append("</p>\n"));
        body.append(notes.otherSide(citations.values()));
        if (unit.door()) body.append(LeftOutPages.beside(book, unit.path(), page));
        contents(body);
        for (int line = 1; line <= lines.size();) {
            int end = rowEnd(line);
            body.append("<div class=\"row\">\n<div class=\"code\">\n");
            code(line, end, body);
            body.append("</div>\n");
            var cited = citations.subMap(line, end).values();
            if (!cited.isEmpty()) {
                body.append("<div class=\"notes\">\n");
                notes.row(cited, body);
                body.append("</div>\n");
            }
            body.append("</div>\n");
            line = end;
        }
        body.append(notes.notice(citations.values()));
        return Html.page(name() + " - " + unit.packageName(), Html.depth(page),
                " / " + Html.link(Html.way(page, FrontPage.packagePage(unit)),
                        Html.escape(unit.packageName())) + " / " + Html.escape(name()),
                body.toString());
    }

    /// The line after a row: the next citation, unless the notes of the row would then push it
    /// down; such a row goes on, with its notes a little below their lines, but not far below.
    private int rowEnd(int line) {
        int high = 0, end = line;
        while (end <= lines.size()) {
            int notes = 0, next = end;
            while (citations.containsKey(next)) notes += this.notes.height(citations.get(next++));
            while (next <= lines.size() && !citations.containsKey(next)) next++;
            if (end > line && high + notes > next - line + DRIFT) return end;
            high += notes;
            end = next;
            if (high <= end - line + 1) return end;
        }
        return end;
    }

    private String name() { return unit.name(); }

    /// The types and methods of the file, folded.
    private void contents(StringBuilder body) {
        var declared = unit.declarations().stream()
                .filter(d -> d.kind() != Program.Kind.FIELD).toList();
        if (declared.size() < 4) return;
        body.append("<details class=\"toc\"><summary>Contents</summary>\n<ul>\n");
        for (var d : declared)
            body.append("<li>").append(Html.link("#L" + d.line(), Html.escape(d.qualified())))
                    .append("</li>\n");
        body.append("</ul></details>\n");
    }

    /// The lines from one to another as code, comments that document as prose.
    private void code(int from, int to, StringBuilder body) {
        for (int i = from; i < to;) {
            int end = i;
            while (end < to && isDoc(end)) end++;
            if (end > i) {
                var indent = lines.get(i - 1).indexOf('/');
                body.append("<div class=\"doc\" style=\"--in:").append(indent).append("ch\">\n");
                for (int k = i; k < end; k++) body.append("<a id=\"L").append(k).append("\"></a>");
                body.append(prose.html(lines.subList(i - 1, end - 1).stream()
                        .map(l -> l.strip().replaceFirst("^/// ?", "")).toList()));
                body.append(notes.grammar(String.join("\n", lines.subList(i - 1, end - 1))))
                        .append("</div>\n");
            } else {
                while (end < to && !isDoc(end)) end++;
                body.append("<pre>");
                for (int k = i; k < end; k++) if (!Notes.isTag(lines.get(k - 1))) line(k, body);
                body.append("</pre>\n");
            }
            i = end;
        }
    }

    private boolean isDoc(int line) { return lines.get(line - 1).strip().startsWith("///"); }

    private void line(int number, StringBuilder body) {
        var citation = citations.get(number);
        body.append("<span class=\"l").append(citation == null ? "" : " cite").append("\" id=\"L")
                .append(number).append("\"><a class=\"n\" href=\"#L").append(number)
                .append("\" data-n=\"").append(number).append("\"></a>")
                .append(code.get(number - 1)).append("\n</span>");
    }

    /// Colours the text and sets its links, then cuts it into lines.
    private void paint() {
        var links = new HashMap<Integer, Program.Link>();   // asked only, never iterated
        unit.links().forEach(link -> links.put(link.start(), link));
        code.addAll(List.of(Paint.html(unit.text(), start -> Optional.ofNullable(links.get(start))
                .map(link -> way(link.file()) + "#L" + link.line())).split("\n", -1)));
    }

    private String way(Path file) {
        return file.equals(unit.path()) ? "" : Html.way(page, Html.page(file));
    }

    /// Where a name in a comment leads: to our type, or from the address of an RFC to our page.
    private Optional<String> address(String name) {
        var rfc = RFC.matcher(name);
        if (rfc.matches()) {
            int number = Integer.parseInt(rfc.group(1));
            return book.shown().containsKey(number)
                    && book.index(number).section(rfc.group(2)).isPresent()
                    ? Optional.of(Html.way(page, Book.page(number, rfc.group(2))) + "#s"
                            + rfc.group(2)) : Optional.empty();
        }
        var parts = name.split("#", 2);
        if (parts[0].isEmpty()) return unit.declarations().stream()
                .filter(d -> d.name().equals(parts[1].replaceFirst("\\(.*", ""))).findFirst()
                .map(d -> "#L" + d.line());
        return book.program().type(parts[0], unit.packageName())
                .map(found -> way(found.getKey().path()) + "#L" + found.getValue().line());
    }

    private static final Pattern RFC = Pattern.compile(
            "https://www\\.rfc-editor\\.org/rfc/rfc(\\d+)#(?:section|appendix)-(\\S+)");
}
