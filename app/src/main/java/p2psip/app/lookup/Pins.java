package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

/// Which of several keys that claim an address of record is believed.
///
/// Anyone may put a record under any key: records of several owners lie side by side, and no one on
/// the ring can say who is right. Under [Policy#TOFU] (trust on first use) a key that claims an
/// address alone is pinned, and is the only one believed from then on, as SSH does with hosts.
/// While several claim it and none is pinned, the one that this node has known longest is called,
/// and who calls is warned: only people can find out who is right.
public final class Pins {
    /// How it is decided.
    public enum Policy {
        /// As above.
        TOFU,
        /// Nobody is called while several claim an address and none is pinned.
        STRICT,
        /// The newest record counts, whoever signed it.
        OPEN
    }

    /// Addresses remembered. Beyond it a new one is always seen for the first time, and none is
    /// forgotten: else who makes this node look up many could make it forget.
    public static final int LIMIT = 10_000;

    /// Keys remembered of one address; the first to come stay.
    static final int CLAIMS = 16;

    /// Keys that are named in one warning.
    private static final int NAMED = 3;

    /// Keys in the node's store begin with this; the address follows.
    public static final String PREFIX = "pin/";

    /// Bytes of a public key.
    private static final int OLD = 32;

    /// How far a key is believed. Of an address one at most is pinned, or confirmed by the user.
    public enum Trust { SEEN, PINNED, CONFIRMED }

    /// A key that claims an address, or once did.
    ///
    /// @param key   its hash, which people compare
    /// @param since when this node has seen it first, whole seconds
    public record Claim(NodeId key, Trust trust, Instant since) {
        public Claim { since = since.truncatedTo(ChronoUnit.SECONDS); }

        static Claim seen(SignedRecord record, Instant since) {
            return new Claim(NodeId.of(record.owner()), Trust.SEEN, since);
        }

        /// @throws RuntimeException if it is not what [#toString] has said
        static Claim parse(String text) {
            var words = text.split(" ");
            return new Claim(NodeId.parse(words[0]),
                    Trust.valueOf(words[1].toUpperCase(Locale.ROOT)), Instant.parse(words[3]));
        }

        Claim with(Trust trust) { return new Claim(key, trust, since); }

        boolean owns(SignedRecord record) { return NodeId.of(record.owner()).equals(key); }

        @Override public String toString() {
            return key + " " + trust.name().toLowerCase(Locale.ROOT) + " since " + since;
        }
    }

    /// Whom to call.
    public sealed interface Choice {

        /// @param records the next is called if the one before it cannot be reached
        /// @param warning one line for the caller
        record Chosen(List<SignedRecord> records, Optional<String> warning) implements Choice {
            public Chosen { records = List.copyOf(records); }
        }

        /// Nobody who may be called claims the address: 480 with a Warning.
        ///
        /// @param warning one line for the caller
        record Refused(String warning) implements Choice {}

        record Nobody() implements Choice {}
    }

    private static final Comparator<SignedRecord> NEWEST = Comparator
            .comparing(SignedRecord::issued).thenComparing(SignedRecord::sequence)
            .thenComparing(record -> record.owner().buffer()).reversed();

    private Policy policy;
    /// By address; of one those known longest are first.
    private final SortedMap<String, List<Claim>> claims = new TreeMap<>();
    private final SortedMap<String, Optional<Bytes>> changes = new TreeMap<>();

    public Pins(Policy policy) { this.policy = policy; }

    /// From now on it is decided so.
    public void decide(Policy by) { policy = by; }

    /// All that is remembered, by address.
    public SortedMap<String, List<Claim>> claims() {
        return Collections.unmodifiableSortedMap(claims);
    }

    /// Takes in what was stored before: the answer to a [p2psip.app.host.Effect.Load] of [#PREFIX].
    public void load(SortedMap<String, Bytes> stored) {
        stored.forEach((key, text) -> claims.put(key.substring(PREFIX.length()), read(text)));
    }

    /// Older nodes have stored the key that is pinned, and nothing else.
    private static List<Claim> read(Bytes text) {
        return text.size() == OLD ? List.of(new Claim(NodeId.of(text), Trust.PINNED, Instant.EPOCH))
                : text.utf8().lines().map(Claim::parse).toList();
    }

    /// What is to be stored since the last call, for a [p2psip.app.host.Effect.Store]; a node
    /// stores it before it acts on what was chosen.
    public SortedMap<String, Optional<Bytes>> changes() {
        var taken = new TreeMap<>(changes);
        changes.clear();
        return taken;
    }

