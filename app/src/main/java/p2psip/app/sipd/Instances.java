package p2psip.app.sipd;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc5627.GruuRegistrar;

/// Which instances have ever got a public GRUU of an address of record: it leads to one that is
/// away for now, for as long as there is the address; one that was never given leads nowhere.
///
/// What is new is stored when its registration is. Who loses the store forgets who was there and is
/// away.
final class Instances {
    /// So many of one address, and addresses; beyond, the one that came first is forgotten.
    static final int OF_ONE = 32, ADDRESSES = 100_000;

    /// Keys in the store begin with this; the address of record follows.
    private static final String PREFIX = "instances/";

    private static final Id KEPT = new Id(Id.Part.STORE, 2, 0);

    private final int limit;
    private final SequencedMap<Aor, SequencedSet<String>> all = new LinkedHashMap<>();

    Instances() { this(ADDRESSES); }

    /// @param limit how many addresses are remembered
    Instances(int limit) { this.limit = limit; }

    /// Asks for what was kept: [#load] reads the answer.
    static Effect load(Id id) { return new Effect.Load(id, PREFIX); }

    void load(SortedMap<String, Bytes> stored) {
        stored.forEach((key, text) -> Aor.parse(key.substring(PREFIX.length())).ifPresent(aor ->
                text.utf8().lines().forEach(instance -> add(aor, instance))));
    }

    /// What was restored was given before.
    void knows(Aor aor, List<Binding> bindings) {
        GruuRegistrar.instances(bindings).forEach(instance -> add(aor, instance));
    }

    /// A registration has been stored; what to store as well.
    Optional<Effect> given(LocationService.Event.Bind bind) {
        var values = new TreeMap<String, Optional<Bytes>>();
        for (var instance : GruuRegistrar.instances(bind.bindings()))
            if (add(bind.aor(), instance)) values.put(PREFIX + bind.aor(),
                    Optional.of(Bytes.utf8(String.join("\n", all.get(bind.aor())))));
        //  the store does not grow beyond what is remembered
        if (all.size() > limit)
            values.put(PREFIX + all.pollFirstEntry().getKey(), Optional.empty());
        return values.isEmpty() ? Optional.empty() : Optional.of(new Effect.Store(KEPT, values));
    }

    private boolean add(Aor aor, String instance) {
        var of = all.computeIfAbsent(aor, _ -> new LinkedHashSet<>());
        boolean news = of.add(canonical(instance));
        if (of.size() > OF_ONE) of.removeFirst();
        return news;
    }

    /// Parameters are compared in any case.
    private static String canonical(String instance) { return instance.toLowerCase(Locale.ROOT); }

    boolean has(Aor aor, String instance) {
        return all.getOrDefault(aor, Collections.emptyNavigableSet())
                .contains(canonical(instance));
    }
}
