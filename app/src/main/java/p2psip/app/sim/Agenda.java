package p2psip.app.sim;

import module java.base;

/// What will happen in a laboratory, in the order of its time; equal times keep the order in which
/// they were asked for, so that one seed is one run.
///
/// Time is nanoseconds since the beginning.
final class Agenda {
    private record Entry(long at, long order, Runnable what) implements Comparable<Entry> {
        @Override public int compareTo(Entry other) {
            int c = Long.compare(at, other.at);
            return c != 0 ? c : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long order, now;

    long now() { return now; }

    /// @param at what is past happens next
    void at(long at, Runnable what) { entries.add(new Entry(Math.max(at, now), order++, what)); }

    void in(long nanos, Runnable what) { at(now + nanos, what); }

    /// When the next thing happens; the end of time if nothing does.
    long next() { return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().at; }

    /// Lets happen whatever does until then, and stops there.
    void run(long until) {
        while (!entries.isEmpty() && entries.peek().at <= until) {
            var entry = entries.poll();
            now = entry.at;
            entry.what.run();
        }
        now = Math.max(now, until);
    }
}
