package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.Type;

/// An RFC with the code in its margin: a page of contents and one for each section of the first
/// level.
///
/// Each sentence is coloured by its standing. Without the RFC's text a page has the numbers, the
/// keywords, our own words and the way to the text.
final class RfcPages {
    private static final Pattern SECTION = Pattern.compile(
            "\\b[Ss]ections? (\\d+(?:\\.\\d+)*)(?![\\d.]*\\d| of [\\[R])");

    private final Book book;
    private final Frame frame;
    private final int rfc;
    private final Index index;
    private final Coverage shown;
    private final List<Erratum> errata;

    RfcPages(Book book, Frame frame, int rfc, List<Erratum> errata) {
        this.book = book;
        this.frame = frame;
        this.rfc = rfc;
        this.index = book.index(rfc);
        this.shown = book.shown().get(rfc);
        this.errata = errata;
    }

    /// All pages, by their place in the site.
    Map<String, String> html() {
        var pages = new LinkedHashMap<String, String>();
        pages.put(Book.contents(rfc), contents());
        for (var section : index.sections()) {
            var page = Book.page(rfc, section.number());
            if (!pages.containsKey(page)) pages.put(page, page(section.number().split("\\.")[0]));
        }
        return pages;
    }

    private String trail() {
        return Html.link("index.html", "RFC " + rfc);
    }

    private String contents() {
        var body = new StringBuilder("<h1><small>RFC " + rfc + "</small> "
                + Html.escape(index.title()) + "</h1>\n");
        body.append("<p>").append(Html.link(Book.original(rfc, ""),
                        "The original at rfc-editor.org")).append("</p>\n<p>")
                .append(book.told(rfc).replaceFirst("departs \\d+", Html.link(
                        Html.way(Book.contents(rfc), Html.NOT_DONE) + "#rfc" + rfc,
                        "$0")))
                .append(".</p>\n").append(Bars.legend());
        body.append("<ul class=\"sections all\">\n");
        for (var section : index.sections()) {
            var depth = section.number().chars().filter(c -> c == '.').count();
            body.append("<li id=\"").append(Book.originalAnchor(section.number()))
                    .append("\" style=\"--in:").append(depth * 2).append("ch\">")
                    .append(Html.link(Html.way(Book.contents(rfc), Book.page(rfc, section.number()))
                            + "#s" + section.number(), section.number() + "&nbsp; "
                            + Html.escape(section.title())))
                    .append(Bars.bar(book.standings(rfc, section))).append("</li>\n");
        }
        body.append("</ul>\n");
        body.append(Errata.html(errata.stream()
                .filter(e -> index.section(e.section()).isEmpty()).toList())).append(notice(true));
        return frame.page(Book.contents(rfc), "RFC " + rfc + ": " + index.title(), "RFC " + rfc
                + ", " + index.title() + ", with the code that obeys it. " + book.told(rfc) + ".",
                "RFC " + rfc, body.toString());
    }

    private String page(String first) {
        var body = new StringBuilder("<h1><small>RFC " + rfc + " &middot; "
                + Html.escape(index.title()) + "</small></h1>\n");
        var mine = index.sections().stream().filter(s -> s.number().equals(first)
                || s.number().startsWith(first + ".")).toList();
        body.append(neighbours(first)).append("<details class=\"key\"><summary>What the marks"
                + " mean</summary>").append(Bars.legend()).append("</details>\n");
        for (var section : mine) {
            body.append("<section id=\"s").append(section.number()).append("\">\n<h2 id=\"")
                    .append(Book.originalAnchor(section.number())).append("\">")
                    .append(Html.link("#s" + section.number(), section.number())).append(' ')
                    .append(Html.escape(section.title()))
                    .append(Bars.bar(book.standings(rfc, section))).append("</h2>\n");
            FigurePage.places(rfc, section.number()).forEach((name, place) -> body
                    .append("<p class=\"spec\">").append(Html.link(
                            Html.way(Book.contents(rfc), place), "Drawn from the code: " + name))
                    .append("</p>\n"));
            var text = Optional.ofNullable(book.texts().get(rfc))
                    .flatMap(t -> t.section(section.number()));
            text.ifPresentOrElse(s -> text(s, body), () -> withoutText(section, body));
            body.append("</section>\n");
        }
        body.append(neighbours(first)).append(notice(false));
        var title = "RFC " + rfc + " §" + first + " " + mine.getFirst().title();
        return frame.page(new Frame.Page(Book.page(rfc, first), title, title
                + ", sentence by sentence, with the code that obeys it.", trail() + " / §" + first,
                body.toString(), mine.stream().map(s -> new Frame.Place(
                        (int) s.number().chars().filter(c -> c == '.').count(), "#s" + s.number(),
                        s.number() + "&nbsp; " + Html.escape(s.title()))).toList()));
    }

