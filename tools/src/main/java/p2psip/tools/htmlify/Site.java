package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.rfc.Erratum;

/// All pages and what they need, written into one folder that can be read from anywhere.
record Site(Book book, IntFunction<List<Erratum>> errata) {

    /// Answers how many pages were written.
    int write(Path out) throws IOException {
        var pages = pages();
        for (var page : pages.entrySet()) {
            var file = out.resolve(page.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.getValue());
        }
        for (var resource : List.of("style.css", "script.js"))
            try (var in = Site.class.getResourceAsStream(resource)) {
                Files.write(out.resolve(resource), in.readAllBytes());
            }
        Files.writeString(out.resolve("search.js"), new FrontPage(book).searchIndex());
        return pages.size();
    }

    /// Every page by its place in the site.
    Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        var front = new FrontPage(book);
        pages.put("index.html", front.html());
        pages.putAll(front.packagePages());
        pages.put(FigurePage.NAME, Html.page("The state machines", 0, " / figures",
                new FigurePage(book::address,
                        path -> book.program().unit(path).map(unit -> Html.page(unit.path())),
                        rfc -> Optional.ofNullable(book.texts().get(rfc))).html()));
        for (var unit : book.program().units())
            pages.put(Html.page(unit.path()), new SourcePage(book, unit).html());
        for (int rfc : book.shown().keySet())
            pages.putAll(new RfcPages(book, rfc, errata.apply(rfc)).html());
        return pages;
    }
}
