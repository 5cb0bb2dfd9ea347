import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Not twice
///
/// Who listens on the wire can send what he heard once more. The count `nc` is against that: a
/// server takes each number of a nonce once, from 1 on; 0 is no number of a request. But datagrams
/// overtake each other, so it does not have to rise by one each time.
///
/// Hint: remember the numbers that were used.
///
/// Hint: keep them in a field; each test begins with a new object.
class Exercise8_2 {
    // answer
    private final Set<Long> used = new HashSet<>();

    boolean isFresh(long nc) {
        boolean first = used.add(nc);   //~ boolean first = !used.contains(nc);
        return first && nc > 0;   //~ return first;
    }
    // start
    //| boolean isFresh(long nc) {
    //|     return true;
    //| }
    // end

    @Test void each_number_counts() {
        assertThat(isFresh(1)).isTrue();
        assertThat(isFresh(2)).isTrue();
    }

    @Test void once() {
        assertThat(isFresh(1)).isTrue();
        assertThat(isFresh(1)).isFalse();
    }

    @Test void and_in_any_order() {
        assertThat(isFresh(7)).isTrue();
        assertThat(isFresh(5)).isTrue();
        assertThat(isFresh(5)).isFalse();
        assertThat(isFresh(7)).isFalse();
        assertThat(isFresh(6)).isTrue();
    }

    @Test void it_begins_with_one() {
        assertThat(isFresh(0)).isFalse();
    }
}
