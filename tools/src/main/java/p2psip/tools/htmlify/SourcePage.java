package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.htmlify.Program.*;
import p2psip.tools.rfc.Citation;

/// The page of one source file: first what it is for, then the code, and beside the lines it
/// belongs to what the RFC says.
///
/// The code is never torn apart: a note begins beside its citation, or below the note before it.
/// Where notes would fall too far behind their lines they are cut short. On a narrow screen a note
/// stands above its line.
final class SourcePage {
    /// So many lines may a note stand below its own because of those before it.
    private static final int LAG = 3;

    private final Book book;
    private final Frame frame;
    private final Unit unit;
    private final String page;
    private final Names names;
    private final Prose prose;
    private final Notes notes;
    private final List<String> code = new ArrayList<>();   // the lines as HTML
    private final List<String> lines;
    private final Comment comment;
    private final NavigableMap<Integer, Citation> citations = new TreeMap<>();   // by line
    private final Map<Integer, Fold> folds;
    private double y, bottom;   // how far code and notes have come, in lines of code

    SourcePage(Book book, Frame frame, Unit unit) {
        this.book = book;
        this.frame = frame;
        this.unit = unit;
        this.page = Html.page(unit.path());
        this.lines = unit.text().lines().toList();
        this.names = new Names(book, unit, page);
        this.prose = new Prose(names);
        this.notes = new Notes(book, page);
        this.comment = Comment.of(unit);
        book.sources().file(unit.path()).ifPresent(f ->
                f.citations().forEach(c -> citations.put(c.line(), c)));
        this.folds = unit.folds().stream()
                .filter(f -> citations.subMap(f.from(), f.to() + 1).isEmpty())
                .collect(Collectors.toMap(Fold::from, f -> f));
    }

    String html() {
        paint();
        var body = new StringBuilder("<h1>").append(Html.escape(unit.name())).append("</h1>\n");
        lead(body);
        body.append("<div class=\"code\">\n");
        imports(comment.from(), body);
        code(comment.to(), lines.size() + 1, body);
        body.append("</div>\n").append(notes.notice(citations.values()));
        return frame.page(page, unit.name(), comment.summary(),
                Html.link(Html.way(page, unit.packagePage()),
                        Html.escape(unit.packageName())) + " / " + Html.escape(unit.name()),
                body.toString());
    }

    /// What the file is for, what it obeys, what proves it; and its figure, if it has one.
    private void lead(StringBuilder body) {
        var figure = FigurePage.place(unit.path());
        body.append("<div class=\"lead").append(figure.isPresent() ? " drawn" : "")
                .append("\">\n<div class=\"doc\">\n");
        anchors(comment.from(), comment.to(), body);
        body.append(prose.html(comment.lines())).append("</div>\n<div class=\"facts\">\n")
                .append(new Facts(book, notes, page, citations.values()).html());
        if (unit.door()) body.append(LeftOutPages.beside(book, unit.path(), page));
        else if (unit.main()) body.append(frame.api(page,
                unit.packageName().replace('.', '/') + "/" + unit.name() + ".html"));
        contents(body);
        body.append("</div>\n");
        figure.ifPresent(place -> body.append("<figure>\n").append(FigurePage.svg(
                        place.substring(place.indexOf('#') + 1),
                        citation -> Html.way(page, book.address(citation)))
                        .replace("href=\"#", "href=\"" + Html.way(page, FigurePage.NAME) + "#"))
                .append("<figcaption>").append(Html.link(Html.way(page, place),
                        "Drawn from its own transitions, beside the figure of the RFC"))
                .append("</figcaption>\n</figure>\n"));
        body.append("</div>\n");
    }

    /// The types and methods of the file, folded.
    private void contents(StringBuilder body) {
        var declared = unit.declarations().stream()
                .filter(d -> d.kind() != Program.Kind.FIELD).toList();
        if (declared.size() < 4) return;
        body.append("<details class=\"toc\"><summary>Contents</summary>\n<ul>\n");
        for (var d : declared)
            body.append("<li>").append(Html.link("#L" + d.line(), Html.breakable(d.qualified())))
                    .append("</li>\n");
        body.append("</ul></details>\n");
    }

