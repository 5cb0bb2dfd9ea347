package p2psip.app.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;

class TurnUsersTest {
    private static final InstantSource WALL =
            InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));

    private static TurnUsers users(String... lines) {
        return TurnUsers.of("example.org", List.of(lines), Optional.of("north"), WALL);
    }

    //= rfc8656#6-2 of a password the keys are kept, by name and by hash
    @Test void those_who_are_listed() {
        var alice = new Credential("alice", "won:der");
        var keys = LongTermKeys.of("example.org", alice);
        var users = users("# us", "", "alice:won:der");
        assertThat(users.named("alice")).contains(keys);
        assertThat(users.hashed(alice.userHash("example.org"))).contains(keys);
        assertThat(users.named("bob")).isEmpty();
        assertThat(keys.toString()).isEqualTo("LongTermKeys[alice]");
    }

    /// The password is what `printf 1700000060:alice | openssl dgst -sha1 -hmac north -binary |
    /// base64` prints.
    @Test void a_name_that_ends() {
        assertThat(TurnUsers.password(Bytes.utf8("north"), "1700000060:alice"))
                .isEqualTo("b/MNJ/XdPk4NPaXAvztSvEoz3wM=");
        var keys = LongTermKeys.of("example.org", new Credential("1700000060:alice",
                TurnUsers.password(Bytes.utf8("north"), "1700000060:alice")));
        assertThat(users().named("1700000060:alice")).contains(keys);
        assertThat(users().named("1699999999:alice")).as("has ended").isEmpty();
        assertThat(users().named("1700000000")).as("no name behind it").isPresent();
        for (var none : List.of("alice", "", ":", "9999999999999999:x", "-1:x"))
            assertThat(users().named(none)).as(none).isEmpty();
    }

    /// A hash cannot be undone: who has such a name has to show it.
    @Test void names_are_hidden_where_all_are_listed() {
        assertThat(users().hidden()).isFalse();
        assertThat(TurnUsers.of("r", List.of(), Optional.empty(), WALL).hidden()).isTrue();
    }

    @Test void a_wrong_line_is_named() {
        for (var wrong : List.of("alice", ":x", "alice:"))
            assertThatThrownBy(() -> users("bob:x", wrong)).hasMessageStartingWith("line 2: ");
    }
}
