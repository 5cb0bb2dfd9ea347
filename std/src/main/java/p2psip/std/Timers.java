package p2psip.std;

import module java.base;

/// The timers of one state machine, named by an enum as the RFC names them (`A`, `B`, `D`...).
///
/// @param <T> the names
public final class Timers<T extends Enum<T>> {
    private final Map<T, Instant> due;
    private Instant first = Instant.MAX;

    /// The earliest of several deadlines.
    public static Instant earliest(Instant... all) {
        var first = Instant.MAX;
        for (var at : all) if (at.isBefore(first)) first = at;
        return first;
    }

    public Timers(Class<T> names) { due = new EnumMap<>(names); }

    public void set(T timer, Instant at) {
        due.put(timer, at);
        settle();
    }

    public void stop(T timer) {
        if (due.remove(timer) != null) settle();
    }

    public void clear() {
        due.clear();
        first = Instant.MAX;
    }

    public boolean isSet(T timer) { return due.containsKey(timer); }

    /// When each of them fires that is set.
    public Map<T, Instant> due() { return Collections.unmodifiableMap(due); }

    /// When the first of them fires: [Instant#MAX] if none is set.
    public Instant deadline() { return first; }

    private void settle() {
        first = Instant.MAX;
        if (due.isEmpty()) return;
        for (var at : due.values()) if (at.isBefore(first)) first = at;
    }

    /// Removes and returns the timers that have fired by `now`, earliest first.
    public List<T> fired(Instant now) {
        if (first.isAfter(now)) return List.of();
        var fired = new ArrayList<T>(2);
        for (var e : due.entrySet()) if (!e.getValue().isAfter(now)) fired.add(e.getKey());
        if (fired.size() > 1) fired.sort(Comparator.comparing(due::get));
        for (var timer : fired) due.remove(timer);
        settle();
        return fired;
    }
}
