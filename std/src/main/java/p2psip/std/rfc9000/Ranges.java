package p2psip.std.rfc9000;

import module java.base;

/// A set of numbers, kept as ranges: which packets have come, which bytes were acknowledged.
public final class Ranges {

    /// From the first to the last, both of them in it.
    public record Range(long first, long last) {
        public Range {
            if (first < 0 || last < first)
                throw new IllegalArgumentException("no range: " + first + " to " + last);
        }

        public long size() { return last - first + 1; }
    }

    /// The last number of each range by its first.
    private final NavigableMap<Long, Long> ranges = new TreeMap<>();

    /// Adds numbers; those that are in it already make no difference.
    public void add(long first, long last) {
        var before = ranges.floorEntry(first);
        if (before != null && before.getValue() >= last) return;
        long from = before != null && before.getValue() >= first - 1 ? before.getKey() : first;
        long to = last;
        for (var next = ranges.ceilingEntry(from); next != null && next.getKey() - 1 <= last;
                next = ranges.ceilingEntry(from)) {
            to = Math.max(to, next.getValue());
            ranges.remove(next.getKey());
        }
        ranges.put(from, to);
    }

    /// Takes numbers out, if they are in it.
    public void remove(long first, long last) {
        var before = ranges.lowerEntry(first);
        if (before != null && before.getValue() >= first) {
            ranges.put(before.getKey(), first - 1);
            if (before.getValue() > last) ranges.put(last + 1, before.getValue());
        }
        for (var next = ranges.ceilingEntry(first); next != null && next.getKey() <= last;
                next = ranges.ceilingEntry(first)) {
            ranges.remove(next.getKey());
            if (next.getValue() > last) ranges.put(last + 1, next.getValue());
        }
    }

    public boolean has(long number) {
        var at = ranges.floorEntry(number);
        return at != null && at.getValue() >= number;
    }

    /// The range with the smallest numbers.
    public Optional<Range> first() { return range(ranges.firstEntry()); }

    /// The range with the largest numbers.
    public Optional<Range> last() { return range(ranges.lastEntry()); }

    private static Optional<Range> range(Map.Entry<Long, Long> entry) {
        return entry == null ? Optional.empty()
                : Optional.of(new Range(entry.getKey(), entry.getValue()));
    }

    /// Its ranges, those of the largest numbers first, at most so many.
    public List<Range> newest(int most) {
        var all = new ArrayList<Range>(Math.min(most, ranges.size()));
        for (var entry : ranges.descendingMap().entrySet()) {
            if (all.size() == most) break;
            all.add(new Range(entry.getKey(), entry.getValue()));
        }
        return all;
    }

    /// Of how many ranges it is.
    public int size() { return ranges.size(); }

    public boolean isEmpty() { return ranges.isEmpty(); }

    @Override public String toString() { return ranges.toString(); }
}
