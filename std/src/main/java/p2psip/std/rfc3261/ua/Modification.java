package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.ua.Call.Command.Change;

/// The change of a session that this side wants: waits for its turn, and after a glare for a while.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-14.1 RFC 3261 §14.1
final class Modification {
    private final RandomGenerator random;
    private Optional<Change> wanted = Optional.empty();
    private Optional<Change> tried = Optional.empty();
    private Instant pause = Instant.MAX;

    Modification(RandomGenerator random) { this.random = random; }

    void want(Change change) { wanted = Optional.of(change); }

    /// The change to be offered now, once; empty if none is wanted, or not yet.
    Optional<Change> take() {
        if (wanted.isEmpty() || !pause.equals(Instant.MAX)) return Optional.empty();
        tried = wanted;
        wanted = Optional.empty();
        return tried;
    }

    /// The peer has answered 491: both want a change.
    ///
    /// @param owner whether this side has made the Call-ID
    void glare(boolean owner, Instant now) {
        wanted = wanted.or(() -> tried);
        //= rfc3261#14.1-10 491 means to wait for a random time, in units of 10 ms
        pause = now.plusMillis(10L * (owner
                //= rfc3261#14.1¶12 from 2.1 to 4 seconds for the owner of the Call-ID
                ? random.nextInt(210, 401)
                //= rfc3261#14.1¶13 from 0 to 2 seconds for the other
                : random.nextInt(0, 201)));
    }

    Instant deadline() { return pause; }

    void wake(Instant now) { if (!pause.isAfter(now)) pause = Instant.MAX; }
}
