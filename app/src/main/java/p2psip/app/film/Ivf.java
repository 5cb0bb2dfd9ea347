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
final class Ivf {
    private static final int HEADER = 32, BEFORE = 12, CLOCK_RATE = 90_000;
    private static final Bytes MAGIC = Bytes.utf8("DKIF"), VP8 = Bytes.utf8("VP80");

    private Ivf() {}

    static boolean is(byte[] file) {
        return file.length >= HEADER && Bytes.slice(file, 0, 4).equals(MAGIC);
    }

    static Film parse(byte[] file) {
        if (!Bytes.slice(file, 8, 12).equals(VP8)) throw new IllegalArgumentException(
                "this IVF has no VP8, but " + Bytes.slice(file, 8, 12).utf8().strip());
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long rate = in.getInt(16) & 0xffff_ffffL, scale = in.getInt(20) & 0xffff_ffffL;
        if (rate == 0) throw new IllegalArgumentException("this IVF has no clock");
        in.position(Math.max(HEADER, in.getShort(6)));
        var pictures = new ArrayList<Film.Picture>();
        while (in.remaining() > BEFORE) {
            int size = in.getInt();
            long time = in.getLong();
            if (size <= 0 || size > in.remaining()) break;   // cut short
            pictures.add(new Film.Picture(BigInteger.valueOf(time)
                    .multiply(BigInteger.valueOf(scale * CLOCK_RATE))
                    .divide(BigInteger.valueOf(rate)).longValue(),
                    List.of(Bytes.slice(file, in.position(), in.position() + size))));
            in.position(in.position() + size);
        }
        return new Film(Film.Coding.VP8, pictures);
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
