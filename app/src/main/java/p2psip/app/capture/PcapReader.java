package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;

/// Reads classic capture files, as `tcpdump -w` writes them, in either order of bytes.
///
/// @spec https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html pcap
final class PcapReader {
    private static final int MICROSECONDS = 0xa1b2c3d4, NANOSECONDS = 0xa1b23c4d;
    private static final int HEADER = 24, LINK_TYPE = 20;

    private final ByteBuffer in;
    private final List<Frame> frames = new ArrayList<>();

    PcapReader(Bytes file) { in = file.buffer(); }

    static boolean begins(Bytes file) {
        return file.size() >= HEADER && (isMagic(file.buffer().getInt())
                || isMagic(Integer.reverseBytes(file.buffer().getInt())));
    }

    private static boolean isMagic(int number) {
        return number == MICROSECONDS || number == NANOSECONDS;
    }

    Capture read() { return Capture.upTo(frames, this::records); }

    private void records() {
        if (!isMagic(in.getInt(0))) in.order(ByteOrder.LITTLE_ENDIAN);
        long nanos = in.getInt(0) == NANOSECONDS ? 1 : 1_000;
        int linkType = in.getInt(LINK_TYPE) & 0xfff_ffff;
        for (in.position(HEADER); in.hasRemaining();) {
            var at = Instant.ofEpochSecond(in.getInt() & 0xffff_ffffL,
                    (in.getInt() & 0xffff_ffffL) * nanos);
            int size = in.getInt(), original = in.getInt();
            var bytes = Bytes.from(in.slice(in.position(), size));
            in.position(in.position() + size);
            frames.add(new Frame(frames.size() + 1, at, linkType, bytes, original - size));
        }
    }
}
