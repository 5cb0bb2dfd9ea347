package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.rfc.*;

/// All pages of the site and what they need, written into one folder that can be read from
/// anywhere: the front page, the annotated source, the RFCs, what is not done; and the chapters of
/// the guide and the javadoc, where they lie in it.
public record Site(Book book, Library library, Frame frame) {
    private static final List<String> FILES =
            List.of("style.css", "script.js", "theme.js", "favicon.svg");

    /// @param chapters those that lie, or will lie, beside the pages
    /// @param out where the site is to be
    public static Site of(Sources sources, Library library, Chapters chapters, Path out) {
        var book = Book.of(sources, Snapshot.counted(sources), library::rfc);
        return new Site(book, library, new Frame(sources, book.shown().keySet(), chapters,
                file -> Files.isRegularFile(out.resolve(file))));
    }

    /// The page of a source file, from the root of the site.
    public static String page(Path source) { return Html.page(source); }

    /// What the pages know of a rule.
    public Rules rules() { return new Rules(book, library); }

    /// Writes pages and all that they need.
    public void write(Map<String, String> pages, Path out) throws IOException {
        for (var page : pages.entrySet()) {
            var file = out.resolve(page.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.getValue());
        }
        for (var resource : FILES)
            try (var in = Site.class.getResourceAsStream(resource)) {
                Files.write(out.resolve(resource), in.readAllBytes());
            }
        var index = new SearchIndex(book);
        Files.writeString(out.resolve("search.js"), index.names());
        Files.writeString(out.resolve("text.js"), index.texts());
    }

    /// Every page but the chapters, by its place in the site.
    public Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        pages.put(Html.HOME, new FrontPage(book, frame).html());
        pages.putAll(new PackagePages(book, frame).html());
        pages.put(Html.NOT_DONE, new NotDone(book, frame).html());
        pages.put(FigurePage.NAME, frame.page(FigurePage.NAME, "The state machines",
                "Each state machine, drawn from its own transitions, beside the figure of the RFC.",
                "state machines", new FigurePage(
                        citation -> Html.way(FigurePage.NAME, book.address(citation)),
                        path -> book.program().unit(path).map(unit ->
                                Html.way(FigurePage.NAME, Html.page(unit.path()))),
                        rfc -> Optional.ofNullable(book.texts().get(rfc))).html()));
        book.program().units().parallelStream().map(unit -> Map.entry(Html.page(unit.path()),
                        new SourcePage(book, frame, unit).html()))
                .toList().forEach(page -> pages.put(page.getKey(), page.getValue()));
        pages.putAll(new LeftOutPages(book, frame).html());
        book.shown().keySet().parallelStream()
                .map(rfc -> new RfcPages(book, frame, rfc, library.errata(rfc)).html())
                .toList().forEach(pages::putAll);
        return pages;
    }

    /// What is wrong with these pages, a line each.
    ///
    /// @param out where all that they lead to has been written
    public static List<String> faults(Map<String, String> pages, Path out) {
        return new Check(pages, file -> Files.isRegularFile(out.resolve(file))).faults();
    }
}
