import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;
import p2psip.tools.book.Flow;

/// # Where the sound goes
///
/// A description of a session says with `c=` to which machine sound is to be sent and with `m=` to
/// which port. Find the two in the body of a message, and say them as `10.0.0.1:17452`; nothing if
/// the stream is refused.
///
/// Hint: `c=IN IP4 10.0.0.1` has the address in its third word, `m=audio 17452 ...` the port in its
/// second.
///
/// Hint: a port of 0 means that the stream is refused.
class Exercise6_3 {
    // answer
    Optional<String> place(String body) {
        String address = "", port = "";
        for (var line : body.split("\r\n")) {
            if (line.startsWith("c=")) address = line.split(" ")[2];   //~ if (line.startsWith("o=")) address = line.split(" ")[1];
            if (line.startsWith("m=audio")) port = line.split(" ")[1];
        }
        return port.equals("0") ? Optional.empty() : Optional.of(address + ":" + port);   //~ return Optional.of(address + ":" + port);
    }
    // start
    //| Optional<String> place(String body) {
    //|     return Optional.empty();
    //| }
    // end

    @Test void alice_takes_in_sound_where_she_is() {
        var invite = Message.parse(Bytes.utf8(Flow.of("direct").message("INVITE")));
        assertThat(place(invite.body().utf8()).orElseThrow()).matches("10\\.0\\.0\\.1:\\d+");
    }

    @Test void and_bob_where_he_is() {
        var ok = Message.parse(Bytes.utf8(Flow.of("direct").message("200 OK (INVITE)")));
        assertThat(place(ok.body().utf8()).orElseThrow()).matches("10\\.0\\.0\\.2:\\d+");
    }

    @Test void who_is_not_where_his_name_is() {
        assertThat(place(String.join("\r\n", "v=0", "o=- 1 1 IN IP4 10.0.0.7", "s=-",
                "c=IN IP4 10.0.0.8", "t=0 0", "m=audio 4000 RTP/AVP 0", "")))
                .contains("10.0.0.8:4000");
    }

    @Test void a_stream_may_be_refused() {
        assertThat(place(String.join("\r\n", "v=0", "o=- 1 1 IN IP4 10.0.0.7", "s=-",
                "c=IN IP4 10.0.0.8", "t=0 0", "m=audio 0 RTP/AVP 0", ""))).isEmpty();
    }
}
