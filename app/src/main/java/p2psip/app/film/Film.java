package p2psip.app.film;

import module java.base;
import p2psip.std.Bytes;

/// Pictures as a file has them, coded and never opened.
///
/// @param coding   of all of them
/// @param pictures the first first
public record Film(Coding coding, List<Picture> pictures) {
    /// How large a film may be, in bytes.
    public static final int LIMIT = 1 << 27;

    /// How a picture is coded.
    public enum Coding {
        /// By NAL units; in a file each begins with 00 00 01 (Annex B of H.264).
        H264,
        /// In frames; the file is an IVF.
        VP8;

        /// As rtpmap has it.
        public String encoding() { return name(); }
    }

    /// One picture.
    ///
    /// @param at   when it is seen, in ticks of 90 kHz from any start
    /// @param data its NAL units, or its one frame
    public record Picture(long at, List<Bytes> data) {
        public Picture { data = List.copyOf(data); }
    }

    public Film { pictures = List.copyOf(pictures); }
}
