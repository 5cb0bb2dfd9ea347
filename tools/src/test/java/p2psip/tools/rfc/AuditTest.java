package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.tools.rfc.Sources.Source;

/// Each way to cite wrongly, and the line that says so.
class AuditTest {
    private static final Optional<Rfc> GATES =
            Optional.of(RfcReader.read(99901, RfcReaderTest.text(99901)));
    private static final Path CODE = Path.of("std/src/main/java/Gate.java");
    private static final Path LEFT_OUT = Path.of("std/src/main/java/left-out.txt");

    @Test void a_right_citation_has_no_fault() {
        assertThat(faults("//= rfc99901#2-4 rings are counted", "rings++;")).isEmpty();
        assertThat(faults("//= rfc99901#2.1¶2 the tone of a bell", "tone();")).isEmpty();
        assertThat(faults("/// @spec https://www.rfc-editor.org/rfc/rfc99901#section-2"
                + " RFC 99901 §2")).isEmpty();
    }

    @Test void what_is_not_there_cannot_be_cited() {
        assertThat(faults("//= rfc99901#2-7 counted", "rings++;")).singleElement().asString()
                .startsWith(CODE + ":1: rfc99901#2-7: the section has 6 normative sentences");
        assertThat(faults("//= rfc99901#2¶6 counted", "rings++;")).singleElement().asString()
                .contains("has 5 paragraphs");
        assertThat(faults("//= rfc99901#4-1 counted", "rings++;")).singleElement().asString()
                .contains("RFC 99901 has no section 4");
        assertThat(faults("//= rfc99999#4-1 counted", "rings++;")).singleElement().asString()
                .contains("rfc99999 has no index");
    }

    @Test void a_citation_has_its_form() {
        for (var line : List.of("//= rfc99901#2 counted", "//= rfc99901#2-4", "//= §2-4 rings",
                "//= rfc99901#2-x rings", "//="))
            assertThat(faults(line, "rings++;")).as(line).singleElement().asString()
                    .contains("not a citation");
    }

    @Test void a_citation_stands_above_what_obeys() {
        assertThat(faults("//= rfc99901#2-4 rings are counted", "", "rings++;")).hasSize(1);
        assertThat(faults("//= rfc99901#2-4 rings are counted", "    }")).hasSize(1);
        assertThat(faults("//= rfc99901#2-4 rings are counted")).hasSize(1);
        var four = Collections.nCopies(4, "//= rfc99901#2-4 rings are counted");
        assertThat(faults(Stream.concat(four.stream(), Stream.of("rings++;"))
                .toArray(String[]::new))).singleElement().asString()
                .contains("more than 3 citations in a row");
    }

    @Test void one_citation_names_several_sentences_in_their_order() {
        assertThat(faults("//= rfc99901#2-4,6 rings and squeaks are counted", "rings++;"))
                .isEmpty();
        assertThat(faults("//= rfc99901#2-4..6 rings, seconds, squeaks", "rings++;")).isEmpty();
        for (var wrong : List.of("6,4", "4,4", "5..4"))
            assertThat(faults("//= rfc99901#2-" + wrong + " rings and squeaks", "rings++;"))
                    .as(wrong).singleElement().asString().contains("in their order, each once");
        assertThat(faults("//= rfc99901#2-4,7 rings", "rings++;")).singleElement().asString()
                .contains("rfc99901#2-4,7: the section has 6 normative sentences");
        assertThat(faults("//= rfc99901#2-1..4 geese watched while rings are counted", "rings++;"))
                .singleElement().asString().contains("names at most 3 sentences");
        assertThat(faults("//= rfc99901#2-4,5 rings are counted", "rings++;"))
                .as("the words speak of each of them").singleElement().asString()
                .contains("shares no word");
    }

