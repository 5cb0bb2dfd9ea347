package p2psip.std;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Against a plain table that is searched from end to end.
class OwnersTest {
    private record Step(String what, int id, String owner) {}

    @Provide Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of("own", "own", "own", "release", "forget"),
                Arbitraries.integers().between(0, 9), Arbitraries.of("a", "b", "c"))
                .as(Step::new).list().ofMaxSize(40);
    }

    @Property(tries = 300) void answers_as_a_table_would(@ForAll("steps") List<Step> steps) {
        var owners = new Owners<Integer, String>();
        var table = new LinkedHashMap<Integer, String>();
        for (var step : steps) {
            switch (step.what) {
                case "own" -> {
                    owners.own(step.id, step.owner);
                    table.remove(step.id);
                    table.put(step.id, step.owner);
                }
                case "release" -> assertThat(owners.release(step.id))
                        .isEqualTo(Optional.ofNullable(table.remove(step.id)));
                default -> {
                    assertThat(owners.forget(step.owner)).isEqualTo(table.entrySet().stream()
                            .filter(each -> each.getValue().equals(step.owner))
                            .map(Map.Entry::getKey).toList());
                    table.values().removeIf(step.owner::equals);
                }
            }
            assertThat(owners.size()).isEqualTo(table.size());
            for (int id = 0; id < 10; id++)
                assertThat(owners.owner(id)).isEqualTo(Optional.ofNullable(table.get(id)));
        }
    }
}
