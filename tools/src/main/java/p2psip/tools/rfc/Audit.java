package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Citation.*;
import p2psip.tools.rfc.Sources.Source;

/// What is wrong with the citations of the sources, a line `file:line: what` for each fault.
///
/// The frozen indexes are enough for most of it; with the text of an RFC at hand the words are
/// judged too: they must speak of what the sentence says, and must not be copied from it.
public final class Audit {
    private static final int ROW = 3;
    private static final int PER_TEST = 6;
    private static final Pattern SPEC = Pattern.compile(
            "^\\s*(?:///|\\*)\\s*@spec\\s+(\\S+)\\s*(.*)");
    private static final Pattern RFC_PAGE = Pattern.compile("https://www\\.rfc-editor\\.org/rfc/"
            + "rfc(\\d+)#(?:section|appendix)-([0-9A-Z]+(?:\\.\\d+)*)");

    private final Sources sources;
    private final IntFunction<Optional<Rfc>> library;
    private final IntFunction<Optional<Index>> indexes;
    private final Map<Integer, Optional<Index>> known = new TreeMap<>();
    private final Map<Integer, Optional<Rfc>> texts = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private Audit(Sources sources, IntFunction<Optional<Rfc>> library,
            IntFunction<Optional<Index>> indexes) {
        this.sources = sources;
        this.library = library;
        this.indexes = indexes;
    }

    static List<String> faults(Sources sources, IntFunction<Optional<Rfc>> library,
            IntFunction<Optional<Index>> indexes) {
        return new Audit(sources, library, indexes).run();
    }

    /// Tests that claim too much: who breaks one line should not have to ask which rule it was.
    static List<String> crowded(Sources sources) {
        var tests = sources.citations().stream().filter(c -> c.type() == Type.TEST).toList();
        var methods = Methods.of(sources.root(),
                tests.stream().map(Citation::file).distinct().toList());
        var cited = new LinkedHashMap<Methods.Method, List<Citation>>();
        for (var test : tests)
            methods.get(test.file()).at(test.line(), test.target()).ifPresent(
                    method -> cited.computeIfAbsent(method, _ -> new ArrayList<>()).add(test));
        return cited.entrySet().stream().filter(e -> sentences(e.getValue()) > PER_TEST)
                .map(e -> e.getValue().getFirst().where() + ": " + e.getKey().className() + "."
                        + e.getKey().name() + " cites " + sentences(e.getValue())
                        + " rules of one RFC, at most " + PER_TEST + " are allowed: "
                        + e.getValue().stream().map(c -> c.place().toString())
                                .collect(Collectors.joining(", "))).toList();
    }

    /// Of the RFC of which there are most: what one says, others repeat.
    private static int sentences(List<Citation> citations) {
        return Collections.max(citations.stream().collect(Collectors.groupingBy(
                c -> c.place().rfc(), Collectors.summingInt(c ->
                        c.place() instanceof Statements s ? s.numbers().size() : 1))).values());
    }

    private List<String> run() {
        for (var source : sources.files()) {
            rows(source);
            specs(source);
            source.citations().forEach(this::judge);
        }
        for (var left : sources.leftOut()) {
            left.faults().forEach(line -> fault(left.path(), line, "not a line of "
                    + LeftOut.NAME + ": write departs (or another kind) and a reason, and below"
                    + " it, indented, rfcN#section-n,m..o (or .*) and words of its own, if any"));
            left.citations().forEach(this::judge);
        }
        contradictions();
        Borrowed.words(sources, texts.values().stream().flatMap(Optional::stream).toList())
                .forEach(faults::add);
        return faults;
    }

