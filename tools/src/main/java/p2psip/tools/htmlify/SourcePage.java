package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.htmlify.Program.Declaration;
import p2psip.tools.htmlify.Program.Unit;
import p2psip.tools.rfc.Citation;
import p2psip.tools.rfc.Citation.Type;

/// The page of one source file: on one side the code, on the other, beside the lines it belongs to,
/// what the RFC says.
///
/// The file is cut into rows, each beginning with a row of citations; the notes of a row stand
/// beside its code, on a narrow screen above it.
final class SourcePage {
    private static final int INLINE_TESTS = 3, SNIPPET = 60;
    private static final int NOTE_WIDTH = 64, DRIFT = 14;

    private final Book book;
    private final Unit unit;
    private final String page;
    private final Prose prose;
    private final List<String> code = new ArrayList<>();   // the lines as HTML
    private final List<String> lines;
    private final NavigableMap<Integer, Citation> citations = new TreeMap<>();

    SourcePage(Book book, Unit unit) {
        this.book = book;
        this.unit = unit;
        this.page = Html.page(unit.path());
        this.lines = unit.text().lines().toList();
        this.prose = new Prose(this::address);
        book.sources().files().stream().filter(f -> f.path().equals(unit.path()))
                .flatMap(f -> f.citations().stream()).forEach(c -> citations.put(c.line(), c));
    }

    String html() {
        paint();
        var body = new StringBuilder("<h1><small>").append(Html.escape(unit.packageName()))
                .append("</small> ").append(Html.escape(name())).append("</h1>\n");
        FigurePage.place(unit.path()).ifPresent(place -> body.append("<p class=\"spec\">")
                .append(Html.link(Html.way(page, place), "This machine, drawn from its transitions"))
                .append("</p>\n"));
        contents(body);
        for (int line = 1; line <= lines.size();) {
            int end = rowEnd(line);
            var cited = citations.subMap(line, end).values();
            body.append("<div class=\"row\">\n<div class=\"code\">\n");
            code(line, end, body);
            body.append("</div>\n");
            if (!cited.isEmpty()) {
                body.append("<div class=\"notes\">\n");
                cited.forEach(citation -> note(citation, body));
                body.append("</div>\n");
            }
            body.append("</div>\n");
            line = end;
        }
        return Html.page(name() + " - " + unit.packageName(), Html.depth(page),
                " / " + Html.link(Html.way(page, FrontPage.packagePage(unit)),
                        Html.escape(unit.packageName())) + " / " + Html.escape(name()),
                body.toString());
    }

    /// The line after a row: the next citation, unless the notes of the row would then push it far
    /// down; a row of many notes goes on, with its notes a little below their lines.
    private int rowEnd(int line) {
        int notes = 0, end = line;
        while (end <= lines.size()) {
            while (citations.containsKey(end)) notes += height(citations.get(end++));
            while (end <= lines.size() && !citations.containsKey(end)) end++;
            int code = end - line;
            if (notes <= code + 1 || notes > code + DRIFT) return end;
        }
        return end;
    }

    /// About how many lines of code a note is high.
    private int height(Citation citation) {
        int words = book.words(citation.place()).stream().findFirst().map(String::length)
                .orElse(80);
        boolean others = !book.same(citation, citation.type() != Type.TEST).isEmpty();
        return 2 + words / NOTE_WIDTH + (others ? 1 : 0);
    }

