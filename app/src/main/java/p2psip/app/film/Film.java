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

    /// Reads what `ffmpeg -c:v libx264 film.h264` and `ffmpeg -c:v libvpx film.ivf` write.
    ///
    /// @throws IllegalArgumentException if it is neither; the message says so
    public static Film parse(byte[] file) {
        if (Ivf.is(file)) return Ivf.parse(file);
        if (AnnexB.is(file)) return AnnexB.parse(file);
        throw new IllegalArgumentException(
                "it is neither H.264 (Annex B, .h264) nor VP8 (.ivf)");
    }

    /// As a file that others play.
    public byte[] encode() {
        return switch (coding) {
            case H264 -> AnnexB.encode(this);
            case VP8 -> Ivf.encode(this);
        };
    }
}
