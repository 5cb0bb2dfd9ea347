package p2psip.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The queue of children against a model that looks at all of them each time.
class MachinesTest {
    private static final int LIMIT = 12;
    private static final Machines.Said<Object, Clock, String> DEAF = (_, _, _) -> { };

    /// A child that is due when told, rings once, and ends when told.
    private static final class Clock implements Machine<Instant, String> {
        Instant due = Instant.MAX;
        boolean over;

        @Override public List<String> handle(Instant due, Instant now) {
            this.due = due;
            return List.of();
        }

        @Override public List<String> wake(Instant now) {
            due = Instant.MAX;
            return List.of("rang");
        }

        @Override public Instant deadline() { return due; }

        @Override public boolean terminated() { return over; }
    }

    /// What can be done to a parent: `add`, `set` its deadline, `end` or `remove` one, `wake`.
    private record Step(String what, int key, int second) {}

    @Provide Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                Arbitraries.of("add", "add", "set", "set", "set", "end", "remove", "wake"),
                Arbitraries.integers().between(0, 15), Arbitraries.integers().between(0, 30))
                .as(Step::new).list().ofMaxSize(80);
    }

    @Property(tries = 500) void children_ring_in_order_and_come_and_go_as_in_a_list(
            @ForAll("steps") List<Step> steps) {
        var parent = new Machines<Integer, Clock>(LIMIT);
        var model = new LinkedHashMap<Integer, Clock>();   // oldest first
        for (var step : steps) {
            var at = Instant.ofEpochSecond(step.second);
            switch (step.what) {
                case "add" -> {
                    if (model.containsKey(step.key)) continue;
                    var child = new Clock();
                    child.due = at;
                    assertThat(parent.add(step.key, child)).isEqualTo(model.size() < LIMIT);
                    if (model.size() < LIMIT) model.put(step.key, child);
                }
                case "set" -> parent.tell(step.key, child -> child.handle(at, Instant.EPOCH),
                        DEAF);
                case "end" -> {
                    parent.tell(step.key, child -> {
                        child.over = true;
                        return List.<String>of();
                    }, DEAF);
                    model.remove(step.key);
                }
                case "remove" -> {
                    parent.remove(step.key);
                    model.remove(step.key);
                }
                case "wake" -> {
                    var expected = model.entrySet().stream()
                            .filter(each -> !each.getValue().due.isAfter(at))
                            .sorted(Comparator.comparing(each -> each.getValue().due))
                            .map(each -> each.getKey() + " at " + each.getValue().due).toList();
                    var rang = new ArrayList<String>();
                    parent.wake(at, child -> {
                        var was = child.due;
                        child.wake(at);
                        return List.of(" at " + was);
                    }, (key, _, said) -> rang.add(key + said.getFirst()));
                    assertThat(rang).isEqualTo(expected);
                }
                default -> throw new AssertionError(step);
            }
            assertThat(parent.keys()).isEqualTo(List.copyOf(model.keySet()));
            assertThat(parent.size()).isEqualTo(model.size());
            assertThat(parent.full()).isEqualTo(model.size() == LIMIT);
            assertThat(parent.contains(step.key)).isEqualTo(model.containsKey(step.key));
            assertThat(parent.get(step.key)).isEqualTo(Optional.ofNullable(model.get(step.key)));
            assertThat(parent.deadline()).isEqualTo(model.values().stream()
                    .map(Clock::deadline).min(Comparator.naturalOrder()).orElse(Instant.MAX));
        }
    }

    private final Machines<String, Clock> parent = new Machines<>(3);
    private final Clock first = new Clock(), second = new Clock();

    @BeforeEach void two_children_due_at_once() {
        first.due = second.due = Instant.EPOCH;
        parent.add("first", first);
        parent.add("second", second);
    }

    @Test void a_key_that_is_taken_is_a_bug() {
        assertThatThrownBy(() -> parent.add("first", new Clock()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("first");
    }

    @Test void a_child_woken_in_vain_is_a_bug() {
        assertThatThrownBy(() -> parent.wake(Instant.EPOCH, _ -> List.<String>of(), DEAF))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("in vain: first");
    }

    @Test void a_child_may_remove_itself_and_others_while_it_is_woken() {
        var heard = new ArrayList<String>();
        parent.wake(Instant.EPOCH, _ -> {
            parent.remove("second");
            parent.remove("first");
            return List.of("last words");
        }, (key, _, said) -> heard.add(key + said));
        assertThat(heard).containsExactly("first[last words]");
        assertThat(parent.size()).isZero();
        assertThat(parent.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void a_child_that_is_replaced_while_it_is_woken_is_not_mistaken_for_the_new_one() {
        var heir = new Clock();
        heir.due = Instant.EPOCH;
        var woken = new ArrayList<String>();
        parent.wake(Instant.EPOCH, child -> {
            if (child == first) {
                parent.remove("first");
                parent.add("first", heir);
            }
            return child.wake(Instant.EPOCH);
        }, (key, _, _) -> woken.add(key));
        assertThat(woken).containsExactly("first", "second", "first");
        assertThat(parent.get("first")).contains(heir);
    }

    @Test void a_child_that_ends_when_woken_is_forgotten() {
        first.over = true;
        parent.wake(Instant.EPOCH, child -> child.wake(Instant.EPOCH), DEAF);
        assertThat(parent.keys()).containsExactly("second");
    }

    @Test void nobody_is_told_when_there_is_no_such_child() {
        parent.tell("third", _ -> List.of("told"), (_, _, said) -> fail("" + said));
    }

    @Test void what_a_child_says_is_heard_when_it_is_in_its_place_again() {
        var heard = new ArrayList<String>();
        parent.wake(Instant.EPOCH, child -> child.wake(Instant.EPOCH), (key, _, outputs) -> {
            heard.add(key + " " + outputs + ", next " + parent.deadline());
            if (key.equals("second")) parent.tell("first",
                    child -> child.handle(Instant.EPOCH.plusSeconds(9), Instant.EPOCH),
                    (_, _, none) -> heard.add("first " + none + ", next " + parent.deadline()));
        });
        assertThat(heard).containsExactly("first [rang], next 1970-01-01T00:00:00Z",
                "second [rang], next +1000000000-12-31T23:59:59.999999999Z",
                "first [], next 1970-01-01T00:00:09Z");
    }

    @Test void the_last_words_of_a_child_are_heard_when_it_is_forgotten() {
        first.over = second.over = true;
        var heard = new ArrayList<String>();
        parent.wake(Instant.EPOCH, child -> child.wake(Instant.EPOCH),
                (key, _, outputs) -> heard.add(key + outputs + parent.contains(key)));
        assertThat(heard).containsExactly("first[rang]false", "second[rang]false");
    }
}
