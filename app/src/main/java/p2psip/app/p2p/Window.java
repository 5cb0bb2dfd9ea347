package p2psip.app.p2p;

/// Which of the latest numbers have been seen: each counts once, and one too old to tell never.
final class Window {

    /// How far behind the highest number one may come and still be told apart.
    static final int SIZE = 1024;

    private final long[] bits = new long[SIZE / Long.SIZE];
    private long next;   // one above the highest seen

    /// Whether this number was seen, or is so old that it may have been.
    boolean seen(long number) {
        return number < 0 || number < next - SIZE
                || number < next && (bits[word(number)] & 1L << number) != 0;
    }

    void mark(long number) {
        if (number >= next + SIZE) java.util.Arrays.fill(bits, 0);
        else for (; next <= number; next++) bits[word(next)] &= ~(1L << next);
        next = Math.max(next, number + 1);
        bits[word(number)] |= 1L << number;
    }

    private static int word(long number) { return (int) (number % SIZE / Long.SIZE); }
}
