package p2psip.app.why;

import module java.base;
import p2psip.app.trace.*;
import p2psip.app.trace.Screen.Ink;

/// An explanation for people: first of all the cause, then the sentence that asked for what did not
/// come, what to do, and what was seen, by time.
///
/// @param sentences has the words of the RFCs, where the reader has them
public record Narration(Screen screen, Sentences sentences) {
    /// Before each line of what was seen: its time, and a mark at the one that says it.
    private static final int MARGIN = 12;

    /// Longer lines are hard to read, however wide the screen is.
    private static final int LONGEST = 100;

    private static final String LABEL = "  %-9s ";

    /// Lines that end in newlines.
    public String of(Explanation why) {
        var out = new StringBuilder();
        var ink = why.verdict() == Explanation.Verdict.EXPLAINED ? Ink.FAULT : Ink.STRONG;
        wrapped("", shown(why.what())).forEach(line ->
                out.append(screen.ink(ink, line)).append('\n'));
        if (!why.callId().isEmpty()) {
            out.append('\n');
            labelled(out, "call", shown(why.from()) + " to " + shown(why.to()) + ", Call-ID "
                    + shown(why.callId()));
        }
        why.cause().ifPresent(cause -> {
            labelled(out, "missing", cause.missing());
            labelled(out, "asked by", "[" + cause.citation() + "]");
            quoted(out, cause.citation());
            labelled(out, "try", cause.advice());
        });
        if (!why.lines().isEmpty()) out.append('\n');
        why.lines().forEach(line -> line(out, line));
        if (why.forgotten() > 0) out.append("  ... ").append(why.forgotten())
                .append(" older facts are forgotten\n");
        asked(out, why);
        return out.toString();
    }

    private void labelled(StringBuilder out, String label, String text) {
        var first = LABEL.formatted(label);
        var lines = wrapped(" ".repeat(first.length()), text);
        for (int i = 0; i < lines.size(); i++)
            out.append(i == 0 ? screen.ink(Ink.SOFT, first)
                    + screen.linked(lines.getFirst().substring(first.length()))
                    : screen.linked(lines.get(i))).append('\n');
    }

    private void quoted(StringBuilder out, String citation) {
        for (var words : sentences.of(citation).words())
            labelled(out, "", "\"" + words + "\"");
    }

    private void line(StringBuilder out, Explanation.Line line) {
        var time = "%2s%9s ".formatted(line.marked() ? ">" : "", time(line.after()));
        var text = line.text() + (line.times() > 1 ? " (" + line.times() + " times)" : "")
                + (line.citation().isEmpty() ? "" : " [" + line.citation() + "]");
        boolean first = true;
        for (var part : text.split("\n")) {
            for (var row : wrapped(" ".repeat(MARGIN + (first ? 0 : 2)), shown(part))) {
                var rest = screen.linked(row.substring(MARGIN));
                out.append(first ? screen.ink(Ink.SOFT, time) : " ".repeat(MARGIN))
                        .append(line.marked() ? screen.ink(Ink.FAULT, rest) : rest).append('\n');
                first = false;
            }
        }
    }

    /// Since the call began; what is long before or after it is not told in milliseconds.
    private static String time(Duration after) {
        long millis = after.toMillis();
        return Math.abs(millis) < 180_000 ? String.format(Locale.ROOT, "%.3f", millis / 1e3)
                : (millis < 0 ? "-" : "") + Span.of(after);
    }

    /// The sentences that are named beside that of the cause, where their words are known.
    private void asked(StringBuilder out, Explanation why) {
        var others = why.lines().stream().map(Explanation.Line::citation)
                .filter(citation -> !citation.isEmpty() && why.cause().filter(cause ->
                        cause.citation().equals(citation)).isEmpty()).distinct()
                .filter(citation -> !sentences.of(citation).words().isEmpty()).toList();
        if (!others.isEmpty()) out.append('\n');
        for (var citation : others) {
            out.append("  ").append(screen.linked("[" + citation + "]")).append('\n');
            sentences.of(citation).words().forEach(words ->
                    wrapped("    ", "\"" + words + "\"").forEach(row ->
                            out.append(screen.ink(Ink.SOFT, row)).append('\n')));
        }
    }

    /// Nothing of what others have sent commands a terminal; of the ids of nodes the beginning
    /// tells enough.
    private static String shown(String text) {
        return ID.matcher(Printer.visible(text)).replaceAll("$1..");
    }

    private static final Pattern ID = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{32}\\b");

    private List<String> wrapped(String indent, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(indent);
        for (var word : text.split(" ")) {
            boolean begun = line.length() > indent.length();
            if (begun && line.length() + 1 + word.length() > Math.min(screen.width(), LONGEST)) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