    @Test void what_is_left_out_has_its_kind_and_its_reason() {
        assertThat(leftOut("# gates", "", "not-ours we have no gate", "    rfc99901#2.*",
                "    rfc99901#2.1-1 rfc99901#3-1 nor anybody who passes")).isEmpty();
        assertThat(leftOut("never we have no gate", "    rfc99901#2.*")).hasSize(2).first()
                .asString().startsWith(LEFT_OUT + ":1: not a line of left-out.txt");
        assertThat(leftOut("departs", "    rfc99901#2-1")).hasSize(2);
        assertThat(leftOut("departs no goose is known", "    rfc99901#2-x")).singleElement()
                .asString().startsWith(LEFT_OUT + ":2: not a line");
        assertThat(leftOut("departs no goose is known", "    rfc99901#2-4..7")).singleElement()
                .asString().contains("the section has 6 normative sentences");
    }

    @Test void only_left_out_txt_names_a_whole_section() {
        assertThat(faults("//= rfc99901#2.* not-ours we have no gate", "rings++;"))
                .singleElement().asString().contains("only left-out.txt names a whole section");
    }

    @Test void nothing_is_left_out_that_is_obeyed_or_left_out_already() {
        var obeyed = new Source(CODE, List.of("//= rfc99901#2-4 rings are counted", "rings++;"));
        assertThat(audit(List.of(obeyed), "not-ours no gate", "    rfc99901#2-3..5"))
                .containsExactly(
                        LEFT_OUT + ":2: rfc99901#2-4 is cited as obeyed at " + CODE + ":1");
        assertThat(audit(List.of(obeyed), "departs only up to three", "    rfc99901#2-4"))
                .as("in part").isEmpty();
        assertThat(leftOut("not-ours no gate", "    rfc99901#2-3..5", "permission no bell",
                "    rfc99901#2-5")).containsExactly(
                LEFT_OUT + ":4: rfc99901#2-5 is left out at " + LEFT_OUT + ":2 already");
    }

    @Test void a_spec_tag_has_its_title_and_its_section() {
        var page = "/// @spec https://www.rfc-editor.org/rfc/rfc99901";
        assertThat(faults(page + "#section-2 RFC 99901 section 2")).singleElement().asString()
                .contains("title of this @spec is RFC 99901 §2");
        assertThat(faults(page + "#section-7 RFC 99901 §7")).singleElement().asString()
                .contains("no section 7");
        assertThat(faults(page + " RFC 99901")).singleElement().asString()
                .contains("names no section");
    }

    @Test void our_words_speak_of_the_sentence() {
        assertThat(faults("//= rfc99901#2-4 obeyed here", "rings++;")).singleElement().asString()
                .contains("shares no word");
    }

    @Test void our_words_are_ours() {
        assertThat(faults("// The gate opens when the last of the rings",
                "// has been counted, and that is all.")).singleElement().asString()
                .startsWith(CODE + ":1: copied from RFC 99901 §2.1");
        assertThat(leftOut("not-ours the gate opens when the last of the rings has been counted,",
                "departs and that is all")).filteredOn(fault -> fault.contains("copied"))
                .hasSize(1);
        assertThat(faults("// The gate opens when the last ring", "// has been counted."))
                .isEmpty();
    }

    private static List<String> faults(String... lines) {
        return audit(List.of(new Source(CODE, List.of(lines))));
    }

    private static List<String> leftOut(String... lines) { return audit(List.of(), lines); }

    private static List<String> audit(List<Source> files, String... leftOut) {
        var all = new ArrayList<>(files);
        all.add(new Source(Path.of("std/src/main/java/Bell.java"),
                List.of("//= rfc99901#A-1 a bell is optional", "bell();")));
        var sources = new Sources(Path.of(""), all,
                List.of(new LeftOut(LEFT_OUT, List.of(leftOut))));
        return Audit.faults(sources, rfc -> rfc == 99901 ? GATES : Optional.empty(),
                rfc -> rfc == 99901 ? GATES.map(Index::from) : Optional.empty());
    }
}
