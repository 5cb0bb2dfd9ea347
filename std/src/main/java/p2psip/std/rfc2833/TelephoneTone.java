package p2psip.std.rfc2833;

import module java.base;

/// The payload of a `tone` packet: what sounds, and how long. Each packet stands alone; a tone that
/// goes on is told by the next, whose timestamp is where this one ends.
///
/// ```text
///  |    modulation   |T|  volume   |          duration             |
///  |0 0 0 0|       frequency       |0 0 0 0|       frequency       | ...
/// ```
///
/// @param modulation  of the amplitude, in Hz: 0 for none, to 511
/// @param third       whether that is to be divided by three
/// @param volume      of all frequencies together, in dBm0 below zero: 0 (loud) to 63
/// @param duration    in timestamp units, 0 to 65535
/// @param frequencies that sound at the same time, in Hz, to 4095; 0 is silence
/// @spec https://www.rfc-editor.org/rfc/rfc2833#section-4.4 RFC 2833 §4.4
public record TelephoneTone(int modulation, boolean third, int volume, int duration,
        List<Integer> frequencies) {
    /// How many frequencies are read; three is the most that any country has.
    public static final int MAX_FREQUENCIES = 8;

    private static final int HEAD = 4;

    public TelephoneTone {
        frequencies = List.copyOf(frequencies);
        if (modulation < 0 || modulation > 511 || volume < 0 || volume > 63 || duration < 0
                || duration > 0xffff || frequencies.size() > MAX_FREQUENCIES
                || frequencies.stream().anyMatch(f -> f < 0 || f > 4095))
            throw new IllegalArgumentException("tone of " + frequencies + " Hz");
    }

    /// Reads what remains in the buffer; of more than [#MAX_FREQUENCIES] the first.
    ///
    /// @throws SyntaxException if the payload is cut short
    public static TelephoneTone parse(ByteBuffer in) {
        if (in.remaining() < HEAD) throw new SyntaxException(in.remaining() + " bytes of tone");
        int head = in.getInt();
        var frequencies = new ArrayList<Integer>();
        //= rfc2833#4.4-1 the receiver ignores the reserved bits, which the sender sets to zero
        //= rfc4733#4.3.3-2 the receiver does
        while (in.remaining() >= 2 && frequencies.size() < MAX_FREQUENCIES)
            frequencies.add(in.getShort() & 0xfff);
        return new TelephoneTone(head >>> 23, (head & 0x40_0000) != 0, head >>> 16 & 0x3f,
                head & 0xffff, frequencies);
    }

    public void encode(ByteBuffer out) {
        out.putInt(modulation << 23 | (third ? 0x40_0000 : 0) | volume << 16 | duration);
        //= rfc2833#4.4-1 the sender sets the reserved bits to zero
        //= rfc4733#4.3.3-2 the sender sets them
        frequencies.forEach(f -> out.putShort((short) (int) f));
    }

    /// How often the amplitude changes in a second.
    public double modulationHertz() { return third ? modulation / 3.0 : modulation; }
}
