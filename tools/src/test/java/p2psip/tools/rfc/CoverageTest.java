package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.trace.Screen;
import p2psip.tools.rfc.Citation.*;
import p2psip.tools.rfc.Sources.Source;

class CoverageTest {
    private final Rfc gates = RfcReader.read(99901, RfcReaderTest.text(99901));

    @Test void every_sentence_has_its_standing() {
        var coverage = coverage("""
                //= rfc99901#2-1 the goose
                //= rfc99901#2-4 counts
                void count() {}
                //= rfc99901#2-6 todo squeaks need oil
                """, """
                //= rfc99901#2-4 counts
                //= rfc99901#2¶4 waits
                """, """
                not-ours we have no bells
                    rfc99901#A.*
                departs we never wait
                    rfc99901#2-5
                permission nobody watches
                    rfc99901#2-2
                """);
        assertThat(coverage).hasToString("rfc99901 applies=8 implemented=2 tested=1 departs=1"
                + " todo=1 open=4 asks-nothing=3");
        assertThat(coverage.ofParagraph("2", 4)).hasSize(1);
        assertThat(coverage.counts().told()).isEqualTo("implemented 2 (1 tested), departs 1, to do"
                + " 1, open 4 of the 8 that apply; 3 ask nothing of us");
    }

    @Test void the_duties_are_counted_by_themselves() {
        var counts = coverage("//= rfc99901#2-4 counts\nvoid count() {}",
                "//= rfc99901#2-5 waits\nx();", "not-ours no geese\n    rfc99901#2-1")
                .counts(k -> k.level() == Keyword.Level.MUST);
        assertThat(counts).hasToString(
                "applies=5 implemented=2 tested=1 departs=0 todo=0 open=3 asks-nothing=1");
        assertThat(counts.shares()).isEqualTo("implemented=40.0% tested=20.0%");
        assertThat(counts.plus(counts)).hasToString(
                "applies=10 implemented=4 tested=2 departs=0 todo=0 open=6 asks-nothing=2");
    }

    /// Whatever is said of a sentence besides, one that is departed from is not done.
    @Test void what_is_done_in_part_is_not_flattered() {
        for (var types : List.of(EnumSet.of(Type.DEPARTS, Type.IMPLEMENTED, Type.TEST),
                EnumSet.of(Type.DEPARTS, Type.TODO)))
            assertThat(Standing.of(types)).isEqualTo(Standing.DEPARTS);
        assertThat(Standing.of(EnumSet.of(Type.TODO, Type.TEST))).isEqualTo(Standing.TODO);
        assertThat(Standing.of(Set.of())).isEqualTo(Standing.OPEN);
        for (var type : Type.values())
            assertThat(Standing.of(Set.of(type)).applies()).isEqualTo(!type.asksNothing());
    }

    @Test void several_sentences_are_named_at_once() {
        var coverage = coverage("//= rfc99901#2-1,4 geese and rings\nx();", "",
                "not-ours no gates\n    rfc99901#2-2,3,5..6");
        assertThat(coverage.standings(coverage.index().section("2").orElseThrow()))
                .containsExactly(Standing.DONE, Standing.NOT_OURS, Standing.NOT_OURS,
                        Standing.DONE, Standing.NOT_OURS, Standing.NOT_OURS);
        assertThat(coverage.citations()).extracting(c -> c.place().toString())
                .containsExactly("rfc99901#2-1,4", "rfc99901#2-2,3,5,6");
        assertThat(coverage.standing("2.1", 2)).isEqualTo(Standing.OPEN);
    }

    @Test void what_is_said_of_a_sentence_goes_before_what_is_said_of_its_section() {
        var coverage = coverage("//= rfc99901#2-1 the goose\nx();", "", """
                not-ours no gates
                    rfc99901#2.*
                nothing-asked no bell
                    rfc99901#2.1.*
                departs it is not watched
                    rfc99901#2-2
                """);
        assertThat(coverage).hasToString("rfc99901 applies=5 implemented=1 tested=0 departs=1"
                + " todo=0 open=3 asks-nothing=6");
        assertThat(coverage.standing("2.1", 1)).isEqualTo(Standing.NOTHING_ASKED);
        var whole = coverage.citations().stream()
                .filter(c -> c.place().toString().equals("rfc99901#2.*")).findFirst();
        assertThat(coverage.of(whole.orElseThrow())).extracting(Statements::toString)
                .containsExactly("rfc99901#2-3", "rfc99901#2-4", "rfc99901#2-5", "rfc99901#2-6");
    }

    @Test void the_page_of_a_section_shows_who_cites_it_with_and_without_the_text() {
        var coverage = coverage("//= rfc99901#2-4 counts\nx();", "",
                "not-ours no bells\n    rfc99901#A.*");
        var entry = coverage.index().section("2").orElseThrow();
        assertThat(new SectionPage(coverage, Optional.of(gates), Screen.PAGE).section(entry))
                .containsSubsequence("    -4  it MUST count the rings",
                        "          > std/src/main/java/Gate.java:1 counts");
        assertThat(new SectionPage(coverage, Optional.empty(), Screen.PAGE).section(entry))
                .anyMatch(line -> line.contains("is not here"))
                .containsSubsequence("    -4  MUST",
                        "          > std/src/main/java/Gate.java:1 counts")
                .noneMatch(line -> line.contains("rings"));
        assertThat(new SectionPage(coverage, Optional.empty(), Screen.PAGE).contents())
                .contains("  2          Gates  (1 of the 6 that apply)",
                        "  A          Bells  (asks nothing of us)");
    }

    private Coverage coverage(String code, String test, String leftOut) {
        var sources = new Sources(Path.of(""), List.of(
                new Source(Path.of("std/src/main/java/Gate.java"), code.lines().toList()),
                new Source(Path.of("std/src/test/java/GateTest.java"), test.lines().toList())),
                List.of(new LeftOut(Path.of("std/src/main/java/left-out.txt"),
                        leftOut.lines().toList())));
        return new Coverage(Index.from(gates), sources.citations());
    }
}
