package p2psip.std.rfc9000;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;
import p2psip.std.rfc9000.Ranges.Range;

class RangesTest {
    private record Step(boolean adds, int first, int size) {}

    @Provide Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(true, true, false),
                Arbitraries.integers().between(0, 60), Arbitraries.integers().between(1, 12))
                .as(Step::new).list().ofMaxSize(40);
    }

    @Property(tries = 300) void they_are_a_set(@ForAll("steps") List<Step> steps) {
        var ranges = new Ranges();
        var model = new BitSet();
        for (var step : steps) {
            int last = step.first + step.size - 1;
            if (step.adds) ranges.add(step.first, last);
            else ranges.remove(step.first, last);
            model.set(step.first, last + 1, step.adds);
        }
        var expected = new ArrayList<Range>();
        for (int i = model.nextSetBit(0); i >= 0; i = model.nextSetBit(model.nextClearBit(i)))
            expected.addFirst(new Range(i, model.nextClearBit(i) - 1));
        assertThat(ranges.newest(100)).isEqualTo(expected);
        assertThat(ranges.newest(2)).isEqualTo(expected.subList(0, Math.min(2, expected.size())));
        for (int i = 0; i < 75; i++) assertThat(ranges.has(i)).isEqualTo(model.get(i));
    }
}
