package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.htmlify.Program.*;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.Type;

/// What stands beside the citations of a page: the RFC's words or ours, and who proves it or does
/// it, folded.
///
/// @param page the page they stand on
record Notes(Book book, String page) {
    private static final int INLINE_TESTS = 3, SNIPPET = 60, WIDTH = 60;
    private static final Pattern TAG = Pattern.compile(" *// (tag|end)::\\w+\\[\\]");

    /// About how many lines of code a note is high.
    int height(Citation citation) {
        int words = book.words(citation.place()).stream().findFirst().map(String::length)
                .orElse(80);
        int title = title(citation.place()).length();
        int others = book.same(citation, citation.type() != Type.TEST).size();
        return 2 + (title + words) / WIDTH + others;
    }

    /// The notes of a row of citations: where several sentences say the same they are one.
    void row(Collection<Citation> citations, StringBuilder body) {
        var equal = new LinkedHashMap<Object, List<Citation>>();
        for (var c : citations) {
            var hashes = book.hashes(c.place());
            equal.computeIfAbsent(hashes.isEmpty() ? c : Map.entry(c.target(), hashes),
                    _ -> new ArrayList<>()).add(c);
        }
        equal.values().forEach(same -> note(same, body));
    }

    private void note(List<Citation> same, StringBuilder body) {
        var citation = same.getFirst();
        var place = citation.place();
        int rfc = place.rfc();
        body.append("<aside class=\"note ").append(place instanceof Citation.Statements s
                        ? book.standing(s).colour() : "plain").append("\" id=\"n")
                .append(citation.line()).append("\">\n<p class=\"where\">")
                .append(same.stream().map(c -> Html.link(book.shown().containsKey(c.place().rfc())
                        ? Html.way(page, Book.address(c.place()))
                        : Book.original(c.place().rfc(), c.place().section()), title(c.place())))
                        .collect(Collectors.joining(" = ")));
        if (citation.type() != Type.IMPLEMENTED && citation.type() != Type.TEST)
            body.append(" <b class=\"tag\">").append(kind(citation.type())).append("</b>");
        body.append("</p>\n");
        var words = book.words(place);
        if (words.isEmpty()) body.append("<p>").append(Html.escape(citation.words()))
                .append(" &middot; ").append(Html.link(Book.original(rfc, place.section()),
                        "read it")).append("</p>\n");
        else body.append(quote(words.getFirst()));
        if (words.size() > 1) body.append("<details><summary>and ").append(words.size() - 1)
                .append(" more</summary>\n").append(words.stream().skip(1).map(Notes::quote)
                        .collect(Collectors.joining())).append("</details>\n");
        boolean test = citation.type() == Type.TEST;
        var others = same.stream().flatMap(c -> book.same(c, !test).stream()).distinct().toList();
        if (!others.isEmpty()) others(others, test ? "code" : "test", body);
        body.append("</aside>\n");
    }

    /// Below a comment the grammar it speaks of: the rules that it names of the sections it gives.
    String grammar(String comment) {
        return SPEC.matcher(comment).results().map(spec -> Optional
                .ofNullable(book.texts().get(Integer.parseInt(spec.group(1))))
                .flatMap(text -> text.section(spec.group(2))).map(Grammar::of).stream()
                .flatMap(grammar -> grammar.rules().entrySet().stream())
                .filter(rule -> comment.contains("`" + rule.getKey() + "`"))
                .map(rule -> Html.escape(String.join("\n", rule.getValue())))
                .collect(Collectors.joining("\n"))).filter(rules -> !rules.isEmpty())
                .map(rules -> "<pre class=\"grammar\">" + rules + "</pre>\n")
                .collect(Collectors.joining());
    }

    private static final Pattern SPEC = Pattern.compile(
            "@spec https://www\\.rfc-editor\\.org/rfc/rfc(\\d+)#(?:section|appendix)-(\\S+)");

    /// What it is, for people.
    static String kind(Type type) { return Standing.of(Set.of(type)).meaning(); }

    private static String quote(String words) {
        return "<blockquote>" + Keywords.mark(words) + "</blockquote>\n";
    }

