package p2psip.app.film;

import module java.base;
import p2psip.app.film.Film.*;

/// A film that is read as it comes: one picture after the other, and none is kept.
public interface Reel {
    /// How large a picture may be, in bytes.
    int LIMIT = 1 << 23;

    Coding coding();

    /// The next picture, as soon as it is there; empty if there is none any more.
    ///
    /// @throws IllegalArgumentException if it is larger than a picture may be
    Optional<Picture> next() throws IOException;

    static void limit(long size) {
        if (size > LIMIT) throw new IllegalArgumentException(
                "a picture is larger than " + (LIMIT >> 20) + " MiB");
    }
}
