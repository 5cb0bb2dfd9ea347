package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.rfc.*;

/// A repository of one class and its test, which obey a specification of our own, RFC 99901.
public record Garden(Path root) {

    /// Writes it.
    ///
    /// @param root an empty folder
    public static Garden in(Path root) throws IOException {
        var garden = new Garden(root);
        garden.write("std/src/main/java/a/Gate.java", """
                package a;

                /// A gate.
                class Gate {
                    int rings;

                    // tag::ring[]
                    void ring() {
                        //= rfc99901#2-4 each ring counts
                        rings++;
                    }
                    // end::ring[]

                    //= rfc99901#2-6 todo squeaks [all of them] need *oil*
                    boolean open() { return rings > 3; }
                }
                """);
        garden.write("std/src/main/java/a/package-info.java", """
                /// Gates.
                package a;
                """);
        garden.write("std/src/main/java/a/left-out.txt", """
                not-ours no bells here
                    rfc99901#A.*
                """);
        garden.write("std/src/test/java/a/GateTest.java", """
                package a;

                class GateTest {
                    @Test void it_counts() {
                        //= rfc99901#2-4 counts what is rung
                        new Gate().ring();
                    }
                }
                """);
        garden.write("std/target/surefire-reports/TEST-a.GateTest.xml", "<testsuite>"
                + "<testcase name='it_counts' classname='a.GateTest'/></testsuite>");
        garden.write("docs/src/coverage.txt", """
                T implemented and tested, i implemented
                rfc99901 applies=9 implemented=1 tested=1 departs=1 todo=1 open=6 asks-nothing=2
                2 ...T.d
                rfc99902 applies=4 implemented=3 tested=0 departs=0 todo=0 open=1 asks-nothing=0
                """);
        try (var text = Coverage.class.getResourceAsStream("rfc99901.txt")) {
            garden.write("rfcs/rfc99901.txt", new String(text.readAllBytes()));
        }
        return garden;
    }

    public Sources sources() { return Sources.under(root); }

    public Rules rules() { return rules("rfcs"); }

    public Rules withoutText() { return rules("nowhere"); }

    private Rules rules(String folder) {
        return Rules.of(sources(), new Library(List.of(root.resolve(folder))));
    }

    public void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
