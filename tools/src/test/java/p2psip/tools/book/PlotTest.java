package p2psip.tools.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.sim.Plot;

class PlotTest {
    private static double at(Plot plot, double x) {
        return plot.points().stream().filter(p -> p.x() >= x).findFirst().orElseThrow().y();
    }

    @Test void jitter_follows_the_wire() {
        var plot = Plots.of("jitter");
        assertThat(at(plot, 1.9)).isBetween(0.3, 1.2);
        assertThat(at(plot, 3.9)).isBetween(6.0, 14.0);
        assertThat(at(plot, 5.9)).isBetween(0.3, 1.2);
    }

    /// The first after half of the wait, none outside of 0.5 to 1.5 times 5 s, less than e - 1.5.
    @Test void reports_are_five_seconds_apart_as_chance_will_have_it() {
        var waits = Plots.of("reports").points().stream().map(Plot.Point::y).toList();
        assertThat(waits.getFirst()).isLessThan(3.1);
        assertThat(waits.subList(1, waits.size())).hasSizeGreaterThan(100)
                .allSatisfy(wait -> assertThat(wait).isBetween(2.05, 6.16));
        assertThat(waits).doesNotHaveDuplicates();
    }

    @Test void a_drawing_has_a_dot_for_each_moment() {
        var plot = Plots.of("jitter");
        assertThat(plot.svg().split("<circle", -1)).hasSize(plot.points().size() + 1);
        assertThat(plot.svg()).contains("jitter, as a report says it (ms)", ">6<");
    }

    /// It goes up with the wire, stays above it, and comes down again.
    @Test void the_buffer_plays_as_late_as_the_wire_makes_it() {
        var plot = Plots.of("buffer");
        assertThat(at(plot, 1.9)).isBetween(2.0, 25.0);
        assertThat(at(plot, 3.9)).isBetween(29.0, 60.0);
        assertThat(at(plot, 19.9)).isLessThan(at(plot, 3.9));
    }

    @Test void what_is_made_up_is_better_than_silence_however_much_is_lost() {
        var plot = Plots.of("concealment");
        var silent = plot.series().getLast().points();
        for (int i = 0; i < silent.size(); i++)
            assertThat(plot.points().get(i).y()).isGreaterThan(silent.get(i).y() + 3);
        assertThat(plot.svg()).contains("silence in their place");
    }

    @Test void a_call_is_worse_the_more_is_lost_and_the_longer_it_takes() {
        var plot = Plots.of("quality");
        assertThat(plot.points().getFirst().y()).isBetween(90.0, 93.2);
        assertThat(plot.points().getLast().y()).isBetween(45.0, 55.0);
        assertThat(plot.series().getLast().points().getFirst().y()).isBetween(70.0, 75.0);
    }

    @Test void who_asks_for_another_is_told() {
        assertThatThrownBy(() -> Plots.of("x"))
                .hasMessage("no plot x, there are: jitter, reports, buffer, concealment, quality");
    }
}
