package p2psip.tools.htmlify;

import module java.base;

/// Doc comments as prose: the Markdown that javadoc knows, as far as our comments use it.
///
/// @param names where a name in brackets leads to, as an address; empty for a name nobody knows
record Prose(Function<String, Optional<String>> names) {
    private static final Pattern INLINE = Pattern.compile(
            "`([^`]+)`|\\[([^\\]]+)]\\(([^)\\s]+)\\)|\\[([^\\]]+)](?:\\[([^\\]]+)])?"
            + "|\\*\\*([^*]+)\\*\\*|(?<![\\w*])\\*([^*\\s][^*]*)\\*(?![\\w*])"
            + "|(https?://[^\\s)<>]+)");
    private static final Pattern ITEM = Pattern.compile("(\\s*)(?:[-*+]|(\\d+)\\.)\\s+(.*)");
    private static final Pattern TAG = Pattern.compile("@(\\w+)\\s*(.*)");

    /// The lines of a comment, without their slashes, as HTML.
    String html(List<String> lines) {
        var out = new StringBuilder();
        for (int i = 0; i < lines.size();) {
            var line = lines.get(i);
            int from = i;
            if (line.isBlank()) {
                i++;
            } else if (line.strip().startsWith("```")) {
                i++;
                while (i < lines.size() && !lines.get(i).strip().startsWith("```")) i++;
                out.append(code(lines.subList(from + 1, i++)));
            } else if (line.startsWith("    ")) {
                while (i < lines.size() && (lines.get(i).startsWith("    ")
                        || lines.get(i).isBlank() && i + 1 < lines.size()
                        && lines.get(i + 1).startsWith("    "))) i++;
                out.append(code(lines.subList(from, i)));
            } else if (line.startsWith("|")) {
                while (i < lines.size() && lines.get(i).startsWith("|")) i++;
                out.append(table(lines.subList(from, i)));
            } else if (line.startsWith("#")) {
                out.append("<h4>").append(inline(line.replaceFirst("#+\\s*", "")))
                        .append("</h4>\n");
                i++;
            } else if (ITEM.matcher(line).matches()) {
                while (i < lines.size() && !lines.get(i).isBlank()) i++;
                out.append(list(lines.subList(from, i)));
            } else if (TAG.matcher(line).matches()) {
                i++;
                while (i < lines.size() && !lines.get(i).isBlank()
                        && !lines.get(i).startsWith("@")) i++;
                out.append(tag(String.join(" ", lines.subList(from, i))));
            } else {
                while (i < lines.size() && !lines.get(i).isBlank() && !lines.get(i).startsWith("@")
                        && !ITEM.matcher(lines.get(i)).matches()
                        && !lines.get(i).startsWith("```") && !lines.get(i).startsWith("|")) i++;
                if (i == from) i++;
                out.append("<p>").append(inline(String.join(" ", lines.subList(from, i))))
                        .append("</p>\n");
            }
        }
        return out.toString();
    }

    private static String code(List<String> lines) {
        return "<pre>" + Html.escape(String.join("\n", lines).stripIndent()) + "</pre>\n";
    }

    private String list(List<String> lines) {
        var items = new ArrayList<String>();
        for (var line : lines) {
            var m = ITEM.matcher(line);
            if (m.matches()) items.add(m.group(3));
            else items.add(items.removeLast() + " " + line.strip());
        }
        var first = ITEM.matcher(lines.getFirst());
        var kind = first.matches() && first.group(2) != null ? "ol" : "ul";
        return items.stream().map(item -> "<li>" + inline(item) + "</li>\n")
                .collect(Collectors.joining("", "<" + kind + ">\n", "</" + kind + ">\n"));
    }

    private String table(List<String> lines) {
        var out = new StringBuilder("<table>\n");
        boolean head = lines.size() > 1 && lines.get(1).matches("[|\\s:-]+");
        for (int i = 0; i < lines.size(); i++) {
            if (head && i == 1) continue;
            var cell = head && i == 0 ? "th" : "td";
            out.append("<tr>");
            for (var text : lines.get(i).strip().replaceAll("^\\||\\|$", "").split("\\|"))
                out.append("<").append(cell).append(">").append(inline(text.strip()))
                        .append("</").append(cell).append(">");
            out.append("</tr>\n");
        }
        return out.append("</table>\n").toString();
    }

    /// A block tag; `@spec` is a link to the RFC, the others keep their names.
    private String tag(String line) {
        var m = TAG.matcher(line);
        if (!m.matches()) throw new IllegalArgumentException(line);
        var words = m.group(2).split("\\s+", 2);
        return switch (m.group(1)) {
            case "spec" -> "<p class=\"spec\">" + Html.link(
                    names.apply(words[0]).orElse(words[0]),
                    Html.escape(words.length > 1 ? words[1] : words[0])) + "</p>\n";
            case "param" -> "<p class=\"tag\"><code>" + Html.escape(words[0]) + "</code> "
                    + inline(words.length > 1 ? words[1] : "") + "</p>\n";
            default -> "<p class=\"tag\"><i>" + m.group(1) + "</i> " + inline(m.group(2))
                    + "</p>\n";
        };
    }

    String inline(String text) {
        var out = new StringBuilder();
        int from = 0;
        for (var m = INLINE.matcher(text); m.find(); from = m.end()) {
            out.append(Html.escape(text.substring(from, m.start())));
            if (m.group(1) != null) out.append("<code>").append(Html.escape(m.group(1)))
                    .append("</code>");
            else if (m.group(2) != null) out.append(Html.link(m.group(3), Html.escape(m.group(2))));
            else if (m.group(4) != null) out.append(reference(m.group(4), m.group(5)));
            else if (m.group(6) != null) out.append("<b>").append(Html.escape(m.group(6)))
                    .append("</b>");
            else if (m.group(7) != null) out.append("<i>").append(Html.escape(m.group(7)))
                    .append("</i>");
            else out.append(Html.link(m.group(8), Html.escape(m.group(8))));
        }
        return out.append(Html.escape(text.substring(from))).toString();
    }

    private String reference(String text, String name) {
        var shown = name == null ? "<code>" + Html.escape(text.replaceFirst("^#", "")) + "</code>"
                : Html.escape(text);
        return names.apply(name == null ? text : name).map(url -> Html.link(url, shown))
                .orElse(shown);
    }
}
