package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.*;

/// What is not obeyed and why, beside the words of the RFC: a page for each package that leaves
/// something out.
record LeftOutPages(Book book, Frame frame) {

    /// The way from a page to what the package of a file leaves out, if it does.
    static String beside(Book book, Path file, String page) {
        return book.sources().leftOutBeside(file).map(left -> "<p>" + Html.link(
                Html.way(page, Html.page(left.path())), "What is left out, and why") + "</p>\n")
                .orElse("");
    }

    Map<String, String> html() {
        var pages = new LinkedHashMap<String, String>();
        for (var left : book.sources().leftOut()) pages.put(Html.page(left.path()), page(left));
        return pages;
    }

    private String page(LeftOut left) {
        var page = Html.page(left.path());
        var name = Html.packageName(left.path());
        var door = Html.way(page, Html.page(left.path().resolveSibling("package-info.java")));
        var body = new StringBuilder("<h1><small>" + name + "</small> What is left out, and why"
                + "</h1>\n");
        var cited = left.citations().stream().collect(Collectors.groupingBy(Citation::line));
        for (int i = 1; i <= left.lines().size(); i++) {
            var group = LeftOut.group(left.lines().get(i - 1));
            group.ifPresent(g -> body.append("<h2><small class=\"kind ").append(g.getKey())
                    .append("\">").append(Notes.kind(g.getKey())).append("</small> ")
                    .append(Html.escape(g.getValue())).append("</h2>\n"));
            var id = "L" + i;
            for (var citation : cited.getOrDefault(i, List.of())) {
                entry(citation, page, id, body);
                id = "";
            }
        }
        return frame.page(page, name + ", what is left out", "What " + name + " leaves out of its"
                + " RFCs, and why.", Html.link(door, name) + " / what is left out",
                body.toString());
    }

    /// One line with its sentences; those of a whole section folded.
    private void entry(Citation citation, String page, String id, StringBuilder body) {
        var place = citation.place();
        var sentences = book.shown().get(place.rfc()).of(citation);
        var colour = place instanceof Statements s ? book.standing(s).colour()
                : sentences.isEmpty() ? "plain" : book.standing(sentences.getFirst()).colour();
        body.append("<div class=\"row para\"><div>");
        if (!id.isEmpty()) body.append("<a id=\"").append(id).append("\"></a>");
        var quotes = sentences.stream().map(s -> quote(s, page)).toList();
        if (quotes.size() > 3) body.append("<details><summary>").append(quotes.size())
                .append(" sentences</summary>\n");
        body.append(String.join("", quotes));
        if (quotes.size() > 3) body.append("</details>\n");
        body.append("</div>\n<div class=\"notes\">\n<div class=\"note ").append(colour)
                .append("\"><p class=\"where\">")
                .append(Html.link(Html.way(page, Book.address(place)), Notes.title(place)))
                .append("</p>\n<p>").append(Html.escape(citation.words()))
                .append("</p></div>\n</div>\n</div>\n");
    }

    private String quote(Statements sentence, String page) {
        var words = book.words(sentence);
        return "<p><span class=\"s " + book.standing(sentence).colour() + "\">"
                + Html.link(Html.way(page, Book.address(sentence)), sentence.section() + "-"
                + sentence.list()) + "</span> " + (words.isEmpty() ? ""
                : Keywords.mark(words.getFirst())) + "</p>\n";
    }
}