    static String title(Citation.Place place) {
        return "RFC " + place.rfc() + " §" + place.section() + suffix(place);
    }

    /// What stands after the section.
    static String suffix(Citation.Place place) {
        return switch (place) {
            case Citation.Statements s -> "-" + s.list().replace(",", ", ").replace("..", " to ");
            case Citation.Paragraph p -> " ¶" + p.number();
            case Citation.All _ -> "";
        };
    }

    /// The tests of a rule, or the code: the first few with their lines, folded.
    private void others(List<Citation> others, String what, StringBuilder body) {
        int n = 0;
        for (var other : others) {
            var target = book.program().unit(other.file()).orElseThrow();
            var method = target.method(other.line()).or(() -> target.method(other.target()));
            var name = target.name() + method.map(m -> "." + m.name()).orElse("");
            var url = Html.way(page, Html.page(other.file())) + "#L" + other.target();
            if (n++ < INLINE_TESTS) body.append("<details class=\"of-").append(what)
                    .append("\"><summary>").append(what).append(' ')
                    .append(Html.link(url, Html.breakable(name))).append("</summary>\n<pre>")
                    .append(Paint.html(snippet(target, other, method), _ -> Optional.empty()))
                    .append("</pre></details>\n");
            else body.append("<p class=\"of-").append(what).append("\">").append(what).append(' ')
                    .append(Html.link(url, Html.breakable(name))).append("</p>\n");
        }
    }

    private static String snippet(Unit unit, Citation citation, Optional<Declaration> method) {
        var lines = unit.text().lines().toList();
        int from = method.map(Declaration::firstLine).orElse(citation.target());
        int to = method.map(Declaration::lastLine).orElse(citation.target() + 8);
        return lines.subList(from - 1, Math.min(lines.size(), Math.min(to, from + SNIPPET)))
                .stream().filter(l -> !isTag(l))
                .collect(Collectors.joining("\n")).stripIndent();
    }

    /// Whether a line only tells the guide which lines to include; it is left out of the pages.
    static boolean isTag(String line) { return TAG.matcher(line).matches(); }

    /// The files on the other side of these citations, with how many sentences they share: the
    /// tests of code, the code of tests.
    String otherSide(Collection<Citation> citations) {
        var shared = new TreeMap<Path, Set<Citation.Place>>();
        var tests = new TreeSet<Boolean>();
        for (var citation : citations) {
            boolean test = citation.type() == Type.TEST;
            tests.add(test);
            book.same(citation, !test).stream().filter(c -> !c.file().equals(citation.file()))
                    .filter(c -> test ? c.type() == Type.IMPLEMENTED : true)
                    .forEach(c -> shared.computeIfAbsent(c.file(), _ -> new LinkedHashSet<>())
                            .add(c.place()));
        }
        if (shared.isEmpty()) return "";
        var most = Comparator.comparing((Map.Entry<Path, Set<Citation.Place>> e) ->
                -e.getValue().size()).thenComparing(Map.Entry::getKey);
        return "<p class=\"spec\">" + (tests.contains(true) ? "Proves: " : "Proved by: ")
                + shared.entrySet().stream().sorted(most)
                        .map(e -> Html.link(Html.way(page, Html.page(e.getKey())),
                                Html.escape(Html.name(e.getKey()))) + " (" + e.getValue().size()
                                + ")").collect(Collectors.joining(", ")) + "</p>\n";
    }

    /// Whose words stand on the page, and on what terms.
    String notice(Collection<Citation> citations) {
        var quoted = citations.stream().filter(c -> !book.words(c.place()).isEmpty())
                .map(c -> c.place().rfc()).collect(Collectors.toCollection(TreeSet::new));
        if (quoted.isEmpty()) return "";
        return quoted.stream().map(rfc -> "<p>Words of RFC " + rfc + ": " + Html.escape(
                        book.copyright(rfc)) + " " + Html.link(Html.way(page, Book.contents(rfc))
                        + "#notice", "The whole notice") + " &middot; "
                        + Html.link(Book.original(rfc, ""), "the original") + "</p>\n")
                .collect(Collectors.joining("", "<footer class=\"notice\">\n", "</footer>\n"));
    }
}
