package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.htmlify.Program.Unit;
import p2psip.tools.mutate.Scores;

/// The ways in: the map of packages, where to begin reading, how far each RFC is obeyed; and a page
/// for each package.
final class FrontPage {
    /// The modules from the top storey to the ground.
    private static final Map<String, String> STOREYS = new LinkedHashMap<>();

    static {
        STOREYS.put("tools", "read sources and specifications, measure");
        STOREYS.put("app", "programs and the parts they are made of");
        STOREYS.put("std", "one package for each protocol: no I/O, no clock, no thread");
    }

    /// Where to begin, in this order, as far as it is there.
    private static final List<String> READ_FIRST = List.of("std/p2psip/std/Machine",
            "std/p2psip/std/Timers", "std/p2psip/std/Machines", "std/p2psip/std/rfc3261/Message",
            "std/p2psip/std/rfc3261/InviteClientTransaction",
            "std/p2psip/std/rfc3261/TransactionLayer", "std/p2psip/std/rfc3261/Stack",
            "std/p2psip/std/rfc3261/server/Proxy", "std/p2psip/std/rfc3550/Session",
            "app/p2psip/app/host/Event", "app/p2psip/app/host/Effect",
            "app/p2psip/app/host/SimHost", "app/p2psip/app/host/RealHost",
            "app/p2psip/app/crypto/SignedRecord", "app/p2psip/app/dht/package-info",
            "app/p2psip/app/node/package-info");

    private final Book book;
    private final Beside beside;

    FrontPage(Book book, Beside beside) {
        this.book = book;
        this.beside = beside;
    }

    /// What is published with the pages: addresses of the guide and of the javadoc's folder, from
    /// the front page; empty where there is none.
    record Beside(Optional<String> guide, Optional<String> api) {
        private static String link(Optional<String> folder, String page, String text) {
            return folder.map(at -> Html.link(at.replaceFirst("/?$", "/") + page, text)).orElse("");
        }

        /// The ways from the front page: guide, API, and the index of all `@spec` tags.
        String ways() {
            var ways = Stream.of(guide.map(at -> Html.link(at, "The guide")).orElse(""),
                    link(api, "index.html", "The API"),
                    link(api, "external-specs.html", "External Specifications"))
                    .filter(way -> !way.isEmpty()).collect(Collectors.joining(" &middot; "));
            return ways.isEmpty() ? "" : "<p>" + ways + "</p>\n";
        }

        /// The way to a package's javadoc from a page one folder down.
        String ofPackage(String name) {
            var way = link(api.map(at -> at.contains("://") ? at : "../" + at),
                    name.replace('.', '/') + "/package-summary.html", "Its API");
            return way.isEmpty() ? "" : "<p>" + way + "</p>\n";
        }
    }

    static String packagePage(Unit unit) {
        return unit.path().getName(0) + "/" + unit.packageName() + ".html";
    }

    String html() {
        var body = new StringBuilder("<h1>The annotated source</h1>\n<p>Every rule of an RFC beside"
                + " the lines that obey it and the test that proves it. Begin with the code, or"
                + " with an RFC and the code in its margin.</p>\n<p class=\"search\" hidden><input"
                + " id=\"search\" type=\"search\" placeholder=\"Search names, header fields,"
                + " sections, rules and the text of the RFCs\" aria-label=\"Search\"></p>\n"
                + "<ul id=\"found\" hidden></ul>\n");
        body.append(beside.ways());
        body.append("<h2>Three storeys</h2>\n<div class=\"storeys\">\n");
        STOREYS.forEach((module, what) -> storey(module, what, body));
        body.append("</div>\n<h2>Read first</h2>\n<ol class=\"first\">\n");
        for (var name : READ_FIRST)
            book.program().units().stream()
                    .filter(unit -> Html.page(unit.path()).equals(name + ".html"))
                    .forEach(unit -> body.append("<li>").append(Html.link(name + ".html",
                            "<code>" + (unit.door() ? unit.packageName() : unit.name())
                            + "</code>")).append(' ').append(summary(unit)).append("</li>\n"));
        body.append("</ol>\n<p>").append(Html.link(FigurePage.NAME, "The state machines, drawn"))
                .append(": each from its own transitions, beside the figure of the RFC.</p>\n");
        var scores = Scores.under(book.sources().root()).scores();
        body.append("<h2>The RFCs</h2>\n<p>Each rule that applies is implemented, or ")
                .append(Html.link(LeftOutPages.DEPARTURES, "departed from"))
                .append(", or still to do.</p>\n").append(Bars.legend())
                .append("<table class=\"rfcs\">\n");
        book.shown().forEach((rfc, coverage) -> body.append("<tr><th>")
                .append(Html.link(Book.contents(rfc), "RFC&nbsp;" + rfc)).append("</th><td>")
                .append(Html.escape(coverage.index().title()))
                .append("</td><td><small>").append(book.told(rfc)).append("</small> ")
                .append(Bars.bar(book.standings(rfc))).append("</td><td>")
                .append(scores.containsKey(rfc) ? score(scores.get(rfc)) : "")
                .append("</td></tr>\n"));
        body.append("</table>\n");
        return Html.page("p2psip, the annotated source", 0, "", body.toString());
    }

