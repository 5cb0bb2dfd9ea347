package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.figures.FigurePage;
import p2psip.tools.htmlify.Program.Unit;
import p2psip.tools.mutate.Scores;

/// The way in: what this is, a way for each who comes, the book, the map of packages, and how far
/// each RFC is obeyed.
record FrontPage(Book book, Frame frame) {
    private static final Map<String, String> STOREYS = Map.of(
            "tools", "read sources and specifications, measure",
            "app", "programs and the parts they are made of",
            "std", "one package for each protocol: no I/O, no clock, no thread");

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
    private static final String WHAT = "p2psip lets SIP phones call each other by address with no"
            + " server anywhere: each talks to a node beside it, the nodes form a ring, and the"
            + " ring knows who is where. It is written to be read: one package for each RFC, and"
            + " every rule beside the lines that obey it and the test that proves it.";

    String html() {
        var body = new StringBuilder("<h1>p2psip: an internet telephone without servers</h1>\n<p"
                + " class=\"what\">" + WHAT + "</p>\n");
        ways(body);
        body.append("<p class=\"search\" hidden><input id=\"search\" type=\"search\""
                + " placeholder=\"Search names, rules, RFCs and the book\" aria-label=\"Search\">"
                + "</p>\n<ul id=\"found\" hidden></ul>\n");
        chapters(body);
        body.append("<h2 id=\"source\">The source, three storeys</h2>\n<div class=\"storeys\">\n");
        Frame.STOREYS.forEach(storey -> storey(storey, body));
        body.append("</div>\n<h3>Read first</h3>\n<ol class=\"first\">\n");
        for (var name : READ_FIRST)
            book.program().units().stream()
                    .filter(unit -> Html.page(unit.path()).equals(Html.SOURCE + name + ".html"))
                    .forEach(unit -> body.append("<li>").append(Html.link(Html.page(unit.path()),
                            "<code>" + (unit.door() ? unit.packageName() : unit.name())
                            + "</code>")).append(' ').append(Comment.of(unit).summary())
                            .append("</li>\n"));
        body.append("</ol>\n");
        rfcs(body);
        return frame.page(Html.HOME, "p2psip: an internet telephone without servers", WHAT, "",
                body.toString());
    }

    /// For a student, an engineer and a caller, as far as there is something for them.
    private void ways(StringBuilder body) {
        var all = frame.chapters().all();
        body.append("<ul class=\"cards\">\n");
        if (!all.isEmpty()) card("To learn SIP", all.getFirst().link(Html.HOME),
                "Read the book from its beginning; each example in it runs as a test.", body);
        card("To see how a rule is obeyed", Html.link("#rfcs", "The RFCs, with the code in their"
                + " margin"), "Each sentence leads to its lines and its tests, and "
                + Html.link(FigurePage.NAME, "each state machine")
                + " is drawn from the code. What is "
                + Html.link(Html.NOT_DONE, "not done") + " is listed.", body);
        if (!all.isEmpty()) card("To make a call", chapter("first-call", all.getFirst()),
                "Two commands, two phones, no account.", body);
        body.append("</ul>\n");
    }

    private String chapter(String name, Chapters.Chapter otherwise) {
        return frame.chapters().all().stream().filter(c -> c.name().equals(name)).findFirst()
                .orElse(otherwise).link(Html.HOME);
    }

    private static void card(String whom, String link, String what, StringBuilder body) {
        body.append("<li><small>").append(whom).append("</small> <b>").append(link)
                .append("</b> ").append(what).append("</li>\n");
    }

    private void chapters(StringBuilder body) {
        if (frame.chapters().parts().isEmpty()) return;
        body.append("<h2 id=\"book\">The book</h2>\n<div class=\"parts\">\n");
        for (var part : frame.chapters().parts()) {
            body.append("<div><h3>").append(Html.escape(part.name())).append("</h3>\n<ol start=\"")
                    .append(part.chapters().getFirst().number()).append("\">\n");
            part.chapters().forEach(c -> body.append("<li>").append(c.link(Html.HOME))
                    .append("</li>\n"));
            body.append("</ol></div>\n");
        }
        body.append("</div>\n");
    }

    private void rfcs(StringBuilder body) {
        var scores = Scores.under(book.sources().root()).scores();
        body.append("<h2 id=\"rfcs\">The RFCs</h2>\n<p>Each rule that applies is implemented, or"
                + " departed from, or still to do: ").append(Html.link(Html.NOT_DONE,
                        "all that is not done")).append(". The last column is the share of broken"
                + " lines that the tests notice.</p>\n").append(Bars.legend())
                .append("<table class=\"rfcs\">\n<thead><tr><th scope=\"col\">RFC</th><th "
                        + "scope=\"col\">Title</th><th scope=\"col\">How far</th><th "
                        + "scope=\"col\">Noticed</th></tr></thead>\n<tbody>\n");
        book.shown().forEach((rfc, coverage) -> body.append("<tr><th scope=\"row\">")
                .append(Html.link(Book.contents(rfc), "RFC&nbsp;" + rfc)).append("</th><td>")
                .append(Html.escape(coverage.index().title())).append("</td><td>")
                .append(Bars.bar(book.standings(rfc))).append(" <small>").append(book.told(rfc))
                .append("</small></td><td>").append(scores.containsKey(rfc)
                        ? score(scores.get(rfc)) : "").append("</td></tr>\n"));
        body.append("</tbody></table>\n");
    }

    private static String score(Scores.Score score) {
        return ("<span title=\"%s: each of %d cited lines was broken in every small way; of %d no"
                + " change compiles\">%s</span>").formatted(
                score.day(), score.lines(), score.whole(), score.share());
    }

    private void storey(String storey, StringBuilder body) {
        body.append("<div class=\"storey\"><h3>").append(storey).append("</h3><p>")
                .append(STOREYS.get(storey)).append("</p>\n<ul>\n");
        PackagePages.byPackage(book).forEach((page, units) -> {
            var unit = units.getFirst();
            if (!unit.path().startsWith(storey) || !unit.main()) return;
            var name = unit.packageName();
            body.append("<li>").append(Html.link(page, "<b>"
                    + Html.escape(Frame.shortened(name)) + "</b>"))
                    .append(" <small>").append(units.stream().filter(Unit::main)
                            .mapToLong(u -> u.text().lines().count()).sum())
                    .append(" lines</small></li>\n");
        });
        body.append("</ul></div>\n");
    }
}
