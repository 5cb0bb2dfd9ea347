package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private final Deque<String> texts = new ArrayDeque<>();

    private Display display(BooleanSupplier running, Duration patience) {
        return new Display(() -> texts.size() > 1 ? texts.remove() : texts.element(), running,
                patience);
    }

    @Test void a_word_is_waited_for() {
        texts.addAll(List.of("", "re", "ready"));
        display(() -> true, Duration.ofSeconds(10)).await("ready");
        assertThat(texts).hasSize(1);
    }

    @Test void the_last_words_of_who_has_ended_count() {
        texts.addAll(List.of("re", "ready"));
        display(() -> false, Duration.ofSeconds(10)).await("ready");
    }

    @Test void who_has_ended_is_not_waited_for() {
        texts.add("re");
        assertThatThrownBy(() -> display(() -> false, Duration.ofDays(1)).await("ready"))
                .isInstanceOf(AssertionError.class).hasMessage("no ready in:\nre");
    }

    @Test void nobody_is_waited_for_longer_than_that() {
        texts.add("re");
        assertThatThrownBy(() -> display(() -> true, Duration.ZERO).await("ready"))
                .isInstanceOf(AssertionError.class);
    }
}
