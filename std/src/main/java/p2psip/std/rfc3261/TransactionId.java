package p2psip.std.rfc3261;

import module java.base;

/// What tells one transaction from every other, on either side.
///
/// @param branch of the top Via
/// @param sentBy of the top Via as [Via#sentBy] writes it; empty on the client's side, where the
///               branch is our own
/// @param method of the request that began it (`INVITE` also for its ACK)
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.2.3 RFC 3261 §17.2.3
public record TransactionId(String branch, String sentBy, String method) {

    /// A client transaction: a fresh branch for a method.
    public static TransactionId client(String method, RandomGenerator random) {
        return new TransactionId(Via.MAGIC + Tokens.token(random), "", method);
    }

    @Override public String toString() {
        return method + " " + (sentBy.isEmpty() ? "client " : "server ") + branch;
    }
}
