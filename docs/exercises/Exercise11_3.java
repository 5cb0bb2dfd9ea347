import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Trust on first use
///
/// You are the node of Alice. Bob's address is claimed by some keys, in the order in which you came
/// to know them. Say which key to call, if any; and pin a key that is alone.
///
/// Hint: is one pinned? Then no other will do.
///
/// Hint: if several claim an address and none is pinned, the one known longest is called and
/// nothing is pinned.
class Exercise11_3 {
    // answer
    private Optional<String> pinned = Optional.empty();

    Optional<String> call(List<String> claims) {
        if (pinned.isPresent()) return pinned.filter(claims::contains);   //~ if (pinned.isPresent()) return claims.stream().findFirst();
        if (claims.size() == 1) pinned = claims.stream().findFirst();   //~ pinned = claims.stream().findFirst();
        return claims.stream().findFirst();
    }
    // start
    //| Optional<String> call(List<String> claims) {
    //|     return claims.stream().findFirst();
    //| }
    // end

    @Test void who_is_alone_is_called_and_believed_from_then_on() {
        assertThat(call(List.of("bob"))).contains("bob");
        assertThat(call(List.of("mallory", "bob"))).contains("bob");
    }

    @Test void when_he_is_away_nobody_takes_his_place() {
        assertThat(call(List.of("bob"))).contains("bob");
        assertThat(call(List.of("mallory"))).isEmpty();
    }

    @Test void of_several_the_one_known_longest() {
        assertThat(call(List.of("bob", "mallory"))).contains("bob");
    }

    @Test void but_he_is_not_believed_for_it() {
        assertThat(call(List.of("mallory", "bob"))).contains("mallory");
        assertThat(call(List.of("bob"))).contains("bob");
        assertThat(call(List.of("mallory", "bob"))).contains("bob");
    }

    @Test void nobody_is_nobody() {
        assertThat(call(List.of())).isEmpty();
    }
}
