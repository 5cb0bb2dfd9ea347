package p2psip.tools.guide;

import module java.base;
import p2psip.tools.rfc.Sources;

/// The terms of the book, held against its chapters.
///
/// @param chapters in the order of the book, without the pages that look back on all of them
record Glossary(List<Term> terms, List<Chapter> chapters) {
    private static final Set<String> LOOKING_BACK =
            Set.of("glossary.adoc", "questions.adoc", "book-index.adoc");

    Glossary {
        terms = List.copyOf(terms);
        chapters = List.copyOf(chapters);
    }

    static Glossary of(Path docs) {
        return new Glossary(Term.in(Sources.lines(docs.resolve("src/glossary.adoc"))),
                Chapter.all(docs).stream().filter(c -> !LOOKING_BACK.contains(c.file())).toList());
    }

    /// The terms that are introduced elsewhere than the glossary says, or twice, or nowhere.
    List<String> misplaced() {
        return terms.stream().flatMap(term -> {
            var where = chapters.stream().filter(c -> term.introduction(c.prose()).isPresent())
                    .map(Chapter::file).toList();
            return where.equals(List.of(term.chapter())) ? Stream.empty()
                    : Stream.of("%s: the glossary says %s, but it is introduced in %s"
                            .formatted(term.name(), term.chapter(), where));
        }).toList();
    }

    /// The terms that are used before they are introduced, with the words around.
    List<String> early() {
        return chapters.stream().flatMap(c -> early(c).stream()).toList();
    }

    private List<String> early(Chapter chapter) {
        var prose = chapter.prose();
        return terms.stream().filter(t -> place(t.chapter()) >= place(chapter.file()))
                .flatMap(term -> {
                    int known = term.chapter().equals(chapter.file())
                            ? term.introduction(prose).orElse(prose.length()) : prose.length();
                    return term.uses(prose, terms).filter(use -> use < known).limit(1)
                            .mapToObj(use -> "%s uses %s before %s introduces it: %s".formatted(
                                    chapter.file(), term.name(), term.chapter(),
                                    around(prose, use)));
                }).toList();
    }

    /// The terms that somebody meets here who has read no farther than this chapter.
    List<String> unknown(String prose, Chapter chapter) {
        return terms.stream().filter(t -> place(t.chapter()) > place(chapter.file()))
                .filter(t -> t.uses(prose, terms).findAny().isPresent()).map(Term::name).toList();
    }

    private int place(String file) {
        return chapters.stream().map(Chapter::file).toList().indexOf(file);
    }

    private static String around(String prose, int at) {
        return "..." + prose.substring(Math.max(0, at - 20), Math.min(prose.length(), at + 40))
                .replace('\n', ' ') + "...";
    }
}
