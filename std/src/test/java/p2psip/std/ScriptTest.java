package p2psip.std;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A player that lets a wrong ladder pass would make all flows worthless.
class ScriptTest {

    /// Says what it hears, and says it again after a second.
    private static final class Echo implements Machine<String, String> {
        private String heard = "";
        private Instant due = Instant.MAX;

        @Override public List<String> handle(String input, Instant now) {
            if (input.isEmpty()) throw new IllegalStateException("nothing said");
            heard = input;
            due = now.plusSeconds(1);
            return List.of("* HEARD", "-> bob " + input);
        }

        @Override public List<String> wake(Instant now) {
            due = Instant.MAX;
            return List.of("-> bob " + heard);
        }

        @Override public Instant deadline() { return due; }

        @Override public boolean terminated() { return due.equals(Instant.MAX); }
    }

    private static final String LADDER = """
              5 bob  -> echo one
              5 echo  * HEARD
              5 echo -> bob  one
           1005 echo -> bob  one
           2000 bob  -> echo two
           2000 echo  * HEARD
           2000 echo -> bob  two
           3000 echo -> bob  two
        """;

    private static void play(String ladder) {
        Script.play("echo", new Echo(), Script.Line::what, output -> output, ladder);
    }

    @Test void what_happens_is_what_is_written() { play(LADDER); }

    @ParameterizedTest @ValueSource(ints = {1, 2, 3, 5, 6, 7})
    void a_line_is_missing_or_there_twice_or_late_or_for_another(int number) {
        var lines = LADDER.lines().toList();
        var line = lines.get(number);
        for (var wrong : List.of("", line + "\n" + line, line.replaceFirst("5 |0 ", "6 "),
                line.replace("bob", "bill").replace("HEARD", "DEAF"), line.replace("one", "two!"),
                line.replace("echo", "other"))) {
            if (wrong.equals(line)) continue;
            var ladder = new ArrayList<>(lines);
            ladder.set(number, wrong);
            if (wrong.isEmpty()) ladder.remove(number);
            assertThatThrownBy(() -> play(String.join("\n", ladder))).as(wrong)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test void the_order_of_lines_counts() {
        assertThatThrownBy(() -> play("""
                   5 bob  -> echo one
                   5 echo -> bob  one
                   5 echo  * HEARD
                1005 echo -> bob  one
                """)).isInstanceOf(AssertionError.class);
    }

    /// What somebody says to another is not for the machine, and a word that is no line is none.
    @ParameterizedTest @ValueSource(strings = {
        "5 bob -> bill one", "5 bob * HEARD", "5 bob", "bob -> echo one", "5 bob <- echo one"})
    void what_is_no_line_is_not_passed_over(String line) {
        assertThatThrownBy(() -> play(line)).hasStackTraceContaining("IllegalArgument");
    }

    @Test void who_cannot_be_played_shows_how_far_the_ladder_went() {
        assertThatThrownBy(() -> play("""
                  5 bob  -> echo one
                  5 echo -> bob  ONE
                  9 bob  -> echo
                """)).isInstanceOf(AssertionError.class).hasMessageContaining("nothing said")
                .hasMessageContaining("5 echo -> bob  one");
    }
}
