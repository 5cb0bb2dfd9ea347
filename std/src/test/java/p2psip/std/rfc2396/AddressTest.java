package p2psip.std.rfc2396;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    /// As long as a datagram can be: it must not be a frame of the stack for each character.
    @Test void a_manyquoted_value_is_one_as_any() {
        var many = "x".repeat(60_000);
        var address = Address.parse("\"" + many + "\" <sip:a@b>;note=\"" + many + "\\\"\"");
        assertThat(address.params().get("note")).contains(many + "\"");
        assertThatThrownBy(() -> Address.parse("<sip:a@b>;note=\"" + many))
                .isInstanceOf(SyntaxException.class);
    }


    @Test void a_quoted_name_with_escapes() {
        var address = Address.parse(
                "\"Bob \\\"the \\\\ <sip>\\\"\" <sip:bob@biloxi.com;lr>;tag=a48s");
        assertThat(address.displayName()).isEqualTo("Bob \"the \\ <sip>\"");
        assertThat(address.uri()).isEqualTo(Uri.parse("sip:bob@biloxi.com;lr"));
        assertThat(address.tag()).hasValue("a48s");
        assertThat(Address.parse(address.toString())).isEqualTo(address);
    }

    //= rfc3261#20.10¶4 without angle brackets the parameters are the header's
    @Test void parameters_without_brackets_bemanyto_the_header() {
        var address = Address.parse("sip:bob@biloxi.com;tag=1;lr");
        assertThat(address.uri()).isEqualTo(Uri.parse("sip:bob@biloxi.com"));
        assertThat(address.params().has("lr")).isTrue();
        assertThat(address).hasToString("<sip:bob@biloxi.com>;tag=1;lr");
    }

    @Test void a_name_of_tokens_and_no_blank_before_the_bracket() {
        var address = Address.parse("Mr. Watson<sip:watson@example.com> ; q=0.7 ; expires=3600");
        assertThat(address.displayName()).isEqualTo("Mr. Watson");
        assertThat(address.params().get("q")).hasValue("0.7");
        assertThat(address.params().get("expires")).hasValue("3600");
    }

    @Test void a_comma_inside_the_brackets_is_part_of_the_uri() {
        assertThat(((SipUri) Address.parse("<sip:a,b@c>").uri()).user()).isEqualTo("a,b");
    }

    @Test void a_quoted_parameter_is_unquoted_once() {
        var contact = Address.parse("<sip:a@b>;+sip.instance=\"<urn:uuid:1>\";x=\"a;b\\\"c\"");
        assertThat(contact.params().get("+sip.instance")).hasValue("<urn:uuid:1>");
        assertThat(contact.params().get("x")).hasValue("a;b\"c");
        assertThat(contact.params().raw("x")).hasValue("\"a;b\\\"c\"");
    }

    //= rfc3261#20-11 a comma, semicolon or question mark is inside the brackets
    //= rfc3261#20.20-2 even if the display name is empty
    //= rfc3261#20.31-3 wherever a name-addr form is wanted
    @Test void an_address_is_written_with_brackets() {
        for (var uri : List.of("sip:a,b@c", "sip:a@c;lr", "sip:a@c?x=y"))
            assertThat(Address.of(Uri.parse(uri))).hasToString("<" + uri + ">");
    }

    @Test void a_parameter_that_is_set_again_takes_its_old_place() {
        assertThat(Params.parse(";Tag=1;a").with("tag", "2")).hasToString(";Tag=2;a");
        assertThat(Params.parse(";a=1;b;A").repeated()).hasValue("A");
        assertThat(Params.parse(";a=1;b").repeated()).isEmpty();
    }

    //= rfc3261#25.1-2 special characters are used in a parameter value by way of a quoted string
    @Property(tries = 300) void any_parameter_value_survives_quoting(
            @ForAll @StringLength(max = 20) @CharRange(from = ' ', to = '\u2000') String value) {
        var params = Params.NONE.with("x", Params.quoted(value)).with("y", "1");
        assertThat(Params.parse(params + ";z").get("x")).hasValue(value);
        assertThat(Params.parse(params + ";z").has("z")).isTrue();
    }

    //= rfc3261#20.10-1 an addr-spec with a question mark or comma has to be in brackets
    @ParameterizedTest
    @ValueSource(strings = {"sip:a@b?Route=x", "sip:a,b@c", "\"Bob <sip:bob@x>",
        "Bob, Al <sip:b@x>", "<sip:bob@x", "\"Bob\" x <sip:bob@x>", "< sip:bob@x >",
        "<sip:bob@x>tag=1", "<>", "",
        //= rfc3261#25.1-3 a backslash where it quotes nothing
        "B\\ob <sip:b@x>", "<sip:b@x>;tag=1\\;x", "<sip:b\\@x>",
        // a value that needs to be quoted
        "<sip:b@x>;tag=1 2", "<sip:b@x>;tag=\"1\"2\"3\"", "<sip:b@x>;t\tag",
        "<sip:b@x>;tag=1\u0001", "<sip:b@x>;a\n;tag=1",
        "\"B\u0007\" <sip:b@x>", "B\u007f <sip:b@x>"})
    void is_refused(String text) {
        assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(SyntaxException.class);
    }

    @Test void a_tab_is_a_blank() {
        assertThat(Address.parse("Bob\t<sip:b@x>\t;\ttag=1").tag()).hasValue("1");
    }

    @Test void a_backslash_lets_a_quoted_string_have_any_character() {
        assertThat(Address.parse("\"\\\u0007\\\0\" <sip:b@x>;tag=\"\\\u007f\"").toString())
                .isEqualTo("\"\\\u0007\\\0\" <sip:b@x>;tag=\"\\\u007f\"");
    }

    @Property(tries = 300) void any_display_name_is_read_as_written(
            @ForAll @StringLength(max = 20) @CharRange(from = 0, to = '\u2000') String name) {
        var address = new Address(name, Uri.parse("sip:a@b"), Params.parse(";tag=1"));
        assertThat(Address.parse(address.toString())).isEqualTo(address);
    }

    @Property(tries = 500) void nonsense_is_refused_and_nothing_else_thrown(
            @ForAll @StringLength(max = 30) @CharRange(from = ' ', to = '@') String text) {
        try {
            Address.parse(text);
        } catch (SyntaxException expected) {
            // and nothing else may be thrown
        }
    }
}
