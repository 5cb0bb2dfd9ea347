package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.tools.rfc.Sources.Source;

class CoverageTest {
    private final Rfc gates = RfcReader.read(99901, RfcReaderTest.text(99901));

    @Test void every_sentence_has_its_standing() {
        var coverage = coverage("std/src/main/java/Gate.java", """
                //= rfc99901#2-1 the goose
                //= rfc99901#2-4 counts
                void count() {}
                //= rfc99901#2-6 todo squeaks need oil
                """, "std/src/test/java/GateTest.java", """
                //= rfc99901#2-4 counts
                //= rfc99901#2¶4 waits
                """, "std/src/main/java/package-info.java", """
                //= rfc99901#2-5 exception we never wait
                //= rfc99901#A.* exception we have no bells
                """);
        assertThat(coverage).hasToString(
                "rfc99901 sentences=11 implemented=2 tested=1 excepted=3 todo=1 open=5");
        assertThat(coverage.ofParagraph("2", 4)).hasSize(1);
    }

    @Test void the_duties_are_counted_by_themselves() {
        var counts = coverage("std/src/main/java/Gate.java", """
                //= rfc99901#2-4 counts
                void count() {}
                """, "std/src/test/java/GateTest.java", "//= rfc99901#2-5 waits\nx();",
                "std/src/main/java/package-info.java", "//= rfc99901#2-1 exception no geese")
                .counts(k -> k.level() == Keyword.Level.MUST);
        assertThat(counts).hasToString(
                "sentences=6 implemented=1 tested=1 excepted=1 todo=0 open=3");
        assertThat(counts.shares()).isEqualTo("applicable=5 implemented=20.0% tested=20.0%");
        assertThat(counts.plus(counts).shares())
                .isEqualTo("applicable=10 implemented=20.0% tested=20.0%");
    }

    @Test void a_range_names_each_of_its_sentences() {
        var coverage = coverage("std/src/main/java/package-info.java",
                "//= rfc99901#2-2..4 exception no gates");
        assertThat(coverage).hasToString(
                "rfc99901 sentences=11 implemented=0 tested=0 excepted=3 todo=0 open=8");
        assertThat(IntStream.rangeClosed(1, 6).filter(n -> !coverage.of("2", n).isEmpty()))
                .containsExactly(2, 3, 4);
        assertThat(coverage.of("2.1", 3)).isEmpty();
    }

    @Test void what_is_done_is_no_exception_of_the_section_around_it() {
        assertThat(coverage("std/src/main/java/Gate.java", "//= rfc99901#2-1 the goose\nx();",
                "std/src/main/java/package-info.java", "//= rfc99901#2.* exception no gates"))
                .hasToString(
                        "rfc99901 sentences=11 implemented=1 tested=0 excepted=7 todo=0 open=3");
    }

    @Test void the_page_of_a_section_shows_who_cites_it_with_and_without_the_text() {
        var coverage = coverage("std/src/main/java/Gate.java", "//= rfc99901#2-4 counts\nx();");
        var entry = coverage.index().section("2").orElseThrow();
        assertThat(new SectionPage(coverage, Optional.of(gates)).section(entry))
                .containsSubsequence("    -4  it MUST count the rings",
                        "          > std/src/main/java/Gate.java:1 counts");
        assertThat(new SectionPage(coverage, Optional.empty()).section(entry))
                .anyMatch(line -> line.contains("was not found"))
                .containsSubsequence("    -4  MUST",
                        "          > std/src/main/java/Gate.java:1 counts")
                .noneMatch(line -> line.contains("rings"));
        assertThat(new SectionPage(coverage, Optional.empty()).contents())
                .contains("  2          Gates  (1 of 6 sentences)");
    }

    private Coverage coverage(String... files) {
        var sources = IntStream.range(0, files.length / 2).mapToObj(i ->
                new Source(Path.of(files[2 * i]), files[2 * i + 1].lines().toList())).toList();
        return new Coverage(Index.from(gates), new Sources(Path.of(""), sources).citations());
    }
}
