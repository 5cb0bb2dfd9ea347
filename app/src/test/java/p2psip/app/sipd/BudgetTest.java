package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// Each has so much at once, and so much a second.
class BudgetTest {
    private final Budget<Object> budget = new Budget<>(3, 2);

    private int taken(Object who, int wanted, Instant now) {
        return (int) IntStream.range(0, wanted).filter(_ -> budget.take(who, now)).count();
    }

    @Test void so_much_at_once_and_so_much_a_second() {
        assertThat(taken("eve", 10, Instant.EPOCH)).isEqualTo(3);
        assertThat(taken("eve", 10, Instant.EPOCH.plusMillis(499))).isZero();
        assertThat(taken("eve", 10, Instant.EPOCH.plusMillis(500))).isEqualTo(1);
        assertThat(taken("eve", 10, Instant.EPOCH.plusMillis(1500))).isEqualTo(2);
        assertThat(taken("eve", 10, Instant.EPOCH.plusSeconds(60))).isEqualTo(3);
    }

    @Test void each_has_his_own() {
        taken("eve", 10, Instant.EPOCH);
        assertThat(taken("alice", 10, Instant.EPOCH)).isEqualTo(3);
    }

    @Test void ever_new_names_do_not_fill_the_memory() {
        for (int i = 0; i < Budget.REMEMBERED + 10; i++) budget.take(i, Instant.EPOCH);
        assertThat(budget.size()).isEqualTo(Budget.REMEMBERED);
    }
}
