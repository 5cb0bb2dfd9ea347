package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repository of one class and one test, and what becomes of its snapshot.
class SnapshotTest {
    private final Index gates = Index.from(RfcReader.read(99901, RfcReaderTest.text(99901)));
    @TempDir private Path root;

    @BeforeEach void repository() throws IOException {
        write("std/src/main/java/a/Gate.java", """
                package a;
                class Gate {
                    //= rfc99901#2-4 counts
                    void count() {}
                    //= rfc99901#2-6 todo squeaks need oil
                    void squeak() {}
                }
                """);
        write("std/src/test/java/a/GateTest.java", """
                package a;
                class GateTest {
                    //= rfc99901#2-4 counts
                    @Test void it_counts() {}

                    @Test void it_waits() {
                        //= rfc99901#2-5 waits
                        assertThat(waits());
                    }

                    @Property void geese(@ForAll int n) {
                        //= rfc99901#2-1 no goose
                        assertThat(n);
                    }
                }
                """);
    }

    @Test void a_test_counts_when_it_ran_and_passed() throws IOException {
        report("<testcase name='it_counts' classname='a.GateTest'/>"
                + "<testcase name='it_waits(int)[1]' classname='a.GateTest'/>"
                + "<testcase name='it_waits(int)[2]' classname='a.GateTest'/>"
                + "<testcase name='geese' classname='a.GateTest'/>");
        assertThat(snapshot()).contains("\n2 t..Ttd\n")
                .contains("rfc99901 applies=11 implemented=3 tested=3 departs=0 todo=1 open=7"
                        + " asks-nothing=0");
    }

    @Test void a_rule_that_is_a_field_counts_with_its_class() throws IOException {
        write("std/src/test/java/a/GateTest.java", "package a;\nclass GateTest {\n"
                + "    //= rfc99901#2-4 counts\n    @ArchTest static final ArchRule counts = c();\n"
                + "}\n");
        report("<testcase name='counts' classname='GateTest'/>");
        assertThat(snapshot()).contains("\n2 ...T.d\n");
        report("<testcase name='counts' classname='GateTest'><failure/></testcase>");
        assertThat(snapshot()).contains("\n2 ...i.d\n");
    }

    @Test void a_test_that_failed_or_was_skipped_or_did_not_run_is_not_counted()
            throws IOException {
        report("<testcase name='it_counts' classname='a.GateTest'><skipped/></testcase>"
                + "<testcase name='it_waits(int)[1]' classname='a.GateTest'/>"
                + "<testcase name='it_waits(int)[2]' classname='a.GateTest'><failure>"
                + "a long message ".repeat(20_000) + "</failure></testcase>");
        assertThat(snapshot()).contains("\n2 ...i.d\n");
    }

    @Test void an_inherited_test_counts_under_its_heir() throws IOException {
        report("<testcase name='it counts' classname='a.IronGateTest'/>");
        assertThat(snapshot()).contains("\n2 ...T.d\n");
    }

    @Test void a_change_names_the_sentence_and_the_place() throws IOException {
        report("<testcase name='it_counts' classname='a.GateTest'/>");
        var before = snapshot();
        assertThat(told(before)).isEmpty();
        report("<testcase name='it_waits' classname='a.GateTest'/>");
        assertThat(told(before)).containsExactly(
                "rfc99901#2-4 was implemented and tested and is implemented",
                "    it says: it MUST count the rings",
                "    std/src/main/java/a/Gate.java:3: says counts",
                "    std/src/test/java/a/GateTest.java:3: its test did not run or did not pass",
                "rfc99901#2-5 was open and is tested",
                "    it says: it MUST wait for three seconds, vs. four for a goose.",
                "    std/src/test/java/a/GateTest.java:7: tests it",
                "    no code cites it; its neighbour rfc99901#2-4 is cited at"
                        + " std/src/main/java/a/Gate.java:3");
    }

    @Test void a_citation_that_went_is_told_where_it_may_have_been() throws IOException {
        report("<testcase name='it_counts' classname='a.GateTest'/>");
        var before = snapshot();
        write("std/src/main/java/a/Gate.java", """
                class Gate {
                    //= rfc99901#2-1 the goose
                    void count() {}
                }
                """);
        assertThat(told(before)).containsSubsequence(
                "rfc99901#2-4 was implemented and tested and is tested",
                "    it says: it MUST count the rings",
                "    std/src/test/java/a/GateTest.java:3: tests it",
                "    no code cites it; its neighbour rfc99901#2-1 is cited at"
                        + " std/src/main/java/a/Gate.java:2");
    }

    @Test void a_draw_is_a_line_to_break_and_a_test_that_should_fail() throws IOException {
        report("<testcase name='it_counts' classname='a.GateTest'/>");
        var sources = Sources.under(root);
        var coverage = new Coverage(gates, Snapshot.counted(sources, TestRun.under(root)));
        assertThat(Draw.of(List.of(coverage), 30, 1)).singleElement()
                .extracting(lot -> lot.told(sources)).isEqualTo("""
                rfc99901#2-4
                    break std/src/main/java/a/Gate.java:4: void count() {}
                    fails std/src/test/java/a/GateTest.java:3: a.GateTest.it_counts""");
    }

    @Test void a_test_that_cites_more_than_six_times_is_named() throws IOException {
        assertThat(Audit.crowded(Sources.under(root))).isEmpty();
        var crowded = "package a;\nclass GateTest {\n"
                + "    //= rfc99901#2-4 counts\n    @Test void it_counts() {\n"
                + "        //= rfc99901#2-5 waits\n        waits();\n".repeat(6) + "    }\n}\n";
        write("std/src/test/java/a/GateTest.java", crowded.replace("1#2-4", "2#2-4"));
        assertThat(Audit.crowded(Sources.under(root))).as("another says it too").isEmpty();
        write("std/src/test/java/a/GateTest.java", crowded);
        assertThat(Audit.crowded(Sources.under(root))).singleElement().asString().startsWith(
                "std/src/test/java/a/GateTest.java:3: a.GateTest.it_counts cites 7 rules"
                        + " of one RFC, at most 6 are allowed: rfc99901#2-4, rfc99901#2-5,");
    }

    private List<String> told(String before) {
        var sources = Sources.under(root);
        var text = RfcReader.read(99901, RfcReaderTest.text(99901));
        var counted = Set.copyOf(Snapshot.counted(sources, TestRun.under(root)));
        return new Changes(sources.citations(), counted, _ -> Optional.of(text))
                .told(before, snapshot());
    }

    private String snapshot() {
        var sources = Sources.under(root);
        var counted = Snapshot.counted(sources, TestRun.under(root));
        return Snapshot.of(List.of(new Coverage(gates, counted)));
    }

    private void report(String cases) throws IOException {
        write("std/target/surefire-reports/TEST-a.GateTest.xml",
                "<testsuite name='a.GateTest'>" + cases + "</testsuite>");
    }

    private void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
