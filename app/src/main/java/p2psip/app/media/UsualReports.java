package p2psip.app.media;

import module java.base;
import p2psip.std.Bytes;

/// What a plain telephone can read of a compound packet of RTCP: the packets of RFC 3550. Feedback
/// of browsers (RFC 4585 and what came after it: lost packets, pictures wanted, bandwidth) is for
/// nobody who has not said that he knows it.
final class UsualReports {
    /// SR and RR, one of which comes first; the last of the types that go on, BYE.
    private static final int SENDER_REPORT = 200, RECEIVER_REPORT = 201, BYE = 203;

    private static final int HEADER = 4;

    private UsualReports() {}

    /// The packets that go on, as they are; none if they make no compound of RFC 3550, which a
    /// report begins.
    static Optional<Bytes> of(Bytes compound) {
        var in = compound.buffer();
        var kept = ByteBuffer.allocate(in.remaining());
        while (in.remaining() >= HEADER) {
            int type = in.get(in.position() + 1) & 0xff;
            int size = HEADER * (1 + (in.getShort(in.position() + 2) & 0xffff));
            if ((in.get(in.position()) & 0xc0) != 0x80 || size > in.remaining())
                return Optional.empty();
            if (type >= SENDER_REPORT && type <= BYE) kept.put(in.slice(in.position(), size));
            in.position(in.position() + size);
        }
        int first = kept.position() == 0 ? 0 : kept.get(1) & 0xff;
        //= rfc3550#6.1-1 a compound begins with a report: without one it says nothing here
        return first == SENDER_REPORT || first == RECEIVER_REPORT
                ? Optional.of(Bytes.from(kept.flip())) : Optional.empty();
    }
}
