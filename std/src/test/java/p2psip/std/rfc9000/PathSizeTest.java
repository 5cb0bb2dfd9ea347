package p2psip.std.rfc9000;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.*;

/// The search alone: `path` has it, `sender` sends what it may, and hears of each packet (`#5`, and
/// how large it was) whether it got there.
class PathSizeTest {
    private static final List<Integer> SIZES = List.of(1_200, 1_452, 4_096, 8_952);

    private final PathSize path = new PathSize(SIZES);

    private static PathSize.Input input(Script.Line line) {
        var words = line.words();
        long number = Long.parseLong(words[1].substring(1));
        return switch (words[0]) {
            case "probe" -> new PathSize.Input.Probed(number);
            case "arrived" -> new PathSize.Input.Delivered(number, Integer.parseInt(words[2]));
            case "lost" -> new PathSize.Input.Lost(number, Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private void plays(String ladder) {
        Script.play("path", new Script.Player() {
            @Override public List<String> hear(Script.Line line, Instant now) {
                if (line.what().startsWith("probe"))
                    assertThat(path.probe()).as("" + line.at())
                            .hasValue(Integer.parseInt(line.words()[2]));
                return said(path.handle(input(line), now));
            }

            @Override public List<String> wake(Instant now) { return said(path.wake(now)); }

            @Override public Instant deadline() { return path.deadline(); }
        }, Duration.ofSeconds(30), ladder);
    }

    private static List<String> said(List<PathSize.Output> outputs) {
        return outputs.stream().map(output -> switch (output) {
            case PathSize.Output.Entered(var state) -> "* " + state;
            case PathSize.Output.Changed(int size) -> "-> sender at most " + size;
        }).toList();
    }

    @Test void larger_ones_are_tried_until_one_is_lost_three_times() {
        //= rfc9000#14.3-1 the base is the smallest allowed
        assertThat(path.size()).isEqualTo(1_200);
        plays("""
                0 sender -> path probe #1 1452
                9 sender -> path arrived #1 1452
                9 path -> sender at most 1452
                10 sender -> path probe #7 4096
                19 sender -> path lost #7 4096
                20 sender -> path probe #9 4096
                29 sender -> path lost #9 4096
                30 sender -> path probe #12 4096
                39 sender -> path lost #12 4096
                39 path * SEARCH_COMPLETE
                """);
        //= rfc9000#14.2-1 the path supports what has come back
        assertThat(path.size()).isEqualTo(1_452);
        assertThat(path.probe()).isEmpty();
    }

    @Test void one_or_two_lost_say_nothing() {
        plays("""
                0 sender -> path probe #1 1452
                9 sender -> path lost #1 1452
                10 sender -> path probe #2 1452
                19 sender -> path lost #2 1452
                20 sender -> path probe #3 1452
                29 sender -> path arrived #3 1452
                29 path -> sender at most 1452
                30 sender -> path probe #4 4096
                39 sender -> path lost #4 4096
                40 sender -> path probe #5 4096
                49 sender -> path lost #5 4096
                50 sender -> path probe #6 4096
                59 sender -> path arrived #6 4096
                59 path -> sender at most 4096
                """);
    }

    @Test void one_probe_is_on_its_way_at_a_time() {
        path.handle(new PathSize.Input.Probed(1), Instant.EPOCH);
        assertThat(path.probe()).isEmpty();
        assertThat(path.size()).isEqualTo(1_200);
    }

    private static final String ALL = """
            0 sender -> path probe #1 1452
            1 sender -> path arrived #1 1452
            1 path -> sender at most 1452
            2 sender -> path probe #2 4096
            3 sender -> path arrived #2 4096
            3 path -> sender at most 4096
            4 sender -> path probe #3 8952
            5 sender -> path arrived #3 8952
            5 path -> sender at most 8952
            5 path * SEARCH_COMPLETE
            """;

    @Test void the_largest_is_not_searched_beyond() {
        plays(ALL);
        assertThat(path.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void a_black_hole_is_left_and_looked_at_again() {
        plays(ALL + """
                10 sender -> path arrived #20 1200
                10 sender -> path lost #10 8952
                10 sender -> path lost #11 8952
                10 sender -> path lost #12 5000
                10 path -> sender at most 1200
                10 path * BASE
                10 sender -> path lost #13 8952
                60010 path * SEARCHING
                60011 sender -> path probe #40 1452
                60019 sender -> path arrived #40 1452
                60019 path -> sender at most 1452
                """);
    }

    @Test void what_is_overtaken_by_one_as_large_was_lost_by_chance() {
        plays(ALL + """
                10 sender -> path arrived #14 8952
                10 sender -> path lost #10 8952
                10 sender -> path lost #11 8952
                10 sender -> path lost #12 8952
                10 sender -> path lost #13 8952
                20 sender -> path lost #15 8952
                20 sender -> path lost #16 8952
                21 sender -> path arrived #17 8952
                30 sender -> path lost #18 8952
                30 sender -> path lost #19 8952
                """);
        assertThat(path.size()).isEqualTo(8_952);
    }

    @Test void that_smaller_ones_pass_does_not_excuse_it() {
        plays(ALL + """
                10 sender -> path lost #10 8952
                11 sender -> path arrived #11 1400
                12 sender -> path lost #12 8952
                13 sender -> path arrived #13 1400
                14 sender -> path lost #14 8952
                14 path -> sender at most 1200
                14 path * BASE
                """);
    }

    @Test void lost_ones_that_every_path_carries_are_no_black_hole() {
        plays(ALL + """
                10 sender -> path lost #10 1200
                10 sender -> path lost #11 1200
                10 sender -> path lost #12 1200
                10 sender -> path lost #13 900
                """);
    }

    @Test void a_probe_that_comes_after_all_is_none_any_more() {
        plays("""
                0 sender -> path probe #1 1452
                1 sender -> path arrived #1 1452
                1 path -> sender at most 1452
                2 sender -> path probe #9 4096
                3 sender -> path lost #6 1452
                3 sender -> path lost #7 1452
                3 sender -> path lost #8 1452
                3 path -> sender at most 1200
                3 path * BASE
                4 sender -> path arrived #9 4096
                """);
        assertThat(path.size()).isEqualTo(1_200);
    }

    @Test void a_path_that_carries_no_more_is_tried_again_later() {
        var narrow = new PathSize(SIZES);
        for (long number = 1; number <= PathSize.TRIES; number++) {
            narrow.handle(new PathSize.Input.Probed(number), Instant.EPOCH);
            narrow.handle(new PathSize.Input.Lost(number, 1_452), Instant.EPOCH);
        }
        assertThat(narrow.probe()).isEmpty();
        assertThat(narrow.deadline()).isEqualTo(Instant.EPOCH.plus(PathSize.RAISE));
        narrow.wake(narrow.deadline());
        assertThat(narrow.probe()).hasValue(1_452);
    }

    @Test void where_there_is_one_size_nothing_is_tried() {
        assertThat(new PathSize(List.of(1_140)).probe()).isEmpty();
    }
}
