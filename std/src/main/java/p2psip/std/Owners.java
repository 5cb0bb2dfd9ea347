package p2psip.std;

import module java.base;

/// Who asked what: for each id under way, the child that is to hear the answer. Taking an id from
/// an owner of many costs no more than from an owner of one.
///
/// @param <I> ids of questions, transactions ...
/// @param <K> what a child is found by
public final class Owners<I, K> {
    private final Map<I, K> owners = new HashMap<>();
    private final Map<K, Set<I>> owned = new HashMap<>();

    public void own(I id, K owner) {
        release(id);
        owners.put(id, owner);
        owned.computeIfAbsent(owner, _ -> new LinkedHashSet<>(2)).add(id);
    }

    public Optional<K> owner(I id) { return Optional.ofNullable(owners.get(id)); }

    /// The ids of an owner under way, oldest first.
    public List<I> owned(K owner) { return List.copyOf(owned.getOrDefault(owner, Set.of())); }

    /// The owner of an id that nothing more will come of.
    public Optional<K> release(I id) {
        var owner = Optional.ofNullable(owners.remove(id));
        owner.ifPresent(key -> owned.computeIfPresent(key, (_, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        }));
        return owner;
    }

    /// Takes all ids from an owner that has ended, and answers them, oldest first.
    public List<I> forget(K owner) {
        var ids = owned.remove(owner);
        if (ids == null) return List.of();
        ids.forEach(owners::remove);
        return List.copyOf(ids);
    }

    public int size() { return owners.size(); }
}