    /// Has a key believed from now on and no other, for the user says so.
    public void confirm(String aor, NodeId key, Instant wall) {
        var known = new ArrayList<>(known(aor));
        var since = known.stream().filter(claim -> claim.key.equals(key)).map(Claim::since)
                .findFirst().orElse(wall);
        known.removeIf(claim -> claim.key.equals(key));
        known.replaceAll(claim -> claim.with(Trust.SEEN));
        known.addFirst(new Claim(key, Trust.CONFIRMED, since));
        keep(aor, known);
    }

    /// Forgets all keys of an address.
    public void drop(String aor) {
        if (claims.remove(aor) != null) changes.put(PREFIX + aor, Optional.empty());
    }

    /// Chooses among the valid records of an address, and remembers whose they are.
    ///
    /// @param wall the time of day
    public Choice choose(String aor, List<SignedRecord> records, Instant wall) {
        if (records.isEmpty()) return new Choice.Nobody();
        var newest = records.stream().sorted(NEWEST).toList();
        if (policy == Policy.OPEN) return chosen(aor, newest.subList(0, 1),
                newest.stream().map(record -> Claim.seen(record, record.issued())).toList());
        var known = new ArrayList<>(known(aor));
        newest.stream().filter(record -> known.stream().noneMatch(claim -> claim.owns(record)))
                .map(record -> Claim.seen(record, wall)).forEach(known::add);
        return known.stream().filter(claim -> claim.trust != Trust.SEEN).findFirst()
                .map(pinned -> pinned(aor, pinned, known, newest))
                .orElseGet(() -> unpinned(aor, known, newest));
    }

    private Choice pinned(String aor, Claim pinned, List<Claim> known, List<SignedRecord> newest) {
        var his = newest.stream().filter(pinned::owns).toList();
        if (his.isEmpty()) return new Choice.Refused(aor + " is claimed by another key ("
                + NodeId.of(newest.getFirst().owner()) + ") than the one known (" + pinned.key
                + ")");
        return chosen(aor, his, known.stream().filter(claim -> claim == pinned
                || newest.stream().anyMatch(claim::owns)).toList());
    }

    /// Who is known longest is pinned when he is alone; who is not may be alone only because the
    /// other has switched his phone off.
    private Choice unpinned(String aor, List<Claim> known, List<SignedRecord> newest) {
        keep(aor, known);
        var living = known.stream().flatMap(
                claim -> newest.stream().filter(claim::owns)).toList();
        var oldest = known.getFirst();
        if (living.size() == 1 && oldest.owns(living.getFirst())) {
            if (claims.containsKey(aor)) keep(aor, known.stream().map(claim ->
                    claim == oldest ? claim.with(Trust.PINNED) : claim).toList());
            return new Choice.Chosen(living, Optional.empty());
        }
        return policy == Policy.STRICT ? new Choice.Refused(
                text(aor, known) + "none is pinned: " + named(known, Claim::toString))
                : chosen(aor, living, known);
    }

    /// @param among all that claim the address: the user is warned if they are several
    private static Choice chosen(String aor, List<SignedRecord> records, List<Claim> among) {
        var called = among.stream().filter(claim -> claim.owns(records.getFirst())).findFirst()
                .orElseThrow();
        if (among.size() == 1 || called.trust == Trust.CONFIRMED)
            return new Choice.Chosen(records, Optional.empty());
        return new Choice.Chosen(records, Optional.of(text(aor, among) + "called is " + called
                + ", not " + named(among.stream().filter(claim -> claim != called).toList(),
                        claim -> claim.key.toString())));
    }

    private static String text(String aor, List<Claim> among) {
        return aor + " (" + among.size() + " claims): ";
    }

    private static String named(List<Claim> claims, Function<Claim, String> as) {
        return claims.stream().limit(NAMED).map(as).collect(
                Collectors.joining(", ", "", claims.size() > NAMED ? " ..." : ""));
    }

    private List<Claim> known(String aor) { return claims.getOrDefault(aor, List.of()); }

    private void keep(String aor, List<Claim> known) {
        var kept = known.stream().limit(CLAIMS).toList();
        if (kept.equals(known(aor)) || !claims.containsKey(aor) && claims.size() >= LIMIT) return;
        claims.put(aor, kept);
        changes.put(PREFIX + aor, Optional.of(Bytes.utf8(kept.stream().map(Claim::toString)
                .collect(Collectors.joining("\n")))));
    }
}
