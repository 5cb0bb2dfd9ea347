package p2psip.app.film;

import module java.base;

/// Films as files.
public final class FilmFile {
    /// What shows which it is: a start code, and the first byte behind it.
    private static final int HEAD = 8;

    private FilmFile() {}

    /// Reads what `ffmpeg -c:v libx264 film.h264` and `ffmpeg -c:v libvpx film.ivf` write, as it
    /// comes: what says which of the two it is has to be there.
    ///
    /// @throws IllegalArgumentException if it is neither; the message says so
    public static Reel open(InputStream file) throws IOException {
        var in = new BufferedInputStream(file, 1 << 16);
        in.mark(HEAD);
        var head = in.readNBytes(HEAD);
        in.reset();
        if (Ivf.is(head)) return new Ivf(in);
        if (AnnexB.is(head)) return new AnnexB(in);
        throw new IllegalArgumentException(
                "it is neither H.264 (Annex B, .h264) nor VP8 (.ivf)");
    }

    /// Reads a whole one.
    ///
    /// @throws IllegalArgumentException if it is neither; the message says so
    public static Film parse(byte[] file) {
        try {
            var reel = open(new ByteArrayInputStream(file));
            var pictures = new ArrayList<Film.Picture>();
            for (var next = reel.next(); next.isPresent(); next = reel.next())
                pictures.add(next.get());
            return new Film(reel.coding(), pictures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file that others play.
    public static byte[] encode(Film film) {
        return switch (film.coding()) {
            case H264 -> AnnexB.encode(film);
            case VP8 -> Ivf.encode(film);
        };
    }
}
