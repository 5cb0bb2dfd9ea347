package p2psip.tools.guide;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import p2psip.tools.htmlify.Chapters;
import p2psip.tools.rfc.Sources;

/// Each question of beginners leads to a paragraph that answers it, in words that its reader has.
class QuestionsTest {
    private static final Path DOCS = Sources.repository().orElseThrow().resolve("docs");
    private static final Pattern LINK =
            Pattern.compile("xref:([\\w-]+\\.adoc)#([\\w-]+)\\[[^\\]]+\\]");

    /// @param answer what stands below it: one sentence and one link
    private record Question(String text, String answer) {
        List<MatchResult> links() { return LINK.matcher(answer).results().toList(); }
        String file() { return links().getFirst().group(1); }
        String anchor() { return links().getFirst().group(2); }
    }

    private static List<Question> questions;
    private static Glossary book;

    @BeforeAll static void read() throws IOException {
        book = Glossary.of(DOCS);
        var lines = Files.readAllLines(DOCS.resolve("src/questions.adoc"));
        questions = IntStream.range(0, lines.size()).filter(i -> lines.get(i).endsWith("::"))
                .mapToObj(i -> new Question(lines.get(i).replaceFirst("::$", ""),
                        lines.stream().skip(i + 1)
                                .takeWhile(line -> !line.isBlank() && !line.endsWith("::"))
                                .collect(Collectors.joining(" ")))).toList();
    }

    @Test void thirty_are_asked_and_more_each_once() {
        assertThat(questions).hasSizeGreaterThanOrEqualTo(30).extracting(Question::text)
                .doesNotHaveDuplicates().allSatisfy(q -> assertThat(q).endsWith("?"));
    }

    @Test void beside_each_stands_one_link_and_one_sentence_at_most() {
        assertThat(questions).allSatisfy(q -> {
            assertThat(q.links()).as(q.text()).hasSize(1);
            assertThat(LINK.matcher(q.answer()).replaceAll("").strip()).as(q.text())
                    .matches("([A-Z][^.?!]*\\.)?");
        });
    }

    @Test void each_leads_to_a_paragraph_of_its_own() {
        assertThat(questions).extracting(q -> q.file() + "#" + q.anchor()).doesNotHaveDuplicates();
        assertThat(questions).allSatisfy(q -> assertThat(chapter(q).paragraph(q.anchor()))
                .as(q.text()).hasValueSatisfying(p -> assertThat(p.split("\\s+")).as(p)
                        .hasSizeGreaterThan(8)));
    }

    @Test void no_answer_has_a_term_that_comes_later() {
        assertThat(questions).allSatisfy(q -> assertThat(chapter(q).paragraph(q.anchor()).stream()
                        .flatMap(answer -> book.unknown(answer, chapter(q)).stream()))
                .as("terms in %s#%s that nobody knows yet", q.file(), q.anchor()).isEmpty());
    }

    @Test void an_anchor_stands_before_a_paragraph_an_entry_or_a_row() {
        var chapter = new Chapter(new Chapters.Chapter(1, "a", "A"), """
                [[whole]]
                One. See xref:b.adoc#b[two],
                rfc:3261[17] three.

                [[entry]]Four:: five
                six.
                Seven:: eight.

                |nine |[[cell]]ten |eleven
                |twelve
                """.lines().toList(), List.of());
        assertThat(chapter.paragraph("whole")).contains("One. See two,\n three.");
        assertThat(chapter.paragraph("entry")).contains("Four:: five\nsix.");
        assertThat(chapter.paragraph("cell")).contains("ten |eleven");
        assertThat(chapter.paragraph("thing")).isEmpty();
    }

    private static Chapter chapter(Question question) {
        return book.chapters().stream().filter(c -> c.file().equals(question.file())).findFirst()
                .orElseThrow(() -> new AssertionError("no chapter " + question.file()));
    }
}
