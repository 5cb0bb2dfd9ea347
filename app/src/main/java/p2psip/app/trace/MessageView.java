package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.HostName;

/// A message as HTML, which unfolds: who to whom, what changed on the way, a figure of its bits or
/// its text, what each field says and where that is written, and the bytes.
///
/// Field n is the nth row of the table, the nth group of the figure and the nth run of either
/// column of bytes: by its place alone a script or a style sheet knows what belongs together.
final class MessageView {
    private static final int WIDTH = 16;

    /// So many of those that are drawn as one arrow are listed.
    private static final int REST = 200;

    /// A field longer than this is cut in the table: its bytes are all there.
    private static final int SHOWN = 1_200;

    private final Instant begin;
    private final Quotes quotes;

    MessageView(Instant begin, Quotes quotes) {
        this.begin = begin;
        this.quotes = quotes;
    }

    /// @param words what somebody has to say of it, as HTML; may be empty
    String html(Conversation.Step step, String words) {
        var shot = step.shot();
        var id = "m" + step.number();
        var out = new StringBuilder(("<details class=\"said %s\" id=\"%s\"><summary><b>%s</b> "
                + "%s → %s").formatted(kind(shot), id, Html.escape(step.row().text()),
                        Html.escape(step.from()), Html.escape(step.to())));
        out.append(" " + Html.time(begin, shot.at(), 4) + "</summary>\n");
        out.append("<p class=\"way\">%s %s → %s · %d bytes%s</p>\n".formatted(shot.transport(),
                HostName.text(shot.source()), HostName.text(shot.target()), shot.size(),
                step.row().arrived() ? "" : " · it never arrived"));
        out.append(words);
        trouble(shot.outside(), out);
        shot.before().ifPresent(before -> out.append(Hops.html(before, shot, quotes)));
        if (!shot.inside().isEmpty())
            out.append("<details class=\"outer\"><summary>as it crosses the network</summary>\n");
        int fields = cut(shot.outside(), id, 1, out);
        if (!shot.inside().isEmpty()) out.append("</details>\n");
        for (var inside : shot.inside()) {
            out.append("<p class=\"way\">" + layer(inside) + " · " + inside.bytes().size()
                    + " bytes</p>\n");
            trouble(inside, out);
            fields = cut(inside, id, fields, out);
        }
        if (step.shots().size() > 1) rest(step.shots(), out);
        return out.append("</details>\n").toString();
    }

    private static String layer(Dissection inside) {
        return switch (inside.protocol()) {
            case "payload" -> "The whole payload, with the pieces in the datagrams before";
            case "SIP" -> "The SIP message in it: between the two nodes nobody can read it";
            default -> "What is sealed in it";
        };
    }

    static String kind(Shot shot) {
        return switch (shot.protocol()) {
            case "SIP" -> "sip";
            case "STUN" -> "stun";
            case "RTP", "RTCP" -> "media";
            case "ring" -> "ring";
            default -> "other";
        };
    }

    private static void trouble(Dissection dissection, StringBuilder out) {
        if (!dissection.trouble().isEmpty()) out.append("<p class=\"trouble\">What is wrong: "
                + Html.escape(dissection.trouble()) + "</p>\n");
    }

    /// @param number of its first field in the message
    /// @return the number after its last field
    private int cut(Dissection dissection, String id, int number, StringBuilder out) {
        boolean text = dissection.isText();
        out.append("<div class=\"cut\">\n");
        if (!text) out.append(BitDiagram.svg(dissection));
        out.append("<div class=\"t-wide\"><table class=\"t-parts\">\n<thead><tr>").append(text
                ? "<th>as sent</th>" : "<th>bytes</th><th>field</th><th>value</th>")
                .append("<th>says</th><th>from</th></tr></thead><tbody>\n");
        int n = number;
        for (var field : dissection.fields()) {
            out.append("<tr id=\"%s-f%d\">".formatted(id, n++)).append(text
                    ? "<td><code>" + shown(field) + "</code></td>"
                    : "<td>%s</td><td>%s</td><td><code>%s</code></td>".formatted(field.place(),
                            Html.escape(field.name()), shown(field)));
            out.append("<td>" + Html.escape(field.meaning()) + "</td><td>"
                    + quotes.link(field.source()) + "</td></tr>\n");
        }
        out.append("</tbody></table></div>\n<details class=\"hex\"" + (text ? "" : " open")
                + "><summary>bytes</summary>").append(hex(dissection))
                .append("</details>\n</div>\n");
        return n;
    }

