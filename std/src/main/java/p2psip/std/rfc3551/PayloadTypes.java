package p2psip.std.rfc3551;

import module java.base;

/// The payload type numbers that mean the same in every session.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3551#section-6 RFC 3551 §6
public final class PayloadTypes {

    /// What a payload is encoded with.
    ///
    /// @param name as in rtpmap
    /// @param media `audio` or `video`; the payload type 33 is both and said to be `video`
    /// @param clockRate in Hz
    /// @param channels 1 for video, and for MPA, which says by itself how many it has
    //= rfc3551#3-1 each encoding has a short name, which SDP uses
    public record Encoding(int payloadType, String name, String media, int clockRate,
            int channels) {}

    /// The first of the numbers that sessions bind as they like.
    //= rfc3551#3¶6 numbers from 96 to 127 are dynamic
    //= rfc3551#3-2 values of this range are used first
    public static final int FIRST_DYNAMIC = 96;
    //= rfc3551#6-1 payload types up to 127 are defined dynamically
    public static final int LAST_DYNAMIC = 127;

    private static final NavigableMap<Integer, Encoding> STATIC = new TreeMap<>();

    static {
        audio(0, "PCMU", 8000, 1);
        audio(3, "GSM", 8000, 1);
        audio(4, "G723", 8000, 1);
        audio(5, "DVI4", 8000, 1);
        audio(6, "DVI4", 16000, 1);
        audio(7, "LPC", 8000, 1);
        audio(8, "PCMA", 8000, 1);
        //= rfc3551#4.5.2¶2 G722 samples at 16 kHz but its clock stays at 8000 Hz
        audio(9, "G722", 8000, 1);
        audio(10, "L16", 44100, 2);
        audio(11, "L16", 44100, 1);
        audio(12, "QCELP", 8000, 1);
        audio(13, "CN", 8000, 1);
        audio(14, "MPA", 90000, 1);
        audio(15, "G728", 8000, 1);
        audio(16, "DVI4", 11025, 1);
        audio(17, "DVI4", 22050, 1);
        audio(18, "G729", 8000, 1);
        video(25, "CelB");
        video(26, "JPEG");
        video(28, "nv");
        video(31, "H261");
        video(32, "MPV");
        video(33, "MP2T");
        video(34, "H263");
    }

    private PayloadTypes() {}

    /// The encoding that has this number without any rtpmap.
    public static Optional<Encoding> of(int payloadType) {
        return Optional.ofNullable(STATIC.get(payloadType));
    }

    /// All of them, by number.
    public static Collection<Encoding> all() {
        return Collections.unmodifiableCollection(STATIC.values());
    }

    private static void audio(int payloadType, String name, int clockRate, int channels) {
        STATIC.put(payloadType, new Encoding(payloadType, name, "audio", clockRate, channels));
    }

    private static void video(int payloadType, String name) {
        STATIC.put(payloadType, new Encoding(payloadType, name, "video", 90000, 1));
    }
}
