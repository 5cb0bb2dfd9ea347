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
        return cited.entrySet().stream().filter(e -> e.getValue().size() > PER_TEST)
                .map(e -> e.getValue().getFirst().where() + ": " + e.getKey().className() + "."
                        + e.getKey().name() + " cites " + e.getValue().size()
                        + " times, at most " + PER_TEST + " are allowed: "
                        + e.getValue().stream().map(c -> c.place().toString())
                                .collect(Collectors.joining(", "))).toList();
    }

    private List<String> run() {
        for (var source : sources.files()) {
            rows(source);
            specs(source);
            source.citations().forEach(citation -> judge(source, citation));
        }
        Borrowed.words(sources.files(), texts.values().stream().flatMap(Optional::stream).toList())
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
                        .isEmpty()) fault(source, line, "not a citation: write //= rfcN#section-n"
                                + " (or ¶n; in a package-info also -n..m, .*) and what it says,"
                                + " in our words");
            var target = end < lines.size() ? lines.get(end).strip() : "";
            var first = lines.get(i).strip();
            if (!source.door() && target.matches("[{}()\\[\\];,]*"))
                fault(source, i, "a citation stands directly above its statement or case: "
                        + first);
            if (!source.door() && end - i > ROW)
                fault(source, i, "more than " + ROW + " citations in a row: " + first);
            i = end;
        }
    }

    /// `@spec` tags name a section, titled `RFC N §S`, and one that exists as far as is known.
    private void specs(Source source) {
        for (int i = 0; i < source.lines().size(); i++) {
            var tag = SPEC.matcher(source.lines().get(i));
            if (!tag.find() || !tag.group(1).contains("rfc-editor.org")) continue;
            var page = RFC_PAGE.matcher(tag.group(1));
            if (!page.matches()) {
                fault(source, i, "@spec names no section: write"
                        + " https://www.rfc-editor.org/rfc/rfcN#section-S RFC N §S");
                continue;
            }
            int rfc = Integer.parseInt(page.group(1));
            var title = "RFC " + rfc + " §" + page.group(2);
            if (!tag.group(2).strip().equals(title))
                fault(source, i, "the title of this @spec is " + title);
            if (index(rfc).isPresent()) section(source, i, rfc, page.group(2));
        }
    }

    private void judge(Source source, Citation citation) {
        var place = citation.place();
        int line = citation.line() - 1;
        var found = section(source, line, place.rfc(), place.section());
        if (found.isEmpty()) return;
        var section = found.get();
        switch (place) {
            case Sentence(_, _, int n) when n < 1 || n > section.items().size() ->
                    fault(source, line, place + ": the section has " + section.items().size()
                            + " normative sentences");
            case Range(_, _, int first, int last) when first < 1 || last > section.items().size() ->
                    fault(source, line, place + ": the section has " + section.items().size()
                            + " normative sentences");
            case Paragraph(_, _, int n) when n < 1 || n > section.paragraphs() ->
                    fault(source, line, place + ": the section has " + section.paragraphs()
                            + " paragraphs");
            case All _ when !source.door() || citation.type() == Type.IMPLEMENTED ->
                    fault(source, line, place + ": only an exception or todo in a package-info"
                            + " names a whole section");
            case Range _ when !source.door() || citation.type() == Type.IMPLEMENTED ->
                    fault(source, line, place + ": only an exception or todo in a package-info"
                            + " names several sentences at once");
            case Range(_, _, int first, int last) when first >= last ->
                    fault(source, line, place + ": write the first sentence, .. and a later one");
            default -> words(source, citation);
        }
    }

    /// The section of a frozen index; a fault if there is none.
    private Optional<Index.Entry> section(Source source, int line, int rfc, String section) {
        var index = index(rfc);
        if (index.isEmpty()) {
            fault(source, line, "rfc" + rfc + " has no index; p2psip rfc freeze " + rfc
                    + " makes one from its text");
            return Optional.empty();
        }
        var found = index.get().section(section);
        if (found.isEmpty()) fault(source, line, "RFC " + rfc + " has no section " + section);
        return found;
    }

    private Optional<Index> index(int rfc) { return known.computeIfAbsent(rfc, indexes::apply); }

    /// Where the text is at hand: our words share a word that matters with what they cite.
    private void words(Source source, Citation citation) {
        var place = citation.place();
        var section = texts.computeIfAbsent(place.rfc(), library::apply)
                .flatMap(rfc -> rfc.section(place.section()));
        var said = section.flatMap(s -> switch (place) {
            case Sentence(_, _, int n) ->
                    s.statements().stream().filter(t -> t.number() == n).findFirst()
                            .map(Rfc.Statement::text);
            case Paragraph(_, _, int n) -> Optional.of(s.paragraphs().get(n - 1).text());
            case Range _, All _ -> Optional.empty();
        });
        if (said.isPresent() && citation.type() != Type.EXCEPTION && citation.type() != Type.TODO
                && Collections.disjoint(Words.content(citation.words()), Words.content(said.get())))
            fault(source, citation.line() - 1, place + " shares no word with: " + citation.words());
    }

    private void fault(Source source, int line, String what) {
        faults.add(source.path() + ":" + (line + 1) + ": " + what);
    }
}
