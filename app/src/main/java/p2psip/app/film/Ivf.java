package p2psip.app.film;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc7741.Vp8Assembler;

/// VP8 in a file of libvpx: a header of 32 bytes, and 12 before each frame, all little endian.
///
/// ```text
///  0 DKIF  4 version  6 header size  8 VP80  12 width  14 height  16 rate  20 scale  24 frames
///  0 size of the frame  4 time, in scale/rate seconds
/// ```
final class Ivf implements Reel {
    private static final int HEADER = 32, BEFORE = 12, CLOCK_RATE = 90_000;
    private static final Bytes MAGIC = Bytes.utf8("DKIF"), VP8 = Bytes.utf8("VP80");

    private final InputStream in;
    private final long rate, scale;

    /// @throws IllegalArgumentException if it is an IVF of something else, or has no clock
    Ivf(InputStream in) throws IOException {
        this.in = in;
        var header = read(HEADER).orElseThrow(() ->
                new IllegalArgumentException("it is neither H.264 nor VP8, but cut short"));
        var coding = Bytes.slice(header.array(), 8, 12);
        if (!coding.equals(VP8)) throw new IllegalArgumentException(
                "this IVF has no VP8, but " + coding.utf8().strip());
        rate = header.getInt(16) & 0xffff_ffffL;
        scale = header.getInt(20) & 0xffff_ffffL;
        if (rate == 0) throw new IllegalArgumentException("this IVF has no clock");
        in.readNBytes(Math.max(0, header.getShort(6) - HEADER));
    }

    static boolean is(byte[] file) {
        return file.length >= MAGIC.size() && Bytes.slice(file, 0, MAGIC.size()).equals(MAGIC);
    }

    /// So many bytes; empty if there are fewer.
    private Optional<ByteBuffer> read(int size) throws IOException {
        return Optional.of(in.readNBytes(size)).filter(bytes -> bytes.length == size)
                .map(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override public Film.Coding coding() { return Film.Coding.VP8; }

    @Override public Optional<Film.Picture> next() throws IOException {
        var before = read(BEFORE);
        int size = before.map(ByteBuffer::getInt).orElse(0);
        if (size <= 0) return Optional.empty();
        Reel.limit(size);
        long time = before.get().getLong();
        return read(size).map(frame -> new Film.Picture(BigInteger.valueOf(time)
                .multiply(BigInteger.valueOf(scale * CLOCK_RATE))
                .divide(BigInteger.valueOf(rate)).longValue(), List.of(Bytes.from(frame))));
    }

    static byte[] encode(Film film) {
        var frames = film.pictures().stream().map(p -> p.data().getFirst()).toList();
        var shape = frames.stream().flatMap(f -> Vp8Assembler.dimensions(f).stream()).findFirst()
                .orElse(new Vp8Assembler.Dimensions(0, 0));
        var out = ByteBuffer.allocate(HEADER + frames.stream()
                .mapToInt(f -> BEFORE + f.size()).sum()).order(ByteOrder.LITTLE_ENDIAN);
        MAGIC.to(out).putShort((short) 0).putShort((short) HEADER);
        VP8.to(out).putShort((short) shape.width()).putShort((short) shape.height())
                .putInt(CLOCK_RATE).putInt(1).putInt(frames.size()).putInt(0);
        long start = film.pictures().isEmpty() ? 0 : film.pictures().getFirst().at();
        for (int i = 0; i < frames.size(); i++) {
            out.putInt(frames.get(i).size()).putLong(film.pictures().get(i).at() - start);
            frames.get(i).to(out);
        }
        return out.array();
    }
}
