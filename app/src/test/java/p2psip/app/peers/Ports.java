package p2psip.app.peers;

import module java.base;

/// Ports that were free a moment ago, for programs that cannot choose one themselves.
final class Ports {
    private Ports() {}

    /// The first of so many UDP and TCP ports in a row, an even one.
    static int run(int length) {
        for (int i = 0; i < 100; i++) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 30_000) & ~1;
            if (IntStream.range(first, first + length).allMatch(Ports::free)) return first;
        }
        throw new IllegalStateException("no free ports");
    }

    static int pair() { return run(2); }

    private static boolean free(int port) {
        var at = new InetSocketAddress("127.0.0.1", port);
        try (var _ = new DatagramSocket(at); var tcp = new ServerSocket()) {
            tcp.bind(at);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
