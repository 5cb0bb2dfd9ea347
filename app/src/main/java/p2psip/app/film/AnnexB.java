package p2psip.app.film;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc6184.NalUnits;

/// H.264 as a stream of bytes (ITU-T H.264, Annex B): each NAL unit behind the start code 00 00 01.
/// The stream does not say when its pictures are seen: [#PICTURES] are, in a second.
final class AnnexB {
    /// What ffmpeg takes where a stream does not say it.
    static final int PICTURES = 25;

    private static final int CLOCK_RATE = 90_000;
    private static final byte[] START = {0, 0, 0, 1};

    private AnnexB() {}

    static boolean is(byte[] file) {
        int at = start(file, 0);
        return at >= 0 && at <= START.length && at + 3 < file.length
                && (file[at + 3] & 0x80) == 0;
    }

    /// Where the next start code is; -1 if there is none.
    private static int start(byte[] file, int from) {
        for (int i = from; i + 2 < file.length; i++)
            if (file[i] == 0 && file[i + 1] == 0 && file[i + 2] == 1) return i;
        return -1;
    }

    static Film parse(byte[] file) {
        var all = Bytes.wrap(file);
        var units = new ArrayList<Bytes>();
        for (int at = start(file, 0); at >= 0; ) {
            int next = start(file, at + 3);
            int end = next < 0 ? file.length : next;
            while (end > at + 3 && file[end - 1] == 0) end--;   // zeros may stand between units
            if (end > at + 3) units.add(all.slice(at + 3, end));
            at = next;
        }
        var pictures = NalUnits.pictures(units);
        return new Film(Film.Coding.H264, IntStream.range(0, pictures.size())
                .mapToObj(i -> new Film.Picture((long) i * CLOCK_RATE / PICTURES, pictures.get(i)))
                .toList());
    }

    static byte[] encode(Film film) {
        var out = new ByteArrayOutputStream();
        for (var picture : film.pictures()) for (var unit : picture.data()) {
            out.writeBytes(START);
            out.writeBytes(unit.toArray());
        }
        return out.toByteArray();
    }
}
