package p2psip.std.rfc3428;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.Core.Input;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Target;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc3261.ua.UserAgent;
import p2psip.std.rfc3261.ua.UserAgent.Event;

class InstantMessageTest {
    private final RandomGenerator random = new SplittableRandom(1);

    //= rfc3428#4-1 a MESSAGE with a body of the type text/plain
    //= rfc3428#4-2 without Contact
    //= rfc3428#2-1 in no dialog
    @Test void a_text_is_sent() {
        var agent = new UserAgent(new UserAgent.Profile(Address.parse("<sip:alice@atlanta.com>"),
                SipUri.of("alice", "atlanta.com", 0), List.of(), Optional.empty(),
                List.of(InstantMessage.METHOD), "test"), random);
        var resolve = (Output.Resolve) agent.handle(new Input.Asked(InstantMessage.send(
                1, "sip:bob@biloxi.com", "Grüezi")), Instant.EPOCH).getFirst();
        var sent = (Output.Send) agent.handle(new Input.Resolved(resolve.id(), List.of(
                Target.of(Transport.UDP, new InetSocketAddress("127.0.0.1", 5060)))),
                Instant.EPOCH).getFirst();
        assertThat(sent.request().method()).isEqualTo("MESSAGE");
        //= rfc3428#9-1 the body is identified by its type
        assertThat(sent.request().need("Content-Type")).startsWith("text/plain");
        assertThat(sent.request().body().utf8()).isEqualTo("Grüezi");
        assertThat(sent.request().has("Contact")).isFalse();
        assertThat(sent.request().to().tag()).isEmpty();
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
        //= rfc3428#7-5 text/plain is rendered
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
