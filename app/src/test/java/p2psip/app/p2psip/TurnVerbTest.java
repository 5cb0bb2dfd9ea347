package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TurnVerbTest {
    @TempDir Path folder;
    private final StringWriter err = new StringWriter();

    private int turn(String... arguments) {
        return new CommandLine(new TurnVerb()).setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((mistake, line, _) -> {
                    line.getErr().println(((UserMistake) mistake).getMessage());
                    return 2;
                }).execute(arguments);
    }

    private String file(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        if (Files.getFileStore(file).supportsFileAttributeView("posix"))
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return "" + file;
    }

    @Test void a_mistake_is_one_line() throws IOException {
        var users = file("users", "alice:wonderland\n");
        var free = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        var here = "127.0.0.1:" + free.getLocalPort();
        free.close();
        for (var wrong : List.of(
                List.<String>of(), List.of("--users", "" + folder.resolve("nobody")),
                List.of("--users", file("wrong", "alice\n")),
                List.of("--secret-file", file("empty", "\n")),
                List.of("--users", users, "--ports", "99-98"),
                List.of("--users", users, "--ports", "1000-2000"),
                List.of("--users", users, "--ports", "many"),
                List.of("--users", users, "--listen", "example.com:1"),
                List.of("--users", users, "--listen", "0.0.0.0:3478"),
                List.of("--users", users, "--relay", "127.0.0.1,127.0.0.2"),
                List.of("--users", users, "--relay", "here"),
                List.of("--users", users, "--allow-peer", "10.0.0.0/99"),
                List.of("--users", users, "--quota", "0"),
                List.of("--users", users, "--realm", "x".repeat(128)),
                List.of("--users", users, "--listen", "192.0.2.77:3478"),
                List.of("--users", users, "--listen", here, "--tls", here))) {
            err.getBuffer().setLength(0);
            assertThat(turn(wrong.toArray(String[]::new))).as("" + wrong).isEqualTo(2);
            assertThat(err.toString()).as("" + wrong).hasLineCount(1).doesNotContain("Exception");
        }
        assertThat(err.toString()).contains("--tls needs a certificate");
    }
}
