package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.p2psip.UserMistake;

/// Every form that people paste.
class AskedTest {
    @ParameterizedTest @ValueSource(strings = {
        "rfc3261#17.1.1.2-22", "RFC 3261 §17.1.1.2-22", "3261 17.1.1.2-22", "[rfc3261#17.1.1.2-22]",
        "RFC3261 section 17.1.1.2, sentence 22", "//= rfc3261#17.1.1.2-22 the same ACK again",
        "RFC 3261 \ufffd\ufffd17.1.1.2-22", "17.1.1.2-22 of RFC 3261",
        "file:///home/me/docs/target/site/rfc3261/17.html#s17.1.1.2-22"})
    void a_sentence(String text) {
        assertThat(Asked.parse(text)).isEqualTo(new Asked(3261, "17.1.1.2",
                Citation.place("rfc3261#17.1.1.2-22")));
    }

    @ParameterizedTest @ValueSource(strings = {
        "rfc3261#17.1.1.2", "RFC 3261 §17.1.1.2", "RFC 3261 § 17.1.1.2", "3261 17.1.1.2",
        "RFC3261 section 17.1.1.2", "RFC 3261, Section 17.1.1.2.", "[RFC3261], Section 17.1.1.2",
        "rfc-3261 sec. 17.1.1.2", "(RFC 3261, 17.1.1.2)", "Section 17.1.1.2 of [RFC3261]",
        "§17.1.1.2, RFC 3261", "rfc3261#17.1.1.2.*", " 3261   17.1.1.2 ",
        "https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1.2",
        "<https://www.rfc-editor.org/rfc/rfc3261.html#section-17.1.1.2>",
        "https://rfc-editor.org/rfc/rfc3261.txt#section-17.1.1.2",
        "https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1.2-3.1",
        "https://datatracker.ietf.org/doc/html/rfc3261#section-17.1.1.2",
        "https://tools.ietf.org/html/rfc3261#section-17.1.1.2",
        "www.rfc-editor.org/rfc/rfc3261#section-17.1.1.2",
        "http://localhost:8000/source/rfc3261/17.html#s17.1.1.2"})
    void a_section(String text) {
        assertThat(Asked.parse(text)).isEqualTo(new Asked(3261, "17.1.1.2", Optional.empty()));
    }

    @ParameterizedTest @ValueSource(strings = {
        "3261", "RFC 3261", "rfc3261", "[RFC3261]", "https://www.rfc-editor.org/rfc/rfc3261",
        "https://www.rfc-editor.org/info/rfc3261/", "https://datatracker.ietf.org/doc/rfc3261/"})
    void a_whole_rfc(String text) { assertThat(Asked.parse(text)).isEqualTo(Asked.whole(3261)); }

    @Test void paragraphs_lists_and_appendices() {
        for (var text : List.of("rfc3550#A.1¶4", "RFC 3550 appendix A.1 ¶4",
                "RFC 3550 A.1, paragraph 4", "https://x.example/rfc3550/A.html#sA.1p4"))
            assertThat(Asked.parse(text)).as(text).isEqualTo(new Asked(3550, "A.1",
                    Citation.place("rfc3550#A.1¶4")));
        assertThat(Asked.parse("RFC 3261 §9-3,42..44")).isEqualTo(new Asked(3261, "9",
                Citation.place("rfc3261#9-3,42..44")));
        assertThat(Asked.parse("https://www.rfc-editor.org/rfc/rfc3550#appendix-A.1"))
                .isEqualTo(new Asked(3550, "A.1", Optional.empty()));
    }

    @ParameterizedTest @ValueSource(strings = {"", "SIP", "17.1.1.2", "RFC", "RFC x", "3261 17..2",
        "99999999999", "rfc99999999999#1-2", "RFC 3261 §17-9999",
        "https://example.com/", "rfc3261#17 and more"})
    void what_is_none_of_them_is_told(String text) {
        assertThatThrownBy(() -> Asked.parse(text)).isInstanceOf(UserMistake.class)
                .hasMessage("cannot tell what " + text + " is: write it as RFC 3261 §17.1.1.2,"
                        + " rfc3261#17.1.1.2-22, or the address of a section");
    }

    @Test void an_address_of_a_page_of_paper_is_no_section() {
        assertThatThrownBy(() -> Asked.parse("https://x.example/doc/html/rfc3261#page-9"))
                .isInstanceOf(UserMistake.class).hasMessage("#page-9 of this address is no section:"
                        + " the heading of a section has one that begins with #section-; p2psip rfc"
                        + " 3261 lists them");
    }
}
