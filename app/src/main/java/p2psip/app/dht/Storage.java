package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;
import p2psip.app.lookup.Answer;
import p2psip.std.Bytes;

/// The records one node holds: under each key one of each owner, the newest.
///
/// A key has two [#spots] on the ring, opposite each other. What has been replaced or removed is
/// kept away until it would have expired by itself, even if its successor expires sooner.
final class Storage {
    /// Owners that may lie side by side under one key; the first to come stay.
    static final int OWNERS_PER_KEY = 16;

    /// Keys under which one owner may have records.
    static final int KEYS_PER_OWNER = 64;

    /// Records in all.
    static final int RECORDS = 20_000;

    /// Characters of all records.
    static final int CHARACTERS = 32 << 20;

    /// @param until   when nothing of this owner and key can be replayed any more
    /// @param touched when it was last stored or confirmed to belong here
    private record Entry(SignedRecord record, Tag tag, Instant until, Instant touched) {}

    private final Map<String, Map<Bytes, Entry>> keys = new LinkedHashMap<>();
    private final NavigableMap<NodeId, String> points = new TreeMap<>();
    private final Map<Bytes, Integer> owners = new HashMap<>();
    private SortedMap<String, Optional<Bytes>> changes = new TreeMap<>();
    private int records;
    private int characters;

    /// Where a key is kept: its own point and the one opposite. Who would hide a key must hold both
    /// places, and a disaster at one place leaves the other.
    static List<NodeId> spots(String key) {
        var point = NodeId.of(key);
        return List.of(point, point.opposite());
    }

    /// What is said to who asks for a key under which nothing can be kept.
    static final Answer IMPROPER =
            new Answer.Failed(Answer.Why.REFUSED, "not a proper lookup key");

    /// Whether anything can be kept under a key.
    static boolean proper(String key) {
        return !key.isEmpty() && key.length() <= SignedRecord.MAX_KEY
                && key.chars().noneMatch(Character::isISOControl);
    }

    /// Keeps a record; answers why not. What is there already is kept without a word.
    Optional<Refusal> put(SignedRecord record, Instant now) {
        if (!proper(record.key())) return Optional.of(Refusal.INVALID);
        var holders = holders(record.key());
        var old = holders.get(record.owner());
        if (old == null) {
            if (holders.size() >= OWNERS_PER_KEY) return Optional.of(Refusal.KEY_FULL);
            if (owners.getOrDefault(record.owner(), 0) >= KEYS_PER_OWNER)
                return Optional.of(Refusal.OWNER_FULL);
        } else if (!record.replaces(old.record) && !record.equals(old.record)) {
            return Optional.of(Refusal.STALE);
        }
        int more = record.text().length() - (old == null ? 0 : old.record.text().length());
        if (old == null && records >= RECORDS || characters + more > CHARACTERS)
            return Optional.of(Refusal.FULL);
        var until = over(record);
        if (old != null && old.until.isAfter(until)) until = old.until;
        set(record, new Entry(record, tag(record), until, now), old == null, more);
        return Optional.empty();
    }

    /// What is held or no longer held since the last call, by [#name].
    SortedMap<String, Optional<Bytes>> changes() {
        if (changes.isEmpty()) return changes;
        var taken = changes;
        changes = new TreeMap<>();
        return taken;
    }

    /// Takes in what was on disk by this name; what is not valid any more is to go from there too.
    void restore(String name, Optional<SignedRecord> record, Instant now) {
        var refusal = record.map(r -> put(r, now)).orElse(Optional.of(Refusal.INVALID));
        if (refusal.isEmpty()) changes.remove(name);
        else if (refusal.get() != Refusal.STALE) changes.put(name, Optional.empty());
    }

    /// All that is valid under a key, tombstones included, in the order of owners.
    List<SignedRecord> get(String key, Instant wall) {
        return holders(key).values().stream()
                .map(Entry::record).filter(record -> !record.expired(wall)).toList();
    }

