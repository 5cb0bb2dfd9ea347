package p2psip.std.rfc3550;

/// A sequence number of 16 bits, after the last of which comes zero.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-5.1 RFC 3550 §5.1
public record SequenceNumber(int value) {
    static final int MODULUS = 1 << 16;

    public SequenceNumber {
        if (value < 0 || value >= MODULUS) throw new IllegalArgumentException("16 bits: " + value);
    }

    //= rfc3550#5.1-9 it increments by one for each packet
    public SequenceNumber next() { return plus(1); }

    public SequenceNumber plus(int n) { return new SequenceNumber(value + n & MODULUS - 1); }

    /// How far this one is ahead of another, the shorter way round: -32768 to 32767.
    public int minus(SequenceNumber other) { return (short) (value - other.value); }

    public boolean isAfter(SequenceNumber other) { return minus(other) > 0; }

    @Override public String toString() { return Integer.toString(value); }
}
