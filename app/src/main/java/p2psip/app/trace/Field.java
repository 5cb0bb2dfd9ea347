package p2psip.app.trace;

/// A run of bits with a meaning.
///
/// @param from    the first bit, counted from the most significant of byte 0
/// @param to      the bit behind the last
/// @param value   what it holds, as people write it
/// @param meaning what that says to the receiver, in one sentence
/// @param source  where it is specified: `rfc3550#5.1¶3`, or `app/dht` for a format of our own;
///                empty for bytes that nobody can explain
public record Field(int from, int to, String name, String value, String meaning, String source) {

    boolean wholeBytes() { return from % 8 == 0 && to % 8 == 0; }

    /// Where it lies, as the tables say: `4–7`, `12`, or `0, bits 2–3` within a byte.
    public String place() {
        int first = from / 8, last = (to - 1) / 8;
        var bytes = first == last ? "" + first : first + "–" + last;
        if (wholeBytes()) return bytes;
        int bit = from % 8, end = bit + to - from - 1;
        return bytes + (end == bit ? ", bit " + bit : ", bits " + bit + "–" + end);
    }
}
