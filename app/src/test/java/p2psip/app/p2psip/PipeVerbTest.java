package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/// The verb `pipe` as its users run it: each end a program of its own, at a node of its own.
@Timeout(120)
class PipeVerbTest {
    private static final String BOB = "sip:bob@example.com";

    @TempDir static Path folder;

    private static final List<Process> nodes = new ArrayList<>();
    private static Path bobs, alices;

    private final List<Started> programs = new ArrayList<>();

    private static Process start(String... words) throws IOException {
        return new ProcessBuilder(Stream.concat(Stream.of(Path.of(System.getProperty("java.home"),
                "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path")), Main.class.getName()),
                Stream.of(words)).toList()).start();
    }

    /// Starts a node on loopback; answers where its overlay is.
    private static String node(Path home, String... more) throws IOException {
        var node = start(Stream.concat(Stream.of("-s", "--home", "" + home, "--host", "127.0.0.1",
                "-p", "0", "-P", "0", "--control", "0"), Stream.of(more)).toArray(String[]::new));
        nodes.add(node);
        var out = node.inputReader();
        String line;
        do line = out.readLine(); while (line != null && !line.startsWith("ready "));
        assertThat(line).isNotNull();
        Thread.ofVirtual().start(() -> out.lines().forEach(_ -> { }));
        return line.replaceAll(".* overlay=(\\S+) .*", "$1");
    }

    @BeforeAll static void nodes() throws IOException {
        bobs = folder.resolve("bob");
        alices = folder.resolve("alice");
        node(alices, "-S", node(bobs));
        var peers = new StringWriter();
        while (!peers.toString().contains("neighbour")) Main.command().setOut(
                new PrintWriter(peers)).execute("peers", "--home", "" + alices);
    }

    @AfterAll static void end() throws InterruptedException {
        for (var node : nodes) node.destroyForcibly().waitFor();
    }

    @AfterEach void endPrograms() throws InterruptedException {
        for (var program : programs) program.process.destroyForcibly().waitFor();
    }

    /// A verb that runs, and the lines of its standard error.
    private record Started(Process process, BufferedReader lines) {
        String line() throws IOException { return lines.readLine(); }

        int code() throws InterruptedException { return process.waitFor(); }

        void say(byte[] bytes) {
            try {
                process.getOutputStream().write(bytes);
                process.getOutputStream().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] all() throws IOException { return process.getInputStream().readAllBytes(); }
    }

    private Started run(Path home, String... words) throws IOException {
        var process = start(Stream.concat(Stream.of("pipe"), Stream.concat(Stream.of(words),
                Stream.of("--home", "" + home))).toArray(String[]::new));
        programs.add(new Started(process, process.errorReader()));
        return programs.getLast();
    }

    private Started listening(String... more) throws IOException {
        var listener = run(bobs, Stream.concat(Stream.of("listen", "--as", BOB),
                Stream.of(more)).toArray(String[]::new));
        assertThat(listener.line()).isEqualTo("pipe: listening at " + BOB);
        return listener;
    }

    /// What a verb says that ends by itself.
    private static String said(int code, Path home, String... words) {
        var said = new StringWriter();
        assertThat(Main.command().setOut(new PrintWriter(said)).setErr(new PrintWriter(said))
                .execute(Stream.concat(Stream.concat(Stream.of("pipe"), Stream.of(words)),
                        Stream.of("--home", "" + home)).toArray(String[]::new)))
                .as("" + said).isEqualTo(code);
        return said.toString();
    }

    private static byte[] content() {
        var bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /// What takes many seconds as processes: `PipesTest` has the same in virtual time.
    private static void atNight() {
        Assumptions.assumeTrue(Integer.getInteger("tries.least", 0) > 0, "at night: -Pnight");
    }

    @Test void what_goes_in_at_one_end_comes_out_at_the_other_either_way() throws Exception {
        var listener = listening();
        var caller = run(alices, "connect", BOB);
        assertThat(caller.line()).isEqualTo("pipe: connected to " + BOB);
        assertThat(listener.line()).isEqualTo("pipe: somebody (unverified) calls");
        Thread.ofVirtual().start(() -> caller.say(content()));
        assertThat(listener.all()).isEqualTo(content());
        listener.say("thank you".getBytes(StandardCharsets.UTF_8));
        assertThat(caller.all()).asString().isEqualTo("thank you");
        assertThat(caller.line()).isEqualTo("pipe: ended: " + BOB);
        assertThat(listener.line()).isEqualTo("pipe: ended: somebody");
        for (var each : List.of(caller, listener)) {
            assertThat(each.code()).isZero();
            assertThat(each.line()).isNull();
        }
    }

    /// Each connection at one end becomes one at the other, and neither verb ends with it.
    @Test void connections_are_carried_to_a_program_that_takes_connections() throws Exception {
        atNight();
        try (var echo = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                while (!echo.isClosed()) try (var one = echo.accept()) {
                    one.getInputStream().transferTo(one.getOutputStream());
                } catch (IOException e) {
                    // the test is over
                }
            });
            var listener = listening("--to", "127.0.0.1:" + echo.getLocalPort());
            var caller = run(alices, "connect", BOB, "--listen", "0");
            var door = caller.line();
            assertThat(door).matches(
                    "pipe: each connection to 127.0.0.1:\\d+ goes to " + Pattern.quote(BOB));
            int port = Integer.parseInt(door.replaceAll(".*:(\\d+) goes.*", "$1"));
            for (var word : List.of("hello", "again")) {
                try (var one = new Socket("127.0.0.1", port)) {
                    one.getOutputStream().write(word.getBytes(StandardCharsets.UTF_8));
                    one.shutdownOutput();
                    assertThat(one.getInputStream().readAllBytes()).asString().isEqualTo(word);
                }
                assertThat(caller.line()).isEqualTo("pipe: connected to " + BOB);
                assertThat(caller.line()).isEqualTo("pipe: ended: " + BOB);
                assertThat(listener.line()).isEqualTo("pipe: somebody (unverified) calls");
                assertThat(listener.line()).isEqualTo("pipe: ended: somebody");
            }
            assertThat(caller.process.isAlive()).isTrue();
            assertThat(listener.process.isAlive()).isTrue();
        }
    }

    @Test void what_cannot_be_is_one_line() throws Exception {
        assertThat(said(1, alices, "connect", "sip:nobody@example.com")).isEqualTo(
                "pipe: sip:nobody@example.com: nobody is there; a program has to listen there"
                + " first\n");
        assertThat(said(1, alices, "connect", "bob")).isEqualTo(
                "pipe: bob: no address: give one such as sip:bob@example.com\n");
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(said(2, alices, "connect", BOB, "--listen", "" + taken.getLocalPort()))
                    .isEqualTo("p2psip: --listen " + taken.getLocalPort() + ": the port is in use;"
                            + " give another, or 0 for any\n");
        }
        assertThat(said(2, alices, "connect", BOB, "--listen", "70000"))
                .startsWith("p2psip: --listen 70000").hasLineCount(1);
        assertThat(said(2, bobs, "listen", "--as", BOB, "--to", "127.0.0.1")).isEqualTo(
                "p2psip: --to 127.0.0.1: give a port, too: HOST:PORT\n");
        listening();
        assertThat(said(1, bobs, "listen", "--as", BOB)).isEqualTo(
                "pipe: " + BOB + ": somebody listens there already; stop that program, or give"
                + " another address\n");
    }

    /// It is noticed when something is said to it. Its own standard input stays open.
    @Test void an_end_whose_other_end_is_gone_ends() throws Exception {
        atNight();
        var listener = listening();
        var caller = run(alices, "connect", BOB);
        assertThat(caller.line()).isEqualTo("pipe: connected to " + BOB);
        assertThat(listener.line()).isEqualTo("pipe: somebody (unverified) calls");
        listener.process.destroyForcibly().waitFor();
        Thread.ofVirtual().start(() -> {
            try {
                while (caller.process.isAlive())
                    caller.process.getOutputStream().write(new byte[1_000]);
            } catch (IOException e) {
                // it has ended
            }
        });
        assertThat(caller.code()).isEqualTo(1);
        assertThat(caller.line()).isEqualTo(
                "pipe: " + BOB + ": the other end has given it up; some may not have got there:"
                + " call again");
        assertThat(caller.line()).isNull();
    }
}
