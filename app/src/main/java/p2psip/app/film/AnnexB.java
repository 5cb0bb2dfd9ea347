package p2psip.app.film;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc6184.NalUnits;

/// H.264 as a stream of bytes (ITU-T H.264, Annex B): each NAL unit behind the start code 00 00 01.
/// The stream does not say when its pictures are seen: [#PICTURES] are, in a second.
final class AnnexB implements Reel {
    /// What ffmpeg takes where a stream does not say it.
    static final int PICTURES = 25;

    private static final int CLOCK_RATE = 90_000;
    private static final byte[] START = {0, 0, 0, 1};

    private final InputStream in;
    /// Of the picture that is not whole yet.
    private List<Bytes> units = new ArrayList<>();
    private boolean over;
    private long count;

    /// @param in begins with a start code
    AnnexB(InputStream in) throws IOException {
        this.in = in;
        unit();   // nothing but zeros
    }

    static boolean is(byte[] file) {
        int at = start(file);
        return at >= 0 && at <= START.length && at + 3 < file.length
                && (file[at + 3] & 0x80) == 0;
    }

    /// Where the first start code is; -1 if there is none.
    private static int start(byte[] file) {
        for (int i = 0; i + 2 < file.length; i++)
            if (file[i] == 0 && file[i + 1] == 0 && file[i + 2] == 1) return i;
        return -1;
    }

    @Override public Film.Coding coding() { return Film.Coding.H264; }

    @Override public Optional<Film.Picture> next() throws IOException {
        var pictures = NalUnits.pictures(units);
        while (!over && pictures.size() < 2) {
            unit().ifPresent(units::add);
            Reel.limit(units.stream().mapToLong(Bytes::size).sum());
            pictures = NalUnits.pictures(units);
        }
        if (pictures.isEmpty()) return Optional.empty();
        units = pictures.stream().skip(1).flatMap(List::stream)
                .collect(Collectors.toCollection(ArrayList::new));
        return Optional.of(new Film.Picture(
                count++ * CLOCK_RATE / PICTURES, pictures.getFirst()));
    }

    /// What stands before the next start code, or before the end; zeros may stand between units.
    private Optional<Bytes> unit() throws IOException {
        var out = new ByteArrayOutputStream();
        int zeros = 0;
        for (int next = in.read(); next != 1 || zeros < 2; next = in.read()) {
            over = next < 0;
            if (over) break;
            zeros = next == 0 ? zeros + 1 : 0;
            out.write(next);
            Reel.limit(out.size());
        }
        var all = out.toByteArray();
        return Optional.of(Bytes.slice(all, 0, all.length - zeros)).filter(u -> !u.isEmpty());
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
