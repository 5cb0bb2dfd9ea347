package p2psip.std;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;

/// An unchanging run of bytes that is equal to another of the same content: a body, a datagram, a
/// key. Hot paths use arrays and buffers; what is kept or compared is this.
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) { this.bytes = bytes; }

    public static Bytes copyOf(byte[] bytes) { return slice(bytes, 0, bytes.length); }

    /// A copy of `bytes[from, to)`.
    public static Bytes slice(byte[] bytes, int from, int to) {
        return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(bytes, from, to));
    }

    /// Takes the array as it is: the caller promises never to change it again.
    public static Bytes wrap(byte[] bytes) { return bytes.length == 0 ? EMPTY : new Bytes(bytes); }

    /// A copy of what remains in the buffer, which is moved to its limit.
    public static Bytes from(ByteBuffer buffer) { return from(buffer, buffer.remaining()); }

    /// A copy of the next bytes of the buffer, which is moved behind them.
    ///
    /// @throws BufferUnderflowException if there are fewer
    public static Bytes from(ByteBuffer buffer, int size) {
        var bytes = new byte[size];
        buffer.get(bytes);
        return wrap(bytes);
    }

    public static Bytes utf8(String text) { return wrap(text.getBytes(UTF_8)); }

    public static Bytes hex(String hex) { return wrap(HexFormat.of().parseHex(hex)); }

    public int size() { return bytes.length; }

    public boolean isEmpty() { return bytes.length == 0; }

    public byte at(int index) { return bytes[index]; }

    public Bytes slice(int from, int to) { return slice(bytes, from, to); }

    /// A copy: this object cannot be changed through it.
    public byte[] toArray() { return bytes.clone(); }

    /// A read-only view, without a copy.
    public ByteBuffer buffer() { return ByteBuffer.wrap(bytes).asReadOnlyBuffer(); }

    /// The bytes as UTF-8 text; malformed sequences become U+FFFD.
    public String utf8() { return new String(bytes, UTF_8); }

    public String hex() { return HexFormat.of().formatHex(bytes); }

    @Override public boolean equals(Object o) {
        return o instanceof Bytes other && Arrays.equals(bytes, other.bytes);
    }

    @Override public int hashCode() { return Arrays.hashCode(bytes); }

    /// Size and first bytes, never a whole body: what is printed ends in logs.
    @Override public String toString() {
        return size() + " bytes" + (isEmpty() ? "" : " " + slice(0, Math.min(8, size())).hex());
    }
}