    /// All that is valid, in the order of the points where it is kept.
    List<SignedRecord> held(Instant wall) {
        return points.values().stream().distinct().flatMap(key -> get(key, wall).stream())
                .toList();
    }

    Summary summary(String key, Instant wall) {
        return get(key, wall).stream().map(Storage::tag).reduce(
                Summary.NONE, Summary::plus, Storage::never);
    }

    /// What is valid on an arc, in brief.
    Summary summary(Arc arc, Instant wall) {
        return on(arc, wall).map(Entry::tag).reduce(Summary.NONE, Summary::plus, Storage::never);
    }

    List<Tag> tags(Arc arc, Instant wall) { return on(arc, wall).map(Entry::tag).toList(); }

    List<SignedRecord> named(Arc arc, Collection<Long> names, Instant wall) {
        return on(arc, wall).filter(entry -> names.contains(entry.tag.name()))
                .map(Entry::record).toList();
    }

    int size() { return records; }

    /// The first point after this one, going round, where a key of this storage is kept.
    Optional<NodeId> after(NodeId point) {
        var next = points.higherKey(point);
        if (next == null && !points.isEmpty()) next = points.firstKey();
        return Optional.ofNullable(next);
    }

    /// What is kept at a point, tombstones included; of that, what was last stored before a time.
    List<SignedRecord> at(NodeId point, Instant wall, Instant before) {
        return Optional.ofNullable(points.get(point)).stream()
                .flatMap(key -> keys.get(key).values().stream())
                .filter(entry -> entry.touched.isBefore(before))
                .map(Entry::record).filter(record -> !record.expired(wall)).toList();
    }

    /// Forgets a record that somebody else keeps now.
    void forget(SignedRecord record) {
        var holders = keys.get(record.key());
        if (holders != null && holders.containsKey(record.owner()))
            remove(record.key(), record.owner());
    }

    /// Forgets what nobody can bring back any more.
    void expire(Instant wall) {
        for (var key : List.copyOf(keys.keySet()))
            for (var entry : List.copyOf(keys.get(key).values()))
                if (!wall.isBefore(entry.until)) remove(key, entry.record.owner());
    }

    private Map<Bytes, Entry> holders(String key) { return keys.getOrDefault(key, Map.of()); }

    private static Instant over(SignedRecord record) {
        return record.expires().plus(SignedRecord.SKEW);
    }

    private void set(SignedRecord record, Entry entry, boolean added, int more) {
        keys.computeIfAbsent(record.key(), key -> {
            spots(key).forEach(point -> points.put(point, key));
            return new TreeMap<>(Comparator.comparing(Bytes::buffer));
        }).put(record.owner(), entry);
        changes.put(name(record).toString(), Optional.of(Bytes.utf8(record.text())));
        characters += more;
        if (!added) return;
        records++;
        owners.merge(record.owner(), 1, Integer::sum);
    }

    private void remove(String key, Bytes owner) {
        var holders = keys.get(key);
        var entry = holders.remove(owner);
        changes.put(name(entry.record).toString(), Optional.empty());
        records--;
        characters -= entry.record.text().length();
        owners.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
        if (!holders.isEmpty()) return;
        keys.remove(key);
        points.keySet().removeAll(spots(key));
    }

    /// Each record once, even if both its spots are on the arc.
    private Stream<Entry> on(Arc arc, Instant wall) {
        var from = arc.from();
        var to = arc.to();
        var inside = from.compareTo(to) < 0 ? points.subMap(from, to).values().stream()
                : Stream.concat(points.tailMap(from).values().stream(),
                        points.headMap(to).values().stream());
        return inside.distinct().flatMap(key -> keys.get(key).values().stream())
                .filter(entry -> !entry.record.expired(wall));
    }

    private static Tag tag(SignedRecord record) {
        return new Tag(name(record).middle(), record.sequence());
    }

    /// The one name of what an owner has under a key.
    private static NodeId name(SignedRecord record) {
        return NodeId.of(record.key() + '\n' + record.owner().hex());
    }

    private static Summary never(Summary a, Summary b) {
        throw new AssertionError("streams here are sequential");
    }
}
