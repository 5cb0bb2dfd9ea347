package p2psip.app.sim;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LatencyTest {
    @ParameterizedTest @EnumSource
    void there_and_back_take_50_ms_in_the_mean_and_the_same_either_way(Latency latency) {
        var random = new SplittableRandom(1);
        var spots = IntStream.range(0, 300).mapToObj(i -> Latency.Spot.random(i, random)).toList();
        var ways = new Sample();
        for (var from : spots) for (var to : spots) {
            if (from.number() >= to.number()) continue;
            assertThat(latency.way(from, to)).isPositive().isEqualTo(latency.way(to, from));
            ways.add(2 * latency.way(from, to));
        }
        assertThat(ways.mean() / 1e6).isBetween(48.0, 52.0);
        if (latency == Latency.MATRIX) {
            assertThat(ways.percentile(50) / 1e6).isBetween(41.0, 43.0);
            assertThat(ways.percentile(95) / 1e6).isBetween(109.0, 115.0);
        }
    }
}
