package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.SignedRecord;
import p2psip.std.Bytes;

/// Records on the ring: what it is asked it asks of the overlay.
///
/// Requests for the same key at the same time share one search. What was put is put again now and
/// then until it expires, so that it survives even if all who held it are gone.
public final class DhtLookup implements Lookup {
    /// What was put is put again after about this long.
    static final Duration AGAIN = Duration.ofMinutes(5);

    /// Records that are put again; beyond it a record is put once.
    static final int KEPT = 10_000;

    /// Keys that may be searched for at once; one more fails.
    static final int SEARCHES = 512;

    /// Whose record of which key.
    private record Name(String key, Bytes owner) {
        static Name of(SignedRecord record) { return new Name(record.key(), record.owner()); }
    }

    private record Kept(SignedRecord record, Instant again) {}

    private final RandomGenerator random;
    private final InstantSource wall;
    private final Map<String, List<Long>> askers = new LinkedHashMap<>();
    private final Map<Long, String> searches = new LinkedHashMap<>();
    private final Map<Long, OptionalLong> puts = new LinkedHashMap<>();   // whose, if anybody's
    private final SequencedMap<Name, Kept> kept = new LinkedHashMap<>();  // next first
    private long serial;

    /// @param random chance, from the edge
    /// @param wall   the time of day, by which records expire
    public DhtLookup(RandomGenerator random, InstantSource wall) {
        this.random = random;
        this.wall = wall;
    }

    @Override public int size() {
        return askers.size() + searches.size() + puts.size() + kept.size();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Put(var id, var record) -> {
                keep(record, now);
                yield ask(OptionalLong.of(id), below -> new Input.Put(below, record));
            }
            case Input.Remove(var id, var tombstone) -> {
                keep(tombstone, now);
                yield ask(OptionalLong.of(id), below -> new Input.Remove(below, tombstone));
            }
            case Input.Get(var id, var key) -> get(id, key);
            case Input.Told(var answer) -> told(answer);
        };
    }

    @Override public Instant deadline() {
        return kept.isEmpty() ? Instant.MAX : kept.firstEntry().getValue().again;
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        while (!deadline().isAfter(now)) {
            var record = kept.pollFirstEntry().getValue().record;
            if (record.expired(wall.instant())) continue;
            keep(record, now);
            out.addAll(ask(OptionalLong.empty(), below -> new Input.Put(below, record)));
        }
        return out;
    }

    private List<Output> ask(OptionalLong asker, LongFunction<Input> request) {
        puts.put(++serial, asker);
        return List.of(new Output.Ask(request.apply(serial)));
    }

    /// The newest of an owner is kept, with its turn after all others'; an older one is left to
    /// fail where it is put.
    private void keep(SignedRecord record, Instant now) {
        var name = Name.of(record);
        var old = kept.get(name);
        if (old == null ? kept.size() >= KEPT : old.record.replaces(record)) return;
        // never before the last one's turn, so that the map stays in the order of turns
        var again = now.plusSeconds(AGAIN.toSeconds() + random.nextInt(10));
        var last = kept.lastEntry();
        if (last != null && last.getValue().again.isAfter(again)) again = last.getValue().again;
        kept.putLast(name, new Kept(record, again));
    }

    private List<Output> get(long id, String key) {
        var waiting = askers.get(key);
        if (waiting != null) {
            waiting.add(id);
            return List.of();
        }
        if (searches.size() >= SEARCHES)
            return List.of(new Output.Failed(id, "too many searches at once"));
        askers.put(key, new ArrayList<>(List.of(id)));
        searches.put(++serial, key);
        return List.of(new Output.Ask(new Input.Get(serial, key)));
    }

    private List<Output> told(Output answer) {
        return switch (answer) {
            case Output.Found(var id, var records) ->
                    found(id, asker -> new Output.Found(asker, records));
            case Output.Failed(var id, var why) when searches.containsKey(id) ->
                    found(id, asker -> new Output.Failed(asker, why));
            case Output.Failed(var id, var why) ->
                    done(id, asker -> new Output.Failed(asker, why));
            case Output.Done(var id) -> done(id, Output.Done::new);
            case Output.Ask _ -> List.of();
        };
    }

    private List<Output> found(long id, LongFunction<Output> answer) {
        var key = searches.remove(id);
        return key == null ? List.of()
                : askers.remove(key).stream().map(answer::apply).toList();
    }

    private List<Output> done(long id, LongFunction<Output> answer) {
        var asker = puts.remove(id);
        return asker == null || asker.isEmpty() ? List.of()
                : List.of(answer.apply(asker.getAsLong()));
    }
}
