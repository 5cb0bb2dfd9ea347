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
    private static final Path DOOR = Path.of("std/src/main/java/package-info.java");

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

    @Test void only_a_door_excepts_a_whole_section() {
        var lines = new String[] {"//= rfc99901#2.* exception we have no gate", "package gate;"};
        assertThat(faults(DOOR, lines)).isEmpty();
        assertThat(faults(CODE, lines)).hasSize(1);
        assertThat(faults(DOOR, "//= rfc99901#2.* we have a gate", "package gate;")).hasSize(1);
    }

    @Test void only_a_door_excepts_several_sentences_at_once() {
        assertThat(faults(DOOR, "//= rfc99901#2-4..6 todo geese come later", "package gate;"))
                .isEmpty();
        assertThat(faults(CODE, "//= rfc99901#2-4..6 todo geese come later", "rings++;"))
                .singleElement().asString().contains("several sentences at once");
        assertThat(faults(DOOR, "//= rfc99901#2-4..6 we have a gate", "package gate;")).hasSize(1);
        assertThat(faults(DOOR, "//= rfc99901#2-4..7 todo geese come later", "package gate;"))
                .singleElement().asString()
                .contains("rfc99901#2-4..7: the section has 6 normative sentences");
        assertThat(faults(DOOR, "//= rfc99901#2-4..4 todo geese come later", "package gate;"))
                .singleElement().asString().contains("a later one");
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
        assertThat(faults("// The gate opens when the last ring", "// has been counted."))
                .isEmpty();
    }

    private static List<String> faults(String... lines) { return faults(CODE, lines); }

    private static List<String> faults(Path file, String... lines) {
        var sources = new Sources(Path.of(""), List.of(
                new Source(file, List.of(lines)),
                new Source(Path.of("std/src/main/java/Bell.java"),
                        List.of("//= rfc99901#A-1 a bell is optional", "bell();"))));
        return Audit.faults(sources, rfc -> rfc == 99901 ? GATES : Optional.empty(),
                rfc -> rfc == 99901 ? GATES.map(Index::from) : Optional.empty());
    }
}
