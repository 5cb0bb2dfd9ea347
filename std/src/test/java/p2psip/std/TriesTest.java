package p2psip.std;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.lifecycle.AfterContainer;

/// By day and by night.
class TriesTest {
    private static final List<Long> SEEDS = new ArrayList<>();

    @Property(tries = 7, edgeCases = EdgeCasesMode.NONE) void a_property(@ForAll long seed) {
        SEEDS.add(seed);
    }

    @AfterContainer static void is_tried_as_it_says_by_day_and_hundreds_of_times_by_night() {
        int least = Integer.getInteger("tries.least", 0);
        assertThat(SEEDS).hasSize(Math.max(7, least));
        if (least == 0) assertThat(SEEDS.getFirst()).isEqualTo(9);
        else assertThat(new HashSet<>(SEEDS)).hasSizeGreaterThan(least / 2);
    }
}