    private static String score(Scores.Score score) {
        return ("<small title=\"%s: each of %d cited lines was broken in every small way; of %d no"
                + " change compiles\">%s of what is broken is noticed</small>").formatted(
                score.day(), score.lines(), score.whole(), score.share());
    }

    private void storey(String module, String what, StringBuilder body) {
        body.append("<div class=\"storey\"><h3>").append(module).append("</h3><p>").append(what)
                .append("</p>\n<ul>\n");
        packages().forEach((page, units) -> {
            var unit = units.getFirst();
            if (!unit.path().startsWith(module) || !unit.main()) return;
            var name = unit.packageName();
            body.append("<li>").append(Html.link(page, "<b>"
                    + Html.escape(name.substring(name.lastIndexOf('.') + 1)) + "</b>"))
                    .append("<small>").append(lines(units)).append(" lines</small></li>\n");
        });
        body.append("</ul></div>\n");
    }

    /// The sources by the page of their package, the main ones before the tests.
    private SequencedMap<String, List<Unit>> packages() {
        var packages = new TreeMap<String, List<Unit>>();
        book.program().units().stream().sorted(Comparator.comparing(unit -> !unit.main()))
                .forEach(unit -> packages.computeIfAbsent(packagePage(unit),
                        _ -> new ArrayList<>()).add(unit));
        return packages;
    }

    private static long lines(List<Unit> units) {
        return units.stream().filter(Unit::main)
                .mapToLong(unit -> unit.text().lines().count()).sum();
    }

    /// The first sentence of a file's first comment.
    private static String summary(Unit unit) {
        var comment = unit.text().lines().map(String::strip)
                .dropWhile(line -> !line.startsWith("///"))
                .takeWhile(line -> line.startsWith("///"))
                .map(line -> line.replaceFirst("^/// ?", "")).takeWhile(line -> !line.isBlank())
                .collect(Collectors.joining(" "));
        var end = Pattern.compile("\\.(?:\\s|$)").matcher(comment);
        var first = end.find() ? comment.substring(0, end.start() + 1) : comment;
        return new Prose(_ -> Optional.empty()).inline(first);
    }

    /// A page for each package: its door, and its files with a line each.
    Map<String, String> packagePages() {
        var pages = new LinkedHashMap<String, String>();
        packages().forEach((page, units) -> {
            var name = units.getFirst().packageName();
            var body = new StringBuilder("<h1>").append(Html.escape(name)).append("</h1>\n");
            units.stream().filter(Unit::door).findFirst().ifPresent(door -> body
                    .append("<p>").append(summary(door)).append(' ').append(Html.link(
                            Html.way(page, Html.page(door.path())), "Read the whole door"))
                    .append("</p>\n").append(LeftOutPages.beside(book, door.path(), page)));
            if (units.getFirst().main()) body.append(beside.ofPackage(name));
            body.append("<table class=\"files\">\n");
            units.stream().filter(unit -> !unit.door()).forEach(unit -> file(page, unit, body));
            body.append("</table>\n");
            pages.put(page, Html.page(name, 1, " / " + Html.escape(name), body.toString()));
        });
        return pages;
    }

    private static void file(String page, Unit unit, StringBuilder body) {
        body.append("<tr><th>").append(Html.link(Html.way(page, Html.page(unit.path())),
                        "<code>" + unit.name() + "</code>")).append("</th><td>")
                .append(summary(unit)).append("</td><td>").append(unit.text().lines().count())
                .append("</td></tr>\n");
    }
}
