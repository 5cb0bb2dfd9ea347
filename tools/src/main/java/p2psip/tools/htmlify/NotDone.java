package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.*;

/// All that is not done, in one list: each sentence that applies and is departed from, to do or
/// open, and each MUST that no test proves. Read without a script it is in the order of the RFCs;
/// the script sorts and filters it.
record NotDone(Book book, Frame frame) {
    String html() {
        boolean tests = book.tested();
        var body = new StringBuilder("<h1>What is not done</h1>\n<p>Each rule of an RFC that"
                + " applies here and is not obeyed, with the reason or the plan; and each MUST that"
                + " is obeyed but that no test proves.").append(tests ? "" : " No test has run"
                + " where these pages were made: what is tested is not known, so such rules are"
                + " left out.").append("""
                        </p>
                        <div class="filter" hidden></div>
                        <div class="wide" tabindex="0" role="region" aria-label="The list">
                        <table class="list" id="list">
                        <thead><tr><th scope="col">Rule</th><th scope="col">Standing</th>
                        <th scope="col">Word</th><th scope="col">What the RFC says</th>
                        <th scope="col">Why, or what is planned</th></tr></thead>
                        """);
        book.shown().forEach((rfc, coverage) -> {
            body.append("<tbody id=\"rfc").append(rfc).append("\">\n");
            for (var section : coverage.index().sections())
                for (int n = 1; n <= section.items().size(); n++) {
                    var standing = book.standing(rfc, section.number(), n);
                    if (notDone(standing, section.items().get(n - 1), tests))
                        row(Statements.of(rfc, section.number(), n), standing,
                                section.items().get(n - 1), coverage, body);
                }
            body.append("</tbody>\n");
        });
        body.append("</table>\n</div>\n");
        return frame.page(Html.NOT_DONE, "What is not done", "Every rule that applies and is not"
                + " obeyed, and every MUST without a test.", "", body.toString());
    }

    private static boolean notDone(Standing standing, Index.Item item, boolean tests) {
        return switch (standing) {
            case DEPARTS, TODO, OPEN -> true;
            case DONE -> tests && item.keyword().compareTo(Keyword.REQUIRED) <= 0;
            case BOTH, TESTED, NOT_OURS, NOTHING_ASKED, PERMISSION, SUPERSEDED -> false;
        };
    }

    private void row(Statements sentence, Standing standing, Index.Item item, Coverage coverage,
            StringBuilder body) {
        var cited = coverage.of(sentence.section(), sentence.numbers().getFirst());
        var why = cited.stream().filter(c -> standing == Standing.DONE
                || Standing.of(Set.of(c.type())) == standing).findFirst();
        body.append("<tr><td>").append(Html.link(Html.way(Html.NOT_DONE, Book.address(sentence)),
                        Notes.title(sentence).replace(" ", "&nbsp;")))
                .append("</td><td><span class=\"s ").append(standing.colour()).append("\">")
                .append(standing == Standing.DONE ? "not tested" : standing.meaning())
                .append("</span></td><td>").append(item.weak()
                        ? item.keyword().toString().toLowerCase(Locale.ROOT) : item.keyword())
                .append("</td><td>").append(book.words(sentence).stream().map(Keywords::mark)
                        .collect(Collectors.joining(" "))).append("</td><td>");
        why.ifPresent(c -> body.append(Html.escape(c.words())).append(" (").append(Html.link(
                Html.way(Html.NOT_DONE, Html.page(c.file())) + "#L" + c.target(),
                Html.breakable(Html.name(c.file()).equals("left-out") ? c.file().getParent()
                        .getFileName().toString() : Html.name(c.file())))).append(')'));
        body.append("</td></tr>\n");
    }
}
