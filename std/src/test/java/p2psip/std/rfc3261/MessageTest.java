package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4475.Fields;

class MessageTest {
    private static final String INVITE = """
            INVITE sip:bob@biloxi.com SIP/2.0
            Via: SIP/2.0/UDP bigbox3.site3.atlanta.com;branch=z9hG4bK77ef4c2312983.1
            Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKnashds8;received=192.0.2.1
            Max-Forwards: 69
            To: Bob <sip:bob@biloxi.com>
            From: Alice <sip:alice@atlanta.com>;tag=1928301774
            Call-ID: a84b4c76e66710
            CSeq: 314159 INVITE
            Contact: <sip:alice@pc33.atlanta.com>
            Content-Type: application/sdp
            Content-Length: 4

            v=0
            """;

    @Test void what_was_read_is_printed_again() {
        assertThat(Message.parse(INVITE).encode().utf8()).isEqualTo(INVITE.replace("\n", "\r\n")
                .substring(0, INVITE.replace("\n", "\r\n").length() - 1));
    }

    //= rfc3261#7.3.3-2 both forms of a name may appear in one message
    //= rfc3261#7.3.3-3 so both are accepted
    @Test void compact_forms_and_any_case_are_the_same_field() {
        var message = Message.parse("""
                SIP/2.0 200 OK
                v: SIP/2.0/UDP a;branch=z9hG4bK1
                VIA: SIP/2.0/UDP b;branch=z9hG4bK2
                f: <sip:a@a>;tag=1
                t: <sip:b@b>
                i: 1@a
                cSEQ: 1 INVITE
                m: <sip:b@c>
                c: text/plain
                e: gzip
                s: hello
                k: 100rel
                l: 0

                """);
        assertThat(message.headers()).map(Header::name).containsExactly("Via", "Via", "From", "To",
                "Call-ID", "CSeq", "Contact", "Content-Type", "Content-Encoding", "Subject",
                "Supported", "Content-Length");
        assertThat(message.all("v")).hasSize(2);
        assertThat(message.first("Subject")).hasValue("hello");
    }

    //= rfc3261#7.3.3-1 the compact forms instead change nothing of what it says
    @Test void a_message_in_compact_form_is_the_same_message() {
        var message = Message.parse(INVITE);
        var compact = Printer.compact(message);
        assertThat(Message.parse(compact).headers()).isEqualTo(message.headers());
        assertThat(compact.utf8()).contains("\r\nv: ", "\r\nl: ")
                .doesNotContain("Via", "Content-Length");
    }

    //= rfc3261#7.3.1-3 rows may be combined into one without changing what the message says
    //= rfc3261#7.3.1-5 rows and commas are read alike in any combination
    @Test void lists_over_several_rows_and_commas_are_one_list() {
        var rows = Message.parse("""
                OPTIONS sip:a@b SIP/2.0
                Route: <sip:alice@atlanta.com>
                Subject: Lunch, at one
                Route: <sip:bob,x@biloxi.com>, "Carol, \\"C\\" <x>" <sip:carol@chicago.com>

                """);
        assertThat(rows.list("Route")).containsExactly("<sip:alice@atlanta.com>",
                "<sip:bob,x@biloxi.com>", "\"Carol, \\\"C\\\" <x>\" <sip:carol@chicago.com>");
        assertThat(rows.all("Subject")).containsExactly("Lunch, at one");
    }

    //= rfc3261#7.3.1¶4 a folded value is one line whose break is a single SP
    //= rfc3261#25.1-1 the white space around it is gone
    @Test void folded_lines_are_one() {
        var message = Message.parse("""
                OPTIONS sip:a@b SIP/2.0
                Subject: I know you're there,
                         pick up the phone
                \tand talk to me!

                """);
        assertThat(message.first("Subject"))
                .hasValue("I know you're there, pick up the phone and talk to me!");
    }

