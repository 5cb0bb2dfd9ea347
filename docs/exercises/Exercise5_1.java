import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # The way back
///
/// Each hop has put its Via on top of those that were there. A response goes the same way back: who
/// receives it takes off the topmost, which is his own, and sends it to the next. Say where the
/// response goes next, and with which Vias.
///
/// Hint: the first of the list is the topmost.
class Exercise5_1 {
    // answer
    List<String> passedOn(List<String> vias) {
        return vias.subList(1, vias.size());   //~ return vias.subList(0, vias.size() - 1);
    }

    Optional<String> next(List<String> vias) {
        return vias.size() > 1 ? Optional.of(vias.get(1)) : Optional.empty();   //~ return Optional.of(vias.getFirst());
    }
    // start
    //| List<String> passedOn(List<String> vias) {
    //|     return vias;
    //| }
    //|
    //| Optional<String> next(List<String> vias) {
    //|     return Optional.empty();
    //| }
    // end

    @Test void the_own_is_on_top() {
        assertThat(passedOn(List.of("server", "alice"))).containsExactly("alice");
        assertThat(next(List.of("server", "alice"))).contains("alice");
    }

    @Test void one_hop_after_the_other() {
        var vias = List.of("third", "second", "first", "alice");
        assertThat(next(vias)).contains("second");
        assertThat(next(passedOn(vias))).contains("first");
        assertThat(next(passedOn(passedOn(vias)))).contains("alice");
    }

    @Test void until_it_is_where_the_request_began() {
        assertThat(next(List.of("alice"))).isEmpty();
    }
}
