package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.NodeId;

/// What a relay hands on for others, and what not: so many bytes a second for each who sends, so
/// many in all, and a burst of two seconds.
final class Relaying {
    /// Bytes a second for one: five calls with sound.
    static final int RATE = 100_000;

    /// Bytes a second in all.
    static final int IN_ALL = 2_000_000;

    /// How many may use it at a time; one more is refused until another has been silent for
    /// [#IDLE].
    static final int USERS = 1_000;

    static final Duration IDLE = Duration.ofSeconds(10);

    private static final int SECONDS = 2;

    /// What may be sent, as it fills up with time.
    private static final class Bucket {
        final int rate;
        Instant filled;
        long left;

        Bucket(int rate, Instant now) {
            this.rate = rate;
            this.left = (long) rate * SECONDS;
            this.filled = now;
        }

        boolean has(int bytes, Instant now) {
            long gained = Duration.between(filled, now).toMillis() * rate / 1000;
            if (gained > 0) {
                left = Math.min((long) rate * SECONDS, left + gained);
                filled = now;
            }
            return left >= bytes;
        }
    }

    private final boolean willing;
    private final Bucket all;
    private final SequencedMap<NodeId, Bucket> users = new LinkedHashMap<>();   // last used last

    Relaying(boolean willing) {
        this.willing = willing;
        this.all = new Bucket(IN_ALL, Instant.EPOCH);
    }

    /// Why a datagram of somebody is not handed on; empty if it is, and counted.
    Optional<Frame.Refusal> refuses(NodeId from, int bytes, Instant now) {
        if (!willing) return Optional.of(Frame.Refusal.UNWILLING);
        var bucket = users.remove(from);
        if (bucket == null) {
            while (!users.isEmpty()
                    && users.firstEntry().getValue().filled.plus(IDLE).isBefore(now))
                users.pollFirstEntry();
            if (users.size() >= USERS) return Optional.of(Frame.Refusal.QUOTA);
            bucket = new Bucket(RATE, now);
        }
        users.putLast(from, bucket);
        if (!bucket.has(bytes, now) || !all.has(bytes, now))
            return Optional.of(Frame.Refusal.QUOTA);
        bucket.left -= bytes;
        all.left -= bytes;
        return Optional.empty();
    }

    int size() { return users.size(); }
}
