package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.server.Aor;

/// The file of users: two forms of a line, and every other is refused by its number.
class UsersTest {
    private static final String MD5 = "939e7578ed9e3c518a452acee763bce9";

    @Test void both_forms() {
        var users = Users.parse(List.of("# ours", "", "alice:secret", "bob:example.com:" + MD5));
        assertThat(users.size()).isEqualTo(2);
        assertThat(users.secret("alice", "any.example")).contains(new Secret.Password("secret"));
        assertThat(users.secret("bob", "example.com"))
                .contains(new Secret.Ha1(Algorithm.MD5, MD5));
        assertThat(users.secret("bob", "other.example")).isEmpty();
        assertThat(users.knows(new Aor("alice", "example.com"))).isTrue();
        assertThat(users.knows(new Aor("carol", "example.com"))).isFalse();
    }

    /// A server that keeps hashes can ask only by their algorithm.
    @Test void how_they_are_asked() {
        assertThat(Users.parse(List.of("alice:secret", "bob:example.com:" + MD5)).algorithms())
                .containsExactly(Algorithm.MD5);
        var modern = Users.parse(List.of("alice:secret", "bob:example.com:" + MD5 + MD5));
        assertThat(modern.algorithms()).containsExactly(Algorithm.SHA_256);
        assertThat(modern.asked(List.of(Algorithm.SHA_256_SESS)).algorithms())
                .containsExactly(Algorithm.SHA_256_SESS);
        assertThatThrownBy(() -> modern.asked(List.of(Algorithm.SHA_256, Algorithm.MD5)))
                .hasMessageContaining("not of MD5");
        assertThatThrownBy(() -> Users.parse(List.of("a:x:" + MD5, "b:x:" + MD5 + MD5)))
                .hasMessageContaining("no algorithm serves them all");
    }

    @Test void bad_lines_are_named() {
        for (var line : List.of("alice", "alice:", ":x", "alice:example.com:12", "a:b:c:d"))
            assertThatThrownBy(() -> Users.parse(List.of("ok:ok", line)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("line 2: ");
        assertThatThrownBy(() -> Users.parse(List.of("a:b", "# x", "a:c")))
                .hasMessageContaining("line 3").hasMessageContaining("already");
    }
}
