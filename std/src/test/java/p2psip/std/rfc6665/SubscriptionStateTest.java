package p2psip.std.rfc6665;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SubscriptionStateTest {
    @Test void what_it_says() {
        var active = SubscriptionState.parse("Active ; expires=600 ; x=\"a;b\"");
        assertThat(active.active()).isTrue();
        assertThat(active.expires()).contains(Duration.ofMinutes(10));
        assertThat(active.again()).contains(Reason.LATER);
        assertThat(SubscriptionState.parse("pending").pending()).isTrue();
        assertThat(SubscriptionState.parse("pending").expires()).isEmpty();
        var ended = SubscriptionState.parse("terminated;reason=GiveUp;retry-after=90;expires=600");
        assertThat(ended.terminated()).isTrue();
        assertThat(ended.reason()).contains(Reason.GIVEUP);
        assertThat(ended.again()).contains(Duration.ofSeconds(90));
        //= rfc6665#4.1.3-7 expires means nothing in what is terminated
        assertThat(ended.expires()).isEmpty();
    }

    @Test void times_that_are_none_are_not_there() {
        for (var time : List.of("", "=", "=-1", "=soon", "=99999999999"))
            assertThat(SubscriptionState.parse("active;expires" + time).expires()).as(time)
                    .isEmpty();
    }

    @Test void what_is_no_state() {
        for (var wrong : List.of("", ";reason=timeout", "act ive", "active;", "active;=1", "a;\""))
            assertThatThrownBy(() -> SubscriptionState.parse(wrong)).as(wrong)
                    .isInstanceOf(p2psip.std.SyntaxException.class);
    }

    @Property(tries = 300) void nonsense_is_refused(@ForAll String text) {
        for (var value : List.of(text, "active;" + text)) try {
            SubscriptionState.parse(value);
        } catch (p2psip.std.SyntaxException expected) {
            // and nothing else may be thrown
        }
    }
}
