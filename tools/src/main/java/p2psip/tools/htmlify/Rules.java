package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.*;

/// What the annotated pages know of a rule, for who writes about it elsewhere.
public final class Rules {

    /// A rule, a paragraph or a whole section.
    ///
    /// @param title    `RFC 3261 §17.1.1.2-22`
    /// @param section  the title of its section
    /// @param page     where it stands, from the root of the site, if it has it
    /// @param original where everybody can read its section
    /// @param standing of a sentence
    /// @param words    what the RFC says, where the reader has its text
    /// @param cited    who cites it, in code and tests, or says why it is left out
    public record Rule(String title, String section, Optional<String> page, String original,
            Optional<Standing> standing, List<String> words, List<Cited> cited) {
        public Rule {
            words = List.copyOf(words);
            cited = List.copyOf(cited);
        }
    }

    /// One citation: its file and method, where that is to be read, and our words there.
    public record Cited(Type type, String name, String page, String words) {}

    private static final Pattern SECTION = Pattern.compile("rfc(\\d+)#([0-9A-Z]+(?:\\.\\d+)*)");

    private final Book book;
    private final Library library;
    private final Map<Integer, Optional<Rfc>> texts = new HashMap<>();   // asked only
    private final Map<Path, Methods> methods = new HashMap<>();   // asked only

    Rules(Book book, Library library) {
        this.book = book;
        this.library = library;
    }

    /// The rules that these sources cite. Of the texts those are read that somebody asks for.
    public static Rules of(Sources sources, Library library) {
        return new Rules(Book.ofCitations(sources, Snapshot.counted(sources)), library);
    }

    /// What is named by `rfc3261#17.1.1.2-22`, or by a section alone.
    ///
    /// @throws IllegalArgumentException if that names nothing
    public Rule rule(String citation) {
        var section = SECTION.matcher(citation);
        if (section.matches())
            return rule(Integer.parseInt(section.group(1)), section.group(2), Optional.empty());
        var place = Citation.place(citation).orElseThrow(() -> new IllegalArgumentException(
                "not a section, sentence or paragraph"));
        return rule(place.rfc(), place.section(), Optional.of(place));
    }

    private Rule rule(int rfc, String section, Optional<Place> place) {
        boolean shown = book.shown().containsKey(rfc);
        var index = shown ? book.index(rfc) : Index.of(rfc).orElseThrow(() ->
                new IllegalArgumentException("RFC " + rfc + " has no index"));
        var entry = index.section(section).orElseThrow(() ->
                new IllegalArgumentException("RFC " + rfc + " has no section " + section));
        place.ifPresent(p -> check(p, entry));
        var words = place.map(this::words).orElse(List.of());
        var cited = place.map(this::cited).orElse(List.of());
        // without its text a page has only those paragraphs that somebody cites
        var there = place.filter(p -> !(p instanceof Paragraph && words.isEmpty()
                && cited.isEmpty()));
        return new Rule("RFC " + rfc + " §" + section + place.map(Notes::suffix).orElse(""),
                entry.title(), shown ? Optional.of(there.map(Book::address)
                        .orElse(Book.page(rfc, section) + "#s" + section)) : Optional.empty(),
                Book.original(rfc, section), place.flatMap(this::standing), words, cited);
    }

    private static void check(Place place, Index.Entry entry) {
        int sentences = entry.items().size(), paragraphs = entry.paragraphs().size();
        boolean there = switch (place) {
            case Statements s -> s.inOrder() && s.numbers().getFirst() >= 1
                    && s.numbers().getLast() <= sentences;
            case Paragraph p -> p.number() >= 1 && p.number() <= paragraphs;
            case All _ -> true;
        };
        if (!there) throw new IllegalArgumentException("section " + entry.number() + " has "
                + sentences + " normative sentences and " + paragraphs + " paragraphs");
    }

    private Optional<Standing> standing(Place place) {
        return place instanceof Statements s ? Optional.of(book.standing(s)) : Optional.empty();
    }

    private List<String> words(Place place) {
        return Book.words(texts.computeIfAbsent(place.rfc(), library::rfc), place);
    }

    private List<Cited> cited(Place place) {
        var coverage = book.shown().get(place.rfc());
        if (coverage == null) return List.of();
        var citations = place instanceof Statements s
                ? s.numbers().stream().flatMap(n -> coverage.of(s.section(), n).stream())
                : coverage.citations().stream().filter(c -> c.place().equals(place));
        return citations.distinct().map(c -> new Cited(c.type(), name(c),
                Html.page(c.file()) + "#L" + c.target(), c.words())).toList();
    }

    private String name(Citation citation) {
        var file = citation.file();
        if (file.endsWith(LeftOut.NAME)) return Html.name(file);
        var method = methods.computeIfAbsent(file,
                        _ -> Methods.of(book.sources().root(), List.of(file)).get(file))
                .at(citation.line(), citation.target());
        return Html.name(file) + method.map(m -> "." + m.name()).filter(n -> !n.equals(".<init>"))
                .orElse("");
    }
}
