package p2psip.std.g722;

/// The mirror filters that part a signal into a low and a high half, and join them again: 24 taps,
/// of which each sample of a pair takes the even or the odd ones.
final class Filter {
    private static final int[] TAPS = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};
    private static final int LENGTH = 2 * TAPS.length;

    /// The last samples, twice, so that they always lie in one piece somewhere.
    private final int[] line = new int[2 * LENGTH];
    private int at;

    /// The sum over the odd taps, and over the even ones.
    private int odd, even;

    /// Takes two samples.
    void take(int first, int second) {
        push(first);
        push(second);
        odd = 0;
        even = 0;
        for (int i = 0; i < TAPS.length; i++) {
            odd += line[at + 2 * i] * TAPS[i];
            even += line[at + 2 * i + 1] * TAPS[TAPS.length - 1 - i];
        }
    }

    private void push(int sample) {
        line[at] = line[at + LENGTH] = sample;
        at = (at + 1) % LENGTH;
    }

    /// Of a signal that is parted: its low half and its high half.
    int low() { return even + odd >> 14; }

    int high() { return even - odd >> 14; }

    /// Of halves whose sum and difference were taken: the two samples that they make.
    short first() { return (short) Band.saturate(even >> 11); }

    short second() { return (short) Band.saturate(odd >> 11); }
}
