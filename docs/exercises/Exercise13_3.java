import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Will they hear each other?
///
/// A router of the first kind, `SAME`, has one port for all whom a machine sends to; the second,
/// `EACH`, another port for each. Both let in to a port only what comes from an address and port
/// that was sent to from it; `NONE` is no router at all. Two telephones have asked by STUN where
/// they are, told each other, and now both send, and answer what they hear. Does it work?
///
/// Hint: what STUN has told of an EACH router is the port for the one who was asked, and no other.
///
/// Hint: let one be behind SAME: from which port does the other's datagram come, and has he sent to
/// that port?
class Exercise13_3 {
    enum Router { NONE, SAME, EACH }

    // answer
    boolean works(Router alice, Router bob) {
        if (alice == Router.NONE || bob == Router.NONE) return true;   //~ if (alice == Router.NONE && bob == Router.NONE) return true;
        return alice == Router.SAME && bob == Router.SAME;   //~ return alice == Router.SAME || bob == Router.SAME;
    }
    // start
    //| boolean works(Router alice, Router bob) {
    //|     return true;
    //| }
    // end

    @Test void two_of_the_first_kind() {
        assertThat(works(Router.SAME, Router.SAME)).isTrue();
    }

    @Test void one_without_a_router_hears_and_answers_anybody() {
        assertThat(works(Router.NONE, Router.EACH)).isTrue();
        assertThat(works(Router.SAME, Router.NONE)).isTrue();
    }

    @Test void two_of_the_second_kind_need_a_relay() {
        assertThat(works(Router.EACH, Router.EACH)).isFalse();
    }

    /// The datagram of EACH comes from a port that SAME has not sent to.
    @Test void and_so_do_one_of_each() {
        assertThat(works(Router.SAME, Router.EACH)).isFalse();
        assertThat(works(Router.EACH, Router.SAME)).isFalse();
    }
}
