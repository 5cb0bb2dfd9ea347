import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;

/// # How long is a body?
///
/// Content-Length says how long the body is. A MESSAGE is a request that carries a text. Put text
/// and length behind its head, which ends with a whole line: the length as the receiver counts.
///
/// Hint: what is sent are bytes, in UTF-8. How many are an `ü`?
///
/// Hint: `text.getBytes(StandardCharsets.UTF_8).length` counts them.
///
/// Hint: between head and body stands an empty line; each line ends with `\r\n`.
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
            """.replace("\n", "\r\n");

    // answer
    String withBody(String head, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;   //~ int length = text.length();
        return head + "Content-Length: " + length + "\r\n\r\n" + text;   //~ return head + "Content-Length: " + length + "\r\n" + text;
    }
    // start
    //| String withBody(String head, String text) {
    //|     return head + "Content-Length: 0\r\n\r\n";
    //| }
    // end

    @Test void plain_letters_are_a_byte_each() {
        assertThat(withBody(HEAD, "hello")).containsPattern("\nContent-Length: *5\r?\n");
    }

    @Test void others_are_more() {
        assertThat(withBody(HEAD, "Grüße")).containsPattern("\nContent-Length: *7\r?\n");
    }

    @Test void so_the_whole_text_arrives() {
        var text = "Grüße aus Zürich ☎";
        assertThat(Message.parse(Bytes.utf8(withBody(HEAD, text))).body().utf8()).isEqualTo(text);
    }
}
