package p2psip.app.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;

/// Captures what passes over loopback while it is open, where that is permitted.
final class Dumpcap implements AutoCloseable {
    private final Process process;

    /// @param filter which packets, in the words of pcap
    Dumpcap(Path file, String filter) throws IOException {
        var log = file.resolveSibling("dumpcap.log");
        process = new ProcessBuilder(
                "dumpcap", "-q", "-i", "lo", "-f", filter, "-w", file.toString())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        // it says File when it captures
        while (process.isAlive() && !Files.readString(log).contains("File: "))
            LockSupport.parkNanos(20_000_000);
        assumeTrue(process.isAlive(), () -> "dumpcap is not permitted");
    }

    /// Ends it when all that passed is written.
    @Override public void close() {
        LockSupport.parkNanos(500_000_000);   // dumpcap writes in batches
        process.destroy();
        process.onExit().join();
    }
}
