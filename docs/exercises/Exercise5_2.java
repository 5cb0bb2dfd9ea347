import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # The route of a call
///
/// Each proxy that wants to stay in the way puts its Record-Route on top of those that are there.
/// From the list, topmost first, both ends take the way of all later requests. Say it for each, in
/// the order in which his requests pass.
///
/// Hint: the proxy nearest to the callee has written last.
class Exercise5_2 {
    // answer
    List<String> ofTheCallee(List<String> recordRoute) {
        return recordRoute;   //~ return recordRoute.reversed();
    }

    List<String> ofTheCaller(List<String> recordRoute) {
        return recordRoute.reversed();   //~ return recordRoute;
    }
    // start
    //| List<String> ofTheCallee(List<String> recordRoute) {
    //|     return List.of();
    //| }
    //|
    //| List<String> ofTheCaller(List<String> recordRoute) {
    //|     return List.of();
    //| }
    // end

    /// alice - p1 - p2 - bob: p1 wrote first, p2 on top of it.
    private static final List<String> RECORDED = List.of("p2", "p1");

    @Test void from_bob_it_begins_with_the_nearest_to_him() {
        assertThat(ofTheCallee(RECORDED)).containsExactly("p2", "p1");
    }

    @Test void from_alice_it_is_the_other_way_round() {
        assertThat(ofTheCaller(RECORDED)).containsExactly("p1", "p2");
    }

    @Test void without_proxies_there_is_none() {
        assertThat(ofTheCaller(List.of())).isEmpty();
    }
}
