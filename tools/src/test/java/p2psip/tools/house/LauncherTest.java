package p2psip.tools.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.tools.rfc.Sources;

/// The launcher, in a clone where Maven and Java are scripts that say what they were asked.
class LauncherTest {
    @TempDir Path root;

    @BeforeEach void begin() throws IOException {
        assumeThat(Files.isExecutable(Path.of("/bin/sh"))).as("a shell").isTrue();
        for (var module : List.of("std", "app", "tools", "jdk/bin", "bin", ".mvn"))
            Files.createDirectories(root.resolve(module));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.copy(Sources.repository().orElseThrow().resolve("app/p2psip"),
                root.resolve("app/p2psip"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        script("jdk/bin/javac", "exit 1");
        java("rehearse) printf seen > \"$conf\" ;;");
        script("bin/mvn", "mkdir -p tools/target/lib",
                "touch tools/target/tools-1.jar tools/target/lib/app-1.jar",
                "echo 'Downloaded from central: https://x.example/a.jar (5 kB at 2 kB/s)'",
                "echo '[INFO] ------------------------< p2psip:std >------------------------'",
                "echo '[INFO] Building std 0.1.0-SNAPSHOT                             [2/4]'",
                "echo '[INFO] Building tools 0.1.0-SNAPSHOT                           [4/4]'");
    }

    @Test void the_first_build_says_how_far_it_is_and_the_second_start_builds_nothing()
            throws Exception {
        assertThat(run("stun", "a b")).isEqualTo("""
                p2psip: building itself; the first time this takes a minute or more
                p2psip: building 2 of 4 (std)
                p2psip: building 4 of 4 (tools)
                p2psip: rehearsing, so that it starts quicker from now on
                seen: ran p2psip.app.p2psip.Main stun a b
                0""");
        assertThat(run("id")).isEqualTo("seen: ran p2psip.app.p2psip.Main id\n0");
        assertThat(root.resolve(".run/lock")).doesNotExist();
    }

    /// A JVM cannot see it, and would write into the file what moves a terminal's line.
    @Test void whether_anybody_watches_standard_error_is_handed_on() throws Exception {
        script("jdk/bin/java", "echo \"stderr is a $P2PSIP_STDERR\"");
        assertThat(run("id")).endsWith("\nstderr is a file\n0");
    }

    /// It says that it cannot, or it dies.
    @ParameterizedTest @ValueSource(strings = {"rehearse) echo broken; exit 1 ;;",
        "rehearse) kill -9 $$ ;;"})
    void a_rehearsal_that_fails_is_not_mentioned_and_all_runs_without(String what)
            throws Exception {
        java(what);
        assertThat(run("stun")).isEqualTo("""
                p2psip: building itself; the first time this takes a minute or more
                p2psip: building 2 of 4 (std)
                p2psip: building 4 of 4 (tools)
                p2psip: rehearsing, so that it starts quicker from now on
                ran p2psip.app.p2psip.Main stun
                0""");
        assertThat(run("id")).isEqualTo("ran p2psip.app.p2psip.Main id\n0");
        try (var files = Files.walk(root.resolve(".run"))) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("new."));
        }
    }

    @Test void a_build_that_fails_shows_what_maven_said_and_runs_nothing() throws Exception {
        script("bin/mvn", "echo 'Downloaded from central: https://x.example/a.jar'",
                "echo '[INFO] Building std 0.1.0-SNAPSHOT                             [2/4]'",
                "echo '[ERROR] Gate.java: no hinge'", "exit 1");
        assertThat(run("id")).isEqualTo("""
                p2psip: building itself; the first time this takes a minute or more
                p2psip: building 2 of 4 (std)
                [INFO] Building std 0.1.0-SNAPSHOT                             [2/4]
                [ERROR] Gate.java: no hinge
                p2psip: the build failed, see above
                70""");
        assertThat(root.resolve(".run/lock")).doesNotExist();
    }

    /// A JVM that says what it runs, and whether with a cache; and what it does of a rehearsal.
    private void java(String rehearsal) throws IOException {
        script("jdk/bin/java", "for word; do case $word in",
                "-XX:AOTConfiguration=*) conf=${word#*=} ;;",
                "-XX:AOTMode=create) [ -s \"$conf\" ] || exit 1; create=y ;;",
                "-XX:AOTCache=*) cache=${word#*=} ;;",
                rehearsal.replace("rehearse)", "rehearse) [ -z \"$create\" ] || exec cp \"$conf\""
                        + " \"$cache\";"),
                "esac; done",
                "while [ \"$1\" != p2psip.app.p2psip.Main ]; do shift; done",
                "[ -z \"$cache\" ] || said=\"$(cat \"$cache\"): \"", "echo \"${said}ran $*\"");
    }

    private void script(String name, String... lines) throws IOException {
        var file = root.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// What it printed, and its exit code.
    private String run(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("/bin/sh", root.resolve("app/p2psip").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", root.resolve("bin") + ":/usr/bin:/bin",
                "JAVA_HOME", root.resolve("jdk").toString()));
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        return said + process.waitFor();
    }
}
