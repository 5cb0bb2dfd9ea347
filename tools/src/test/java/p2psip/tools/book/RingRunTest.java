package p2psip.tools.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.trace.Svg;
import p2psip.tools.rfc.Sources;

class RingRunTest {
    private static final NodeId POINT = NodeId.of(RingRun.KEY);

    private final RingRun run = RingRun.whole();

    private long holders() { return run.living().stream().filter(run::holds).count(); }

    private Set<Peer> all() { return run.living().stream().collect(Collectors.toSet()); }

    /// Both places of the record.
    private Set<Peer> near() {
        return Stream.of(POINT, POINT.opposite()).flatMap(point -> run.near(point).stream())
                .collect(Collectors.toSet());
    }

    @Test void a_record_lies_on_the_roots_of_its_points_and_their_leaf_sets_and_nowhere_else() {
        assertThat(run.living()).hasSize(16).allSatisfy(
                peer -> assertThat(run.leaves(peer)).hasSize(8));
        assertThat(run.near(POINT)).hasSize(9);
        assertThat(run.near(POINT.opposite())).hasSize(9);
        assertThat(all()).filteredOn(run::holds).hasSize(14)
                .containsExactlyInAnyOrderElementsOf(near());
    }

    @Test void a_question_comes_nearer_with_each_hop() {
        for (var from : run.living()) {
            var way = run.way(from, POINT);
            assertThat(way.getLast()).isEqualTo(run.root(POINT));
            assertThat(way).extracting(peer -> peer.id().distance(POINT))
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test void five_who_die_at_once_are_made_up_for() {
        run.killRoot();
        assertThat(holders()).isEqualTo(9);
        run.pass(Duration.ofSeconds(30));
        assertThat(run.living()).hasSize(11).allSatisfy(
                peer -> assertThat(run.leaves(peer)).hasSize(8).allMatch(all()::contains));
        assertThat(all()).filteredOn(run::holds).containsExactlyInAnyOrderElementsOf(near());
    }

    @Test void all_neighbours_who_die_at_once_are_made_up_for() {
        var root = run.root(POINT);
        run.leaves(root).forEach(run::kill);
        run.kill(root);
        long left = holders();
        run.pass(Duration.ofSeconds(30));
        assertThat(run.living()).hasSize(7).allSatisfy(
                peer -> assertThat(run.leaves(peer)).doesNotContain(root));
        assertThat(holders()).isGreaterThan(left).isEqualTo(7);
    }

    /// What the chapter tells of its drawings.
    @Test void the_chapter_names_who_asks_and_who_is_the_root() throws IOException {
        var chapter = Files.readString(Sources.repository().orElseThrow()
                .resolve("docs/src/ring.adoc")).replace('\n', ' ');
        assertThat(run.holds(run.asker())).isFalse();
        assertThat(run.way(run.asker(), POINT)).extracting(run::name)
                .containsExactly("N9", "N16", "N15");
        assertThat(chapter).contains("Here N9 asks",
                "N9 has handed the first to N16, whose number begins with the digit of the point,"
                + " and N16 to N15");
        var lacking = all().stream().filter(peer -> !run.holds(peer)).map(run::name).sorted();
        assertThat(lacking).containsExactly("N10", "N9");
        run.killRoot();
        run.pass(Duration.ofSeconds(30));
        assertThat(run.name(run.root(POINT))).isEqualTo("N12");
        assertThat(run.near(POINT)).filteredOn(run::holds).extracting(run::name)
                .contains("N9", "N10");
        assertThat(chapter).contains("N12 is the root now, and has given copies to N9 and N10");
    }

    @Test void the_first_hop_gains_a_digit() {
        var way = run.way(run.asker(), POINT);
        assertThat(way.get(0).id().sharedDigits(POINT)).isZero();
        assertThat(way.get(1).id().sharedDigits(POINT)).isPositive();
    }

    @Test void each_drawing_has_all_sixteen_and_no_words_or_dots_that_touch() {
        for (var name : List.of("stored", "way", "lost", "repaired")) {
            var svg = RingDrawing.svg(name);
            assertThat(svg).contains(">N1<", ">N16<", ">point<", ">opposite<");
            assertThat(touching(words(svg))).as(name).isEmpty();
            assertThat(touching(dots(svg))).as(name).isEmpty();
        }
        assertThatThrownBy(() -> RingDrawing.svg("x")).hasMessage(
                "no drawing of a ring x, there are: stored, way, lost, repaired");
    }

    private record Box(double left, double top, double width, double height) {
        boolean touches(Box other) {
            return left < other.left + other.width && other.left < left + width
                    && top < other.top + other.height && other.top < top + height;
        }
    }

    private static List<Box> words(String svg) {
        return Pattern.compile("<text x=\"(\\S+)\" y=\"(\\S+)\" text-anchor=\"(\\w+)\".*?>(.*?)<")
                .matcher(svg).results().map(text -> {
                    double x = number(text, 1), width = Svg.width(text.group(4));
                    double left = switch (text.group(3)) {
                        case "start" -> x;
                        case "middle" -> x - width / 2;
                        default -> x - width;
                    };
                    return new Box(left, number(text, 2) - 10, width, 12);
                }).toList();
    }

    /// But those that are drawn upon another.
    private static List<Box> dots(String svg) {
        return Pattern.compile("<circle cx=\"(\\S+)\" cy=\"(\\S+)\" r=\"7\"").matcher(svg)
                .results().map(dot -> new Box(number(dot, 1) - 5, number(dot, 2) - 5, 10, 10))
                .toList();
    }

    private static double number(MatchResult match, int group) {
        return Double.parseDouble(match.group(group));
    }

    private static List<Box> touching(List<Box> all) {
        return all.stream().filter(one -> all.stream().anyMatch(
                other -> other != one && other.touches(one))).toList();
    }
}
