package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;

/// Wireshark's opinion of a capture: the packets that a display filter lets pass.
///
/// @param sip  ports that speak SIP, by UDP and TCP: tshark does not know those that we choose
/// @param turn ports of TURN by TCP; by UDP it knows them when a message of STUN has passed
public record Tshark(Path capture, List<Integer> sip, List<Integer> turn) {
    private static final Path PROGRAM = Path.of("/usr/bin/tshark");

    public Tshark(Path capture, List<Integer> sip) { this(capture, sip, List.of()); }

    public static void assumeThere() {
        assumeTrue(Files.isExecutable(PROGRAM), "tshark is not installed");
    }

    /// @param options more that tshark is told
    public List<String> lines(String filter, String... options) throws Exception {
        var command = new ArrayList<>(List.of(PROGRAM.toString(), "-r", capture.toString(),
                "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE",
                "-o", "tcp.check_checksum:TRUE", "-Y", filter));
        command.addAll(List.of(options));
        for (int port : sip) command.addAll(List.of(
                "-d", "udp.port==" + port + ",sip", "-d", "tcp.port==" + port + ",sip"));
        for (int port : turn) command.addAll(List.of("-d", "tcp.port==" + port + ",stun"));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = process.inputReader()) {
            var lines = out.lines().toList();
            assertThat(process.waitFor()).as("tshark's exit code").isZero();
            return lines;
        }
    }
}
