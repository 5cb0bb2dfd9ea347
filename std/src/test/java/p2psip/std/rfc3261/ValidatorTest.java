package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Validator.Verdict;
import p2psip.std.rfc4475.Fields;

/// What is owed to messages that lack something, or have what they should not.
class ValidatorTest {
    private static final Message INVITE = Message.parse("""
            INVITE sip:bob@biloxi.com SIP/2.0
            Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKnashds8
            Max-Forwards: 69
            To: Bob <sip:bob@biloxi.com>
            From: Alice <sip:alice@atlanta.com>;tag=1928301774
            Call-ID: a84b4c76e66710
            CSeq: 314159 INVITE
            Contact: <sip:alice@pc33.atlanta.com>

            """);
    private static final Message OK = Message.parse(
            INVITE.toString().replace("INVITE sip:bob@biloxi.com SIP/2.0", "SIP/2.0 200 OK"));

    private static String check(Message message) { return text(Validator.check(message)); }

    /// Every field that is understood is looked at.
    private static String checkAll(Message message) { return text(Fields.verdict(message)); }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Fine _ -> "fine";
            case Verdict.Refuse(_, int status, var reason) -> status + " " + reason;
            case Verdict.Drop(var why) -> "drop " + why;
        };
    }

    private static Message more(Message message, String name, String value) {
        return message.change(list -> list.add(new Header(name, value)));
    }

    //= rfc3261#20-5 a mandatory header field is not present in a request
    //= rfc3261#21.4.1-1 the reason phrase says which
    //= rfc3261#20-6 nor in a response
    @Test void mandatory_fields() {
        for (var name : List.of("To", "From", "Call-ID", "CSeq")) {
            assertThat(check(INVITE.without(name))).isEqualTo("400 no " + name + " header field");
            assertThat(check(OK.without(name))).isEqualTo("drop no " + name + " header field");
        }
        assertThat(check(INVITE.without("Via"))).isEqualTo("drop no Via header field");
        assertThat(check(INVITE) + " " + check(OK)).isEqualTo("fine fine");
    }

    //= rfc3261#20-4 an optional header field is ignored unless somebody asks
    @Test void optional_fields() {
        assertThat(check(INVITE.with("Date", "today"))).isEqualTo("fine");
        assertThat(checkAll(INVITE.with("Date", "today"))).isEqualTo("400 bad Date: today");
    }

    //= rfc3261#7.3.2-1 fields of the other category are ignored
    //= rfc3261#20-9 those that a response should not have
    //= rfc3261#20-8 and those that a request should not have
    @Test void fields_in_the_wrong_place() {
        assertThat(check(OK.with("Max-Forwards", "many"))).isEqualTo("fine");
        assertThat(check(INVITE.with("Max-Forwards", "many")))
                .isEqualTo("400 bad Max-Forwards: many");
        assertThat(checkAll(OK.with("Authorization", "x"))).isEqualTo("fine");
        assertThat(checkAll(INVITE.with("Authorization", "x"))).startsWith("400");
        assertThat(checkAll(INVITE.with("Min-Expires", "x"))).isEqualTo("fine");
        assertThat(checkAll(OK.with("Min-Expires", "x"))).startsWith("drop");
        for (var method : List.of("BYE", "CANCEL")) assertThat(check(Message.parse(INVITE
                .with("Contact", "<<").toString().replace("INVITE", method)))).isEqualTo("fine");
        assertThat(check(INVITE.with("Contact", "<<"))).startsWith("400");
    }

    //= rfc3261#7.3.1-2 several rows only of a field that is a list
    @Test void rows() {
        assertThat(checkAll(more(more(INVITE, "Route", "<sip:a>"), "Route", "<sip:b>, <sip:c>")))
                .isEqualTo("fine");
        assertThat(check(more(INVITE, "f", "<sip:a@b>;tag=2"))).isEqualTo("400 more than one From");
        assertThat(checkAll(more(more(INVITE, "s", "x"), "Subject", "y"))).startsWith("400");
    }

    //= rfc3261#7.3.1-6 a parameter name that appears twice, in a header field
    //= rfc3261#19.1.1-7 or in a URI
    @Test void parameters() {
        assertThat(checkAll(INVITE.with("From", "<sip:a@b>;tag=1;TAG=2"))).startsWith("400");
        assertThat(checkAll(INVITE.with("Contact", "<sip:a@b;lr;lr>"))).startsWith("400");
        //= rfc3261#20-10 a parameter that nobody understands is ignored
        assertThat(checkAll(INVITE.with("Contact", "<sip:a@b;lr>;q=0.3;lr;+x=\"a b\"")))
                .isEqualTo("fine");
        for (var q : List.of("0", "0.", "0.999", "1", "1.", "1.000"))
            assertThat(checkAll(INVITE.with("Contact", "<sip:a@b>;q=" + q))).isEqualTo("fine");
        for (var q : List.of("3", "0.9999", "1.001", ".5", "1~"))
            assertThat(checkAll(INVITE.with("Contact", "<sip:a@b>;q=" + q))).startsWith("400");
    }

    /// What reads as two messages, or as two addresses, passes by a guard as one and acts as the
    /// other.
    @Test void what_two_elements_might_read_differently() {
        for (var bad : List.of("sip:alice@example.com@other.example", "sip:a\\@b", "sip:a@%62",
                "sip:a\0@b", "sip:127.1"))
            assertThat(read(INVITE.toString().replace("E sip:bob@biloxi.com", "E " + bad))).as(bad)
                    .startsWith("400 ");
        for (var bad : List.of("tag=a\u0001b", "tag=a\\b", "tag=a b", "tag=\"a\u0001\"", "tag=a\0"))
            assertThat(read(INVITE.toString().replace("tag=1928301774", bad))).as(bad)
                    .startsWith("400 ");
        //= rfc3261#25.1¶12 a CR is never quoted, a NUL may be
        assertThat(read(INVITE.with("Subject", "a\rVia: b").toString()))
                .isEqualTo("400 bad header field");
        assertThat(read(INVITE.with("X", "a\0b").toString())).isEqualTo("400 bad header field");
        assertThat(read(INVITE.with("X", "\"a\\\0b\"").toString())).isEqualTo("fine");
        assertThat(read(OK.toString().replace("OK", "O\0K")))
                .isEqualTo("drop NUL or CR in the start line");
    }

    private static String read(String text) { return text(Validator.read(Bytes.utf8(text))); }

    //= rfc3261#19.1.1-8 the transport of a SIPS URI is reliable
    //= rfc3261#19.1.1-9 ttl is for a multicast maddr by UDP
    @Test void components_that_do_not_go_together() {
        for (var bad : List.of("sips:a@b;transport=UDP", "sip:a@b;ttl=3",
                "sip:a@b;maddr=10.0.0.1;ttl=3", "sip:a@b;maddr=239.1.2.3;ttl=3;transport=tcp"))
            assertThat(checkAll(INVITE.with("Contact", "<" + bad + ">"))).as(bad).startsWith("400");
        for (var good : List.of("sips:a@b;transport=tcp", "sips:a@b", "sip:a@b;maddr=10.0.0.1",
                "sip:a@b;maddr=239.1.2.3;ttl=3", "sip:a@b;maddr=239.1.2.3;ttl=3;transport=udp"))
            assertThat(checkAll(INVITE.with("Contact", "<" + good + ">"))).as(good)
                    .isEqualTo("fine");
    }

    @Test void a_body_of_no_type() {
        var text = INVITE.toString().replace("Content-Length: 0\r\n\r\n", "\r\nhello");
        assertThat(checkAll(Message.parse(text))).isEqualTo("400 bad Content-Type: none");
    }
}
