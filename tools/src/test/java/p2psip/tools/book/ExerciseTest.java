package p2psip.tools.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.p2psip.UserMistake;
import p2psip.tools.Night;
import p2psip.tools.rfc.Sources;
import picocli.CommandLine;

/// Each exercise of the book can be done: it fails as it is given, the answer passes, and an answer
/// broken in any way that is known does not; by day one way is tried of each.
class ExerciseTest {
    private static final List<Exercise> ALL = Exercise.in(
            Sources.repository().orElseThrow().resolve(ExerciseVerb.FOLDER));

    @TestFactory Stream<DynamicTest> each_can_be_done_and_not_otherwise() {
        return ALL.stream().map(e -> DynamicTest.dynamicTest(e.number() + " " + e.title(), () -> {
            assertThat(Attempt.at(e.type(), e.answer()).wrong()).isEmpty();
            assertFails(e, e.start());
            e.broken().stream().limit(Night.is() ? Integer.MAX_VALUE : 1)
                    .forEach(broken -> assertFails(e, broken));
        }));
    }

    /// Not because it does not compile: because a test sees it.
    private static void assertFails(Exercise exercise, String source) {
        var attempt = Attempt.at(exercise.type(), source);
        assertThat(attempt.done()).as(source).isFalse();
        assertThat(attempt.wrong().keySet()).as(source).noneMatch(w -> w.startsWith("line "));
    }

    @Test void a_chapter_has_three_to_five_and_each_is_known_to_be_done_wrong() {
        assertThat(ALL).allSatisfy(e -> {
            assertThat(e.broken()).as(e.number()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(e.hints()).as(e.number()).isNotEmpty();
        });
        assertThat(ALL.stream().collect(Collectors.groupingBy(Exercise::chapter)).values())
                .allSatisfy(chapter -> assertThat(chapter).hasSizeBetween(3, 5)
                        .extracting(Exercise::place).isEqualTo(IntStream.rangeClosed(
                                1, chapter.size()).boxed().toList()));
    }

    @Test void a_file_holds_what_is_given_and_what_is_to_come_of_it() {
        var exercise = Exercise.parse("Exercise9_2.java", """
                /// # Add
                ///
                /// Add one
                /// to it.
                ///
                /// Hint: use `+`.
                class Exercise9_2 {
                    // answer
                    int add(int i) {
                        return i + 1;   //~ return i;
                    }
                    // start
                    //| int add(int i) { return 0; }
                    // end
                }
                """.lines().toList());
        assertThat(exercise.number()).isEqualTo("9.2");
        assertThat(exercise.title()).isEqualTo("Add");
        assertThat(exercise.task()).containsExactly("Add one to it.");
        assertThat(exercise.hints()).containsExactly("use `+`.");
        assertThat(exercise.start()).endsWith("""
                class Exercise9_2 {
                    int add(int i) { return 0; }
                }
                """);
        assertThat(exercise.answer()).contains("        return i + 1;\n")
                .doesNotContain("//~", "// answer");
        assertThat(exercise.broken()).singleElement().asString().contains("\nreturn i;\n");
    }

    @Test void what_is_no_exercise_is_told() {
        assertThatThrownBy(() -> Exercise.parse("Other.java", List.of()))
                .hasMessage("no name of an exercise: Other.java");
        assertThatThrownBy(() -> Exercise.parse("Exercise1_1.java", List.of("class E {}")))
                .hasMessage("1.1 has no title and task above its class");
        assertThatThrownBy(() -> Exercise.parse("Exercise1_1.java", List.of("/// # A", "///",
                "/// b", "// answer", "// end"))).hasMessage("1.1 has no // start");
    }

    // the command

    @TempDir Path folder;

    private final StringWriter told = new StringWriter();

    private int run(String... arguments) {
        var line = new CommandLine(new ExerciseVerb()).setOut(new PrintWriter(told, true))
                .setExecutionExceptionHandler((e, _, _) -> {
                    told.append(((UserMistake) e).getMessage());
                    return 2;
                });
        return line.execute(Stream.concat(Stream.of(arguments),
                Stream.of("--dir", folder.toString())).toArray(String[]::new));
    }

    @Test void a_reader_gets_a_file_and_is_told_when_it_is_right() throws IOException {
        assertThat(run("3.1")).isZero();
        assertThat(told.toString()).startsWith("3.1 Seven requests\n").contains("Hint: ");
        assertThat(run("3.1", "--check")).isEqualTo(1);
        assertThat(told.toString()).contains("  not  seven in 32 seconds\n").endsWith(
                "3.1: not yet\n");
        var file = folder.resolve("Exercise3_1.java");
        Files.writeString(file, ALL.stream().filter(e -> e.number().equals("3.1")).findFirst()
                .orElseThrow().answer());
        assertThat(run("3.1", "--check")).isZero();
        assertThat(told.toString()).contains("  ok   seven in 32 seconds\n")
                .endsWith("\n3.1: done\n");
    }

    @Test void a_file_that_is_there_is_kept() throws IOException {
        var file = folder.resolve("Exercise3_1.java");
        Files.writeString(file, "mine");
        assertThat(run("3.1")).isZero();
        assertThat(file).hasContent("mine");
        assertThat(run("3.1", "--check")).isEqualTo(1);
        assertThat(told.toString()).contains("  not  line 1\n");
    }

    @Test void what_is_wrong_is_told_with_its_lines_in_the_order_of_the_file() {
        var attempt = Attempt.at("Lines", """
                import static org.assertj.core.api.Assertions.assertThat;
                import org.junit.jupiter.api.Test;

                class Lines {
                    int last(String text) { return text.charAt(text.length()); }

                    @Test void z_is_first() { assertThat("z").hasSize(1); }

                    @Test void b_is_next() {
                        assertThat(last("abcd")).isEqualTo('d');
                    }

                    @Test void a_is_last() {
                        assertThat("abcd".isEmpty())
                                .isTrue();
                    }
                }
                """);
        assertThat(attempt.results()).extracting(Attempt.Result::name)
                .containsExactly("z is first", "b is next", "a is last");
        assertThat(attempt.results().getFirst().wrong()).isEmpty();
        assertThat(attempt.wrong().get("b is next")).isEqualTo("""
                line 5: int last(String text) { return text.charAt(text.length()); }
                line 10: assertThat(last("abcd")).isEqualTo('d');
                java.lang.StringIndexOutOfBoundsException: Index 4 out of bounds for length 4""");
        assertThat(attempt.wrong().get("a is last")).isEqualTo(
                "line 15: .isTrue();\nExpecting value to be true but was false");
    }

    @Test void what_goes_round_in_circles_is_stopped() {
        var attempt = Attempt.at("Circles", """
                import java.util.concurrent.locks.LockSupport;
                import org.junit.jupiter.api.Test;

                class Circles {
                    @Test void round() { while (true) LockSupport.park(); }
                }
                """, Duration.ofMillis(1));
        assertThat(attempt.wrong().get("the tests")).startsWith("have not ended");
    }

    @Test void mistakes_are_told_in_a_line() {
        assertThat(run("0.9")).isEqualTo(2);
        assertThat(run("3.1", "--check")).isEqualTo(2);
        assertThat(run("--check")).isEqualTo(2);
        assertThat(told.toString()).isEqualTo(
                "there is no exercise 0.9: app/p2psip exercise lists all"
                + "there is no " + folder.resolve("Exercise3_1.java")
                + ": app/p2psip exercise 3.1 puts it there"
                + "check which? try: app/p2psip exercise 3.2 --check");
    }
}
