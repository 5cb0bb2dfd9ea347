package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.*;

/// A lookup that asks another no more than it must, and never lets it forget.
///
/// Who asks for a key that is being searched for shares that search, which bears the id of the
/// first who asked. What was put is put again now and then until it expires, so that it survives
/// even if all who held it are gone; and whenever the lookup below is ready, for it may have been
/// put where that one could not hear of it.
public final class Sharing implements Lookup {
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

    private final Lookup below;
    private final RandomGenerator random;
    private final InstantSource wall;
    private final Outbox<Output> out = new Outbox<>();
    private final Map<String, Long> searches = new LinkedHashMap<>();       // by key
    private final Map<Long, List<Long>> askers = new LinkedHashMap<>();     // first is the key
    private final SequencedMap<Name, Kept> kept = new LinkedHashMap<>();    // next first
    private long ours;   // ids of what nobody asked for are negative

    /// @param random chance, from the edge
    /// @param wall   the time of day, by which records expire
    public Sharing(Lookup below, RandomGenerator random, InstantSource wall) {
        this.below = below;
        this.random = random;
        this.wall = wall;
    }

    @Override public SortedMap<String, Integer> sizes() {
        var sizes = new TreeMap<>(below.sizes());
        sizes.put("lookups", searches.size() + askers.size() + kept.size());
        return sizes;
    }

    @Override public Optional<InetSocketAddress> address() { return below.address(); }

    @Override public List<Neighbour> neighbours(Instant now) { return below.neighbours(now); }

    @Override public List<Peer> relays() { return below.relays(); }

    @Override public List<SignedRecord> records() {
        return Stream.concat(below.records().stream(), kept.values().stream().map(Kept::record)
                .filter(record -> !record.expired(wall.instant()))).distinct().toList();
    }

    @Override public boolean terminated() { return below.terminated(); }

    @Override public Instant deadline() {
        var again = kept.isEmpty() ? Instant.MAX : kept.firstEntry().getValue().again;
        return again.isBefore(below.deadline()) ? again : below.deadline();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Ask(_, Query.Put(var record)) -> {
                keep(record, now);
                tell(input, now);
            }
            case Input.Ask(long id, Query.Get(var key)) -> {
                if (isSearch(id, key)) tell(input, now);
            }
            case Input.Ask(_, Query.Ping _), Input.Ask(_, Query.Reach _),
                    Input.Ask(_, Query.Watch _), Input.Drop _, Input.Start _, Input.Happened _,
                    Input.Leave _ -> tell(input, now);
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        said(below.wake(now), now);
        while (!kept.isEmpty() && !kept.firstEntry().getValue().again.isAfter(now))
            putAgain(kept.firstEntry().getValue().record, now);
        return out.take();
    }

    private void tell(Input input, Instant now) { said(below.handle(input, now), now); }

    private void said(List<Output> outputs, Instant now) {
        for (var output : outputs)
            switch (output) {
                case Output.Told(long id, _) when id < 0 -> { }
                case Output.Told told -> told(told);
                case Output.Ready _ -> {
                    out.add(output);
                    kept.values().stream().map(Kept::record).toList()
                            .forEach(record -> putAgain(record, now));
                }
                case Output.Do _, Output.NotReady _, Output.Left _, Output.Moved _ ->
                        out.add(output);
            }
    }

    // Keeping

    private void putAgain(SignedRecord record, Instant now) {
        kept.remove(Name.of(record));
        if (record.expired(wall.instant())) return;
        keep(record, now);
        tell(new Input.Ask(--ours, new Query.Put(record)), now);
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

    // Searching

    /// Whether to search for a key, because nobody does so far.
    private boolean isSearch(long id, String key) {
        var search = searches.get(key);
        if (search != null) {
            askers.get(search).add(id);
            return false;
        }
        if (searches.size() >= SEARCHES) {
            out.add(new Output.Told(id,
                    new Answer.Failed(Answer.Why.FULL, "too many searches at once")));
            return false;
        }
        searches.put(key, id);
        askers.put(id, new ArrayList<>());
        return true;
    }

    /// The first who asked hears it as it was said.
    private void told(Output.Told told) {
        out.add(told);
        var others = askers.remove(told.id());
        if (others == null) return;   // it was a put
        searches.values().remove(told.id());
        others.forEach(id -> out.add(new Output.Told(id, told.answer())));
    }
}
