package p2psip.std.rfc5621;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3428.Messages;

/// What a user agent makes of bodies of several parts.
class MultipartFlowTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 5060);

    private final UserAgent agent = new UserAgent(new Profile(
            Address.parse("<sip:alice@atlanta.com>"), SipUri.parse("sip:alice@atlanta.com"),
            List.of(), Optional.empty(), "test", CallRules.PLAIN, Optional.empty()),
            List.of(new Messages()),
            new SplittableRandom(1));

    private List<Output> hear(String method, String type, String body) {
        return agent.handle(new Input.Received(new TransactionId("z9hG4bK1", "b", method),
                new Request(method, "sip:alice@atlanta.com", List.of(
                        new Header("From", "<sip:bob@biloxi.com>;tag=1"),
                        new Header("To", "<sip:alice@atlanta.com>"), new Header("Call-ID", "c"),
                        new Header("CSeq", "1 " + method),
                        new Header("Contact", "<sip:bob@biloxi.com>"),
                        new Header("Content-Type", "multipart/" + type + ";boundary=b")),
                        Bytes.utf8(body.replace("\n", "\r\n"))), Flow.udp(HERE, HERE)),
                Instant.EPOCH);
    }

    private static List<Event> told(List<Output> outputs) {
        return outputs.stream().flatMap(output -> output instanceof Output.Told(var event)
                ? Stream.of(event) : Stream.empty()).toList();
    }

    private static final String OFFER = """
            --b
            Content-Type: application/sdp

            v=0
            --b
            Content-Type: image/png
            Content-Disposition: icon%s

            x
            --b--
            """;

    @Test void an_offer_may_come_with_a_picture() {
        assertThat(told(hear("INVITE", "mixed", OFFER.formatted(";handling=optional"))))
                .singleElement().isInstanceOfSatisfying(Call.Event.Incoming.class, incoming ->
                        assertThat(incoming.offer()).contains(Content.sdp("v=0")));
    }

    //= rfc5621#8.4-1 a part whose handling is required and that is not supported: 415
    @Test void but_not_with_one_that_must_be_seen() {
        assertThat(hear("INVITE", "mixed", OFFER.formatted(""))).singleElement()
                .isInstanceOfSatisfying(Output.Respond.class, respond -> {
                    assertThat(respond.response().status()).isEqualTo(415);
                    assertThat(respond.response().list("Accept")).contains("application/sdp");
                });
    }

    @Test void of_several_versions_of_an_offer_it_takes_the_one_it_knows() {
        assertThat(told(hear("INVITE", "alternative", OFFER.formatted("")))).singleElement()
                .isInstanceOfSatisfying(Call.Event.Incoming.class, incoming ->
                        assertThat(incoming.offer()).contains(Content.sdp("v=0")));
    }

    @Test void a_text_is_taken_from_among_the_parts() {
        assertThat(told(hear("MESSAGE", "alternative", """
                --b

                Hello
                --b
                Content-Type: text/html

                <b>Hello</b>
                --b--
                """))).singleElement().isInstanceOfSatisfying(Messages.Event.Said.class, said ->
                        assertThat(said.text()).isEqualTo("Hello"));
    }
}
