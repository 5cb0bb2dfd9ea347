package p2psip.std.rfc3892;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message;

class ReferredByTest {
    private static Message refer(String... values) {
        return Message.parse("REFER sip:b@b SIP/2.0\n" + Arrays.stream(values)
                .map(v -> "Referred-By: " + v + "\n").collect(Collectors.joining()) + "\n");
    }

    //= rfc3892#3-2 in angle brackets, so that no parameter changes sides
    @Test void a_referrer_stands_in_angle_brackets() {
        var by = ReferredBy.of(Address.parse("Alice <sip:alice@a.example;x=y>;tag=1"));
        assertThat(by.value()).isEqualTo("<sip:alice@a.example;x=y>");
        assertThat(by.referrer().uri()).hasToString("sip:alice@a.example;x=y");
    }

    @Test void a_value_is_kept_as_it_came() {
        var value = "\"A, B\" <sips:a@a.example> ; cid=\"x@y\"";
        assertThat(ReferredBy.of(refer(value)).orElseThrow().value()).isEqualTo(value);
        assertThat(ReferredBy.of(Message.parse("REFER sip:b@b SIP/2.0\nb: sip:a@a\n\n"))
                .orElseThrow().referrer().uri()).hasToString("sip:a@a");
    }

    //= rfc3892#2.1-2 not more than one value
    @Test void several_are_none() {
        assertThat(ReferredBy.of(refer())).isEmpty();
        for (var values : List.of(new String[] {"<sip:a@a>", "<sip:b@b>"},
                new String[] {"nobody"}, new String[] {"<sip:a@a"}))
            assertThatThrownBy(() -> ReferredBy.of(refer(values)))
                    .isInstanceOf(SyntaxException.class);
    }

    @Test void one_user_by_any_scheme_and_place() {
        var alice = Address.parse("<sip:alice@a.example>");
        for (var same : List.of("<sips:alice@A.example>", "\"A\" <sip:%61lice@a.example:5070;x>"))
            assertThat(ReferredBy.same(alice, Address.parse(same))).as(same).isTrue();
        for (var other : List.of("<sip:Alice@a.example>", "<sip:alice@b.example>",
                "<sip:a.example>", "<tel:+1234>"))
            assertThat(ReferredBy.same(alice, Address.parse(other))).as(other).isFalse();
        assertThat(ReferredBy.same(Address.parse("<sip:a.example>"),
                Address.parse("<sip:a.example>"))).as("nobody is the same as nobody").isFalse();
    }
}
