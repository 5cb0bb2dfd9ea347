package p2psip.tools.guide;

import module java.base;
import p2psip.tools.htmlify.Rules;
import p2psip.tools.htmlify.Rules.*;
import p2psip.tools.rfc.Citation.Type;
import p2psip.tools.rfc.Standing;

/// Rules as AsciiDoc: the same facts as in the notes of the annotated pages.
///
/// @param linked whether there are pages to lead to, as there are not on paper
record Boxes(Rules rules, boolean linked) {
    /// So many of those who cite a rule are named, code and tests apart.
    private static final int NAMED = 3;

    String address(Rule rule) {
        return rule.page().filter(_ -> linked).orElse(rule.original());
    }

    /// The standing of a rule as a word for style sheets, if it has one.
    static String colour(Rule rule, String before) {
        return rule.standing().map(s -> before + s.colour()).orElse("");
    }

    /// A box about what a citation names.
    ///
    /// @param mark stands before its title, and says that its code has just been shown
    /// @throws IllegalArgumentException if it names nothing
    List<String> box(String citation, String mark) {
        var rule = rules.rule(citation);
        var lines = new ArrayList<String>();
        lines.add("[.rule" + colour(rule, ".") + "]");
        lines.add("****");
        lines.add(plain(mark) + "*" + link(address(rule), rule.title()) + "*"
                + rule.standing().map(s -> " [.standing]#" + s.meaning() + "#").orElse(""));
        lines.add("");
        if (rule.words().isEmpty()) ours(rule, lines);
        for (var words : rule.words()) lines.addAll(List.of("[.words]", keywords(words), ""));
        if (mark.isEmpty()) named(rule, Type.IMPLEMENTED, "code", lines);
        named(rule, Type.TEST, "tests", lines);
        rule.cited().stream().skip(rule.words().isEmpty() ? 1 : 0)   // ours have said the first
                .filter(c -> c.type() != Type.IMPLEMENTED && c.type() != Type.TEST)
                .findFirst().ifPresent(c -> lines.addAll(List.of("[.who]",
                        Standing.of(Set.of(c.type())).meaning() + ": " + plain(c.words()), "")));
        lines.add("****");
        lines.add("");
        return lines;
    }

    /// Without the RFC's text: our own words, and the way to it.
    private static void ours(Rule rule, List<String> lines) {
        var ours = rule.cited().stream().map(Cited::words).findFirst().orElse(rule.section());
        lines.addAll(List.of("[.words]",
                plain(ours) + " · " + link(rule.original(), "read it"), ""));
    }

    private void named(Rule rule, Type type, String what, List<String> lines) {
        var all = rule.cited().stream().filter(c -> c.type() == type)
                .collect(Collectors.toMap(Cited::name, c -> c, (one, _) -> one,
                        LinkedHashMap::new));
        if (all.isEmpty()) return;
        var names = all.values().stream().limit(NAMED).map(c -> linked
                        ? link(c.page(), plain(c.name())) : plain(c.name()))
                .collect(Collectors.joining(", "));
        lines.addAll(List.of("[.who]", what + " " + names
                + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : ""), ""));
    }

    /// The words of RFC 2119 stand out.
    private static String keywords(String words) {
        var out = new StringBuilder();
        int from = 0;
        for (var m = KEYWORD.matcher(words); m.find(); from = m.end())
            out.append(plain(words.substring(from, m.start()))).append("**").append(m.group())
                    .append("**");
        return out.append(plain(words.substring(from))).toString();
    }

    private static final Pattern KEYWORD = Pattern.compile("\\b(?:MUST NOT|MUST|SHALL NOT|SHALL"
            + "|SHOULD NOT|SHOULD|REQUIRED|NOT RECOMMENDED|RECOMMENDED|MAY|OPTIONAL)\\b");

    static String link(String address, String text) {
        return "link:++%s++[%s]".formatted(address, text);
    }

    /// Text in which nothing means anything to AsciiDoc.
    static String plain(String text) {
        return text.isEmpty() ? "" : "pass:c[" + text.replace("]", "\\]") + "]";
    }
}
