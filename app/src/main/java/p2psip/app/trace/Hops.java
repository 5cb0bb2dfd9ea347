package p2psip.app.trace;

import module java.base;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;

/// What a node changed in a message that it passed on, and why.
final class Hops {
    /// A line of one of two messages: in both, only in the first, only in the second.
    private record Line(char sign, String text) {}

    /// What the later message is: the same passed on, or a new attempt of the same sender.
    private enum Kind { REQUEST, RESPONSE, AGAIN }

    /// Why a line changed; [#NONE] where nothing is to be said.
    private record Why(String words, String section) {}

    private static final Why NONE = new Why("", "");

    private Hops() {}

    /// The later message with the lines that changed marked, and a reason beside each.
    static String html(Shot before, Shot after, Quotes quotes) {
        var now = after.sip().orElseThrow();
        var kind = before.source().equals(after.source()) ? Kind.AGAIN
                : now instanceof Request ? Kind.REQUEST : Kind.RESPONSE;
        var out = new StringBuilder("<p class=\"way\">" + (kind == Kind.AGAIN
                ? "What is new since it was sent before" : "What was changed on the way")
                + "</p>\n<pre class=\"t-hops\">");
        for (var line : lines(text(before.sip().orElseThrow()), text(now))) {
            var why = line.sign == ' ' ? NONE : why(line, kind);
            var text = line.sign + " " + Html.escape(line.text);
            out.append(switch (line.sign) {
                case '+' -> "<ins>" + text + "</ins>";
                case '-' -> "<del>" + text + "</del>";
                default -> text;
            }).append(why == NONE ? "" : "  <em>" + why.words + ", "
                    + quotes.link("rfc3261#" + why.section) + "</em>").append('\n');
        }
        return out.append("</pre>\n").toString();
    }

    /// The same as text, without the reasons.
    static String text(Shot before, Shot after) {
        return lines(text(before.sip().orElseThrow()), text(after.sip().orElseThrow())).stream()
                .map(line -> line.sign + " " + Printer.visible(line.text) + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> text(Message message) {
        var lines = new ArrayList<String>();
        lines.add(message.startLine());
        message.headers().forEach(header -> lines.add(header.toString()));
        if (!message.body().isEmpty()) lines.add("(" + message.body().size() + " bytes of body)");
        return lines;
    }

    /// The longest common lines, and what is around them.
    private static List<Line> lines(List<String> a, List<String> b) {
        var common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--)
            for (int j = b.size() - 1; j >= 0; j--)
                common[i][j] = a.get(i).equals(b.get(j)) ? 1 + common[i + 1][j + 1]
                        : Math.max(common[i + 1][j], common[i][j + 1]);
        var lines = new ArrayList<Line>();
        int i = 0, j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add(new Line(' ', a.get(i++)));
                j++;
            } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', a.get(i++)));
            } else {
                lines.add(new Line('+', b.get(j++)));
            }
        }
        return lines;
    }

    private static Why why(Line line, Kind kind) {
        var name = line.text.substring(0, Math.max(0, line.text.indexOf(':')));
        boolean in = line.sign == '+';
        if (name.contains(" ")) return in ? because("the address found", "16.5") : NONE;
        return switch (name) {
            case "Via" -> switch (kind) {
                case AGAIN -> in ? because("a new transaction", "8.1.1.7") : NONE;
                case RESPONSE -> in ? NONE : because("mine: it has served", "16.7");
                case REQUEST -> !in ? NONE : line.text.contains(";received=")
                        ? because("noted where it came from", "18.2.1")
                        : because("the answer comes back here", "16.6");
            };
            case "Record-Route" -> in ? because("I stay on the way", "16.6") : NONE;
            case "Max-Forwards" -> in ? because("one hop less", "16.6") : NONE;
            case "Route" -> in ? because("the next on the way", "16.12")
                    : because("it led here", "16.4");
            case "Authorization", "Proxy-Authorization" -> in
                    ? because("the answer to the challenge", "22.1")
                    : because("meant for me", "22.3");
            case "CSeq" -> in ? because("a new request", "8.1.3.5") : NONE;
            default -> NONE;
        };
    }

    private static Why because(String words, String section) { return new Why(words, section); }
}
