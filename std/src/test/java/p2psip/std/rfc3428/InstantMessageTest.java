package p2psip.std.rfc3428;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;

class InstantMessageTest {
    private final RandomGenerator random = new SplittableRandom(1);

    @Test void a_text_is_sent() {
        var send = InstantMessage.send(1, "sip:bob@biloxi.com", "Grüezi");
        assertThat(send.method()).isEqualTo("MESSAGE");
        assertThat(send.content().orElseThrow().bytes().utf8()).isEqualTo("Grüezi");
    }

    //= rfc3428#8-2 nothing over 1300 bytes leaves
    @Test void a_book_is_not() {
        assertThatThrownBy(() -> InstantMessage.send(1, "sip:bob@biloxi.com", "ü".repeat(301)))
                .hasMessageContaining("600");
    }

    //= rfc3428#7-2 no body in the answer
    //= rfc3428#7-3 and no Contact
    @Test void a_text_is_answered() {
        var message = message("text/plain", "Hi");
        assertThat(InstantMessage.text(message)).contains("Hi");
        var answer = InstantMessage.answer(message, random);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().isEmpty()).isTrue();
        assertThat(answer.has("Contact")).isFalse();
    }

    @Test void a_picture_is_refused() {
        var answer = InstantMessage.answer(message("image/png", "?"), random);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.need("Accept")).isEqualTo("text/plain");
    }

    private static Request message(String type, String body) {
        return (Request) Message.parse("""
                MESSAGE sip:bob@biloxi.com SIP/2.0
                Via: SIP/2.0/UDP a;branch=z9hG4bK1
                From: <sip:alice@atlanta.com>;tag=1
                To: <sip:bob@biloxi.com>
                Call-ID: 1
                CSeq: 1 MESSAGE
                Content-Type: %s

                %s""".formatted(type, body));
    }
}
