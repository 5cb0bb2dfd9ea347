package p2psip.tools.guide;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.htmlify.Garden;

class BoxesTest {
    @TempDir private static Path root;
    private static Garden garden;

    @BeforeAll static void plant() throws IOException { garden = Garden.in(root); }

    @Test void a_box_has_words_and_standing_and_leads_to_code_and_tests() {
        assertThat(String.join("\n", html().box("rfc99901#2-4", ""))).isEqualTo("""
                [.rule.both]
                ****
                *link:++source/rfc99901/2.html#s2-4++[RFC 99901 §2-4]* \
                [.standing]#implemented and tested#

                [.words]
                pass:c[it ]**MUST**pass:c[ count the rings]

                [.who]
                code link:++source/std/a/Gate.html#L10++[pass:c[Gate.ring]]

                [.who]
                tests link:++source/std-test/a/GateTest.html#L6++[pass:c[GateTest.it_counts]]

                ****
                """);
    }

    @Test void below_its_code_it_leads_to_the_tests_alone() {
        assertThat(html().box("rfc99901#2-4", "(1) "))
                .contains("pass:c[(1) ]*link:++source/rfc99901/2.html#s2-4++[RFC 99901 §2-4]*"
                        + " [.standing]#implemented and tested#",
                        "tests link:++source/std-test/a/GateTest.html#L6++"
                        + "[pass:c[GateTest.it_counts]]")
                .noneMatch(line -> line.startsWith("code"));
    }

    @Test void on_paper_the_way_leads_to_everybodys_rfc() {
        var paper = new Boxes(garden.rules(), false);
        assertThat(paper.box("rfc99901#2-4", "")).contains("code pass:c[Gate.ring]",
                "*link:++https://www.rfc-editor.org/rfc/rfc99901#section-2++[RFC 99901 §2-4]*"
                + " [.standing]#implemented and tested#");
    }

    @Test void what_is_left_out_or_to_do_says_why() {
        assertThat(html().box("rfc99901#2-6", ""))
                .contains("[.rule.todo]", "to do: pass:c[squeaks [all of them\\] need *oil*]");
        assertThat(html().box("rfc99901#A-1", ""))
                .contains("[.rule.except]", "not ours: pass:c[no bells here]");
    }

    @Test void without_the_text_our_words_stand_there() {
        var boxes = new Boxes(garden.withoutText(), true);
        assertThat(boxes.box("rfc99901#2-4", "")).contains("pass:c[each ring counts]"
                + " · link:++https://www.rfc-editor.org/rfc/rfc99901#section-2++[read it]")
                .noneMatch(line -> line.contains("MUST"));
        assertThat(boxes.box("rfc99901#A-1", ""))
                .filteredOn(line -> line.contains("no bells here")).hasSize(1);
    }

    private static Boxes html() { return new Boxes(garden.rules(), true); }
}
