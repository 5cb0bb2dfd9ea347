package p2psip.std;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;

/// An unchanging run of bytes that is equal to another of the same content: a body, a datagram, a
/// key. Hot paths use arrays and buffers; what is kept or compared is this.
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private static final int MARK = 0xdc00;

    private final byte[] array;
    private final int begin, size;

    private Bytes(byte[] array, int begin, int size) {
        this.array = array;
        this.begin = begin;
        this.size = size;
    }

    public static Bytes copyOf(byte[] bytes) { return slice(bytes, 0, bytes.length); }

    /// A copy of `bytes[from, to)`.
    public static Bytes slice(byte[] bytes, int from, int to) {
        return wrap(Arrays.copyOfRange(bytes, from, to));
    }

    /// Takes the array as it is: the caller promises never to change it again.
    public static Bytes wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes, 0, bytes.length);
    }

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

    /// Text as UTF-8, with the octets again that [#utf8()] has marked.
    public static Bytes utf8(String text) {
        if (!mayHaveMark(text)) return wrap(text.getBytes(UTF_8));
        var out = new ByteArrayOutputStream(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isMark(c)) out.write(c);
            else out.writeBytes(Character.toString(c).getBytes(UTF_8));
        });
        return wrap(out.toByteArray());
    }

    /// As many as are asked for, by chance.
    public static Bytes random(int size, RandomGenerator random) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return wrap(bytes);
    }

    public static Bytes hex(String hex) { return wrap(HexFormat.of().parseHex(hex)); }

    public int size() { return size; }

    public boolean isEmpty() { return size == 0; }

    public byte at(int index) { return array[begin + Objects.checkIndex(index, size)]; }

    /// Copies `[from, to)` of them into an array, without another copy between.
    public void copy(int from, int to, byte[] target, int at) {
        Objects.checkFromToIndex(from, to, size);
        System.arraycopy(array, begin + from, target, at, to - from);
    }

    /// Puts all of them into a buffer, and answers it.
    public ByteBuffer to(ByteBuffer out) { return out.put(array, begin, size); }

    /// `[from, to)` of them: a copy, if else more than as much again would be kept in memory.
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return to - from <= array.length / 2 ? slice(array, begin + from, begin + to)
                : new Bytes(array, begin + from, to - from);
    }

    /// The next bytes of a buffer of these, which is moved behind them.
    ///
    /// @throws BufferUnderflowException if there are fewer
    public Bytes next(ByteBuffer buffer, int size) {
        if (size > buffer.remaining()) throw new BufferUnderflowException();
        int from = buffer.position();
        buffer.position(from + size);
        return slice(from, from + size);
    }

    /// What is left in a buffer of these, which is moved to its end.
    public Bytes rest(ByteBuffer buffer) { return next(buffer, buffer.remaining()); }

    /// Lends the array itself to somebody who only reads it.
    public <T, E extends Exception> T lend(Reader<T, E> reader) throws E {
        return reader.read(array, begin, size);
    }

    /// @param <T> what it makes of so many bytes of the array, which it neither changes nor keeps
    public interface Reader<T, E extends Exception> {
        T read(byte[] array, int begin, int size) throws E;
    }

    /// A copy: this object cannot be changed through it.
    public byte[] toArray() { return Arrays.copyOfRange(array, begin, begin + size); }

    /// A read-only view, without a copy.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array, begin, size).slice().asReadOnlyBuffer();
    }

    /// The bytes as UTF-8 text, in which each octet that is ill-formed there is marked by a lone
    /// surrogate, U+DC80 to U+DCFF: no text has one, and [#utf8(String)] writes the octet again.
    public String utf8() { return utf8(array, begin, begin + size); }

    /// The same of `bytes[from, to)`, without a copy of them.
    public static String utf8(byte[] bytes, int from, int to) {
        var text = new String(bytes, from, to - from, UTF_8);
        return text.indexOf('\ufffd') < 0 ? text
                : marked(ByteBuffer.wrap(bytes, from, to - from));
    }

    private static String marked(ByteBuffer in) {
        var out = CharBuffer.allocate(in.remaining());
        var decoder = UTF_8.newDecoder();
        for (var r = decoder.decode(in, out, true); r.isError(); r = decoder.decode(in, out, true))
            for (int n = r.length(); n > 0; n--) out.put((char) (MARK | in.get() & 0xff));
        return out.flip().toString();
    }

    private static boolean mayHaveMark(String text) {
        for (int i = 0; i < text.length(); i++) if (isMark(text.charAt(i))) return true;
        return false;
    }

    private static boolean isMark(int c) { return c >= MARK + 0x80 && c <= MARK + 0xff; }

    public String hex() { return HexFormat.of().formatHex(array, begin, begin + size); }

    @Override public boolean equals(Object o) {
        return o instanceof Bytes other && Arrays.equals(array, begin, begin + size,
                other.array, other.begin, other.begin + other.size);
    }

    @Override public int hashCode() {
        int hash = 1;
        for (int i = begin; i < begin + size; i++) hash = 31 * hash + array[i];
        return hash;
    }

    /// Size and first bytes, never a whole body: what is printed ends in logs.
    @Override public String toString() {
        return size() + " bytes" + (isEmpty() ? "" : " " + slice(0, Math.min(8, size())).hex());
    }
}
