package p2psip.std.rfc2396;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.std.Bytes;

class UriTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "sip:alice@atlanta.com", "sip:alice:secretword@atlanta.com;transport=tcp",
        "sips:alice@atlanta.com?subject=project%20x&priority=urgent",
        "sip:+1-212-555-1212:1234@gateway.com;user=phone", "sips:1212@gateway.com",
        "sip:alice@192.0.2.4", "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
        "sip:alice;day=tuesday@atlanta.com", "sip:[2001:db8::10]:5070;lr",
        "sip:user@[::1]", "sip:a@1.example", "sip:a@0xample", "sip:a@9f3c",
        "tel:+1-201-555-0123", "tel:7042;phone-context=example.com",
        "urn:service:sos", "im:bob@biloxi.com", "stun:127.0.0.1:3478",
        "sip:bob@azAZ09-_.biloxi.com"})
    void is_printed_as_it_was_read(String text) {
        assertThat(Uri.parse(text)).hasToString(text);
    }

    @Test void parts_of_a_sip_uri() {
        var uri = SipUri.parse("sips:ali%63e:pw@[::1]:5070;transport=TCP;lr?a=b%20c");
        assertThat(uri).isEqualTo(new SipUri("sips", "ali%63e", "pw", "[::1]", OptionalInt.of(5070),
                Params.parse(";transport=TCP;lr"), Params.parseHeaders("?a=b%20c")));
        assertThat(uri.secure()).isTrue();
        assertThat(uri.params().get("TRANSPORT")).hasValue("TCP");
        assertThat(uri.params().get("lr")).hasValue("");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        //= rfc3261#19.1.1-2 an @ sign and no user
        "", "sip:", "sip:@host", "sip::x@host", "sip:user@", "sip:user@host:",
        "sip:user@host:70000",
        //= rfc3261#19.1.2-2 an unescaped space
        "sip:user@host:12x", "sip:user@host;", "sip:user@host;;a", "sip:us er@host",
        "sip:user@[::1", "sip:user@[nonsense]", "sip:us%4@host", "sip:us%zz@host",
        "sip:<user@host>", "sip:us>er@host", "sip:us\"er@host", "host",
        //= rfc3261#19.1.2-6 an escape in the host component
        "sip:user@ho%20st", "sip:user@%68ost", "sip:[fe80::1%25]", "sip:user@[fe80::1%1]",
        //= rfc3261#19.1.2¶6 two @ signs, of which either might be the one that counts
        "sip:alice@example.com@other.example", "sip:alice@example.com;x=@other", "sip:a@b?to=c@d",
        "sip:[::1]:5060@other.example",
        //= rfc3261#19.1.2-2 control characters, which some take for the end, and others like them
        "sip:a\0@b", "sip:a\tb@c", "sip:a\u007f@b", "sip:a\\@b", "sip:a@b\\c", "http:\\\\a",
        //= rfc3261#19.1.1¶7 neither an address nor a name, but an address for some
        "sip:127.1", "sip:a@2130706433", "sip:a@0x7f000001", "sip:a@1.2.3.4.5", "sip:a@1.2.3.256",
        "sip:a@[1.2.3.4]", "sip:a@010.0.0.1", "sip:a@1.2.3.4.", "sip:a@b.1:5060", "sip:a@b.9",
        "sip:user@ho{st", "sip:user@ho[st", "sip:user@ho`st", "sip:user@ho/st",
        "tel:", "tel:abcxyz", "tel:+", "9x:y", "http:"})
    void nonsense_is_refused(String text) {
        assertThatThrownBy(() -> Uri.parse(text)).isInstanceOf(SyntaxException.class);
    }

    /// The pairs that §19.1.4 gives as equivalent.
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        //= rfc3261#19.1.4¶17 the examples of equivalent URIs
        "sip:%61lice@atlanta.com;transport=TCP sip:alice@AtLanTa.CoM;Transport=tcp",
        //= rfc3261#19.1.1-12 a parameter that nobody understands is ignored
        "sip:carol@chicago.com sip:carol@chicago.com;newparam=5",
        "sip:carol@chicago.com sip:carol@chicago.com;security=on",
        //= rfc3261#19.1.4¶3 hosts are compared by what they mean
        "sip:a@[2001:DB8::1] sip:a@[2001:db8:0::0:1]", "sip:a@host. sip:a@HOST",
        "sip:j\u00f6rg@h sip:j%C3%b6rg@h", "sip:j\udcf6rg@h sip:j%F6rg@h",
        "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com"
            + " sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
        "sip:alice@atlanta.com?subject=project%20x&priority=urgent"
            + " sip:alice@atlanta.com?priority=urgent&subject=project%20x",
        // what none may have twice makes a URI no other one than itself
        "tel:1;x=1;x=2 tel:1;x=2;x=1", "sip:a@h;x=1;x=2 sip:a@h;x=1;x=2",
        "sip:a@h?x=1&x=2 sip:a@h?X=2&x=1",
        "tel:+1-201-555-0123 tel:+1(201)5550123"})
    void equivalent(String a, String b) {
        assertThat(Uri.parse(a).matches(Uri.parse(b))).isTrue();
        assertThat(Uri.parse(b).matches(Uri.parse(a))).isTrue();
    }

    /// And those that it gives as different.
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        //= rfc3261#19.1.4¶18 the examples of URIs that are not equivalent
        "SIP:ALICE@AtLanTa.CoM;Transport=udp sip:alice@AtLanTa.CoM;Transport=UDP",
        "sip:bob@biloxi.com sip:bob@biloxi.com:5060",
        "sip:bob@biloxi.com sip:bob@biloxi.com;transport=udp",
        "sip:bob@biloxi.com sip:bob@biloxi.com:6000;transport=tcp",
        //= rfc3261#19.1.4-1 a header component that only one of them has
        "sip:carol@chicago.com sip:carol@chicago.com?Subject=next%20meeting",
        "sip:bob@phone21.boxesbybob.com sip:bob@192.0.2.4",
        "sip:carol@chicago.com;security=on sip:carol@chicago.com;security=off",
        "sip:alice@atlanta.com sips:alice@atlanta.com",
        "sip:alice@atlanta.com sip:alice:pw@atlanta.com",
        "sip:a@b;maddr=1.2.3.4 sip:a@b", "sip:a@b;user=phone sip:a@b", "sip:a@b;ttl=1 sip:a@b",
        "sip:a@b tel:+1"})
    void different(String a, String b) {
        assertThat(Uri.parse(a).matches(Uri.parse(b))).isFalse();
        assertThat(Uri.parse(b).matches(Uri.parse(a))).isFalse();
    }

    //= rfc3261#19.1.1-1 userinfo may be absent
    //= rfc3261#19.1.1-4 and a password in clear text is not for us to write
    @Test void a_uri_with_and_without_a_user() {
        assertThat(SipUri.parse("sip:biloxi.com;lr").user()).isEmpty();
        assertThat(SipUri.of("bob", "biloxi.com", OptionalInt.of(5070)))
                .hasToString("sip:bob@biloxi.com:5070");
    }

    //= rfc3261#19.1.2-1 space, controls and delimiters are escaped
    //= rfc3261#19.1.2-4 and what is reserved in the values of header fields
    @Test void a_header_field_of_a_uri_is_escaped() {
        assertThat(Escapes.encodeHeader("a b\u0007<&=?;,>%"))
                .isEqualTo("a%20b%07%3C%26%3D%3F%3B%2C%3E%25");
    }

    //= rfc3261#19.1.2-3 and all other characters that have no place in a user
    //= rfc3261#19.1.2-5 also those of a telephone-subscriber, such as #
    @Test void a_user_is_escaped() {
        assertThat(Escapes.encodeUser("a b\u0007<@>:%")).isEqualTo("a%20b%07%3C%40%3E%3A%25");
        assertThat(Escapes.encodeUser("\u00e9")).isEqualTo("%C3%A9");
        //= rfc3261#25.1-4 which are allowed in the number, and not in a user part
        assertThat(Escapes.encodeUser("+1-212;ext=7#9")).isEqualTo("+1-212;ext=7%239");
        //= rfc3261#19.1.2-5 the marks that a user may have stay as they are
        for (var marks : List.of("&=+$,;?/", "-_.!~*'()"))
            assertThat(Escapes.encodeUser(marks)).isEqualTo(marks);
        //= rfc3261#19.1.4¶5 reserved characters are not equivalent to their encodings
        assertThat(Escapes.canonical("%40%2f%61")).isEqualTo("%40%2Fa");
        assertThat(Escapes.canonical("\u007f\u0100")).isEqualTo("\u007f%C4%80");
    }

    @Property(tries = 300) void a_user_of_any_octets_survives_escaping(
            @ForAll @Size(min = 1, max = 20) byte[] any) {
        var text = Bytes.copyOf(any).utf8();
        var uri = SipUri.parse("sip:" + Escapes.encodeUser(text) + "@host");
        assertThat(Escapes.decode(uri.user())).isEqualTo(text);
    }

    @Property(tries = 500) void any_text_is_a_uri_that_prints_as_itself_or_is_refused(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 30) String text) {
        try {
            assertThat(Uri.parse(Uri.parse("sip:" + text).toString()).toString())
                    .isEqualTo(Uri.parse("sip:" + text).toString());
        } catch (SyntaxException expected) {
            // and nothing else may be thrown
        }
    }

    /// The examples of RFC 5952.
    @ParameterizedTest
    @CsvSource({"2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", "2001:DB8:AAAA::, 2001:db8:aaaa::",
        "::, ::", "::1, ::1", "127.0.0.1, 127.0.0.1"})
    void an_address_is_written_in_one_way(String literal, String written) {
        assertThat(HostName.numeric(InetAddress.ofLiteral(literal))).isEqualTo(written);
        assertThat(HostName.literal(written)).contains(InetAddress.ofLiteral(literal));
    }
}
