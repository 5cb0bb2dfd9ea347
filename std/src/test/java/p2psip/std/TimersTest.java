package p2psip.std;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimersTest {
    private enum Name { A, B, C, D, E }

    private final Timers<Name> timers = new Timers<>(Name.class);

    private static Instant at(long second) { return Instant.ofEpochSecond(second); }

    /// Each name has its second, or none where that is 0.
    @Property(tries = 300) void those_due_fire_once_earliest_first_and_the_others_stay(
            @ForAll @Size(5) List<@IntRange(max = 6) Integer> seconds,
            @ForAll @IntRange(max = 7) int now) {
        var model = new EnumMap<Name, Integer>(Name.class);
        for (var name : Name.values()) {
            int second = seconds.get(name.ordinal());
            if (second == 0) continue;
            timers.set(name, at(second));
            model.put(name, second);
        }
        var due = model.keySet().stream().filter(name -> model.get(name) <= now)
                .sorted(Comparator.comparing(model::get)).toList();
        assertThat(timers.fired(at(now))).isEqualTo(due);
        assertThat(timers.fired(at(now))).isEmpty();
        due.forEach(model::remove);
        for (var name : Name.values())
            assertThat(timers.isSet(name)).isEqualTo(model.containsKey(name));
        assertThat(timers.deadline()).isEqualTo(model.values().stream()
                .min(Comparator.naturalOrder()).map(s -> at(s)).orElse(Instant.MAX));
        timers.clear();
        assertThat(timers.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void a_timer_set_again_has_the_new_time_only() {
        timers.set(Name.A, at(1));
        timers.set(Name.A, at(9));
        assertThat(timers.fired(at(5))).isEmpty();
        timers.set(Name.A, at(2));
        assertThat(timers.fired(at(5))).containsExactly(Name.A);
    }

    @Test void a_stopped_timer_does_not_fire() {
        timers.set(Name.A, at(1));
        timers.set(Name.B, at(2));
        timers.stop(Name.A);
        assertThat(timers.deadline()).isEqualTo(at(2));
        assertThat(timers.fired(at(3))).containsExactly(Name.B);
    }
}
