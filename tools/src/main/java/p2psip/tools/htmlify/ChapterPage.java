package p2psip.tools.htmlify;

import module java.base;

/// The page of a chapter: its part and number above its title, what is in it beside it, and the
/// ways to its neighbours.
///
/// @param text what AsciiDoc has made of it, without a title
public record ChapterPage(Frame frame, Chapters.Chapter chapter, String text) {

    public String html() {
        var page = chapter.page();
        var chapters = frame.chapters();
        var ways = "<nav class=\"ways\" aria-label=\"Chapters\">"
                + chapters.beside(chapter, -1).map(c -> "<span>&larr; " + c.link(page) + "</span>")
                        .orElse("<span></span>")
                + chapters.beside(chapter, 1).map(c -> "<span>" + c.link(page) + " &rarr;</span>")
                        .orElse("") + "</nav>\n";
        var part = Html.escape(chapters.part(chapter).name());
        return frame.page(new Frame.Page(page, chapter.title(), first(), "",
                "<h1 id=\"" + chapter.name() + "\"><small>" + part + " &middot; chapter "
                + chapter.number() + "</small> " + Html.escape(chapter.title())
                + "</h1>\n<div class=\"guide\">\n" + text + "</div>\n" + ways, contents()));
    }

    /// The headings of a chapter, as links.
    private List<Frame.Place> contents() {
        return HEADING.matcher(text).results().map(m -> new Frame.Place(
                Integer.parseInt(m.group(1)) - 2, "#" + m.group(2), plain(m.group(3)))).toList();
    }

    private static final Pattern HEADING =
            Pattern.compile("<h([23]) id=\"([^\"]+)\"[^>]*>(.*?)</h\\1>", Pattern.DOTALL);

    /// The first sentences of a chapter, for those who have only a line for it.
    private String first() {
        var all = PARAGRAPH.matcher(text).results().filter(m -> m.group(2) != null)
                .map(m -> plain(m.group(2))).findFirst().orElse("");
        return all.length() <= 200 ? all : all.substring(0, all.lastIndexOf(' ', 200)) + " …";
    }

    private static String plain(String html) {
        return html.replaceAll("<[^>]*>", "").replaceAll("\\s+", " ").strip();
    }

    private static final Pattern PARAGRAPH = Pattern.compile(
            "<h[2-5] id=\"([^\"]+)\"[^>]*>|<(?:p|dt|td)\\b[^>]*>(.*?)</(?:p|dt|td)>",
            Pattern.DOTALL);

    /// The words of an RFC, which are looked through where they come from.
    private static final Pattern QUOTED = Pattern.compile(
            "<div class=\"paragraph (?:words|who)\">.*?</div>", Pattern.DOTALL);

    /// Its paragraphs for the search, each with the heading it stands below:
    /// `searchBook("page.html", "title", [["#heading", "paragraph"], ...])`.
    public String searched() {
        var at = "";
        var entries = new ArrayList<String>();
        for (var m = PARAGRAPH.matcher(QUOTED.matcher(text).replaceAll("")); m.find();) {
            if (m.group(1) != null) {
                at = "#" + m.group(1);
                continue;
            }
            var words = Html.unescape(plain(m.group(2)));
            if (words.length() > 3) entries.add("[" + SearchIndex.quoted(at) + ","
                    + SearchIndex.quoted(words) + "]");
        }
        return "searchBook(" + SearchIndex.quoted(chapter.page()) + ","
                + SearchIndex.quoted(chapter.number() + ". " + chapter.title()) + ",[\n"
                + String.join(",\n", entries) + "\n]);\n";
    }
}