    private String name() { return unit.path().getFileName().toString().replace(".java", ""); }

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
                body.append("</div>\n");
            } else {
                while (end < to && !isDoc(end)) end++;
                body.append("<pre>");
                for (int k = i; k < end; k++) line(k, body);
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
        var out = new StringBuilder();
        for (var token : Lexer.tokens(unit.text())) {
            var text = unit.text().substring(token.start(), token.end());
            var link = links.get(token.start());
            var style = token.style().name().toLowerCase(Locale.ROOT);
            if (token.style() == Lexer.Style.NAME && link != null) {
                out.append(Html.link(way(link.file()) + "#L" + link.line(), Html.escape(text)));
            } else if (token.style() == Lexer.Style.PLAIN || token.style() == Lexer.Style.NAME) {
                out.append(Html.escape(text));
            } else {
                out.append(text.lines().map(l -> l.isEmpty() ? "" : "<span class=\"" + style + "\">"
                        + Html.escape(l) + "</span>").collect(Collectors.joining("\n")));
            }
        }
        code.addAll(List.of(out.toString().split("\n", -1)));
    }

    private String way(Path file) {
        return file.equals(unit.path()) ? "" : Html.way(page, Html.page(file));
    }

    /// What stands beside a citation: the RFC's words or ours, and who proves it or does it.
    private void note(Citation citation, StringBuilder body) {
        var place = citation.place();
        int rfc = place.rfc();
        var colour = switch (place) {
            case Citation.Sentence(_, var section, int n) ->
                    Book.colour(book.types(rfc, section, n));
            case Citation.Range _, Citation.All _ -> Book.colour(Set.of(citation.type()));
            case Citation.Paragraph _ -> "plain";
        };
        body.append("<aside class=\"note ").append(colour).append("\" id=\"n")
                .append(citation.line()).append("\">\n<p class=\"where\">");
        if (book.shown().containsKey(rfc))
            body.append(Html.link(Html.way(page, Book.address(place)), title(place)));
        else body.append(Html.link(Book.original(rfc, place.section()), title(place)));
        if (citation.type() == Type.EXCEPTION || citation.type() == Type.TODO)
            body.append(" <b class=\"tag\">").append(citation.type() == Type.TODO ? "to do"
                    : "exception").append("</b>");
        body.append("</p>\n");
        var words = book.words(place);
        if (words.isEmpty()) body.append("<p>").append(Html.escape(citation.words()))
                .append(" &middot; ").append(Html.link(Book.original(rfc, place.section()),
                        "read it")).append("</p>\n");
        else body.append(quote(words.getFirst()));
        if (words.size() > 1) body.append("<details><summary>and ").append(words.size() - 1)
                .append(" more</summary>\n").append(words.stream().skip(1).map(SourcePage::quote)
                        .collect(Collectors.joining())).append("</details>\n");
        boolean test = citation.type() == Type.TEST;
        var others = book.same(citation, !test);
        if (!others.isEmpty()) others(others, test ? "code" : "test", body);
        body.append("</aside>\n");
    }

    private static String quote(String words) {
        return "<blockquote>" + Keywords.mark(words) + "</blockquote>\n";
    }

    private static String title(Citation.Place place) {
        return "RFC " + place.rfc() + " §" + place.section() + switch (place) {
            case Citation.Sentence s -> "-" + s.number();
            case Citation.Range r -> "-" + r.first() + " to " + r.last();
            case Citation.Paragraph p -> " ¶" + p.number();
            case Citation.All _ -> "";
        };
    }

    /// The tests of a rule, or the code: the first few with their lines, folded.
    private void others(List<Citation> others, String what, StringBuilder body) {
        int n = 0;
        for (var other : others) {
            var target = book.program().unit(other.file()).orElseThrow();
            var method = target.method(other.line()).or(() -> target.method(other.target()));
            var name = other.file().getFileName().toString().replace(".java", "")
                    + method.map(m -> "." + m.name()).orElse("");
            var url = Html.way(page, Html.page(other.file())) + "#L" + other.target();
            if (n++ < INLINE_TESTS) body.append("<details class=\"of-").append(what)
                    .append("\"><summary>").append(what).append(' ')
                    .append(Html.link(url, Html.escape(name))).append("</summary>\n<pre>")
                    .append(Html.escape(snippet(target, other, method)))
                    .append("</pre></details>\n");
            else body.append("<p class=\"of-").append(what).append("\">").append(what).append(' ')
                    .append(Html.link(url, Html.escape(name))).append("</p>\n");
        }
    }

    private static String snippet(Unit unit, Citation citation, Optional<Declaration> method) {
        var lines = unit.text().lines().toList();
        int from = method.map(Declaration::firstLine).orElse(citation.target());
        int to = method.map(Declaration::lastLine).orElse(citation.target() + 8);
        return lines.subList(from - 1, Math.min(lines.size(), Math.min(to, from + SNIPPET)))
                .stream().collect(Collectors.joining("\n")).stripIndent();
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
