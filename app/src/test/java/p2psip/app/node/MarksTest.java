package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.Bytes;

/// What telephones show of who calls.
class MarksTest {
    private static Request invite(String from) {
        return (Request) Message.parse(Bytes.utf8("""
                INVITE sip:bob@example.com SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1
                From: %s;tag=a
                To: <sip:bob@example.com>
                Call-ID: c
                CSeq: 1 INVITE

                """.formatted(from).replace("\n", "\r\n")));
    }

    private static String shown(String from, String mark) {
        return Marks.marked(invite(from), mark).from().displayName();
    }

    @Test void a_mark_stands_behind_the_name_or_the_user() {
        assertThat(shown("\"Alice\" <sip:alice@example.com>", Marks.VERIFIED))
                .isEqualTo("Alice (verified)");
        assertThat(shown("<sip:alice@example.com>", Marks.UNVERIFIED))
                .isEqualTo("alice (unverified)");
        var marked = Marks.marked(invite("<sip:alice@example.com>"), Marks.VERIFIED);
        assertThat(marked.from().tag()).contains("a");
        assertThat(marked.from().uri().toString()).isEqualTo("sip:alice@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alice (verified)", "Alice (VERIFIED)", "Alice [Verified]",
        "Alice v e r i f i e d", "Alice (unverified)", "Alice ✓", "Alice ✅", "Alice ☑ verified",
        "Alice (vеrifiеd)", "Alice (ｖｅｒｉｆｉｅｄ)", "Alice (ver\u200bified)", "Alice (vérifiéd)",
        "Alice (ver1fied)", "Alice (veri|f|ied)", "Alice √", "Alice (un-verified)",
        "Alice (\u202edeifirev\u202c verified)"})
    void another_s_mark_is_taken_out(String name) {
        assertThat(shown("\"" + name + "\" <sip:alice@example.com>", Marks.UNVERIFIED))
                .startsWith("Alice").endsWith(" (unverified)")
                .satisfies(shown -> assertThat(shown.replace(" (unverified)", "").toLowerCase())
                        .doesNotContain("verified").doesNotContain("✓"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alice", "Zoë Müller", "Ольга", "王小明", "O'Brien & Sons (office)",
        "Vera Friedman"})
    void other_names_stay_as_they_are(String name) {
        assertThat(Marks.clean(name)).isEqualTo(name);
    }

    @Test void in_a_user_part_too() {
        assertThat(shown("<sip:president-verified@example.com>", Marks.UNVERIFIED))
                .isEqualTo("president- (unverified)");
    }

    @Property(tries = 500) void whatever_a_name_is_none_of_it_throws_or_reads_as_our_mark(
            @ForAll String name) {
        assertThat(Marks.clean(name).toLowerCase()).doesNotContain("verified");
    }
}
