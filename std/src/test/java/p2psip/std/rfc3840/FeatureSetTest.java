package p2psip.std.rfc3840;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3840.FeatureSet.Value.*;

class FeatureSetTest {
    private static FeatureSet of(String params) { return FeatureSet.of(Params.parse(params)); }

    private static boolean match(String one, String other) {
        boolean there = of(one).matches(of(other));
        assertThat(of(other).matches(of(one))).as("the other way round").isEqualTo(there);
        return there;
    }

    /// The example of RFC 3841 §7.2.3.
    //= rfc3840#5-14 what has a plus is a feature, what is neither base tag nor that is none
    @Test void a_contact_of_the_rfc() {
        assertThat(of("""
                ;audio;video;mobility="fixed";+sip.message="TRUE";other-param=66372\
                ;methods="INVITE,OPTIONS,BYE,CANCEL,ACK";schemes="sip,http";q=0.5;expires=9\
                """).terms().keySet()).containsExactly("sip.audio", "sip.video", "sip.mobility",
                        "sip.message", "sip.methods", "sip.schemes");
        assertThat(of(";methods=\"INVITE,BYE\"").terms()).containsExactly(Map.entry("sip.methods",
                List.of(new Token("INVITE", false), new Token("BYE", false))));
    }

    //= rfc3840#9-1 only one instance of a tag counts
    @Test void of_two_the_first_counts() {
        assertThat(of(";audio;audio=\"FALSE\"")).isEqualTo(of(";audio"));
    }

    @Test void words_are_compared_whatever_their_case() {
        assertThat(match(";methods=\"invite\"", ";methods=\"BYE,INVITE\"")).isTrue();
        assertThat(match(";methods=\"REFER\"", ";methods=\"BYE,INVITE\"")).isFalse();
        assertThat(match(";audio", ";audio=\"TRUE\"")).isTrue();
        assertThat(match(";audio", ";audio=\"FALSE\"")).isFalse();
        assertThat(match(";class=\"!personal\"", ";class=\"business\"")).isTrue();
        assertThat(match(";class=\"!personal\"", ";class=\"PERSONAL\"")).isFalse();
        assertThat(match(";class=\"!personal\"", ";class=\"!personal\"")).isTrue();
        assertThat(match(";audio", ";video")).as("no word of it").isTrue();
        assertThat(match(";audio", "")).isTrue();
    }

    //= rfc3840#5-13 a string is the only value of its tag, compared letter by letter
    @Test void text_is_compared_letter_by_letter() {
        assertThat(match(";description=\"<a,B>\"", ";description=\"<a,B>\"")).isTrue();
        assertThat(match(";description=\"<a,b>\"", ";description=\"<a,B>\"")).isFalse();
        assertThat(match(";description=\"<a>\"", ";description=\"a\"")).isFalse();
    }

    //= rfc3840#9-2 numbers, such as a double can represent
    @Test void numbers_are_compared_as_such() {
        assertThat(match(";+x=\"#=5\"", ";+x=\"#>=4\"")).isTrue();
        assertThat(match(";+x=\"#=5\"", ";+x=\"#5.0:7\"")).isTrue();
        assertThat(match(";+x=\"#<=3\"", ";+x=\"#>=4\"")).isFalse();
        assertThat(match(";+x=\"!#=5\"", ";+x=\"#=5\"")).isFalse();
        assertThat(match(";+x=\"!#=5\"", ";+x=\"#4:6\"")).isTrue();
        assertThat(match(";+x=\"!#=5\"", ";+x=\"!#=5\"")).isTrue();
        assertThat(match(";+x=\"#=5\"", ";+x=\"5\"")).isFalse();
        assertThat(of(";+x=\"#=a\"").terms()).containsExactly(
                Map.entry("x", List.of(new Token("#=a", false))));
        assertThat(of(";+x=\"#5\"").terms()).containsExactly(
                Map.entry("x", List.of(new Token("#5", false))));
    }

    @Test void there_is_a_limit() {
        var many = IntStream.range(0, 100).mapToObj(i -> ";+x" + i).collect(Collectors.joining());
        assertThat(of(many).terms()).hasSize(FeatureSet.MAX);
        var values = IntStream.range(0, 100).mapToObj(i -> "v" + i)
                .collect(Collectors.joining(","));
        assertThat(of(";+x=\"" + values + "\"").terms().get("x")).hasSize(FeatureSet.MAX);
    }

    private static final CallFlow.Words NONE = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) { throw new AssertionError(words); }

        @Override public String text(Usage.Event event) { throw new AssertionError(event); }
    };

    //= rfc3840#7-1,2 in the Contact of a target refresh request
    //= rfc3840#8-1,2 and in the response to OPTIONS the same parameters
    //= rfc3840#5-11 as a conjunction
    @Test void a_phone_says_what_it_can() {
        var flow = CallFlow.play(List.of(Capabilities.of("audio", "+x")), NONE, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                   10 bob   -> alice OPTIONS 7 To=<sip:alice@atlanta.com> Call-ID=other
                   10 alice -> bob   200 OPTIONS Accept-Encoding=identity
                   20 TU    -> alice register 60
                   20 alice -> registrar REGISTER 1 sip:atlanta.com Expires=60
                """);
        var contact = "<sip:alice@127.0.0.1:5060>;audio;+x";
        assertThat(flow.sent("INVITE").all("Contact")).containsExactly(contact);
        assertThat(flow.answer("OPTIONS").all("Contact")).containsExactly(contact);
        assertThat(flow.sent("REGISTER").first("Contact").orElseThrow()).startsWith(contact);
    }

    //= rfc3840#5-12 each for a different tag
    @Test void nothing_is_said_twice() {
        assertThatThrownBy(() -> Capabilities.of("audio", "AUDIO"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    //= rfc3840#6-3 pref may be in Require of a REGISTER
    //= rfc3840#6-5 what a refresh says is kept
    @Test void a_registrar_keeps_what_is_said() {
        var registrar = new FeatureRegistrar();
        assertThat(registrar.options()).containsExactly("pref");
        var register = (Request) Message.parse("REGISTER sip:a SIP/2.0\n\n");
        assertThat(registrar.notes(register, Address.parse(
                "<sip:a@b>;audio;q=0.3;methods=\"INVITE,BYE\";expires=5"))).containsExactly(
                new Header("Features", ";audio;methods=\"INVITE,BYE\""));
        assertThat(registrar.notes(register, Address.parse("<sip:a@b>;q=1"))).isEmpty();
    }
}
