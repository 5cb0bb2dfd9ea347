package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.htmlify.Program.*;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.Type;

/// What stands beside the citations of a page: the RFC's words or ours, and who proves it or does
/// it, the first with its lines, folded; the same lines once on a page.
final class Notes {
    private static final int SNIPPET = 40, WIDTH = 64;
    /// So many lines of its text a note shows until somebody wants all.
    private static final int CLAMP = 3;
    private static final double SHORT = 1.5, LINE = 1.05;
    private static final Pattern TAG = Pattern.compile(" *// (tag|end)::\\w+\\[\\]");

    private final Book book;
    private final String page;
    private final Set<String> unfolded = new HashSet<>();   // asked only

    /// @param page the page they stand on
    Notes(Book book, String page) {
        this.book = book;
        this.page = page;
    }

    /// The notes of a row of citations: where several sentences say the same, or several lines
    /// speak of one place, they are one.
    ///
    /// @param bottom where the note before them ends, in lines of code
    /// @param limit where the last should end: those for which there is no room are cut short
    /// @return where the last of them ends
    double row(Collection<Citation> citations, double bottom, double limit, StringBuilder body) {
        var equal = new LinkedHashMap<Object, List<Citation>>();
        for (var c : citations) {
            var hashes = book.hashes(c.place());
            equal.computeIfAbsent(hashes.isEmpty() ? c.place() : hashes, _ -> new ArrayList<>())
                    .add(c);
        }
        int left = equal.size();
        for (var same : equal.values()) {
            var others = others(same);
            double whole = height(same, others.isEmpty());
            boolean brief = bottom + whole + --left * SHORT > limit;
            note(same, others, brief, body);
            bottom += brief ? SHORT : whole;
        }
        return bottom;
    }

    /// About how many lines of code a note is high.
    private double height(List<Citation> same, boolean alone) {
        var citation = same.getFirst();
        var words = book.words(citation.place());
        int length = 22 * same.size() + (words.isEmpty() ? ours(same).length() + 10
                : words.stream().mapToInt(String::length).sum());
        return LINE * (Math.min(CLAMP, 1 + length / WIDTH) + (alone ? 0 : 1)) + .4;
    }

    private static String ours(List<Citation> same) {
        return same.stream().filter(c -> c.place().equals(same.getFirst().place()))
                .map(Citation::words).collect(Collectors.joining(" "));
    }

    /// The tests of code, the code of tests.
    private List<Citation> others(List<Citation> same) {
        return same.stream().flatMap(c -> book.same(c, c.type() != Type.TEST).stream()).distinct()
                .toList();
    }

    private void note(List<Citation> same, List<Citation> others, boolean brief,
            StringBuilder body) {
        var citation = same.getFirst();
        var place = citation.place();
        var colour = place instanceof Citation.Statements s ? book.standing(s).colour() : "plain";
        body.append("<div role=\"note\" class=\"note ").append(colour).append(brief ? " brief" : "")
                .append("\" id=\"n").append(citation.line()).append("\">\n<div class=\"say\">"
                        + "<span class=\"where\">")
                .append(same.stream().map(c -> c.place()).distinct().map(this::cited)
                        .collect(Collectors.joining(" = "))).append("</span>\n");
        if (citation.type() != Type.IMPLEMENTED && citation.type() != Type.TEST)
            body.append("<b class=\"tag\">").append(kind(citation.type())).append("</b>\n");
        var words = book.words(place);
        if (words.isEmpty()) body.append("<p>").append(Html.escape(ours(same))).append(" &middot; ")
                .append(Html.link(Book.original(place.rfc(), place.section()), "read it"))
                .append("</p>\n");
        else words.forEach(w -> body.append("<blockquote>").append(Keywords.mark(w))
                .append("</blockquote>\n"));
        body.append("</div>\n");
        if (!others.isEmpty())
            others(others, citation.type() == Type.TEST ? "code" : "test", body);
        body.append("</div>\n");
    }

    private String cited(Citation.Place place) {
        return Html.link(book.shown().containsKey(place.rfc())
                ? Html.way(page, Book.address(place))
                : Book.original(place.rfc(), place.section()), title(place));
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

    /// Above a ladder those that are drawn in the sections which its comment gives.
    ///
    /// @param code below the comment
    String drawing(String comment, String code) {
        if (!ARROW.matcher(code).find()) return "";
        return SPEC.matcher(comment).results().flatMap(spec -> Optional
                .ofNullable(book.texts().get(Integer.parseInt(spec.group(1))))
                .flatMap(text -> text.section(spec.group(2))).stream())
                .flatMap(section -> section.blocks().stream())
                .filter(Rfc.Drawing.class::isInstance).map(Rfc.Drawing.class::cast)
                .map(drawing -> String.join("\n", drawing.lines()).stripIndent())
                .filter(drawing -> ARROW.matcher(drawing).find())
                .map(drawing -> "<pre class=\"grammar\">" + Html.escape(drawing) + "</pre>\n")
                .collect(Collectors.joining());
    }

    /// From a column of a ladder to the next.
    private static final Pattern ARROW = Pattern.compile("\\|<?-[^|]*->?\\|");

    private static final Pattern SPEC = Pattern.compile(
            "@spec https://www\\.rfc-editor\\.org/rfc/rfc(\\d+)#(?:section|appendix)-(\\S+)");

    /// What it is, for people.
    static String kind(Type type) { return Standing.of(Set.of(type)).meaning(); }

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

    /// The tests of a rule, or the code: the first has its lines with it, folded.
    private void others(List<Citation> others, String what, StringBuilder body) {
        var first = others.getFirst();
        var target = book.program().unit(first.file()).orElseThrow();
        var snippet = snippet(target, first, method(target, first));
        var more = others.stream().skip(1).map(other -> "<p>" + link(other) + "</p>\n")
                .collect(Collectors.joining());
        if (unfolded.add(snippet)) more = "<pre>"
                + Paint.html(snippet, _ -> Optional.empty()) + "</pre>\n" + more;
        var name = what + (others.size() == 1 ? "" : " +" + (others.size() - 1));
        body.append("<div class=\"of of-").append(what).append("\">").append(more.isEmpty() ? name
                        : "<details><summary>" + name + "</summary>\n" + more + "</details>")
                .append('\n').append(link(first)).append("</div>\n");
    }

    private String link(Citation citation) {
        var unit = book.program().unit(citation.file()).orElseThrow();
        return Html.link(Html.way(page, Html.page(citation.file())) + "#L" + citation.target(),
                Html.breakable(unit.name() + method(unit, citation).map(m -> "." + m.name())
                        .orElse("")));
    }

    private static Optional<Declaration> method(Unit unit, Citation citation) {
        return unit.method(citation.line()).or(() -> unit.method(citation.target()));
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
        return "<p>" + (tests.contains(true) ? "Proves: " : "Proved by: ")
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
