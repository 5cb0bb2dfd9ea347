package p2psip.std.rfc5627;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.server.Aor;

/// GRUUs that hide whose they are.
class TemporaryGruusTest {
    private static final SipUri URI = SipUri.parse("sip:bob@home.example:5070");

    private final TemporaryGruus all = new TemporaryGruus(Bytes.utf8("secret"));

    private SipUri of(String user, long epoch, long rank) {
        return all.of(URI, new Aor(user, "home.example"),
                new Assignment("urn:x:1", epoch, rank)).orElseThrow();
    }

    //= rfc5627#5.4-1 the registrar determines address and epoch, which is that of the instance
    @Property(tries = 50) void what_it_means_is_read_back(
            @ForAll @AlphaChars @StringLength(min = 1, max = 32) String user,
            @ForAll long epoch, @ForAll @LongRange(min = 1) long rank) {
        var gruu = of(user, epoch, rank);
        assertThat(gruu.params().get("gr")).contains("");
        assertThat(gruu.host() + gruu.port()).isEqualTo(URI.host() + URI.port());
        assertThat(SipUri.parse(gruu.toString())).isEqualTo(gruu);
        assertThat(all.meaning(gruu.user(), "home.example")).contains(
                new TemporaryGruus.Meaning(new Aor(user, "home.example"), epoch));
    }

    //= rfc5627#5.1-10 no two are equal
    //= rfc5627#5.1-11 and a pair shows nothing: all of one length, without a piece in common
    @Example void none_resembles_another() {
        var seen = new HashSet<String>();
        for (var user : List.of("a", "bob", "b".repeat(32)))
            for (long rank = 1; rank <= 20; rank++) {
                var text = of(user, rank / 10, rank).user();
                assertThat(text).hasSize("tgruu.".length() + 86);
                assertThat(seen.add(text.substring(6, 16))).isTrue();
                assertThat(seen.add(text.substring(70, 80))).isTrue();
            }
    }

    @Example void with_another_key_it_means_nothing() {
        var gruu = of("bob", 7, 1);
        assertThat(new TemporaryGruus(Bytes.utf8("other")).meaning(gruu.user(), "home.example"))
                .isEmpty();
        assertThat(all.meaning(gruu.user(), "other.example")).isEmpty();
    }

    @Property(tries = 50) void a_changed_one_means_nothing(
            @ForAll @IntRange(max = 84) int at, @ForAll @AlphaChars char other) {
        var user = of("bob", 7, 1).user();
        var changed = new StringBuilder(user);
        changed.setCharAt(6 + at, other);
        Assume.that(!changed.toString().equals(user));
        assertThat(all.meaning(changed.toString(), "home.example")).isEmpty();
        assertThat(all.meaning(user.substring(0, 6 + at), "home.example")).isEmpty();
    }

    @Example void a_name_that_would_show_by_its_length_has_none() {
        assertThat(all.of(URI, new Aor("b".repeat(33), "home.example"),
                new Assignment("urn:x:1", 1, 1))).isEmpty();
        assertThat(all.meaning("bob", "home.example")).isEmpty();
        assertThat(all.meaning("tgruu.?", "home.example")).isEmpty();
    }
}