    /// All that stands before the first comment, folded.
    private void imports(int to, StringBuilder body) {
        if (to <= 1) return;
        long imports = lines.subList(0, to - 1).stream().filter(l -> l.startsWith("import"))
                .count();
        fold("package " + unit.packageName() + (imports == 0 ? "" : imports == 1 ? ", one import"
                : ", " + imports + " imports"), 1, to, body);
    }

    private void fold(String what, int from, int to, StringBuilder body) {
        body.append("<details class=\"fold\"><summary>").append(Html.escape(what))
                .append("</summary>");
        pre(from, to, body);
        body.append("</details>\n");
    }

    /// The lines from one to another: citations with their notes, comments that document as prose,
    /// what need not be read folded, and code.
    private void code(int from, int to, StringBuilder body) {
        for (int i = from, end; i < to; i = end) {
            end = i;
            if (begins(i)) {
                var row = citations.subMap(i, target(i)).values();
                bottom = notes.row(row, Math.max(y, bottom), y + next(i) - i + LAG, body);
            }
            if (folds.containsKey(i)) {
                end = folds.get(i).to() + 1;
                fold("lines " + i + " to " + (end - 1) + ": " + lines.get(i - 1).strip() + " …",
                        i, end, body);
                y += 1.2;
            } else if (isDoc(i)) {
                while (end < to && isDoc(end)) end++;
                doc(i, end, body);
                y += (end - i) * 1.2;
            } else {
                do end++; while (end < to && !isDoc(end) && !folds.containsKey(end)
                        && !begins(end));
                pre(i, end, body);
                y += end - i;
            }
        }
    }

    /// Whether a row of citations begins at a line.
    private boolean begins(int line) {
        return citations.containsKey(line) && !citations.containsKey(line - 1);
    }

    /// Where the next row begins, or the file ends.
    private int next(int line) {
        int next = target(line);
        while (next <= lines.size() && !begins(next)) next++;
        return next;
    }

    private int target(int line) {
        while (citations.containsKey(line)) line++;
        return line;
    }

    private void doc(int from, int to, StringBuilder body) {
        body.append("<div class=\"doc\" style=\"--in:").append(lines.get(from - 1).indexOf('/'))
                .append("ch\">\n");
        anchors(from, to, body);
        body.append(prose.html(comment.lines(from, to)))
                .append(notes.grammar(text(from, to)))
                .append(notes.drawing(text(from, to), text(to, nextDoc(to))))
                .append("</div>\n");
    }

    private String text(int from, int to) {
        return String.join("\n", lines.subList(from - 1, to - 1));
    }

    /// Where the next comment on a declaration begins, or the file ends.
    private int nextDoc(int line) {
        while (line <= lines.size() && !isDoc(line)) line++;
        return line;
    }

    private static void anchors(int from, int to, StringBuilder body) {
        for (int k = from; k < to; k++) body.append("<a id=\"L").append(k).append("\"></a>");
    }

    private void pre(int from, int to, StringBuilder body) {
        body.append("<pre>");
        for (int k = from; k < to; k++) if (!Notes.isTag(lines.get(k - 1))) line(k, body);
        body.append("</pre>\n");
    }

    private boolean isDoc(int line) { return lines.get(line - 1).strip().startsWith("///"); }

    private void line(int number, StringBuilder body) {
        var citation = citations.get(number);
        body.append("<span class=\"l").append(citation == null ? "" : " cite").append("\" id=\"L")
                .append(number).append("\"><a class=\"n\" href=\"#L").append(number)
                .append("\">").append(number).append("</a>")
                .append(code.get(number - 1)).append("\n</span>");
    }

    /// Colours the text and sets its links, then cuts it into lines.
    private void paint() {
        var links = new HashMap<Integer, Program.Link>();   // asked only, never iterated
        unit.links().forEach(link -> links.put(link.start(), link));
        code.addAll(List.of(Paint.html(unit.text(), start -> Optional.ofNullable(links.get(start))
                .map(link -> names.file(link.file()) + "#L" + link.line())).split("\n", -1)));
    }
}
