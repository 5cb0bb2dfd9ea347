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

    @Test void a_quoted_name_with_escapes() {
        var address = Address.parse("\"Bob \\\"the \\\\ <sip>\\\"\" <sip:bob@biloxi.com;lr>;tag=a48s");
        assertThat(address.displayName()).isEqualTo("Bob \"the \\ <sip>\"");
        assertThat(address.uri()).isEqualTo(Uri.parse("sip:bob@biloxi.com;lr"));
        assertThat(address.tag()).hasValue("a48s");
        assertThat(Address.parse(address.toString())).isEqualTo(address);
    }

    //= rfc3261#20.10¶4 without angle brackets the parameters are the header's
    @Test void parameters_without_brackets_belong_to_the_header() {
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

    //= rfc3261#20.10-1 an addr-spec with a question mark or comma has to be in brackets
    @ParameterizedTest
    @ValueSource(strings = {"sip:a@b?Route=x", "sip:a,b@c", "\"Bob <sip:bob@x>", "Bob, Al <sip:b@x>",
        "<sip:bob@x", "\"Bob\" x <sip:bob@x>", "< sip:bob@x >", "<sip:bob@x>tag=1", "<>", ""})
    void is_refused(String text) {
        assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(SyntaxException.class);
    }

    @Property(tries = 300) void any_display_name_is_read_as_written(
            @ForAll @StringLength(max = 20) @CharRange(from = ' ', to = '\u2000') String name) {
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
