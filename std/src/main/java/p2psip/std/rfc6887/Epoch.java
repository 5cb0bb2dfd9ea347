package p2psip.std.rfc6887;

import module java.base;

/// Whether a server still has what it was asked for, by the seconds that it counts: they go on with
/// ours as long as it has lost nothing.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6887#section-8.5 RFC 6887 §8.5
final class Epoch {
    private static final int PART = 16, SLACK = 2;

    private Optional<Instant> before = Optional.empty();
    private long server;

    /// Takes what it says now; answers whether it seems to have lost its mappings.
    boolean lost(long epoch, Instant now) {
        //  the first that is received is valid; then it must not go back, nor go on at another pace
        //= rfc6887#8.5-4 the client's clock never goes backwards: it is the host's
        boolean lost = before.isPresent() && (epoch < server - 1 || isApart(
                Duration.between(before.get(), now).toSeconds(), epoch - server));
        before = Optional.of(now);
        server = epoch;
        return lost;
    }

    private static boolean isApart(long client, long server) {
        return client + SLACK < server - server / PART || server + SLACK < client - client / PART;
    }
}
