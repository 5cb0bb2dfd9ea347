package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;

/// Cuts bytes into fields from the first bit to the last: each cut begins where the last ended, so
/// no bit is left out and none is counted twice.
///
/// Who cuts says what a codec has read there. The knife looks: if the bits are others, the codec
/// and whoever explains it differ, and that is a bug.
public final class Knife {
    /// Lines of text that are explained one by one; what is behind them is the rest.
    static final int LINES = 500;

    private final Bytes bytes;
    private final List<Field> fields = new ArrayList<>();
    private int at;

    public Knife(Bytes bytes) { this.bytes = bytes; }

    /// The bit at which the next field begins.
    int at() { return at; }

    /// Whole bytes that are not cut off yet.
    public int left() { return bytes.size() - at / 8; }

    /// A number of at most 64 bits.
    ///
    /// @param value what the codec has read
    /// @param shown the number as people write it
    public void number(
            int bits, String name, long value, String shown, String meaning, String source) {
        long found = ahead(bits);
        if (found != value) throw new IllegalStateException(
                name + " is " + value + " to its codec, but " + found + " on the wire");
        cut(bits, name, shown, meaning, source);
    }

    public void number(int bits, String name, long value, String meaning, String source) {
        number(bits, name, value, Long.toString(value), meaning, source);
    }

    /// The next bits as a number, not cut off yet: for those that no codec keeps.
    long ahead(int bits) {
        if (at + bits > 8 * bytes.size()) throw new IllegalStateException("behind the end");
        long found = 0;
        for (int i = at; i < at + bits; i++)
            found = found << 1 | bytes.at(i / 8) >> 7 - i % 8 & 1;
        return found;
    }

    /// Some whole bytes.
    ///
    /// @param value what the codec has read
    public void bytes(String name, Bytes value, String shown, String meaning, String source) {
        var found = next(value.size());
        if (!found.equals(value)) throw new IllegalStateException(
                name + " is " + value.hex() + " to its codec, but " + found.hex() + " on the wire");
        cut(8 * value.size(), name, shown, meaning, source);
    }

    /// Some whole bytes that are text.
    public void text(String name, String value, String meaning, String source) {
        bytes(name, Bytes.utf8(value), value.strip(), meaning, source);
    }

    /// All that is left.
    void rest(String meaning, String source) {
        bytes("rest", next(left()), left() + " bytes", meaning, source);
    }

    /// A byte so far behind the next, which is not cut off yet.
    byte peek(int ahead) { return bytes.at(at / 8 + ahead); }

    /// The next whole bytes, which are not cut off yet.
    public Bytes next(int size) {
        if (at % 8 != 0) throw new IllegalStateException("in the middle of a byte");
        if (size < 0 || size > left()) throw new IllegalStateException("behind the end");
        return bytes.slice(at / 8, at / 8 + size);
    }

    private void cut(int bits, String name, String shown, String meaning, String source) {
        if (bits == 0) return;
        fields.add(new Field(at, at + bits, name, shown, meaning, source));
        at += bits;
    }

    /// All fields.
    ///
    /// @throws IllegalStateException if there are bytes that nobody has explained
    List<Field> fields() {
        if (at != 8 * bytes.size()) throw new IllegalStateException(
                bytes.size() - at / 8 + " bytes of " + bytes.size() + " are not explained");
        return List.copyOf(fields);
    }
}
