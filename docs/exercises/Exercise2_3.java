import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;

/// # How long is a body?
///
/// Content-Length says how long the body is. Give a MESSAGE a text, and say its length as the
/// receiver counts.
///
/// Hint: what is sent are bytes, in UTF-8. How many are an `ü`?
class Exercise2_3 {
    private static final String HEAD = """
            MESSAGE sip:bob@10.0.0.2 SIP/2.0
            Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKtext
            Max-Forwards: 70
            From: <sip:alice@10.0.0.1>;tag=1
            To: <sip:bob@10.0.0.2>
            Call-ID: text
            CSeq: 1 MESSAGE
            Content-Type: text/plain
            """;

    // answer
    String withBody(String head, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;   //~ int length = text.length();
        return head + "Content-Length: " + length + "\n\n" + text;   //~ return head + "Content-Length: " + length + "\n" + text;
    }
    // start
    //| String withBody(String head, String text) {
    //|     return head + "Content-Length: 0\n\n";
    //| }
    // end

    @Test void plain_letters_are_a_byte_each() {
        assertThat(withBody(HEAD, "hello")).contains("\nContent-Length: 5\n");
    }

    @Test void others_are_more() {
        assertThat(withBody(HEAD, "Grüße")).contains("\nContent-Length: 7\n");
    }

    @Test void so_the_whole_text_arrives() {
        var text = "Grüße aus Zürich ☎";
        assertThat(Message.parse(Bytes.utf8(withBody(HEAD, text))).body().utf8()).isEqualTo(text);
    }
}
