package p2psip.tools.dissect;

import module java.base;
import p2psip.std.Bytes;

/// A message of the call as HTML: who to whom, what changed on the way, the bytes with a colour for
/// each field, the bits as a figure, and a table that explains them.
final class MessagePage {
    private static final int WIDTH = 16;

    private MessagePage() {}

    static String html(Story.Told told, Map<Integer, String> formats, Instant begin) {
        var shot = told.shot();
        var dissection = Dissection.of(shot.bytes(), formats);
        var out = new StringBuilder("<div class=\"message\" id=\"message-" + told.id() + "\">\n");
        out.append("<p class=\"envelope\">%s s · UDP %s → %s · %d bytes</p>\n".formatted(
                seconds(Duration.between(begin, shot.at())), place(shot.source()),
                place(shot.target()), shot.bytes().size()));
        told.like().ifPresent(before -> out.append(Hops.html(before, shot)));
        boolean sealed = shot.frame().size() > 1;   // the first says nothing: it shows the sealing
        explained(dissection, told.like().isPresent() ? "Every byte"
                : sealed ? "As it crosses the network" : "", out);
        if (!shot.frame().isEmpty()) {
            out.append("<p class=\"envelope\">What is sealed in it · %d bytes</p>\n".formatted(
                    shot.frame().size()));
            explained(Dissection.ofFrame(shot.frame()), "", out);
        }
        return out.append("</div>\n").toString();
    }

    /// @param folded the title under which all of it is folded away; empty to show it
    private static void explained(Dissection dissection, String folded, StringBuilder out) {
        if (!folded.isEmpty()) out.append("<details><summary>" + folded + "</summary>\n");
        if (!dissection.protocol().equals("SIP")) out.append(BitDiagram.svg(dissection));
        out.append(hex(dissection)).append(table(dissection));
        if (!folded.isEmpty()) out.append("</details>\n");
    }

    private static String seconds(Duration time) {
        return "%.4f".formatted(time.toNanos() / 1e9);
    }

    private static String place(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /// Sixteen bytes a line, twice: as numbers and as characters.
    static String hex(Dissection dissection) {
        var out = new StringBuilder("<pre class=\"bytes\">");
        var bytes = dissection.bytes();
        var owner = owners(dissection);
        for (int line = 0; line < bytes.size(); line += WIDTH) {
            int end = Math.min(bytes.size(), line + WIDTH);
            out.append("<b>%04x</b>  ".formatted(line));
            runs(line, end, owner, out, i -> "%02x".formatted(bytes.at(i)), " ");
            out.append("   ".repeat(line + WIDTH - end)).append("  ");
            runs(line, end, owner, out, i -> character(bytes, i), "");
            out.append('\n');
        }
        return out.append("</pre>\n").toString();
    }

    /// The number of the field in which each byte begins.
    private static int[] owners(Dissection dissection) {
        var owner = new int[dissection.bytes().size()];
        for (int i = 0; i < dissection.fields().size(); i++) {
            var field = dissection.fields().get(i);
            for (int at = (field.from() + 7) / 8; at < (field.to() + 7) / 8; at++) owner[at] = i;
        }
        return owner;
    }

    private static void runs(int from, int to, int[] owner, StringBuilder out,
            IntFunction<String> print, String between) {
        for (int i = from; i < to; i++) {
            boolean first = i == from || owner[i] != owner[i - 1];
            boolean last = i == to - 1 || owner[i] != owner[i + 1];
            if (first) out.append("<i class=\"c" + owner[i] % Markup.COLOURS + "\">");
            out.append(print.apply(i));
            if (!last) out.append(between);
            else out.append("</i>").append(i == to - 1 ? "" : between);
        }
    }

    private static String character(Bytes bytes, int at) {
        int c = bytes.at(at);
        return c < ' ' || c > '~' ? "·" : Markup.escape(Character.toString(c));
    }

    static String table(Dissection dissection) {
        var out = new StringBuilder("<div class=\"wide\"><table class=\"fields\">\n"
                + "<tr><th>bytes</th><th>field</th><th>value</th>"
                + "<th>says</th><th>from</th></tr>\n");
        for (int i = 0; i < dissection.fields().size(); i++) {
            var field = dissection.fields().get(i);
            out.append("<tr><td class=\"c%d\">%s</td><td>%s</td><td><code>%s</code></td><td>%s</td>"
                    .formatted(i % Markup.COLOURS, field.place(), Markup.escape(field.name()),
                            Markup.escape(SipParts.value(field)), Markup.escape(field.meaning())));
            out.append("<td>" + Markup.link(field.source()) + "</td></tr>\n");
        }
        return out.append("</table></div>\n").toString();
    }
}
