package p2psip.std;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox<String> out = new Outbox<>();

    @Test void what_was_said_is_taken_once_and_in_order() {
        out.add("one");
        out.addAll(List.of("two", "three"));
        var taken = out.take();
        out.add("four");
        assertThat(taken).containsExactly("one", "two", "three");
        assertThat(out.take()).containsExactly("four");
        assertThat(out.take()).isEmpty();
    }
}
