package p2psip.app.film;

/// Films as files.
public final class FilmFile {
    private FilmFile() {}

    /// Reads what `ffmpeg -c:v libx264 film.h264` and `ffmpeg -c:v libvpx film.ivf` write.
    ///
    /// @throws IllegalArgumentException if it is neither; the message says so
    public static Film parse(byte[] file) {
        if (Ivf.is(file)) return Ivf.parse(file);
        if (AnnexB.is(file)) return AnnexB.parse(file);
        throw new IllegalArgumentException(
                "it is neither H.264 (Annex B, .h264) nor VP8 (.ivf)");
    }

    /// A file that others play.
    public static byte[] encode(Film film) {
        return switch (film.coding()) {
            case H264 -> AnnexB.encode(film);
            case VP8 -> Ivf.encode(film);
        };
    }
}
