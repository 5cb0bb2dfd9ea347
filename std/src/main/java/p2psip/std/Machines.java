package p2psip.std;

import module java.base;

/// The children of a parent machine: found by key, woken when due, forgotten when they end.
///
/// A parent speaks to a child only through [#tell], and to all that are due through [#wake]; after
/// either, the child's place in the queue of deadlines is put right in O(log n) and a terminated
/// child is dropped. Only then the parent hears what it has said. Iteration and equal deadlines
/// follow the order in which children were added, so one seed gives one run.
///
/// @param <K> what a child is found by
/// @param <M> the kind of child
public final class Machines<K, M extends Machine<?, ?>> {

    /// One child, as it stands in the queue.
    private record Slot<K, M>(K key, M machine, long order, Instant due)
            implements Comparable<Slot<K, M>> {

        @Override public int compareTo(Slot<K, M> other) {
            int earlier = due.compareTo(other.due);
            return earlier != 0 ? earlier : Long.compare(order, other.order);
        }
    }

    private final Map<K, Slot<K, M>> slots = new LinkedHashMap<>();
    private final NavigableSet<Slot<K, M>> queue = new TreeSet<>();
    private final int limit;
    private long order;

    /// @param limit how many children there may be at once; [#add] refuses one more
    public Machines(int limit) { this.limit = limit; }

    /// Takes in a child, or answers false when the limit is reached.
    ///
    /// @throws IllegalStateException if the key is taken: a parent that loses a child is a bug
    public boolean add(K key, M machine) {
        if (slots.containsKey(key)) throw new IllegalStateException("key is taken: " + key);
        if (full()) return false;
        put(new Slot<>(key, machine, order++, machine.deadline()));
        return true;
    }

    public Optional<M> get(K key) {
        return Optional.ofNullable(slots.get(key)).map(s -> s.machine);
    }

    /// The oldest child of that kind.
    public Optional<K> find(Predicate<? super M> kind) {
        return slots.values().stream().filter(s -> kind.test(s.machine)).map(Slot::key).findFirst();
    }

    public boolean contains(K key) { return slots.containsKey(key); }

    public int size() { return slots.size(); }

    public boolean full() { return slots.size() >= limit; }

    /// The keys of all children, oldest first; a copy, so that children may come and go meanwhile.
    public List<K> keys() { return List.copyOf(slots.keySet()); }

    /// What a parent makes of what a child has said, when the child is in its place again: it may
    /// tell other children, this one too, and may drop it.
    ///
    /// @param <K> what a child is found by
    /// @param <M> the kind of child
    /// @param <O> its outputs
    public interface Said<K, M, O> {
        /// @param child also if it has terminated and is among the children no more
        void hear(K key, M child, List<O> outputs);
    }

    /// Does something with one child and hands over what came of it; nothing if there is none.
    public <O> void tell(K key, Function<? super M, List<O>> what,
            Said<? super K, ? super M, O> parent) {
        var slot = slots.get(key);
        if (slot == null) return;
        List<O> outputs = what.apply(slot.machine);
        settle(slot);
        parent.hear(key, slot.machine, outputs);
    }

    /// Wakes every child that is due, earliest first, and hands over what each has said.
    public <O> void wake(Instant now, Function<? super M, List<O>> what,
            Said<? super K, ? super M, O> parent) {
        while (!deadline().isAfter(now)) {
            var slot = queue.first();
            List<O> outputs = what.apply(slot.machine);
            settle(slot);
            if (slots.get(slot.key) == slot)
                throw new IllegalStateException("woken in vain: " + slot.key + " at " + slot.due);
            parent.hear(slot.key, slot.machine, outputs);
        }
    }

    /// When the first child is due: [Instant#MAX] if none ever is.
    public Instant deadline() { return queue.isEmpty() ? Instant.MAX : queue.first().due; }

    /// Drops a child whatever its state.
    public void remove(K key) {
        var slot = slots.remove(key);
        if (slot != null) queue.remove(slot);
    }

    private void put(Slot<K, M> slot) {
        slots.put(slot.key, slot);
        queue.add(slot);
    }

    private void settle(Slot<K, M> slot) {
        if (slots.get(slot.key) != slot) return;
        if (slot.machine.terminated()) {
            remove(slot.key);
            return;
        }
        var due = slot.machine.deadline();
        if (due.equals(slot.due)) return;
        queue.remove(slot);
        put(new Slot<>(slot.key, slot.machine, slot.order, due));
    }
}
