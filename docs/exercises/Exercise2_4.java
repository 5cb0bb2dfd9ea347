import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # What an answer means
///
/// The first digit of a status is all that a program has to know of one it has never heard of: 1
/// goes on, 2 is done, 3 is elsewhere, 4 is the request's fault, 5 the server's, 6 is nobody
/// anywhere. Say what a phone tells its user: `wait`, `talk`, `elsewhere`, `failed` (4 and 5) or
/// `refused everywhere`; but of 180 `it rings`, and of 486 `busy`.
///
/// Hint: a status that you do not know is treated as the x00 of its class.
class Exercise2_4 {
    // answer
    String told(int status) {
        return switch (status) {
            case 180 -> "it rings";
            case 486 -> "busy";   //~ case 486 -> "failed";
            default -> switch (status / 100) {
                case 1 -> "wait";   //~ case 1 -> "it rings";
                case 2 -> "talk";
                case 3 -> "elsewhere";
                case 6 -> "refused everywhere";   //~ case 6 -> "failed";
                default -> "failed";
            };
        };
    }
    // start
    //| String told(int status) {
    //|     return "failed";
    //| }
    // end

    @Test void of_those_that_everybody_knows() {
        assertThat(told(100)).isEqualTo("wait");
        assertThat(told(180)).isEqualTo("it rings");
        assertThat(told(200)).isEqualTo("talk");
        assertThat(told(302)).isEqualTo("elsewhere");
        assertThat(told(404)).isEqualTo("failed");
        assertThat(told(486)).isEqualTo("busy");
        assertThat(told(503)).isEqualTo("failed");
        assertThat(told(603)).isEqualTo("refused everywhere");
    }

    @Test void and_of_those_that_nobody_has_heard_of() {
        assertThat(told(199)).isEqualTo("wait");
        assertThat(told(299)).isEqualTo("talk");
        assertThat(told(499)).isEqualTo("failed");
        assertThat(told(699)).isEqualTo("refused everywhere");
    }
}
