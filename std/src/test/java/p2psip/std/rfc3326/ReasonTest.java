package p2psip.std.rfc3326;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.ua.*;

class ReasonTest {
    private static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            return new Call.Command.HangUp(Long.parseLong(words[1]), Optional.of(
                    Reason.sip(Integer.parseInt(words[2]))));
        }

        @Override public String text(Usage.Event event) { throw new AssertionError(event); }
    };

    private static CallFlow play(String script) {
        return CallFlow.play(List.of(), WORDS, script);
    }

    private static Message saying(String... values) {
        return Message.parse("BYE sip:b@b SIP/2.0\n" + Arrays.stream(values)
                .map(value -> "Reason: " + value + "\n").collect(Collectors.joining()) + "\n");
    }

    @Test void a_value_is_read_and_written() {
        for (var value : List.of("SIP;cause=200;text=\"Call completed elsewhere\"",
                "Q.850;cause=16;text=\"Terminated\"", "SIP;cause=600", "preemption"))
            assertThat(Reason.parse(value)).hasToString(value);
        assertThat(Reason.parse("SIP ;cause=580 ;text=\"Precondition Failure\""))
                .isEqualTo(Reason.sip(580, "Precondition Failure"));
        assertThat(Reason.ELSEWHERE).isEqualTo(
                Reason.parse("SIP;cause=200;text=\"Call completed elsewhere\""));
        for (var bad : List.of("", ";cause=1", "a b", "SIP;=", "SIP;text=\"x"))
            assertThatThrownBy(() -> Reason.parse(bad)).as(bad)
                    .isInstanceOf(SyntaxException.class);
        assertThat(Reason.parse("SIP;cause=x").cause()).isEmpty();
        assertThat(Reason.parse("SIP;cause=99999999999").cause()).isEmpty();
        assertThat(Reason.parse("SIP;cause=-1").cause()).isEmpty();
        assertThat(Reason.parse("SIP;text=\"a\tb\"").text()).isEqualTo("a b");
    }

    //= rfc3326#2-4 several values, of different protocols: of two of one the first counts
    @Test void of_each_protocol_one_value_counts() {
        assertThat(Reason.of(saying("SIP;cause=486, Q.850;cause=17", "sip;cause=600", ";;")))
                .containsExactly(Reason.sip(486, ""),
                        new Reason("Q.850", OptionalInt.of(17), ""));
        assertThat(Reason.of(saying())).isEmpty();
        assertThat(Reason.of(saying(IntStream.range(0, 20).mapToObj(i -> "p" + i)
                .toArray(String[]::new)))).as("a limit").hasSize(8);
    }

    @Test void the_words_are_the_text_or_the_name_of_the_cause() {
        assertThat(Reason.words(saying("SIP;cause=486"))).hasValue("Busy Here");
        assertThat(Reason.words(saying("Q.850;cause=16"))).hasValue("Q.850 16");
        assertThat(Reason.words(saying("x, SIP;cause=200;text=\"a\\\"b\""))).hasValue("a\"b");
        assertThat(Reason.words(saying("x"))).isEmpty();
    }

    //= rfc3326#2-1 a BYE, a request within a dialog, says why
    //= rfc3326#2-3 by any status code
    @Test void a_call_is_ended_for_a_reason() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                  200 TU    -> alice because 1 488
                  200 alice -> b1    BYE 2 sip:b1@127.0.0.2
                  200 alice -> TU    Ended 1 200
                """);
        assertThat(flow.sent("BYE").all("Reason"))
                .containsExactly("SIP;cause=488;text=\"Not Acceptable Here\"");
    }

    @Test void a_call_is_given_up_for_a_reason() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 180
                  100 alice -> TU    Progress 1 180 b1
                  200 TU    -> alice because 1 408
                  200 alice -> bob   CANCEL 1 sip:bob@biloxi.com
                """);
        assertThat(flow.sent("CANCEL").all("Reason"))
                .containsExactly("SIP;cause=408;text=\"Request Timeout\"");
    }

    @Test void who_hangs_up_without_a_reason_gives_none() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 180
                  100 alice -> TU    Progress 1 180 b1
                  200 TU    -> alice hangup 1
                  200 alice -> bob   CANCEL 1 sip:bob@biloxi.com
                """);
        assertThat(flow.sent("CANCEL").has("Reason")).isFalse();
    }
}
