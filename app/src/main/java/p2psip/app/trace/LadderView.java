package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Conversation.Step;
import p2psip.app.trace.Trace.What;

/// A ladder as HTML: a link for each arrow, which leads to its message, and the notes between them.
/// Rows are rows of a grid, so that what is not wanted can be hidden and the rest moves up.
final class LadderView {
    /// Participants with a column of their own; what the others say is drawn in the last one. The
    /// style sheet knows so many.
    static final int COLUMNS = 24;

    private final Conversation conversation;
    private final Quotes quotes;
    private final List<String> columns;

    LadderView(Conversation conversation, Quotes quotes) {
        this.conversation = conversation;
        this.quotes = quotes;
        var all = conversation.columns();
        columns = all.size() <= COLUMNS ? all : Stream.concat(all.stream().limit(COLUMNS - 1),
                Stream.of((all.size() - COLUMNS + 1) + " others")).toList();
    }

    /// @param steps those that are shown
    String html(List<Step> steps) {
        var out = new StringBuilder("<nav class=\"rungs n%d\" aria-label=\"The ladder\">\n<div "
                .formatted(columns.size()) + "class=\"names\"><span></span>");
        columns.forEach(name -> out.append("<b>" + Html.escape(name) + "</b>"));
        out.append("</div>\n");
        steps.forEach(step -> out.append(step.isNote() ? note(step) : rung(step)));
        return out.append("</nav>\n").toString();
    }

    private int column(String name) {
        int at = conversation.columns().indexOf(name);
        return Math.min(at, columns.size() - 1);
    }

    private String rung(Step step) {
        int from = column(step.from()), to = column(step.to());
        int left = Math.min(from, to), right = Math.max(from, to);
        if (left == right) right++;   // to itself, or among the others
        return ("<a class=\"%s s%d e%d %s%s\" href=\"#m%d\">%s<span><b>%s</b>"
                + "</span></a>\n").formatted(
                        MessageView.kind(step.shot()), left, right,
                        from <= to ? "to" : "fro",
                        (step.row().arrived() ? "" : " lost")
                        + (step.shot().outside().trouble().isEmpty() ? "" : " bad"),
                        step.number(), time(step), Html.escape(step.row().text()));
    }

    /// Right of its column, or left of it where there is more room.
    private String note(Step step) {
        int at = column(step.from());
        var citation = switch (step.row().trace().what()) {
            case What.State(_, var state) -> state.citation();
            case What.Remark(_, _, var cited) -> cited;
            default -> "";
        };
        var text = step.row().text();
        if (!citation.isEmpty()) text = text.replace(" [" + citation + "]", "");
        return "<p class=\"t-note %s\">%s<span>%s %s</span></p>\n".formatted(
                2 * at < columns.size() ? "s" + at : "e" + at + " fro", time(step),
                Html.escape(text), quotes.link(citation));
    }

    private String time(Step step) {
        return Html.time(conversation.begin(), step.row().at(), 3);
    }
}
