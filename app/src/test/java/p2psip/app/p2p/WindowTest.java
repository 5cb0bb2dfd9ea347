package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WindowTest {

    /// Against the plain rule: seen are the numbers marked, and all that are too old.
    @Property void numbers_count_once_and_old_ones_never(
            @ForAll List<@IntRange(min = -900, max = 1100) Integer> steps) {
        var window = new Window();
        var marked = new HashSet<Long>();
        long top = -1, number = 0;
        for (int step : steps) {
            number = Math.max(-1, number + step);
            boolean seen = number < 0 || marked.contains(number) || number <= top - Window.SIZE;
            assertThat(window.seen(number)).as("%d below %d", number, top).isEqualTo(seen);
            if (seen) continue;
            window.mark(number);
            marked.add(number);
            top = Math.max(top, number);
        }
        for (long n = 0; n <= top + 5; n++)
            assertThat(window.seen(n)).as("%d of %d", n, top)
                    .isEqualTo(marked.contains(n) || n <= top - Window.SIZE);
    }
}
