import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// # Where the answer goes
///
/// A server has got a request. Its Via says `sent-by`, where the sender believes himself to be, and
/// perhaps `rport`, by which he asks for the answer to go where the request came from. Say where
/// the response goes, as `HOST:PORT`.
///
/// Hint: the host is always the one from which the request came.
///
/// Hint: without rport the port is that of sent-by; he may listen elsewhere than he sends from.
class Exercise13_2 {
    // answer
    String answerTo(String sentBy, boolean rport, String cameFrom) {
        var host = cameFrom.split(":")[0];   //~ var host = sentBy.split(":")[0];
        var port = (rport ? cameFrom : sentBy).split(":")[1];   //~ var port = cameFrom.split(":")[1];
        return host + ":" + port;
    }
    // start
    //| String answerTo(String sentBy, boolean rport, String cameFrom) {
    //|     return sentBy;
    //| }
    // end

    @Test void who_is_where_he_says_hears_there() {
        assertThat(answerTo("10.0.0.1:5060", false, "10.0.0.1:5060")).isEqualTo("10.0.0.1:5060");
    }

    @Test void who_is_behind_a_router_hears_through_it() {
        assertThat(answerTo("192.168.1.5:5060", true, "198.51.100.7:40001"))
                .isEqualTo("198.51.100.7:40001");
    }

    @Test void unless_he_did_not_ask_for_it() {
        assertThat(answerTo("192.168.1.5:5060", false, "198.51.100.7:40001"))
                .isEqualTo("198.51.100.7:5060");
    }
}
