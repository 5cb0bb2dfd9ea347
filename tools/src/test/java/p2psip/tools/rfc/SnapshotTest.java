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
                .contains("rfc99901 sentences=11 implemented=1 tested=3 excepted=0 todo=1 open=7");
    }

    @Test void a_test_that_failed_or_was_skipped_or_did_not_run_is_not_counted()
            throws IOException {
        report("<testcase name='it_counts' classname='a.GateTest'><skipped/></testcase>"
                + "<testcase name='it_waits(int)[1]' classname='a.GateTest'/>"
                + "<testcase name='it_waits(int)[2]' classname='a.GateTest'><failure/></testcase>");
        assertThat(snapshot()).contains("\n2 ...i.d\n");
    }

    @Test void an_inherited_test_counts_under_its_heir() throws IOException {
        report("<testcase name='it counts' classname='a.IronGateTest'/>");
        assertThat(snapshot()).contains("\n2 ...T.d\n");
    }

    @Test void a_change_names_the_sentence() throws IOException {
        report("<testcase name='it_counts' classname='a.GateTest'/>");
        var before = snapshot();
        assertThat(Snapshot.changes(before, before)).isEmpty();
        report("<testcase name='it_waits' classname='a.GateTest'/>");
        assertThat(Snapshot.changes(before, snapshot())).containsExactly(
                "rfc99901#2-4 was implemented and tested and is implemented",
                "rfc99901#2-5 was open and is tested");
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
