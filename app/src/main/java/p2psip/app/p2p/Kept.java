package p2psip.app.p2p;

import module java.base;
import p2psip.app.dht.Dht;
import p2psip.app.host.Id;
import p2psip.std.Bytes;

/// What a super-node says only when the records that it is about are on disk.
final class Kept {

    /// Keys of records on disk begin with it.
    static final String PREFIX = "record/";

    private final Id ours;
    private final Map<Id, List<Dht.Output>> waiting = new LinkedHashMap<>();
    private long stores;

    /// @param ours whose part and child the effects have
    Kept(Id ours) { this.ours = ours; }

    /// Keeps back what must wait; answers the id of the effect to wait for. The disk answers each,
    /// so that no more waits than it has to do.
    Id hold(List<Dht.Output> then) {
        var id = ours.with(++stores);
        waiting.put(id, then);
        return id;
    }

    /// What has waited for this effect.
    List<Dht.Output> done(Id id) {
        return Optional.ofNullable(waiting.remove(id)).orElse(List.of());
    }

    int size() { return waiting.size(); }

    static SortedMap<String, Optional<Bytes>> onDisk(SortedMap<String, Optional<Bytes>> changes) {
        var named = new TreeMap<String, Optional<Bytes>>();
        changes.forEach((name, text) -> named.put(PREFIX + name, text));
        return named;
    }

    static SortedMap<String, Bytes> fromDisk(SortedMap<String, Bytes> values) {
        var named = new TreeMap<String, Bytes>();
        values.forEach((key, text) -> named.put(key.substring(PREFIX.length()), text));
        return named;
    }
}
