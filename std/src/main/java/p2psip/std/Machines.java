package p2psip.std;

import module java.base;

/// The children of a parent machine: found by key, woken when due, forgotten when they end.
///
/// A parent speaks to a child only through [#tell], and to all that are due through [#wake]; after
/// either, the child's place in the heap of deadlines is put right in O(log n) and a terminated
/// child is dropped. Iteration and equal deadlines follow the order in which children were added,
/// so one seed gives one run.
///
/// @param <K> what a child is found by
/// @param <M> the kind of child
public final class Machines<K, M extends Machine<?, ?>> {

    /// One child with its place in the heap.
    private static final class Slot<K, M> {
        final K key;
        final M machine;
        final long order;
        Instant due;
        int place;

        Slot(K key, M machine, long order) {
            this.key = key;
            this.machine = machine;
            this.order = order;
        }

        boolean before(Slot<K, M> other) {
            int c = due.compareTo(other.due);
            return c != 0 ? c < 0 : order < other.order;
        }
    }

    private final Map<K, Slot<K, M>> slots = new LinkedHashMap<>();
    private final List<Slot<K, M>> heap = new ArrayList<>();
    private final int limit;
    private long order;

    /// @param limit how many children there may be at once; [#add] refuses one more
    public Machines(int limit) { this.limit = limit; }

    /// Takes in a child, or answers false when the limit is reached.
    ///
    /// @throws IllegalStateException if the key is taken: a parent that loses a child is a bug
    public boolean add(K key, M machine) {
        if (slots.containsKey(key)) throw new IllegalStateException("key is taken: " + key);
        if (slots.size() >= limit) return false;
        var slot = new Slot<>(key, machine, order++);
        slot.due = machine.deadline();
        slots.put(key, slot);
        slot.place = heap.size();
        heap.add(slot);
        up(slot);
        return true;
    }

    public Optional<M> get(K key) {
        return Optional.ofNullable(slots.get(key)).map(s -> s.machine);
    }

    /// The oldest child of that kind.
    public Optional<K> find(Predicate<? super M> kind) {
        for (var slot : slots.values())
            if (kind.test(slot.machine)) return Optional.of(slot.key);
        return Optional.empty();
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
            var slot = heap.getFirst();
            var was = slot.due;
            List<O> outputs = what.apply(slot.machine);
            settle(slot);
            if (slots.get(slot.key) == slot && slot.due.equals(was))
                throw new IllegalStateException("woken in vain: " + slot.key + " at " + was);
            parent.hear(slot.key, slot.machine, outputs);
        }
    }

    /// When the first child is due: [Instant#MAX] if none ever is.
    public Instant deadline() { return heap.isEmpty() ? Instant.MAX : heap.getFirst().due; }

    /// Drops a child whatever its state.
    public void remove(K key) {
        var slot = slots.remove(key);
        if (slot == null) return;
        var last = heap.removeLast();
        if (last == slot) return;
        last.place = slot.place;
        heap.set(last.place, last);
        up(last);
        down(last);
    }

    private void settle(Slot<K, M> slot) {
        if (slots.get(slot.key) != slot) return;
        if (slot.machine.terminated()) {
            remove(slot.key);
            return;
        }
        var due = slot.machine.deadline();
        if (due.equals(slot.due)) return;
        slot.due = due;
        up(slot);
        down(slot);
    }

    private void up(Slot<K, M> slot) {
        while (slot.place > 0) {
            var parent = heap.get((slot.place - 1) / 2);
            if (!slot.before(parent)) return;
            swap(slot, parent);
        }
    }

    private void down(Slot<K, M> slot) {
        for (int child = 2 * slot.place + 1; child < heap.size(); child = 2 * slot.place + 1) {
            var first = heap.get(child);
            if (child + 1 < heap.size() && heap.get(child + 1).before(first))
                first = heap.get(child + 1);
            if (!first.before(slot)) return;
            swap(first, slot);
        }
    }

    private void swap(Slot<K, M> a, Slot<K, M> b) {
        int place = a.place;
        a.place = b.place;
        b.place = place;
        heap.set(a.place, a);
        heap.set(b.place, b);
    }
}
