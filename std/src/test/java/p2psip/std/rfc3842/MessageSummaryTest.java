package p2psip.std.rfc3842;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3842.MessageSummary.*;
import p2psip.std.rfc6665.EventPackage;

class MessageSummaryTest {
    private static final Optional<String> ALICE = Optional.of("sip:alice@vmail.example.com");

    /// The bodies of the example of §4.1.
    //= rfc3842#3.5-7 what describes single messages may follow
    @Test void the_example_of_the_rfc() {
        assertThat(MessageSummary.parse("""
                Messages-Waiting: yes\r
                Message-Account: sip:alice@vmail.example.com\r
                Voice-Message: 2/8 (0/2)\r
                """)).isEqualTo(new MessageSummary(true, ALICE, List.of(
                        new Count("Voice-Message", 2, 8, Optional.of(new Urgent(0, 2))))));
        assertThat(MessageSummary.parse("""
                Messages-Waiting: yes\r
                Message-Account: sip:alice@vmail.example.com\r
                Voice-Message: 4/8 (1/2)\r
                \r
                To: <alice@atlanta.example.com>\r
                From: <bob@biloxi.example.com>\r
                Subject: carpool tomorrow?\r
                Message-ID: 13784434989@vmail.example.com\r
                """)).isEqualTo(new MessageSummary(true, ALICE, List.of(
                        new Count("Voice-Message", 4, 8, Optional.of(new Urgent(1, 2))))));
    }

    @Test void no_case_matters_and_no_space() {
        assertThat(MessageSummary.parse("MESSAGES-waiting :  NO\nfax-message:2 / 4\n"))
                .isEqualTo(new MessageSummary(false, Optional.empty(), List.of(
                        new Count("fax-message", 2, 4, Optional.empty()))));
        assertThat(MessageSummary.parse("Messages-Waiting: yes").waiting()).isTrue();
    }

    //= rfc3842#3.5-6 a larger number is read as the largest
    //= rfc3842#3.5-5 and no larger value is written
    @Test void numbers_have_a_limit() {
        var parsed = MessageSummary.parse(
                "Messages-Waiting: yes\r\nVoice-Message: 4294967296/99999999999999999999\r\n");
        assertThat(parsed.counts()).containsExactly(
                new Count("Voice-Message", 4294967295L, 4294967295L, Optional.empty()));
        assertThat(new Count("Voice-Message", Long.MAX_VALUE, 1,
                Optional.of(new Urgent(4294967296L, 0)))).isEqualTo(new Count("Voice-Message",
                        4294967295L, 1, Optional.of(new Urgent(4294967295L, 0))));
    }

    @Test void what_is_no_summary() {
        for (var wrong : List.of("", "Voice-Message: 1/2", "Messages-Waiting: maybe",
                "Messages-Waiting", "Messages-Waiting: yes\r\nVoice-Message: many",
                "Messages-Waiting: yes\r\nVoice-Message: 1/2 (3)", "Messages-Waiting: yes\r\nx",
                "Messages-Waiting: yes\r\nVoice Message: 1/2"))
            assertThatThrownBy(() -> MessageSummary.parse(wrong)).as(wrong)
                    .isInstanceOf(p2psip.std.SyntaxException.class);
    }

    //= rfc3842#3.5-3,4 the account has no angle brackets
    //= rfc3842#3.8-1,2,4 the message summary of the first NOTIFY, as of each, is counts and no more
    //= rfc3842#3.5-8 no single message
    @Test void it_is_written_so() {
        var content = new MessageSummary(true, Optional.of("sip:alice@example.com"), List.of(
                new Count("Voice-Message", 1, 3, Optional.of(new Urgent(0, 1))),
                new Count("Fax-Message", 2, 4, Optional.empty()))).whole(0).orElseThrow();
        assertThat(content.type()).isEqualTo("application/simple-message-summary");
        assertThat(content.bytes().utf8()).isEqualTo("Messages-Waiting: yes\r\n"
                + "Message-Account: sip:alice@example.com\r\n"
                + "Voice-Message: 1/3 (0/1)\r\nFax-Message: 2/4\r\n");
    }

    //= rfc3842#3.4-2 the duration of subscriptions is an hour
    //= rfc3842#3.5-2 this one type is assumed
    //= rfc3842#3.11-2 not more often than once a second
    @Test void its_package() {
        var events = MessageSummary.PACKAGE;
        assertThat(events.name()).isEqualTo("message-summary");
        assertThat(events.expires()).isEqualTo(Duration.ofHours(1));
        assertThat(events.bodies()).containsExactly(MessageSummary.TYPE);
        assertThat(events.interval()).isEqualTo(Duration.ofSeconds(1));
        //= rfc3842#3.9-2 from all that the SUBSCRIBE has reached
        assertThat(events.forking()).isEqualTo(EventPackage.Forking.ALL);
    }

    @Property(tries = 200) void what_is_written_is_read(
            @ForAll("summaries") MessageSummary summary) {
        assertThat(MessageSummary.parse(summary.toString())).isEqualTo(summary);
    }

    @Provide Arbitrary<MessageSummary> summaries() {
        var number = Arbitraries.longs().between(0, 4294967295L);
        var urgent = Combinators.combine(number, number).as(Urgent::new).optional();
        var counts = Combinators.combine(Arbitraries.of("Voice-Message", "Fax-Message",
                "Pager-Message", "Multimedia-Message", "Text-Message", "None"), number, number,
                urgent).as(Count::new).list().ofMaxSize(4);
        return Combinators.combine(Arbitraries.of(true, false),
                Arbitraries.of("sip:a@b", "tel:+1").optional(), counts).as(MessageSummary::new);
    }

    @Property(tries = 200) void nonsense_is_refused(@ForAll String text) {
        for (var body : List.of(text, "Messages-Waiting: yes\r\n" + text)) try {
            MessageSummary.parse(body);
        } catch (p2psip.std.SyntaxException expected) {
            // and nothing else may be thrown
        }
    }
}
