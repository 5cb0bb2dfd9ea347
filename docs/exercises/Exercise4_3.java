import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # In order
///
/// UDP lets a request overtake another. A phone remembers the highest CSeq number of its peer in a
/// dialog, and refuses a request whose number is lower with 500. Play the phone: answer 200 or 500
/// to each request in turn.
///
/// Hint: the first request of the peer sets the number, whatever it is.
///
/// Hint: the numbers need not be without gaps: a request may have gone to nobody.
class Exercise4_3 {
    // answer
    private OptionalLong highest = OptionalLong.empty();

    int answer(long cseq) {
        if (highest.isPresent() && cseq < highest.getAsLong()) return 500;   //~ if (highest.isPresent() && cseq < highest.getAsLong()) { highest = OptionalLong.of(cseq); return 500; }
        highest = OptionalLong.of(cseq);   //~ highest = highest.isPresent() ? highest : OptionalLong.of(cseq);
        return 200;
    }
    // start
    //| int answer(long cseq) {
    //|     return 200;
    //| }
    // end

    @Test void numbers_that_rise_are_in_order() {
        assertThat(List.of(answer(5), answer(6), answer(7))).containsOnly(200);
    }

    @Test void gaps_do_no_harm() {
        assertThat(List.of(answer(1), answer(100), answer(2_000_000_000))).containsOnly(200);
    }

    @Test void a_lower_one_comes_too_late() {
        assertThat(List.of(answer(1), answer(9), answer(7), answer(8), answer(10)))
                .containsExactly(200, 200, 500, 500, 200);
    }
}
