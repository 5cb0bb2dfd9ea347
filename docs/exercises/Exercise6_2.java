import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Which way
///
/// Each side says of a stream whether it will send and whether it will receive: `sendrecv`,
/// `sendonly`, `recvonly` or `inactive`. An offer says it as the offerer sees it. Answer it: both
/// what is asked and what you want must allow each way.
///
/// Hint: if the offerer only sends, what is left for you?
///
/// Hint: two questions, each with yes or no, make four words.
class Exercise6_2 {
    // answer
    String answer(String offered, boolean send, boolean receive) {
        boolean theySend = offered.equals("sendrecv") || offered.equals("sendonly");
        boolean theyReceive = offered.equals("sendrecv") || offered.equals("recvonly");
        boolean weSend = send && theyReceive;   //~ boolean weSend = send && theySend;
        boolean weReceive = receive && theySend;   //~ boolean weReceive = receive;
        return weSend ? weReceive ? "sendrecv" : "sendonly" : weReceive ? "recvonly" : "inactive";
    }
    // start
    //| String answer(String offered, boolean send, boolean receive) {
    //|     return offered;
    //| }
    // end

    @Test void who_wants_all_gets_what_the_other_allows() {
        assertThat(answer("sendrecv", true, true)).isEqualTo("sendrecv");
        assertThat(answer("sendonly", true, true)).isEqualTo("recvonly");
        assertThat(answer("recvonly", true, true)).isEqualTo("sendonly");
        assertThat(answer("inactive", true, true)).isEqualTo("inactive");
    }

    @Test void who_is_muted_only_listens() {
        assertThat(answer("sendrecv", false, true)).isEqualTo("recvonly");
        assertThat(answer("recvonly", false, true)).isEqualTo("inactive");
    }

    @Test void who_wants_nothing_gets_nothing() {
        assertThat(answer("sendrecv", false, false)).isEqualTo("inactive");
    }
}
