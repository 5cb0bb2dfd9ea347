package p2psip.app.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;

/// Captures what passes over loopback, or another wire, while it is open, where that is permitted.
final class Dumpcap implements AutoCloseable {
    private final Process process;

    /// @param filter which packets, in the words of pcap
    Dumpcap(Path file, String filter) throws IOException {
        this(file, filter, List.of("dumpcap", "-i", "lo"));
    }

    /// @param dumpcap the command, with the interface
    Dumpcap(Path file, String filter, List<String> dumpcap) throws IOException {
        var log = file.resolveSibling("dumpcap.log");
        var command = new ArrayList<>(dumpcap);
        command.addAll(List.of("-q", "-f", filter, "-w", file.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
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