    @Test void unknown_fields_and_their_order_are_kept() {
        var text = INVITE.replace("Max-Forwards", "X-Odd: ;;,\nx-odd: 2\nMax-Forwards");
        var message = Message.parse(text);
        assertThat(message.encode().utf8()).startsWith(
                text.substring(0, text.indexOf("Content-Length")).replace("\n", "\r\n"));
        assertThat(message.all("X-ODD")).containsExactly(";;,", "2");
    }

    /// As softphones write who have never heard of UTF-8.
    @Test void octets_that_are_no_utf8_come_out_as_they_went_in() {
        var latin1 = Bytes.wrap(Message.parse(INVITE.replace("Alice", "\"J\u00f6rg\"")).toString()
                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(latin1.hex()).contains("4af67267");
        var message = Message.parse(latin1);
        assertThat(message.encode()).isEqualTo(latin1);
        //= rfc3261#8.2.6.2-1 From of the response equals that of the request, octet by octet
        assertThat(Reply.to((Request) message, 200, "t").encode().hex()).contains("224af6726722");
        // nor by a proxy
        assertThat(message.with("Max-Forwards", "68").encode().hex()).contains("224af6726722");
    }

    //= rfc3261#18.3-1 what stands behind the body is discarded
    @Test void the_body_ends_where_content_length_says_or_the_datagram_does() {
        assertThat(Message.parse(INVITE.replace("th: 4", "th: 3")).body().utf8()).isEqualTo("v=0");
        assertThat(Message.parse(INVITE.replaceAll("Content-Length.*\n", "")).body().utf8())
                .isEqualTo("v=0\r\n");
    }

    //= rfc3261#18.3¶1 without a length the body ends where the datagram does, if there is one
    @Test void stray_line_ends_behind_the_head_are_no_body() {
        var head = INVITE.substring(0, INVITE.indexOf("Content-Length"));
        var untyped = head.replaceAll("Content-Type.*\n", "");
        assertThat(Message.parse(untyped + "\n\n").body()).isEqualTo(Bytes.EMPTY);
        assertThat(Message.parse(untyped + "\n\n\n\n").body()).isEqualTo(Bytes.EMPTY);
        assertThat(Message.parse(untyped + "\n\nv=0").body().utf8()).isEqualTo("\r\nv=0");
        assertThat(Message.parse(head + "\n\n").body().utf8()).isEqualTo("\r\n");
    }

    //= rfc3261#7.5-1 CRLF before the start-line is ignored
    @Test void empty_lines_before_a_message_are_ignored() {
        assertThat(Message.parse("\n\n" + INVITE)).isEqualTo(Message.parse(INVITE));
    }

    //= rfc3261#7.1-5 SIP-Version is case-insensitive when read and upper-case when sent
    //= rfc3261#7.1-4 and what is sent is SIP/2.0
    @Test void the_version_is_read_in_any_case_and_sent_in_upper_case() {
        assertThat(Message.parse(INVITE.replace("SIP/2.0\nVia", "sip/2.0\nVia")).startLine())
                .isEqualTo("INVITE sip:bob@biloxi.com SIP/2.0");
    }

    @Test void another_version_is_owed_505_and_a_broken_start_line_400() {
        assertThatThrownBy(() -> Message.parse(INVITE.replace("SIP/2.0\nVia", "SIP/3.0\nVia")))
                .isInstanceOfSatisfying(SyntaxException.class, e -> {
                    assertThat(e).hasMessage("SIP version SIP/3.0");
                    assertThat(e.status()).isEqualTo(505);
                    assertThat(e.request()).isPresent();
                });
        //= rfc3261#7.1-5 a version has to be there
        assertThatThrownBy(() -> Message.parse(INVITE.replace(" SIP/2.0\nVia", "\nVia")))
                .isInstanceOfSatisfying(SyntaxException.class, e -> {
                    assertThat(e).hasMessage("bad start line: INVITE sip:bob@biloxi.com");
                    assertThat(e.status()).isEqualTo(400);
                });
        //= rfc3261#7.1-1 a Request-URI with a space in it
        assertThatThrownBy(() -> Message.parse(INVITE.replace("INVITE sip", "INVITE  sip")))
                .isInstanceOfSatisfying(SyntaxException.class, e -> {
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e.request().orElseThrow().callId()).isEqualTo("a84b4c76e66710");
                });
    }

