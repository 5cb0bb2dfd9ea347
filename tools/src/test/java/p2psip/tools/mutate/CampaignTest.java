package p2psip.tools.mutate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.io.PrintWriter;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.Night;
import p2psip.tools.rfc.Sources;

/// A gate, what of it a test notices, and what not.
class CampaignTest {
    @TempDir private static Path root;
    private static final StringWriter PRINTED = new StringWriter();
    private static Scores.Score score;

    @BeforeAll static void break_the_gate() throws IOException {
        Night.only();
        write("std/src/main/java/a/Gate.java", """
                package a;

                import module java.base;

                public class Gate {
                    enum State { SHUT, OPEN }

                    //= rfc99901#2-1 a number that another class has copied
                    static final int LIMIT = 4;
                    State state = State.SHUT;
                    int rings;
                    final List<String> log = new ArrayList<>();

                    Gate ring(int times) {
                        //= rfc99901#2-2 each ring counts
                        rings = rings + times;
                        //= rfc99901#2-3 opens when it is rung often
                        if (rings >= 3) enter(State.OPEN);
                        //= rfc99901#2-4 nobody reads it
                        log.add("rung");
                        //= rfc99901#2-5 nothing that can be broken
                        return this;
                    }

                    void enter(State next) { state = next; }

                    int rest(int left) {
                        //= rfc99901#2-6 comes to an end
                        while (left > 0) left = left - 1;
                        return left;
                    }

                    //= rfc99901#2-7,9,10 is told
                    public Optional<String> name() { return Optional.of("gate"); }

                    int steps() {
                        //= rfc99901#2-11 two that look alike
                        return rings * 3 + 3;
                    }

                    void check() {
                        //= rfc99901#2-8 what an exception says is no rule
                        if (rings < 0) throw new IllegalStateException("rung " + (-rings - 1));
                    }
                }
                """);
        write("std/src/main/java/a/Bell.java", """
                package a;

                class Bell {
                    int limit() { return Gate.LIMIT; }
                }
                """);
        write("std/src/test/java/a/GateTest.java", """
                package a;

                import org.junit.jupiter.api.*;

                class GateTest {
                    @Test void opens_at_three() {
                        Assertions.assertEquals(Gate.State.SHUT, new Gate().ring(2).state);
                        var gate = new Gate().ring(3);
                        Assertions.assertEquals(Gate.State.OPEN, gate.state);
                        Assertions.assertEquals(3, gate.rings);
                        Assertions.assertEquals(12, gate.steps());
                        gate.check();
                    }

                    @Test void rests() { Assertions.assertEquals(0, new Gate().rest(1)); }

                    @Test void is_named() {
                        Assertions.assertEquals("gate", new Gate().name().orElse(""));
                    }

                    @Test void fails_by_itself() { Assertions.fail(); }
                }
                """);
        write("std/src/test/java/a/BellTest.java", """
                package a;

                import org.junit.jupiter.api.*;

                class BellTest {
                    @Test void has_a_limit() {
                        Assertions.assertEquals(4, new Bell().limit());
                        new Gate();
                    }
                }
                """);
        write("std/src/test/java/b/NameTest.java", """
                package b;

                import a.Gate;
                import org.junit.jupiter.api.*;

                class NameTest {
                    //= rfc99901#2-8,9 it is seen from afar
                    @Test void is_seen() {
                        Assertions.assertEquals("gate", new Gate().name().orElse(""));
                    }
                }
                """);
        write("docs/src/mutation-equal.txt", "std/src/main/java/a/Gate.java rfc99901#2-4"
                + " `log.add(\"rung\");` becomes `{ }`: the log is shown to nobody\n"
                + "std/src/main/java/a/Gate.java rfc99901#2-11 `3` becomes `(3 + 1)` (2): not so\n"
                + "std/src/main/java/a/Gate.java rfc99901#2-2 `5` becomes `(5 + 1)`: long ago\n");
        compile("main", "classes");
        compile("test", "test-classes");
        var campaign = new Campaign(Sources.under(root), 2, new PrintWriter(PRINTED));
        score = campaign.scores(campaign.rfcs(), "", LocalDate.EPOCH).getFirst();
    }

