package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.rfc.*;

/// All that the pages are made of: the sources, what they cite, and the RFCs as far as their texts
/// are at hand.
///
/// @param shown every citation of an RFC, for links
/// @param counted those that count, for the standing of a sentence
record Book(Sources sources, Program program, Map<Integer, Coverage> shown,
        Map<Integer, Coverage> counted, Map<Integer, Rfc> texts) {

    static Book of(Sources sources, List<Citation> counted, IntFunction<Optional<Rfc>> library) {
        var program = CompletableFuture.supplyAsync(() -> Program.of(sources));   // takes longest
        var shown = byRfc(Coverage.of(sources.citations()));
        var standings = byRfc(Coverage.of(counted));
        var texts = shown.keySet().parallelStream().flatMap(rfc -> library.apply(rfc).stream())
                .collect(Collectors.toMap(Rfc::number, rfc -> rfc, (one, _) -> one, TreeMap::new));
        return new Book(sources, program.join(), shown, standings, texts);
    }

    /// What is cited, without names and texts.
    static Book ofCitations(Sources sources, List<Citation> counted) {
        return new Book(sources, Program.none(), byRfc(Coverage.of(sources.citations())),
                byRfc(Coverage.of(counted)), Map.of());
    }

    private static Map<Integer, Coverage> byRfc(List<Coverage> coverages) {
        var map = new TreeMap<Integer, Coverage>();
        coverages.forEach(c -> map.put(c.index().rfc(), c));
        return map;
    }

    Index index(int rfc) { return shown.get(rfc).index(); }

    /// How things stand with a sentence, by the citations that count.
    Standing standing(int rfc, String section, int sentence) {
        var coverage = counted.get(rfc);
        return coverage == null ? Standing.OPEN : coverage.standing(section, sentence);
    }

    /// Of several sentences the standing that is farthest from done.
    Standing standing(Citation.Statements place) {
        return place.numbers().stream().map(n -> standing(place.rfc(), place.section(), n))
                .max(Comparator.comparing(Standing::applies).thenComparing(s -> s)).orElseThrow();
    }

    /// The standings of all sentences of a section.
    List<Standing> standings(int rfc, Index.Entry section) {
        return IntStream.rangeClosed(1, section.items().size())
                .mapToObj(n -> standing(rfc, section.number(), n)).toList();
    }

    List<Standing> standings(int rfc) {
        return index(rfc).sections().stream().flatMap(s -> standings(rfc, s).stream()).toList();
    }

    /// How things stand in words; without a test run nobody knows what is tested.
    String told(int rfc) {
        var told = Coverage.Counts.of(standings(rfc)).told();
        return tested() ? told : told.replaceFirst("\\d+ tested", "? tested");
    }

    /// Whether tests have run.
    boolean tested() {
        return counted.values().stream().flatMap(c -> c.citations().stream())
                .anyMatch(c -> c.type() == Citation.Type.TEST);
    }

    /// The page of a section: one for each section of the first level.
    static String page(int rfc, String section) {
        return Html.SOURCE + "rfc" + rfc + "/" + section.split("\\.")[0] + ".html";
    }

    static String contents(int rfc) { return Html.SOURCE + "rfc" + rfc + "/index.html"; }

    static String anchor(Citation.Place place) {
        return switch (place) {
            case Citation.Statements(_, var section, var numbers) ->
                    "s" + section + "-" + numbers.getFirst();
            case Citation.Paragraph(_, var section, int n) -> "s" + section + "p" + n;
            case Citation.All(_, var section) -> "s" + section;
        };
    }

    static String address(Citation.Place place) {
        return page(place.rfc(), place.section()) + "#" + anchor(place);
    }

    /// Where a section or sentence, `rfc3261#17.1.1.2-22`, is to be read: here, or else where
    /// everybody can.
    String address(String citation) {
        var m = CITED.matcher(citation);
        if (!m.matches()) throw new IllegalArgumentException(citation);
        int rfc = Integer.parseInt(m.group(1));
        var section = m.group(2);
        return shown.containsKey(rfc) && index(rfc).section(section).isPresent()
                ? page(rfc, section) + "#s" + section + m.group(3) : original(rfc, section);
    }

    private static final Pattern CITED = Pattern.compile("rfc(\\d+)#([0-9A-Z.]+)((?:-\\d+)?)");

    /// Where the RFC itself can be read by everybody.
    static String original(int rfc, String section) {
        return "https://www.rfc-editor.org/rfc/rfc" + rfc
                + (section.isEmpty() ? "" : "#" + originalAnchor(section));
    }

    /// As rfc-editor.org calls the place of a section: who knows that address finds it here too.
    static String originalAnchor(String section) {
        return (Character.isDigit(section.charAt(0)) ? "section-" : "appendix-") + section;
    }

    /// The sentences or the paragraph of the RFC that a citation means, where its text is at hand.
    List<String> words(Citation.Place place) {
        return words(Optional.ofNullable(texts.get(place.rfc())), place);
    }

    static List<String> words(Optional<Rfc> text, Citation.Place place) {
        return text.map(rfc -> rfc.words(place)).orElse(List.of());
    }

    /// The hashes of the sentences of a place: equal for sentences that say the same.
    List<String> hashes(Citation.Place place) {
        return place instanceof Citation.Statements s && shown.containsKey(s.rfc())
                ? index(s.rfc()).section(s.section()).stream().flatMap(entry -> s.numbers().stream()
                        .filter(n -> n <= entry.items().size())
                        .map(n -> entry.items().get(n - 1).hash())).toList() : List.of();
    }

    /// The notice of an RFC: on what terms its words may be passed on.
    List<String> notice(int rfc) {
        var sections = texts.get(rfc).sections();
        var titled = sections.stream().filter(s -> s.title().contains("opyright")).toList();
        return (titled.isEmpty() ? sections.stream().filter(s -> s.title().startsWith("Status"))
                : titled.stream()).flatMap(s -> s.paragraphs().stream()).map(Rfc.Paragraph::text)
                .toList();
    }

    /// The line of the notice that says whose the words are.
    String copyright(int rfc) {
        return notice(rfc).stream().map(COPYRIGHT::matcher).filter(Matcher::find)
                .map(Matcher::group).findFirst().orElse("");
    }

    private static final Pattern COPYRIGHT = Pattern.compile(
            "Copyright \\([cC]\\)[^.]*\\.(?: All [Rr]ights [Rr]eserved\\.)?");

    /// Whether two places are one, or have a sentence in common.
    private static boolean meet(Citation.Place one, Citation.Place other) {
        return one.equals(other) || one instanceof Citation.Statements s
                && s.numbers().stream().anyMatch(n -> other.names(s.section(), n));
    }

    /// The other citations in sources of the same place, tests or not.
    List<Citation> same(Citation citation, boolean tests) {
        var coverage = shown.get(citation.place().rfc());
        return coverage == null ? List.of() : coverage.citations().stream()
                .filter(c -> tests == (c.type() == Citation.Type.TEST))
                .filter(c -> c.place().section().equals(citation.place().section()))
                .filter(c -> meet(c.place(), citation.place()))
                .filter(c -> !c.file().equals(citation.file()) || c.line() != citation.line())
                .filter(c -> !c.file().endsWith(LeftOut.NAME))
                .toList();
    }
}
