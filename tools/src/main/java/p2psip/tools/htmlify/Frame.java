package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.rfc.Sources;

/// What stands around each page of the site: the head, the menu of everything, and beside the text
/// what is on the page. It can be read without style and without script, under any address.
public final class Frame {
    /// The storeys of the house from the ground.
    static final List<String> STOREYS = List.of("std", "app", "tools");

    /// One heading of a page, and how deep it lies below the title.
    public record Place(int depth, String url, String text) {}

    /// @param path   from the root of the site
    /// @param about  one sentence or two
    /// @param trail  where it lies, as links, below the site's name
    /// @param body   from its title on
    /// @param places what is on it
    public record Page(String path, String title, String about, String trail, String body,
            List<Place> places) {
        public Page { places = List.copyOf(places); }
    }

    private final Chapters chapters;
    private final Predicate<String> beside;
    private final boolean api;
    private final SequencedMap<String, List<String>> packages = new LinkedHashMap<>();
    private final Collection<Integer> rfcs;
    private final Map<String, String> menus = new ConcurrentHashMap<>();

    /// @param chapters those that are there
    /// @param beside whether a file that others make is there: a page of the javadoc
    public Frame(Sources sources, Collection<Integer> rfcs, Chapters chapters,
            Predicate<String> beside) {
        this.chapters = chapters;
        this.beside = beside;
        this.api = beside.test(Html.API);
        this.rfcs = new TreeSet<>(rfcs);
        for (var storey : STOREYS) packages.put(storey, sources.files().stream()
                .map(Sources.Source::path)
                .filter(path -> path.startsWith(Path.of(storey, "src", "main", "java")))
                .map(Html::packageName).distinct().sorted().toList());
    }

    Chapters chapters() { return chapters; }

    /// A paragraph with the way to a page of the javadoc; nothing where it is not there.
    String api(String from, String page) {
        var to = "api/" + page;
        return beside.test(to) ? "<p>" + Html.link(Html.way(from, to), "Its API") + "</p>\n" : "";
    }

    String page(String path, String title, String about, String trail, String body) {
        return page(new Page(path, title, about, trail, body, List.of()));
    }

    /// What begins a style sheet that a body brings along for its page: it goes into the head.
    public static final String STYLE = "<style class=\"page\">";

    private static final Pattern STYLES = Pattern.compile(STYLE + ".*?</style>\n", Pattern.DOTALL);

    /// A whole page.
    public String page(Page page) {
        var styles = STYLES.matcher(page.body).results().map(MatchResult::group)
                .collect(Collectors.joining());
        var body = styles.isEmpty() ? page.body : STYLES.matcher(page.body).replaceAll("");
        var up = "../".repeat(Html.depth(page.path));
        var about = Html.escape(Html.unescape(page.about.replaceAll("<[^>]*>", "")));
        var name = page.path.equals(Html.HOME) ? page.title : page.title + " · p2psip";
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <meta name="description" content="%2$s">
                <meta property="og:title" content="%1$s">
                <meta property="og:description" content="%2$s">
                <meta property="og:type" content="article">
                <link rel="icon" type="image/svg+xml" href="%3$sfavicon.svg">
                <link rel="stylesheet" href="%3$sstyle.css">
                %10$s<script src="%3$stheme.js"></script>
                <script src="%3$sscript.js" defer></script>
                </head>
                <body data-up="%3$s"%4$s>
                <a class="skip" href="#text">To the text</a>
                %5$s<main id="text"%6$s>
                %7$s%8$s%9$s</main>
                </body>
                </html>
                """.formatted(Html.escape(name), about, up, has(), menu(up),
                page.places.size() < 2 ? "" : " class=\"beside\"",
                page.trail.isEmpty() ? "" : "<p class=\"trail\">" + page.trail + "</p>\n",
                page.places.size() < 2 ? body : "<div class=\"text\">\n"
                        + body.replaceFirst("</h1>\n", "$0" + Matcher.quoteReplacement(DOWN))
                        + "</div>\n", contents(page.places), styles);
    }

    /// The way to the contents where they do not stand beside the text.
    private static final String DOWN =
            "<p class=\"down\"><a href=\"#contents\">On this page</a></p>\n";

    /// What else the search may look through.
    private String has() {
        return (chapters.parts().isEmpty() ? "" : " data-book") + (api ? " data-api" : "");
    }

    /// What is on the page: after the text, and beside it where there is room.
    private static String contents(List<Place> places) {
        if (places.size() < 2) return "";
        return places.stream().map(p -> "<li style=\"--in:" + p.depth + "\">"
                        + Html.link(p.url, p.text) + "</li>\n").collect(Collectors.joining("",
                "<nav class=\"contents\" id=\"contents\" aria-label=\"On this page\">\n<ul>\n",
                "</ul></nav>\n"));
    }

    /// The menu, the same on all pages that lie equally deep.
    private String menu(String up) {
        return menus.computeIfAbsent(up, _ -> {
            var out = new StringBuilder("<header>\n<nav aria-label=\"The site\">")
                    .append(Html.link(up + Html.HOME, "p2psip")).append("\n<details class=\"menu\">"
                            + "<summary>Menu</summary>\n<div>\n");
            for (var part : chapters.parts()) group(part.name(), part.chapters().stream()
                    .map(c -> c.number() + "&nbsp;" + Html.link(up + c.page(),
                            Html.escape(c.title()))).toList(), "", out);
            packages.forEach((storey, names) -> group(storey, names.stream().map(name ->
                    Html.link(up + Html.page(storey, name), Html.escape(shortened(name))))
                    .toList(), SHORT, out));
            group("RFCs", rfcs.stream().map(rfc -> Html.link(up + Book.contents(rfc), "" + rfc))
                    .toList(), SHORT, out);
            return out.append("</div></details>\n").append(Stream.of(
                    chapters.parts().isEmpty() ? "" : Html.link(up + Html.HOME + "#book", "Book"),
                    Html.link(up + Html.HOME + "#source", "Source"),
                    Html.link(up + Html.HOME + "#rfcs", "RFCs"),
                    Html.link(up + FigurePage.NAME, "Machines"),
                    Html.link(up + Html.NOT_DONE, "Not done"),
                    api ? Html.link(up + Html.API, "API") : "")
                    .filter(link -> !link.isEmpty()).collect(Collectors.joining("\n")))
                    .append("</nav></header>\n").toString();
        });
    }

    private static final String SHORT = " class=\"short\"";

    private static void group(String name, List<String> links, String kind, StringBuilder out) {
        if (links.isEmpty()) return;
        out.append("<p>").append(Html.escape(name)).append("</p>\n<ul").append(kind)
                .append('>');
        links.forEach(link -> out.append("<li>").append(link).append("</li>"));
        out.append("</ul>\n");
    }

    /// `rfc3261.ua` of `p2psip.std.rfc3261.ua`.
    static String shortened(String name) {
        return name.replaceFirst("^p2psip\\.(?:\\w+\\.)?", "");
    }
}
