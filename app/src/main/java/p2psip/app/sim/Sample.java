package p2psip.app.sim;

import module java.base;

/// Many measured numbers, in the unit of who measures.
final class Sample {
    private long[] values = new long[64];
    private int size;
    private boolean sorted;

    void add(long value) {
        if (size == values.length) values = Arrays.copyOf(values, 2 * size);
        values[size++] = value;
        sorted = false;
    }

    int size() { return size; }

    double mean() { return Arrays.stream(values, 0, size).average().orElse(0); }

    /// The least that so many of hundred do not exceed; 0 of none.
    long percentile(double percent) {
        if (size == 0) return 0;
        if (!sorted) Arrays.sort(values, 0, size);
        sorted = true;
        return values[Math.max(0, (int) Math.ceil(percent / 100 * size) - 1)];
    }

    /// How many have each of these values, from 0 to the greatest.
    long[] histogram() {
        var counts = new long[(int) percentile(100) + 1];
        for (int i = 0; i < size; i++) counts[(int) values[i]]++;
        return counts;
    }
}
