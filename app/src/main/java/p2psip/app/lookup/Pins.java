package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

/// Which of several keys that claim an address of record is believed.
///
/// Anyone may put a record under any key: records of several owners lie side by side, and no one on
/// the ring can say who is right. Under [Policy#TOFU] (trust on first use) the first owner seen is
/// pinned and preferred from then on, as SSH does with hosts.
public final class Pins {
    /// How it is decided.
    public enum Policy {
        /// The first owner seen is the only one believed.
        TOFU,
        /// The newest record counts, whoever signed it.
        OPEN
    }

    /// Addresses pinned. Beyond it new ones are taken as [Policy#OPEN] takes them, and none is
    /// unpinned: else who makes this node look up many addresses could make it forget.
    public static final int LIMIT = 10_000;

    /// Keys in the node's store begin with this; the address follows.
    public static final String PREFIX = "pin/";

    /// Whom to call.
    public sealed interface Choice {

        /// @param others how many other owners claim the address, for trace
        record Chosen(SignedRecord record, int others) implements Choice {}

        /// Only others than the pinned owner claim the address: 480 with a Warning.
        ///
        /// @param warning one line for the caller
        record Strangers(String warning) implements Choice {}

        record Nobody() implements Choice {}
    }

    private final Policy policy;
    private final Map<String, Bytes> pins = new LinkedHashMap<>();
    private final SortedMap<String, Optional<Bytes>> changes = new TreeMap<>();

    public Pins(Policy policy) { this.policy = policy; }

    public int size() { return pins.size(); }

    /// Takes in what was stored before: the answer to a [p2psip.app.host.Effect.Load] of [#PREFIX].
    public void load(SortedMap<String, Bytes> stored) {
        stored.forEach((key, owner) -> {
            if (pins.size() < LIMIT) pins.putIfAbsent(key.substring(PREFIX.length()), owner);
        });
    }

    /// What is to be stored since the last call, for a [p2psip.app.host.Effect.Store]; a node
    /// stores it before it acts on what was chosen.
    public SortedMap<String, Optional<Bytes>> changes() {
        var taken = new TreeMap<>(changes);
        changes.clear();
        return taken;
    }

    /// The owner pinned for an address.
    public Optional<Bytes> owner(String aor) { return Optional.ofNullable(pins.get(aor)); }

    /// Pins an owner, whoever was pinned before: the user said so, or it is this node's own key.
    ///
    /// @param owner a public key, 32 bytes
    public void pin(String aor, Bytes owner) {
        if (owner.equals(pins.get(aor)) || !pins.containsKey(aor) && pins.size() >= LIMIT) return;
        pins.put(aor, owner);
        changes.put(PREFIX + aor, Optional.of(owner));
    }

    /// Chooses among the valid records of an address, and pins the first owner ever seen.
    public Choice choose(String aor, List<SignedRecord> records) {
        var newest = records.stream().max(Comparator.comparing(SignedRecord::issued)
                .thenComparing(SignedRecord::sequence)
                .thenComparing(record -> record.owner().buffer()));
        if (newest.isEmpty()) return new Choice.Nobody();
        var pinned = pins.get(aor);
        if (policy == Policy.OPEN || pinned == null) {
            if (policy == Policy.TOFU) pin(aor, newest.get().owner());
            return new Choice.Chosen(newest.get(), records.size() - 1);
        }
        return records.stream().filter(record -> record.owner().equals(pinned)).findFirst()
                .<Choice>map(record -> new Choice.Chosen(record, records.size() - 1))
                .orElseGet(() -> new Choice.Strangers(aor + " is claimed by another key ("
                        + NodeId.of(newest.get().owner()) + ") than the one known ("
                        + NodeId.of(pinned) + ")"));
    }
}