    @Test void what_no_test_notices_survives() {
        assertThat(score.survivors()).extracting(s -> s.replaceFirst(".*?/Gate", "Gate"))
                .containsExactly(
                "Gate.java:20 rfc99901#2-4: `\"rung\"` becomes `\"rung~\"`",
                "Gate.java:43 rfc99901#2-8: `rings < 0` becomes `rings <= 0`",
                "Gate.java:43 rfc99901#2-8: `0` becomes `(0 + 1)`");
    }

    @Test void all_else_is_noticed() {
        assertThat(PRINTED.toString().lines().filter(line -> line.contains(" killed "))
                .map(line -> line.replaceFirst(".*?/Gate.java:\\d+ rfc99901#", "")).sorted())
                .containsExactly("2-11: `3` becomes `(3 + 1)` (a.GateTest)",
                        "2-11: `rings * 3 + 3` becomes `rings * 3 - 3` (a.GateTest)",
                        "2-1: `4` becomes `(4 + 1)` (a.BellTest)",
                        "2-2: `rings + times` becomes `rings - times` (a.GateTest)",
                        "2-2: `rings = rings + times;` becomes `{ }` (a.GateTest)",
                        "2-3: `3` becomes `(3 + 1)` (a.GateTest)",
                        "2-3: `State.OPEN` becomes `State.SHUT` (a.GateTest)",
                        "2-3: `enter(State.OPEN);` becomes `{ }` (a.GateTest)",
                        "2-3: `rings >= 3` becomes `!(rings >= 3)` (a.GateTest)",
                        "2-3: `rings >= 3` becomes `rings > 3` (a.GateTest)",
                        "2-6: `0` becomes `(0 + 1)` (a.GateTest)",
                        "2-6: `1` becomes `(1 + 1)` (a.GateTest)",
                        "2-6: `left - 1` becomes `left + 1` (a.GateTest)",
                        "2-6: `left = left - 1;` becomes `{ }` (hangs in a.GateTest)",
                        "2-6: `left > 0` becomes `!(left > 0)` (a.GateTest)",
                        "2-6: `left > 0` becomes `left >= 0` (a.GateTest)",
                        "2-7,9,10: `\"gate\"` becomes `\"gate~\"` (b.NameTest)",
                        "2-7,9,10: `Optional.of(\"gate\")` becomes `java.util.Optional.empty()`"
                        + " (b.NameTest)",
                        "2-8: `rings < 0` becomes `!(rings < 0)` (a.GateTest)");
    }

    /// GateTest is nearer, but it is NameTest that cites one of the sentences.
    @Test void who_cites_a_sentence_of_the_line_is_asked_first() {
        assertThat(PRINTED.toString()).contains("empty()` (b.NameTest)");
    }

    @Test void what_names_nothing_any_more_is_told() {
        assertThat(PRINTED.toString().lines().filter(line -> line.contains("names nothing")))
                .containsExactly("docs/src/mutation-equal.txt names nothing:"
                        + " std/src/main/java/a/Gate.java rfc99901#2-2 `5` becomes `(5 + 1)`");
    }

    @Test void the_score_is_the_share_that_is_noticed() {
        assertThat(score).hasToString("rfc99901 1970-01-01 86.4% lines=9 whole=1"
                + " killed=19 survived=3 equal=2");
    }

    @Test void what_is_written_is_read() {
        var scores = new Scores(new TreeMap<>(Map.of(99901, score)));
        assertThat(Scores.parse(scores.toString().lines().toList())).isEqualTo(scores);
    }

    private static void compile(String part, String to) throws IOException {
        var out = Files.createDirectories(root.resolve("std/target", to));
        try (var walk = Files.walk(root.resolve("std/src", part))) {
            var arguments = Stream.concat(Stream.of("-cp", root.resolve("std/target/classes")
                            + File.pathSeparator + System.getProperty("java.class.path"),
                    "-d", out.toString()), walk.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))).toArray(String[]::new);
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                    .isZero();
        }
    }

    private static void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