    //= rfc3261#7-1 start line, header lines and the empty line end in CRLF
    //= rfc3261#7-2 and the empty line is there without a body
    //= rfc3261#20.14-3 whose Content-Length is zero
    @Test void a_message_without_a_body() {
        var request = new Request("OPTIONS", "sip:a@b", List.of(new Header("f", "<sip:c@d>")),
                Bytes.EMPTY);
        //= rfc3261#20.14-2 a stream needs Content-Length, so it is always used
        //= rfc3261#20-3 it is sent with a stream-based protocol
        //= rfc3261#20-2 and should be sent with any other
        assertThat(request.encode().utf8()).isEqualTo(
                "OPTIONS sip:a@b SIP/2.0\r\nFrom: <sip:c@d>\r\nContent-Length: 0\r\n\r\n");
        assertThat(request.with("l", "7").encode()).isEqualTo(request.encode());
    }

    //= rfc3261#7.4.1-5 a body may be binary
    //= rfc3261#7.4.2-1 it is not chunked
    //= rfc3261#20.14-1 Content-Length is the size of the body, whatever its type
    @Test void a_binary_body_goes_out_in_one_piece() {
        var bytes = new byte[256];
        for (int i = 0; i < 256; i++) bytes[i] = (byte) i;
        var sent = new Response(200, "OK", List.of(), Bytes.EMPTY)
                .withBody("application/octet-stream", Bytes.copyOf(bytes)).encode();
        assertThat(sent.utf8()).contains("Content-Length: 256\r\n\r\n");
        assertThat(sent.slice(sent.size() - 256, sent.size())).isEqualTo(Bytes.copyOf(bytes));
        for (var before : List.of(List.<Header>of(), List.of(new Header("Content-Length", "5"))))
            assertThat(new Response(200, "OK", before, Bytes.EMPTY).withBody("text/plain",
                    Bytes.utf8("Grüße")).encode().utf8()).as("octets, not letters")
                    .contains("Content-Length: 7\r\n");
    }

    //= rfc3261#7.4.1-1 the media type is given by Content-Type
    //= rfc3261#20.15-1 which is there if there is a body
    //= rfc3261#7.4.1-2 Content-Encoding is omitted
    @Test void another_body_comes_with_its_type_and_without_an_encoding() {
        var zipped = (Request) Message.parse(INVITE.replace("Content-L", "e: gzip\nContent-L"));
        var plain = zipped.withBody("text/plain", Bytes.utf8("hello"));
        assertThat(plain.need("Content-Type")).isEqualTo("text/plain");
        assertThat(plain.has("Content-Encoding")).isFalse();
        var answer = new Response(200, "OK", zipped.headers(), Bytes.EMPTY)
                .withBody("text/plain", Bytes.utf8("hello"));
        //= rfc3261#20.12-5 in a response too no encodings are used
        assertThat(answer.has("Content-Encoding")).isFalse();
    }

    //= rfc3261#20.16-1 the sequence number is a 32-bit unsigned integer
    //= rfc3261#8.1.1.5-2 and less than 2**31
    @Test void numbers_of_cseq() {
        assertThat(CSeq.parse("2147483647 \t INVITE")).isEqualTo(new CSeq(2147483647, "INVITE"));
        for (var bad : List.of("2147483648 INVITE", "4294967296 INVITE", "-1 INVITE", "1", "x X"))
            assertThatThrownBy(() -> CSeq.parse(bad)).as(bad).isInstanceOf(SyntaxException.class);
    }

