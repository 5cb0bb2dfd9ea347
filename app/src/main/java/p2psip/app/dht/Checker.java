package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.crypto.SignedRecord.Verdict;
import p2psip.app.dht.Dht.Output;
import p2psip.std.Outbox;

/// Turns text from the network into records: whatever is not signed, timely and well formed is
/// refused with a remark.
final class Checker {
    /// Checked texts that are remembered: the same record comes often, from each of its holders.
    private static final int REMEMBERED = 1024;

    private final BiFunction<String, Instant, Verdict> verify;
    private final InstantSource clock;
    private final Outbox<Output> out;
    private final SequencedMap<String, SignedRecord> right = new LinkedHashMap<>();

    /// @param verify [SignedRecord#verify], or a quicker way to the same verdict
    /// @param clock  the time of day
    Checker(BiFunction<String, Instant, Verdict> verify, InstantSource clock,
            Outbox<Output> out) {
        this.verify = verify;
        this.clock = clock;
        this.out = out;
    }

    Instant wall() { return clock.instant(); }

    /// A record of any key.
    Optional<SignedRecord> check(String text, Peer from) {
        var known = right.get(text);
        if (known != null && !known.expired(wall())) return Optional.of(known);
        return switch (verify.apply(text, wall())) {
            case Verdict.Valid(var record) -> {
                right.putLast(text, record);
                if (right.size() > REMEMBERED) right.pollFirstEntry();
                yield Optional.of(record);
            }
            case Verdict.Refused(var reason, var why) -> refuse(from, reason + ", " + why);
        };
    }

    /// A record that was asked for.
    Optional<SignedRecord> check(String text, String key, Peer from) {
        var record = check(text, from);
        return record.isEmpty() || record.get().key().equals(key) ? record
                : refuse(from, "it is of another key");
    }

    private Optional<SignedRecord> refuse(Peer from, String why) {
        out.add(new Output.Remark("record from " + from.id() + " refused: " + why));
        return Optional.empty();
    }
}