    private String neighbours(String first) {
        var firsts = index.sections().stream().map(s -> s.number().split("\\.")[0]).distinct()
                .toList();
        int at = firsts.indexOf(first);
        return "<p class=\"ways\">"
                + (at > 0 ? way(firsts.get(at - 1), "&larr; ", "") : "<span></span>")
                + (at + 1 < firsts.size() ? way(firsts.get(at + 1), "", " &rarr;") : "") + "</p>\n";
    }

    private String way(String section, String before, String after) {
        return "<span>" + before + Html.link(section + ".html", "§" + section + " "
                + Html.escape(index.section(section).map(Index.Entry::title).orElse("")))
                + after + "</span>";
    }

    private void text(Rfc.Section section, StringBuilder body) {
        var corrected = Errata.of(errata, section.number()).byBlock(section.blocks());
        body.append(Errata.html(corrected.getOrDefault(Errata.NOWHERE, List.of())));
        for (int i = 0; i < section.blocks().size(); i++) {
            switch (section.blocks().get(i)) {
                case Rfc.Drawing drawing -> body.append("<pre class=\"drawing\">")
                        .append(Html.escape(String.join("\n", drawing.lines())))
                        .append("</pre>\n");
                case Rfc.Paragraph paragraph -> paragraph(section.number(), paragraph, body);
            }
            body.append(Errata.html(corrected.getOrDefault(i, List.of())));
        }
    }

    private void paragraph(String section, Rfc.Paragraph paragraph, StringBuilder body) {
        var margin = new StringBuilder();
        margin("", shown.ofParagraph(section, paragraph.number()), margin);
        body.append("<div class=\"row para\" id=\"s").append(section).append('p')
                .append(paragraph.number()).append("\">\n<p style=\"--in:")
                .append(Math.max(0, paragraph.indent() - 3)).append("ch\">");
        if (!paragraph.mark().isEmpty()) body.append("<span class=\"mark\">")
                .append(Html.escape(paragraph.mark().replaceFirst("^o$", "•")))
                .append("</span> ");
        for (var sentence : paragraph.sentences()) {
            sentence.statement().ifPresentOrElse(statement -> {
                int n = statement.number();
                sentence(section, n, words(statement.text()), body);
                margin(String.valueOf(n), shown.of(section, n), margin);
            }, () -> body.append(words(sentence.text())));
            body.append(' ');
        }
        body.append("</p>\n");
        if (!margin.isEmpty()) body.append("<div class=\"notes\">\n").append(margin)
                .append("</div>\n");
        body.append("</div>\n");
    }

    private void sentence(String section, int n, String words, StringBuilder body) {
        var standing = book.standing(rfc, section, n);
        var id = "s" + section + "-" + n;
        body.append("<span class=\"s ").append(standing.colour()).append("\" id=\"").append(id)
                .append("\" title=\"").append(standing.meaning())
                .append("\"><a class=\"no\" href=\"#").append(id).append("\">").append(n)
                .append("</a>").append(words).append("</span>");
    }

