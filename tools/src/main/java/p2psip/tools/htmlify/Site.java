package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.rfc.Erratum;

/// All pages and what they need, written into one folder that can be read from anywhere.
record Site(Book book, IntFunction<List<Erratum>> errata, FrontPage.Beside beside) {

    /// Writes pages and all that they need.
    void write(Map<String, String> pages, Path out) throws IOException {
        for (var page : pages.entrySet()) {
            var file = out.resolve(page.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.getValue());
        }
        for (var resource : List.of("style.css", "script.js"))
            try (var in = Site.class.getResourceAsStream(resource)) {
                Files.write(out.resolve(resource), in.readAllBytes());
            }
        var index = new SearchIndex(book);
        Files.writeString(out.resolve("search.js"), index.names());
        Files.writeString(out.resolve("text.js"), index.texts());
    }

    /// Every page by its place in the site.
    Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        var front = new FrontPage(book, beside);
        pages.put("index.html", front.html());
        pages.putAll(front.packagePages());
        pages.put(FigurePage.NAME, Html.page("The state machines", 0, " / figures",
                new FigurePage(book::address,
                        path -> book.program().unit(path).map(unit -> Html.page(unit.path())),
                        rfc -> Optional.ofNullable(book.texts().get(rfc))).html()));
        book.program().units().parallelStream()
                .map(unit -> Map.entry(Html.page(unit.path()), new SourcePage(book, unit).html()))
                .toList().forEach(page -> pages.put(page.getKey(), page.getValue()));
        pages.putAll(new LeftOutPages(book).html());
        book.shown().keySet().parallelStream()
                .map(rfc -> new RfcPages(book, rfc, errata.apply(rfc)).html())
                .toList().forEach(pages::putAll);
        return pages;
    }
}
