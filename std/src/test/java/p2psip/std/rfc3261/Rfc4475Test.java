package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Validator.Verdict;
import p2psip.std.rfc4475.Fields;

/// The torture messages of RFC 4475, byte for byte, and what each is owed.
class Rfc4475Test {

    @ParameterizedTest
    @CsvSource({
        // §3.1.1 valid
        "wsinv, ok INVITE", "intmeth, ok !interesting-Method0123456789_*+`.%indeed'~",
        "esc01, ok INVITE", "escnull, ok REGISTER", "esc02, ok RE%47IST%45R",
        "lwsdisp, ok OPTIONS", "longreq, ok INVITE", "dblreq, ok REGISTER", "semiuri, ok OPTIONS",
        "transports, ok OPTIONS", "mpart01, ok MESSAGE", "unreason, ok 200", "noreason, ok 100",
        // §3.1.2 invalid
        "badinv01, 400", "clerr, 400", "ncl, 400", "scalar02, 400", "scalarlg, drop",
        "quotbal, 400", "ltgtruri, 400", "lwsruri, 400", "lwsstart, 400", "trws, 400",
        "escruri, 400", "baddate, 400", "regbadct, 400", "badaspec, 400", "baddn, 400",
        "badvers, 505", "mismatch01, 400", "mismatch02, 400", "bigcode, drop",
        // §3.2 and §3.3: the transaction layer and the application
        "badbranch, 400", "insuf, 400", "unkscm, 416", "novelsc, 416", "unksm2, ok REGISTER",
        "bext01, ok OPTIONS", "invut, ok INVITE", "regaut01, ok REGISTER", "multi01, 400",
        "mcl01, 400", "bcast, drop", "zeromf, ok OPTIONS", "cparam01, ok REGISTER",
        "cparam02, ok REGISTER", "regescrt, ok REGISTER", "sdp01, ok INVITE",
        // §3.4 an RFC 2543 message
        "inv2543, ok INVITE"})
    void is_taken_answered_or_dropped(String name, String expected) throws IOException {
        assertThat(summary(strict(bytes(name)))).isEqualTo(expected);
    }

    /// A Date that nobody needs is no reason to refuse a call, says §3.1.2.12.
    //= rfc3261#16.3-6 components not needed are ignored, well-formed or not
    @Test void what_processing_does_not_need_is_not_looked_at() throws IOException {
        assertThat(summary(Validator.read(bytes("baddate")))).isEqualTo("ok INVITE");
    }

    @Test void tortuous_white_space_is_understood() throws IOException {
        var invite = (Request) Message.parse(bytes("wsinv"));

        assertThat(invite.to().tag()).hasValue("1918181833n");
        assertThat(invite.from().displayName()).isEqualTo("J Rosenberg \\\"");
        assertThat(invite.cseq()).isEqualTo(new CSeq(9, "INVITE"));
        assertThat(invite.list("Via")).hasSize(3).map(v -> Via.parse(v).branch())
                .containsExactly("390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239");
        assertThat(invite.list("Via")).map(v -> Via.parse(v).transport())
                .containsExactly("UDP", "TCP", "UDP");
        assertThat(invite.first("NewFangledHeader"))
                .hasValue("newfangled value continued newfangled value");
        assertThat(invite.first("UnknownHeaderWithUnusualValue")).hasValue(";;,,;;,;");
        assertThat(invite.list("Route")).hasSize(1);
        var contact = Address.parse(invite.list("Contact").getFirst());
        assertThat(contact.displayName()).isEqualTo("Quoted string \"\"");
        assertThat(contact.params().get("newparam")).hasValue("newvalue");
        assertThat(contact.params().get("q")).hasValue("0.33");
    }

    @Test void every_legal_character_is_kept() throws IOException {
        var request = (Request) Message.parse(bytes("intmeth"));

        assertThat(((SipUri) request.to().uri()).user())
                .isEqualTo("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
        assertThat(((SipUri) request.to().uri()).host()).isEqualTo("example.com");
        assertThat(request.to().displayName()).contains("BEL:\u0007", "NUL:\0", "DEL:\u007f");
        assertThat(Message.parse(request.encode())).isEqualTo(Message.parse(bytes("intmeth"))
                .with("Content-Length", String.valueOf(request.body().size())));
    }

    @Test void escapes_are_decoded_once_and_only_where_they_mean_something() throws IOException {
        var invite = (Request) Message.parse(bytes("esc01"));
        assertThat(Escapes.decode(SipUri.parse(invite.uri()).user()))
                .isEqualTo("sips:user@example.com");
        assertThat(((Request) Message.parse(bytes("esc02"))).method()).isEqualTo("RE%47IST%45R");
        var register = Message.parse(bytes("escnull"));
        assertThat(register.list("Contact")).hasSize(2)
                .map(c -> Escapes.decode(((SipUri) Address.parse(c).uri()).user()))
                .containsExactly("\0", "\0\0");
    }

    @Test void the_second_request_of_a_datagram_is_discarded() throws IOException {
        assertThat(Message.parse(bytes("dblreq")).body()).isEqualTo(Bytes.EMPTY);
    }

    @Test void a_reason_phrase_may_be_empty_or_in_any_script() throws IOException {
        assertThat(Message.parse(bytes("noreason")).startLine()).isEqualTo("SIP/2.0 100 ");
        assertThat(Message.parse(bytes("unreason")).startLine()).contains("девяносто девять");
    }

    @Test void a_binary_body_is_carried_byte_for_byte() throws IOException {
        var message = Message.parse(bytes("mpart01"));
        assertThat(Message.parse(message.encode()).body()).isEqualTo(message.body());
        assertThat(message.body().size()).isEqualTo(
                Integer.parseInt(message.first("Content-Length").orElseThrow()));
    }

    @Test void a_parameter_behind_the_bracket_belongs_to_the_contact() throws IOException {
        var one = Address.parse(Message.parse(bytes("cparam01")).list("Contact").getFirst());
        var two = Address.parse(Message.parse(bytes("cparam02")).list("Contact").getFirst());
        assertThat(one.params().has("unknownparam")).isTrue();
        assertThat(((SipUri) two.uri()).params().has("unknownparam")).isTrue();
    }

    /// However a torture message is cut or bent, it is taken, refused or dropped, never thrown.
    @Test void cut_at_every_byte_it_breaks_nothing() throws IOException {
        for (var name : List.of("wsinv", "intmeth", "badinv01", "unreason", "mpart01", "escnull")) {
            var bytes = bytes(name);
            for (int end = 0; end < bytes.size(); end++)
                assertThat(strict(bytes.slice(0, end))).isNotNull();
        }
    }

    private static Verdict strict(Bytes bytes) {
        return switch (Validator.read(bytes)) {
            case Verdict.Fine(var message) -> Fields.verdict(message);
            case Verdict other -> other;
        };
    }

    private static String summary(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Fine(Request r) -> "ok " + r.method();
            case Verdict.Fine(Message.Response r) -> "ok " + r.status();
            case Verdict.Refuse(_, int status, _) -> String.valueOf(status);
            case Verdict.Drop _ -> "drop";
        };
    }

    private static Bytes bytes(String name) throws IOException {
        try (var in = Rfc4475Test.class.getResourceAsStream("rfc4475/" + name + ".dat")) {
            return Bytes.wrap(in.readAllBytes());
        }
    }
}