    /// How the lines stand: well formed, at most three in a row, directly above what obeys.
    private void rows(Source source) {
        var lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (!Citation.is(lines.get(i))) continue;
            int end = source.target(i);
            for (int line = i; line < end; line++)
                if (Citation.parse(source.path(), line + 1, end + 1, false, lines.get(line))
                        .isEmpty()) fault(source.path(), line + 1, "not a citation: write"
                                + " //= rfcN#section-n (or -n,m,o or ¶n) and what it says, in our"
                                + " words");
            var target = end < lines.size() ? lines.get(end).strip() : "";
            var first = lines.get(i).strip();
            if (target.matches("[{}()\\[\\];,]*"))
                fault(source.path(), i + 1,
                        "a citation stands directly above its statement or case: " + first);
            if (end - i > ROW)
                fault(source.path(), i + 1, "more than " + ROW + " citations in a row: " + first);
            i = end;
        }
    }

    /// Nothing is said to ask nothing of us and cited as obeyed, or left out for two reasons.
    private void contradictions() {
        var said = new LinkedHashMap<Statements, List<Citation>>();
        for (var c : sources.citations())
            if (c.place() instanceof Statements s)
                for (int n : s.numbers()) said.computeIfAbsent(
                        Statements.of(s.rfc(), s.section(), n), _ -> new ArrayList<>()).add(c);
        said.forEach((sentence, all) -> {
            var reasons = all.stream().filter(c -> c.type().compareTo(Type.TEST) > 0).toList();
            var obeyed = all.stream().filter(c -> c.type().compareTo(Type.TEST) <= 0).findFirst();
            if (reasons.size() > 1) fault(reasons.getLast(), sentence + " is left out at "
                    + reasons.getFirst().where() + " already");
            if (obeyed.isPresent() && !reasons.isEmpty() && reasons.getFirst().type().asksNothing())
                fault(reasons.getFirst(), sentence + " is cited as obeyed at "
                        + obeyed.get().where());
        });
    }

    /// `@spec` tags name a section, titled `RFC N §S`, and one that exists as far as is known.
    private void specs(Source source) {
        for (int i = 0; i < source.lines().size(); i++) {
            var tag = SPEC.matcher(source.lines().get(i));
            if (!tag.find() || !tag.group(1).contains("rfc-editor.org")) continue;
            var page = RFC_PAGE.matcher(tag.group(1));
            if (!page.matches()) {
                fault(source.path(), i + 1, "@spec names no section: write"
                        + " https://www.rfc-editor.org/rfc/rfcN#section-S RFC N §S");
                continue;
            }
            int rfc = Integer.parseInt(page.group(1));
            var title = "RFC " + rfc + " §" + page.group(2);
            if (!tag.group(2).strip().equals(title))
                fault(source.path(), i + 1, "the title of this @spec is " + title);
            if (index(rfc).isPresent()) section(source.path(), i + 1, rfc, page.group(2));
        }
    }

    private void judge(Citation citation) {
        var place = citation.place();
        var found = section(citation.file(), citation.line(), place.rfc(), place.section());
        if (found.isEmpty()) return;
        int sentences = found.get().items().size(), paragraphs = found.get().paragraphs().size();
        switch (place) {
            case Statements s when s.numbers().stream().anyMatch(n -> n < 1 || n > sentences) ->
                    fault(citation, place + ": the section has " + sentences
                            + " normative sentences");
            case Statements s when !s.inOrder() ->
                    fault(citation, place + ": write the numbers in their order, each once");
            case Statements s when s.numbers().size() > ROW && !citation.file().endsWith(
                    LeftOut.NAME) -> fault(citation, place + ": one citation names at most "
                            + ROW + " sentences");
            case Paragraph(_, _, int n) when n < 1 || n > paragraphs ->
                    fault(citation, place + ": the section has " + paragraphs + " paragraphs");
            case All _ when !citation.file().endsWith(LeftOut.NAME) -> fault(citation,
                    place + ": only " + LeftOut.NAME + " names a whole section");
            default -> words(citation);
        }
    }

    /// The section of a frozen index; a fault if there is none.
    private Optional<Index.Entry> section(Path file, int line, int rfc, String section) {
        var index = index(rfc);
        if (index.isEmpty()) {
            fault(file, line, "rfc" + rfc + " has no index; p2psip rfc freeze " + rfc
                    + " makes one from its text");
            return Optional.empty();
        }
        var found = index.get().section(section);
        if (found.isEmpty()) fault(file, line, "RFC " + rfc + " has no section " + section);
        return found;
    }

    private Optional<Index> index(int rfc) { return known.computeIfAbsent(rfc, indexes::apply); }

    /// Where the text is at hand: our words share a word that matters with each sentence that they
    /// speak of.
    private void words(Citation citation) {
        if (citation.type().compareTo(Type.TEST) > 0) return;
        var place = citation.place();
        var text = texts.computeIfAbsent(place.rfc(), library::apply);
        var said = switch (place) {
            case Statements s -> s.numbers().stream().flatMap(n ->
                    text.flatMap(rfc -> rfc.statement(s.section(), n)).stream());
            case Paragraph p -> text.flatMap(rfc -> rfc.section(p.section()))
                    .map(s -> s.paragraphs().get(p.number() - 1).text()).stream();
            case All _ -> Stream.<String>empty();
        };
        var ours = Words.content(citation.words());
        if (said.anyMatch(words -> Collections.disjoint(ours, Words.content(words))))
            fault(citation, place + " shares no word with: " + citation.words());
    }

    private void fault(Citation citation, String what) {
        fault(citation.file(), citation.line(), what);
    }

    private void fault(Path file, int line, String what) {
        faults.add(file + ":" + line + ": " + what);
    }
}
