package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.api.*;
import p2psip.app.host.*;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.HostName;

/// The phone as people have it before them: a program of its own, at a terminal that `script`
/// makes.
class PhoneTerminalTest {
    private static final String CTRL_C = "\u0003", CTRL_D = "\u0004";

    /// Somebody at a terminal.
    private static final class Seat {
        private final Process script;
        private final StringBuffer shown = new StringBuffer();
        private final Display display;

        Seat(String... options) throws IOException {
            var java = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin",
                            "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                    "-cp", System.getProperty("surefire.test.class.path",
                            System.getProperty("java.class.path")),
                    Main.class.getName(), "phone"), Stream.of(options))
                    .map(word -> "'" + word + "'").collect(Collectors.joining(" "));
            //  whoever runs the tests in the background ignores what Ctrl-C sends
            script = new ProcessBuilder("script", "-qec",
                    "exec env --default-signal=INT " + java, "/dev/null")
                    .redirectErrorStream(true).start();
            var out = script.inputReader();
            Thread.ofVirtual().start(() -> out.lines().forEach(line ->
                    shown.append(line).append('\n')));
            display = new Display(shown::toString, () -> true, Duration.ofSeconds(20));
        }

        Seat type(String keys) throws IOException {
            script.getOutputStream().write(keys.getBytes());
            script.getOutputStream().flush();
            return this;
        }

        Seat sees(String what) {
            display.await(what);
            return this;
        }

        int ends() throws InterruptedException {
            assertThat(script.waitFor(10, TimeUnit.SECONDS)).as("ended: " + shown).isTrue();
            return script.exitValue();
        }
    }

    /// Whether there is a `script` that takes a command, as util-linux has it.
    private static void assumeTerminals() throws Exception {
        boolean there;
        try {
            var version = new ProcessBuilder("script", "--version").redirectErrorStream(true)
                    .start();
            there = new String(version.getInputStream().readAllBytes()).contains("util-linux");
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(there, "script of util-linux is not on PATH: no terminal to type at");
    }

    /// Who has unregistered.
    private final Queue<String> left = new ConcurrentLinkedQueue<>();

    private void serve(Incoming request) {
        if (request.header("Contact").orElse("").endsWith("expires=0")
                || request.header("Expires").orElse("").equals("0")) left.add(request.to());
        if (request.is("REGISTER")) request.register();
        else request.proxy();
    }

    private SipServer server(Host host) {
        return SipServer.start(host, new InetSocketAddress("127.0.0.1", 0), "example.com",
                this::serve);
    }

    @Test void who_presses_ctrl_c_hangs_up_and_unregisters() throws Exception {
        assumeTerminals();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var server = server(host);
                var bob = Telephone.start(host, "bob", PhoneSetup.of(
                        "sip:bob@example.com", server.address()))) {
            var alice = new Seat("--aor=sip:alice@example.com",
                    "--proxy=" + HostName.text(server.address()));
            bob.register();
            alice.sees("registered for ").type("call bob\n");
            var call = bob.answer(Duration.ofSeconds(20)).orElseThrow();
            alice.sees("[1] talking with sip:bob@example.com").sees("the peer is heard")
                    .type("calls\n").sees("[1] PCMU/8000, rtp=").type(CTRL_C);
            assertThat(alice.ends()).isEqualTo(130);
            assertThat(call.talk(Duration.ofSeconds(10))).as("hung up").isTrue();
            assertThat(left).containsExactly("sip:alice@example.com");
        }
    }

    @Test void two_people_at_their_terminals() throws Exception {
        assumeTerminals();
        assumeTrue(Integer.getInteger("tries.least", 0) > 0, "at night: -Pnight");
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var server = server(host)) {
            var proxy = "--proxy=" + HostName.text(server.address());
            var alice = new Seat("--aor=sip:alice@example.com", proxy);
            var bob = new Seat("--aor=sip:bob@example.com", proxy);
            bob.sees("registered for ");
            alice.sees("registered for ").type("call bob\n");
            bob.sees("[1] sip:alice@example.com calls").type("answer\n").sees("the peer is heard");
            alice.sees("[1] talking with sip:bob@example.com").type("keys 7\n");
            bob.sees("[1] key 7").type("calls\n").sees("[1] PCMU/8000, rtp=");
            alice.type(CTRL_C);
            bob.sees("[1] over: rtp=");
            assertThat(alice.ends()).isEqualTo(130);
            bob.type(CTRL_D);
            assertThat(bob.ends()).isZero();
            assertThat(left).containsExactlyInAnyOrder(
                    "sip:alice@example.com", "sip:bob@example.com");
        }
    }
}
