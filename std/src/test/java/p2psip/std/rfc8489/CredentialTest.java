package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import org.junit.jupiter.api.Test;

/// Usernames, passwords and realms: what both sides make of them, and what is none.
class CredentialTest {

    private static void refused(String text) {
        for (var take : List.<UnaryOperator<String>>of(
                name -> new Credential(name, "x").username(),
                password -> new Credential("x", password).password(), Credential::realm))
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> take.apply(text));
    }

    /// The passwords of RFC 8265 §4.3.
    @Test void the_examples_of_the_profile() {
        for (var same : List.of("correct horse battery staple", "Correct Horse Battery Staple",
                "\u03c0\u00df\u00e5", "Jack of \u2666s"))
            assertThat(new Credential("x", same).password()).isEqualTo(same);
        assertThat(new Credential("x", "foo\u1680bar").password()).isEqualTo("foo bar");
        for (var bad : List.of("", "my cat is a \tby")) refused(bad);
    }

    //= rfc8489#14.3-1 a username is processed by OpaqueString, and of fewer than 509 bytes
    @Test void a_username_is_processed_and_not_too_long() {
        assertThat(new Credential("Jose\u0301\u3000X", "x").username()).isEqualTo("Jos\u00e9 X");
        // the last is unassigned
        for (var bad : List.of("\u0085", "\u00ad", "\u200d", "\ud800", "\ue000", "\ufdd0",
                "\u2028", "\u1100", "\u115f", "\ufe0f", "\u3164", "\udb40\udd00", "\u0640",
                "\u302e", "\u0378"))
            refused("a" + bad + "b");
        var longest = "\u00fc".repeat(254);
        assertThat(new Credential(longest, "x").username()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> new Credential(longest + "a", "x"));
    }

    //= rfc8489#14.3-1 OpaqueString allows some characters beside certain others only
    @Test void some_characters_have_their_place() {
        Map.of("l\u00b7l", "l\u00b7a", "\u0375\u03b1", "\u0375a", "\u05d0\u05f3", "a\u05f4",
                "\u30a2\u30fb", "a\u30fb", "\u0660\u0669", "\u0660a\u06f9",
                "\u06f0\u06f9", "\u06f0a\u0669").forEach((good, bad) -> {
            assertThat(new Credential(good, good).username()).isEqualTo(good);
            refused(bad);
        });
        refused("a\u00b7l");
    }

    //= rfc8489#14.4-1 username and realm are processed before they are hashed
    @Test void the_hash_is_that_of_the_processed_text() {
        assertThat(new Credential("jose\u0301", "x").userHash("cafe\u0301\u3000a"))
                .isEqualTo(new Credential("jos\u00e9", "x").userHash("caf\u00e9 a"))
                .isEqualTo(Algorithm.SHA_256.hash("jos\u00e9:caf\u00e9 a"));
    }

    //= rfc8489#14.9-1 a realm has fewer than 128 characters and is processed by OpaqueString
    @Test void a_realm_is_processed_and_not_too_long() {
        assertThat(Credential.realm("cafe\u0301")).isEqualTo("caf\u00e9");
        var longest = "\u00fc".repeat(127);
        assertThat(Credential.realm(longest)).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> Credential.realm(longest + "a"));
    }

    @Test void a_credential_tells_no_secret() {
        assertThat(new Credential("alice", "wonderland")).asString().doesNotContain("wonder");
    }
}
