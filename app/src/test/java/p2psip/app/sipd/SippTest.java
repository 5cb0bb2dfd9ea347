package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import p2psip.app.sip.SipPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;

/// A real load generator calls through the server. Passed over, with a word, where sipp is not.
@Tag("peer")
class SippTest {
    private static final int CALLS = 300, RATE = 100;

    @TempDir Path folder;
    private final List<Process> processes = new ArrayList<>();

    @AfterEach void end() { processes.forEach(Process::destroy); }

    @Test void every_call_completes_and_nothing_is_left() throws Exception {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "sipp")));
        assumeTrue(there, "no sipp on the PATH (Debian: sip-tester)");
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var line = host.start("sipd", room -> new Sipd(new Sipd.Options(new SipPort.Wish(
                    List.of(loopback), 0, false, EnumSet.of(Transport.UDP)), List.of(),
                    Optional.empty(), false), room));
            var ready = (Sipd.Ready) line.told(Duration.ofSeconds(20)).getFirst();
            int server = ready.points().getFirst().address().getPort();
            int callee = freePort();
            sipp("callee.xml", "-p", "" + callee);
            register(server, callee);
            var caller = sipp("caller.xml", "-p", "" + freePort(), "-s", "service", "-d", "50",
                    "-r", "" + RATE, "-m", "" + CALLS, "-timeout", "60s", "127.0.0.1:" + server);
            assertThat(caller.waitFor(90, TimeUnit.SECONDS)).isTrue();
            // sipp's exit code is 0 if every call was successful
            assertThat(caller.exitValue()).as(() -> text("caller.xml.err")).isZero();
            var count = count(line);
            assertThat(count.contexts()).isBetween(1, CALLS);
            assertThat(count.pending()).isEqualTo(count.contexts());
            assertThat(count.contacts()).isEqualTo(1);
        }
    }

    private static Sipd.Statistics count(Host.Line line) {
        line.command(new Sipd.Count());
        return (Sipd.Statistics) line.told(Duration.ofSeconds(20)).getLast();
    }

    private Process sipp(String scenario, String... more) throws IOException {
        var file = folder.resolve(scenario);
        try (var in = SippTest.class.getResourceAsStream(scenario)) {
            Files.copy(in, file);
        }
        var command = new ArrayList<>(List.of("sipp", "-sf", file.toString(), "-i", "127.0.0.1",
                "-nostdin", "-trace_err", "-error_file",
                folder.resolve(scenario + ".err").toString()));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(scenario + ".out").toFile()).start();
        processes.add(process);
        return process;
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return "no " + file;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /// Registers the callee, again and again until the server has said 200.
    private static void register(int server, int callee) throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            socket.setSoTimeout(500);
            var request = Bytes.utf8("""
                    REGISTER sip:127.0.0.1:%1$d SIP/2.0
                    Via: SIP/2.0/UDP 127.0.0.1:%2$d;branch=z9hG4bKregister
                    Max-Forwards: 70
                    From: <sip:service@127.0.0.1:%1$d>;tag=1
                    To: <sip:service@127.0.0.1:%1$d>
                    Call-ID: register
                    CSeq: 1 REGISTER
                    Contact: <sip:service@127.0.0.1:%3$d>
                    Content-Length: 0

                    """.formatted(server, socket.getLocalPort(), callee).replace("\n", "\r\n"))
                    .toArray();
            for (int i = 0; i < 40; i++) {
                socket.send(new DatagramPacket(request, request.length,
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server)));
                var answer = new DatagramPacket(new byte[4096], 4096);
                try {
                    socket.receive(answer);
                } catch (SocketTimeoutException e) {
                    continue;
                }
                assertThat(Message.parse(Bytes.slice(answer.getData(), 0, answer.getLength()))
                        .startLine()).isEqualTo("SIP/2.0 200 OK");
                return;
            }
            throw new AssertionError("the server does not answer");
        }
    }
}
