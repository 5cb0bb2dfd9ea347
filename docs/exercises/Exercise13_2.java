import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Where the answer goes
///
/// A server has got a request. Its Via says where the sender believes himself to be, `HOST:PORT` or
/// `HOST` alone, which is called `sent-by`; and perhaps `rport`, by which he asks for the answer to
/// go to the port that the request came from. Say where the response goes, as `HOST:PORT`.
///
/// Hint: the host is always the one from which the request came.
///
/// Hint: without rport the port is that of sent-by; he may listen elsewhere than he sends from.
///
/// Hint: which port is meant if none is said? (Chapter 2.)
class Exercise13_2 {
    // answer
    String answerTo(String sentBy, boolean rport, String cameFrom) {
        var host = cameFrom.split(":")[0];   //~ var host = sentBy.split(":")[0];
        var said = (rport ? cameFrom : sentBy).split(":");   //~ var said = cameFrom.split(":");
        return host + ":" + (said.length > 1 ? said[1] : "5060");   //~ return host + ":" + (said.length > 1 ? said[1] : cameFrom.split(":")[1]);
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
        assertThat(answerTo("192.168.1.5:5070", false, "198.51.100.7:40001"))
                .isEqualTo("198.51.100.7:5070");
    }

    @Test void and_has_named_no_port() {
        assertThat(answerTo("192.168.1.5", false, "198.51.100.7:40001"))
                .isEqualTo("198.51.100.7:5060");
        assertThat(answerTo("192.168.1.5", true, "198.51.100.7:40001"))
                .isEqualTo("198.51.100.7:40001");
    }
}