    /// Keywords marked, and sections of this RFC linked.
    private String words(String text) {
        return SECTION.matcher(Keywords.mark(text)).replaceAll(m -> {
            var number = m.group(1);
            return Matcher.quoteReplacement(index.section(number).isEmpty() ? m.group()
                    : Html.link(Html.way(Book.contents(rfc), Book.page(rfc, number)) + "#s"
                            + number, m.group()));
        });
    }

    private void withoutText(Index.Entry section, StringBuilder body) {
        int rfc = index.rfc();
        body.append("<p class=\"spec\">").append(Html.link(Book.original(rfc, section.number()),
                "Read §" + section.number() + " at rfc-editor.org")).append("</p>\n")
                .append(Errata.html(Errata.of(errata, section.number()).all()));
        for (int p = 1; p <= section.paragraphs().size(); p++) {
            var cited = shown.ofParagraph(section.number(), p);
            if (!cited.isEmpty())
                entry(section.number() + "p" + p, "¶" + p, "plain", "", "", cited, body);
        }
        for (int n = 1; n <= section.items().size(); n++) {
            var standing = book.standing(rfc, section.number(), n);
            entry(section.number() + "-" + n, String.valueOf(n), standing.colour(),
                    standing.meaning(), section.items().get(n - 1).keyword().toString(),
                    shown.of(section.number(), n), body);
        }
    }

    private void entry(String id, String name, String colour, String meaning, String keyword,
            List<Citation> cited, StringBuilder body) {
        body.append("<div class=\"row para\" id=\"s").append(id).append("\">\n<p><span class=\"s ")
                .append(colour).append("\"><a class=\"no\" href=\"#s").append(id).append("\">")
                .append(name).append("</a><b>").append(keyword).append("</b> ")
                .append(cited.stream().map(Citation::words).findFirst().map(Html::escape)
                        .orElse(meaning)).append("</span></p>\n");
        if (!cited.isEmpty()) {
            body.append("<div class=\"notes\">\n");
            margin("", cited, body);
            body.append("</div>\n");
        }
        body.append("</div>\n");
    }

    /// Who cites a sentence, as lines of the margin; of what is left out the kind and the reason.
    private void margin(String number, List<Citation> citations, StringBuilder margin) {
        for (var c : citations) {
            boolean left = c.type() != Type.IMPLEMENTED && c.type() != Type.TEST;
            var method = book.program().unit(c.file()).flatMap(u -> u.method(c.line())
                    .or(() -> u.method(c.target()))).map(m -> "." + m.name()).orElse("");
            var url = Html.way(Book.contents(rfc), Html.page(c.file())) + "#L" + c.target();
            var type = c.type() == Type.IMPLEMENTED ? "code" : c.type().toString();
            margin.append("<p class=\"by by-").append(type).append("\">");
            if (!number.isEmpty()) margin.append("<span class=\"no\">").append(number)
                    .append("</span> ");
            margin.append(Html.link(url,
                    left ? Notes.kind(c.type()) : Html.breakable(Html.name(c.file()) + method)));
            if (left) margin.append(' ').append(Html.escape(c.words()));
            margin.append("</p>\n");
        }
    }

    /// The RFC's own notice, on every page that shows its words; open on the page of contents.
    private String notice(boolean open) {
        if (!book.texts().containsKey(rfc)) return "<p class=\"spec\">No text of RFC " + rfc
                + " was found: these pages have our own words; " + Html.link(
                        Book.original(rfc, ""), "read the original") + ".</p>\n";
        return "<details class=\"notice\" id=\"notice\"" + (open ? " open" : "")
                + "><summary>The words of RFC " + rfc + " are not ours: its notice</summary>\n"
                + book.notice(rfc).stream().map(p -> "<p>" + Html.escape(p) + "</p>\n")
                        .collect(Collectors.joining())
                + "<p>" + Html.link(Book.original(rfc, ""), Book.original(rfc, ""))
                + "</p></details>\n";
    }
}
