package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.SignedRecord;
import p2psip.std.Bytes;

/// Records on this node alone: for a registrar that needs nobody, and for trials.
public final class LocalLookup implements Lookup {
    /// Records kept; one more fails.
    static final int LIMIT = 10_000;

    private final InstantSource wall;
    private final Map<String, SortedMap<Bytes, SignedRecord>> records = new LinkedHashMap<>();
    private int size;

    /// @param wall the time of day, by which records expire
    public LocalLookup(InstantSource wall) { this.wall = wall; }

    @Override public int size() { return size; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Put(var id, var record) -> List.of(put(id, record));
            case Input.Remove(var id, var tombstone) -> List.of(put(id, tombstone));
            case Input.Get(var id, var key) -> List.of(new Output.Found(id, get(key)));
            case Input.Told _ -> List.of();
        };
    }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public Instant deadline() { return Instant.MAX; }

    private Output put(long id, SignedRecord record) {
        if (record.expired(wall.instant())) return new Output.Failed(id, "the record has expired");
        if (size >= LIMIT) expire();
        if (size >= LIMIT) return new Output.Failed(id, "the store is full");
        var owners = records.computeIfAbsent(record.key(),
                _ -> new TreeMap<>(Comparator.comparing(Bytes::buffer)));
        var old = owners.get(record.owner());
        if (old != null && !record.replaces(old) && !record.equals(old))
            return new Output.Failed(id, "a newer record of this owner is known");
        if (owners.put(record.owner(), record) == null) size++;
        return new Output.Done(id);
    }

    private List<SignedRecord> get(String key) {
        return records.getOrDefault(key, Collections.emptySortedMap()).values().stream()
                .filter(record -> !record.expired(wall.instant())).toList();
    }

    private void expire() {
        records.values().forEach(owners ->
                owners.values().removeIf(record -> record.expired(wall.instant())));
        records.values().removeIf(Map::isEmpty);
        size = records.values().stream().mapToInt(Map::size).sum();
    }
}
