import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Trust on first use
///
/// You are the node of Alice. For each call to Bob you are told which keys claim his address now.
/// Say which of them to call, if any, and remember what you have to: a key that is pinned is called
/// and no other; else the one that you have known longest. Of those that you see for the first time
/// the first is called, and counts from then on as known longer than the others. A key is pinned
/// when it is alone and you have known no other longer.
///
/// Hint: keep what you know in fields; each test begins with a new object.
///
/// Hint: is one pinned? Then no other will do, however many there are.
///
/// Hint: who is alone now, but was not the first, may be alone only because the first is away.
class Exercise11_3 {
    // answer
    private final SequencedSet<String> known = new LinkedHashSet<>();
    private Optional<String> pinned = Optional.empty();

    Optional<String> call(List<String> claims) {
        if (pinned.isPresent())   //~ if (pinned.isPresent() && claims.size() < 2)
            return pinned.filter(claims::contains);   //~ return claims.stream().findFirst();
        known.addAll(claims);   //~ known.clear(); known.addAll(claims);
        var longest = known.stream().filter(claims::contains).findFirst();
        if (claims.size() == 1   //~ if (!claims.isEmpty()
                && claims.contains(known.getFirst()))   //~ )
            pinned = longest;   //~ if (known.size() == 1) pinned = longest;
        return longest;   //~ return claims.stream().findFirst();
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
        assertThat(call(List.of("mallory", "trudy"))).isEmpty();
        assertThat(call(List.of("mallory", "bob", "trudy"))).contains("bob");
    }

    @Test void of_several_the_one_known_longest() {
        assertThat(call(List.of("bob", "mallory"))).contains("bob");
        assertThat(call(List.of("trudy", "mallory", "bob"))).contains("bob");
    }

    @Test void but_he_is_not_believed_for_it() {
        assertThat(call(List.of("mallory", "bob"))).contains("mallory");
        assertThat(call(List.of("bob", "trudy"))).contains("bob");
    }

    @Test void nor_is_who_is_alone_because_another_is_away() {
        assertThat(call(List.of("bob", "mallory"))).contains("bob");
        assertThat(call(List.of("mallory"))).contains("mallory");
        assertThat(call(List.of("mallory", "bob"))).contains("bob");
    }

    @Test void but_who_is_known_longest_is_when_he_is_alone() {
        assertThat(call(List.of("bob", "mallory"))).contains("bob");
        assertThat(call(List.of("bob"))).contains("bob");
        assertThat(call(List.of("mallory"))).isEmpty();
    }

    @Test void nobody_is_nobody() {
        assertThat(call(List.of())).isEmpty();
    }
}