    @Test void blanks_in_a_via() {
        assertThat(Via.parse("SIP / 2.0 / UDP first.example.com : 4000 ; ttl=16;branch=z9hG4bKa"))
                .hasToString("SIP/2.0/UDP first.example.com:4000;ttl=16;branch=z9hG4bKa");
        assertThat(Via.parse("SIP/2.0/TCP [2001:db8::9]\t: 5061").port()).hasValue(5061);
        assertThat(Via.parse("SIP/2.0/TCP [2001:db8::9] ;x").port()).isEmpty();
        for (var bad : List.of("a b", "a :", "a : b", "a:5060 1", "a:1:2", ""))
            assertThatThrownBy(() -> Via.parse("SIP/2.0/UDP " + bad + ";branch=x")).as(bad)
                    .isInstanceOf(SyntaxException.class);
    }

    @Test void with_and_without_change_one_field() {
        var message = Message.parse(INVITE).with("Via", "SIP/2.0/TCP x").without("Contact");
        assertThat(message.all("Via")).containsExactly("SIP/2.0/TCP x");
        assertThat(message.headers().getFirst().name()).isEqualTo("Via");
        assertThat(message.has("m")).isFalse();
        assertThat(message.with("Expires", "5").headers().getLast())
                .isEqualTo(new Header("expires", "5"));
    }

    @Test void more_header_fields_than_the_limit_are_refused() {
        var many = "X: 1\n".repeat(Parser.MAX_HEADERS);
        assertThatThrownBy(() -> Message.parse(INVITE.replace("Max-F", many + "Max-F")))
                .isInstanceOf(SyntaxException.class).hasMessageContaining("512");
    }

    @Property(tries = 400) void any_message_that_is_printed_is_read_again(
            @ForAll("methods") String method, @ForAll @IntRange(min = 100, max = 699) int status,
            @ForAll("fields") List<Header> headers, @ForAll @Size(max = 300) byte[] bytes) {
        var body = Bytes.copyOf(bytes);
        for (var message : List.of(new Request(method, "sip:a@b", headers, body),
                new Response(status, "Any Reason", headers, body))) {
            var length = String.valueOf(body.size());
            assertThat(Message.parse(message.encode()))
                    .isEqualTo(message.with("Content-Length", length));
        }
    }

    @Property void nonsense_is_taken_refused_or_dropped(@ForAll @Size(max = 200) byte[] bytes) {
        assertThat(Validator.read(Bytes.copyOf(bytes))).isNotNull();
    }

    @Property void a_message_with_a_few_wrong_bytes_is_taken_refused_or_dropped(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 500) Integer> places,
            @ForAll byte wrong) {
        var bytes = INVITE.replace("\n", "\r\n").getBytes();
        for (int place : places) bytes[place % bytes.length] = wrong;
        switch (Validator.read(Bytes.wrap(bytes))) {
            case Validator.Verdict.Fine(var message) -> Fields.verdict(message);
            case Validator.Verdict.Refuse(var request, int status, _) ->
                    assertThat(request.has("Via") && status >= 400).isTrue();
            case Validator.Verdict.Drop _ -> { }
        }
    }

    @Provide Arbitrary<String> methods() {
        return Arbitraries.strings().withChars("ABCxyz-.!%*_+`'~0").ofMinLength(1).ofMaxLength(9)
                .filter(m -> !m.startsWith("SIP/"));
    }

    @Provide Arbitrary<List<Header>> fields() {
        var names = Arbitraries.of("Via", "Subject", "X-Any", "x-any", "Route", "Warning");
        var values = Arbitraries.strings().ascii().ofMaxLength(30)
                .map(v -> v.replaceAll("[\r\n\0]", "").strip());
        return Combinators.combine(names, values).as(Header::new).list().ofMaxSize(9);
    }
}