    private static String shown(Field field) {
        var value = field.value();
        return value.length() <= SHOWN ? Html.escape(value)
                : Html.escape(value.substring(0, SHOWN)) + "… <i>" + (value.length() - SHOWN)
                        + " characters more</i>";
    }

    /// Sixteen bytes a line, twice: as numbers and as characters. A field that has no byte of its
    /// own, because it begins within one, has an empty run.
    static String hex(Dissection dissection) {
        var bytes = dissection.bytes();
        var lines = new StringBuilder();
        for (int line = 0; line < bytes.size(); line += WIDTH)
            lines.append("%04x\n".formatted(line));
        return "<div class=\"bytes\"><pre>" + lines + "</pre><pre>"
                + column(dissection, i -> "%02x".formatted(bytes.at(i)), " ") + "</pre><pre>"
                + column(dissection, i -> character(bytes, i), "") + "</pre></div>\n";
    }

    private static String column(
            Dissection dissection, IntFunction<String> print, String between) {
        var out = new StringBuilder();
        int size = dissection.bytes().size();
        for (var field : dissection.fields()) {
            int from = (field.from() + 7) / 8, to = (field.to() + 7) / 8;
            out.append("<i>");
            for (int i = from; i < to; i++) {
                out.append(print.apply(i));
                if (i == to - 1) out.append("</i>");
                if (i < size - 1) out.append(i % WIDTH == WIDTH - 1 ? "\n" : between);
            }
            if (from == to) out.append("</i>");
        }
        return out.toString();
    }

    private static String character(Bytes bytes, int at) {
        int c = bytes.at(at);
        return c < ' ' || c > '~' ? "·" : Html.escape(Character.toString(c));
    }

    /// Those after the first: when, and in what they differ.
    private void rest(List<Shot> shots, StringBuilder out) {
        var names = differing(shots);
        out.append("<details class=\"rest\"><summary>" + (shots.size() - 1) + " more like it"
                + "</summary><div class=\"t-wide\"><table><thead><tr><th>time</th><th>bytes</th>");
        names.forEach(name -> out.append("<th>" + Html.escape(name) + "</th>"));
        out.append("</tr></thead><tbody>\n");
        shots.stream().skip(1).limit(REST).forEach(shot -> {
            out.append("<tr><td>" + Html.seconds(begin, shot.at(), 4) + "</td><td>" + shot.size()
                    + "</td>");
            names.forEach(name -> out.append("<td>" + shot.outside().field(name)
                    .map(field -> Html.escape(field.value())).orElse("") + "</td>"));
            out.append("</tr>\n");
        });
        out.append("</tbody></table></div>");
        if (shots.size() - 1 > REST) out.append("<p class=\"way\">The last "
                + (shots.size() - 1 - REST) + " are not listed.</p>");
        out.append("</details>\n");
    }

    /// The names of short fields that are not the same in all.
    private static List<String> differing(List<Shot> shots) {
        var first = shots.getFirst().outside();
        return first.fields().stream().filter(field -> field.to() - field.from() <= 64
                && shots.stream().limit(REST).anyMatch(shot -> !shot.outside().field(field.name())
                        .map(Field::value).equals(Optional.of(field.value()))))
                .map(Field::name).distinct().limit(6).toList();
    }
}
