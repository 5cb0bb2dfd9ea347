package p2psip.std.rfc3428;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;

class MessagesTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 5060);

    private final UserAgent agent = new UserAgent(new Profile(
            Address.parse("<sip:alice@atlanta.com>"), SipUri.parse("sip:alice@atlanta.com"),
            List.of(), Optional.empty(), "test", CallRules.PLAIN, Optional.empty()),
            List.of(new Messages()),
            new SplittableRandom(1));

    private List<Output> handle(Input input) { return agent.handle(input, Instant.EPOCH); }

    private Output.Send sent(String text) {
        var resolve = said(Output.Resolve.class, handle(new Input.Asked(
                new Messages.Command.Say(1, "sip:bob@biloxi.com", text))));
        return said(Output.Send.class, handle(new Input.Resolved(resolve.id(),
                List.of(Target.of(Transport.UDP, HERE)))));
    }

    private static <T extends Output> T said(Class<T> kind, List<Output> outputs) {
        return outputs.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
    }

    //= rfc3428#4-1,2 a MESSAGE with a body of the type text/plain; without Contact
    //= rfc3428#2-1 in no dialog
    @Test void a_text_is_sent() {
        var sent = sent("Grüezi");
        assertThat(sent.request().method()).isEqualTo("MESSAGE");
        //= rfc3428#9-1 the body is identified by its type
        assertThat(sent.request().need("Content-Type")).startsWith("text/plain");
        assertThat(sent.request().body().utf8()).isEqualTo("Grüezi");
        assertThat(sent.request().has("Contact")).isFalse();
        assertThat(sent.request().to().tag()).isEmpty();
    }

    @Test void its_outcome_is_told() {
        var sent = sent("Hi");
        var accepted = Reply.to(sent.request(), 202, "b1");
        assertThat(handle(new Input.Answered(sent.transaction(), accepted, Flow.udp(HERE, HERE))))
                .contains(new Output.Told(new Messages.Event.Outcome(1, 202, "Accepted")));
        assertThat(agent.legs()).isZero();
    }

    //= rfc3428#8-2 nothing over 1300 bytes leaves
    @Test void a_book_is_not() {
        assertThatThrownBy(() ->
                new Messages.Command.Say(1, "sip:bob@biloxi.com", "ü".repeat(301)))
                .hasMessageContaining("600");
    }

    @Test void nor_is_a_text_to_nobody() {
        assertThat(handle(new Input.Asked(new Messages.Command.Say(1, "nobody", "Hi"))))
                .singleElement().extracting(told -> ((Messages.Event.Outcome)
                        ((Output.Told) told).event()).status()).isEqualTo(400);
    }

    //= rfc3428#7-2 no body in the answer
    //= rfc3428#7-3 and no Contact
    //= rfc3428#7-1 which is a final response sent at once
    @Test void a_text_is_answered() {
        var outputs = received("text/plain", "Hi");
        //= rfc3428#7-5 text/plain is rendered
        assertThat(said(Output.Told.class, outputs).event()).isEqualTo(
                new Messages.Event.Said(-1, Address.parse("<sip:bob@biloxi.com>;tag=1"), "Hi"));
        var answer = answer(outputs);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().isEmpty()).isTrue();
        assertThat(answer.has("Contact")).isFalse();
        assertThat(answer.to().tag()).isPresent();
    }

    @Test void a_picture_is_refused() {
        var answer = answer(received("image/png", "?"));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.list("Accept")).contains("text/plain");
    }

    @Test void so_is_a_session_description() {
        var answer = answer(received("application/sdp", "v=0"));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.need("Accept")).isEqualTo("text/plain");
    }

    private List<Output> received(String type, String body) {
        return handle(new Input.Received(new TransactionId("z9hG4bK1", "a", "MESSAGE"),
                message(type, body), Flow.udp(HERE, HERE)));
    }

    private static Response answer(List<Output> outputs) {
        return said(Output.Respond.class, outputs).response();
    }

    private static Request message(String type, String body) {
        return (Request) Message.parse("""
                MESSAGE sip:alice@atlanta.com SIP/2.0
                Via: SIP/2.0/UDP a;branch=z9hG4bK1
                From: <sip:bob@biloxi.com>;tag=1
                To: <sip:alice@atlanta.com>
                Call-ID: 1
                CSeq: 1 MESSAGE
                Content-Type: %s

                %s""".formatted(type, body));
    }
}
