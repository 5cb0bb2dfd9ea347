package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/// A server as its operator starts it, a program of its own, asked by the commands of its verb.
class SipdVerbTest {
    @TempDir Path home;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Optional<Process> server = Optional.empty();

    @AfterEach void end() throws InterruptedException {
        if (server.isPresent()) server.get().destroyForcibly().waitFor();
    }

    private Process start(String... options) throws IOException {
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin",
                "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path")), Main.class.getName(), "sipd"));
        words.addAll(List.of(options));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JOURNAL_STREAM", "8:1");
        var process = builder.start();
        server = Optional.of(process);
        var out = process.inputReader();
        for (var line = out.readLine(); ; line = out.readLine()) {
            assertThat(line).as("said until now: " + said).isNotNull();
            said.add(line);
            if (line.startsWith("ready ")) break;
        }
        Thread.ofVirtual().start(() -> out.lines().forEach(said::add));
        return process;
    }

    private static String verb(int code, String... words) {
        var out = new StringWriter();
        assertThat(Main.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .execute(words)).as("" + out).isEqualTo(code);
        return out.toString();
    }

    private String ask(int code, String... words) {
        return verb(code, Stream.concat(Stream.of("sipd", "--home", "" + home), Stream.of(words))
                .toArray(String[]::new));
    }

    private Path users(String... lines) throws IOException {
        var file = Files.write(home.resolve("users"), List.of(lines));
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
        return file;
    }

    @Test void a_server_is_asked_while_it_runs() throws Exception {
        var users = users("alice:secret");
        var process = start("--home", "" + home, "-l", "127.0.0.1:" + free(), "-r", "example.com",
                "--users", "" + users, "--log", "--drain", "5");
        assertThat(ask(0, "contacts")).isEqualTo("nobody is registered\n");
        assertThat(verb(0, "sipd", "contacts", "--home", "" + home))
                .isEqualTo("nobody is registered\n");
        assertThat(ask(0, "users")).containsPattern("NAME +REALM +KEPT").contains("alice")
                .doesNotContain("secret");
        users("alice:secret", "bob:other");
        assertThat(ask(0, "reload")).isEqualTo("reloaded\n");
        assertThat(ask(0, "users")).contains("bob").doesNotContain("other");
        users("nonsense");
        assertThat(ask(2, "reload")).contains("line 1");
        assertThat(ask(0, "users")).as("all stays").contains("bob");
        users("alice:secret", "bob:other", "carol:third");
        assertThat(ask(0, "reload")).isEqualTo("reloaded\n");
        assertThat(verb(2, "sipd", "--home", "" + home)).isEqualTo("p2psip: a server lives in "
                + home + " already: end it, or choose another with --home DIR\n");
        assertThat(ask(0, "bans")).isEqualTo("nobody is banned\n");
        assertThat(ask(2, "unban", "192.0.2.1")).contains("192.0.2.1 is not banned");
        assertThat(ask(2, "kick", "sip:alice@example.com"))
                .contains("nobody is registered as sip:alice@example.com");
        assertThat(metrics()).contains(
                "# TYPE p2psip_sipd_contacts gauge\np2psip_sipd_contacts 0\n",
                "p2psip_sipd_events_total{event=\"reloaded\"} 2\n");
        process.toHandle().destroy();   // and what it says is heard to the end
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("<5>reloaded users=2", "<5>draining calls=0 seconds=5");
        assertThat(ask(1, "contacts")).contains("no node is running in " + home);
    }

    /// As who has renewed its certificate does. Who runs this by nohup has its signal ignored.
    @Test void a_server_that_is_hung_up_on_reads_its_users_again() throws Exception {
        var status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status) && Files.readAllLines(status).stream()
                .anyMatch(line -> line.matches("SigIgn:\\s*[0-9a-f]*[02468ace]")),
                "SIGHUP is ignored here");
        var users = users("alice:secret");
        var process = start("--home", "" + home, "-l", "127.0.0.1:" + free(), "-r", "example.com",
                "--users", "" + users, "--log");
        users("alice:secret", "bob:other", "carol:third");
        hangUp(process);
        await("<5>reloaded users=3");
        users("nonsense");
        hangUp(process);
        await("p2psip: not reloaded: " + users + ", line 1");
        assertThat(ask(0, "users")).as("all stays").contains("carol");
        process.toHandle().destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void hangUp(Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-HUP", "" + process.pid()).start().waitFor())
                .isZero();
    }

    private void await(String line) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (said.stream().noneMatch(each -> each.startsWith(line))) {
            assertThat(System.nanoTime()).as("said until now: " + said).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static int free() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private String metrics() throws Exception {
        var port = Files.readString(home.resolve("control.port")).strip();
        var token = Files.readString(home.resolve("control.token")).strip();
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(port))) {
            socket.getOutputStream().write(("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test void a_check_names_each_thing_found() throws Exception {
        var users = users("alice:secret");
        assertThat(verb(0, "sipd", "-l", "127.0.0.1:5070", "--users", "" + users, "--home",
                "" + home, "check").lines()).containsExactly(
                        "good: it would listen at 127.0.0.1:5070", "good: users: 1",
                        "good: what is to be kept is kept in " + home);
        users("nonsense");
        assertThat(verb(1, "sipd", "--users", "" + users, "check"))
                .startsWith("wrong: " + users + ", line 1");
        assertThat(verb(1, "sipd", "-t", "tls", "check"))
                .startsWith("wrong: TLS needs a certificate");
    }

    @Test void options_may_stand_in_a_file() throws Exception {
        var file = Files.writeString(home.resolve("sipd.conf"), """
                # where phones come in
                --local 127.0.0.1:5071
                --domain example.com
                """);
        assertThat(verb(0, "sipd", "@" + file, "check"))
                .startsWith("good: it would listen at 127.0.0.1:5071");
    }

    @Test void which_server_is_to_be_said() {
        assertThat(verb(2, "sipd", "contacts")).contains("Name its folder with --home DIR");
    }
}
