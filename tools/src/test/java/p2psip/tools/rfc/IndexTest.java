package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndexTest {
    private final Index gates = Index.from(RfcReader.read(99901, RfcReaderTest.text(99901)));

    @Test void what_is_written_is_read() {
        assertThat(Index.parse(99901, gates.toString())).isEqualTo(gates);
        var hedges = Index.from(RfcReader.read(99902, RfcReaderTest.text(99902)));
        assertThat(Index.parse(99902, hedges.toString())).isEqualTo(hedges);
        assertThat(hedges.toString()).contains("~MUST ");
    }

    @Test void it_holds_no_sentence() {
        assertThat(gates.toString()).doesNotContain("goose").contains("§2 Gates")
                .contains("MUST NOT " + Index.hash("A closed gate MUST NOT\n let anybody  pass,"
                        + " e.g. a goose."));
    }

    @Test void a_paragraph_that_comes_or_goes_is_noticed() {
        var text = RfcReaderTest.text(99901);
        assertThat(gates.section("2.1").orElseThrow().paragraphs()).hasSize(3).element(1)
                .isEqualTo(Index.hash("What is rung. Its tone SHOULD be low.").substring(0, 16));
        assertThat(Index.from(RfcReader.read(99901, text.replace("   Rings arrive",
                "   There is more to say.\n\n   Rings arrive")))).isNotEqualTo(gates);
    }

    /// 1,006 by an independent count.
    @Test void rfc_3261_has_the_sentences_others_counted() {
        assertThat(Index.of(3261).orElseThrow().sections().stream()
                .mapToInt(section -> section.items().size()).sum()).isBetween(986, 1026);
    }

    @Test void timer_b_is_where_it_was_when_the_numbers_were_frozen() {
        var formal = Index.of(3261).orElseThrow().section("17.1.1.2").orElseThrow();
        assertThat(formal.paragraphs()).hasSize(11);
        assertThat(formal.items()).hasSize(25);
        assertThat(formal.items().get(4).keyword()).isEqualTo(Keyword.MUST);
        assertThat(formal.items().get(3).keyword()).isEqualTo(Keyword.SHOULD_NOT);
    }

    static List<Integer> frozen() throws IOException {
        var folder = Path.of("src/main/resources/p2psip/tools/rfc/index");
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString().replaceAll("\\D", ""))
                    .map(Integer::valueOf).sorted().toList();
        }
    }

    /// Wherever a text is at hand, it is the one that was numbered and it still numbers the same.
    @ParameterizedTest @MethodSource("frozen") void a_frozen_index_is_what_its_text_gives(int rfc) {
        var index = Index.of(rfc).orElseThrow();
        assertThat(index.sections()).extracting(Index.Entry::number).doesNotHaveDuplicates();
        Library.of(Optional.empty(), System.getenv()).rfc(rfc)
                .ifPresent(text -> assertThat(Index.from(text)).isEqualTo(index));
    }
}
