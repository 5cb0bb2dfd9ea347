package p2psip.std.rfc6184;

import module java.base;
import p2psip.std.Bytes;

/// Makes payloads of the NAL units of a picture: one for each unit that fits, and of a larger one
/// as many fragments as it takes (non-interleaved mode).
///
/// ```text
///  FU indicator    FU header
///  +---------------+---------------+
///  |F|NRI| 28      |S|E|R|  Type   |   S: the first, E: the last fragment
///  +---------------+---------------+
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc6184#section-5.8 RFC 6184 §5.8
public final class NalPacketizer {
    /// The type of a fragment.
    static final int FU_A = 28;

    static final int START = 0x80, END = 0x40;

    private static final int HEADERS = 2;

    private final int most;

    /// @param most bytes in a payload
    public NalPacketizer(int most) {
        if (most <= HEADERS) throw new IllegalArgumentException(most + " bytes hold nothing");
        this.most = most;
    }

    /// The payloads of a picture, in order; the last one has the marker bit, and all have the same
    /// timestamp.
    public List<Bytes> payloads(List<Bytes> units) {
        var all = new ArrayList<Bytes>();
        //= rfc6184#5.5-5 in the order in which units come, which is that of decoding
        //= rfc6184#6.3-5 the order of transmission complies with it
        for (var unit : units) {
            //= rfc6184#5.6-1 a packet has one unit only, or a fragment of one
            //= rfc6184#5.8-4,5 STAPs are not fragmented, and FUs are not nested
            //= rfc6184#6.3-3,4 nothing else is used in this mode
            if (unit.size() <= most) all.add(unit);
            else fragment(unit, all);
        }
        return all;
    }

    private void fragment(Bytes unit, List<Bytes> all) {
        int header = unit.at(0);
        //= rfc6184#5.8-1,2 each octet is in one fragment, and they are sent in consecutive order
        //= rfc6184#5.8-10 two at least: the Start bit and the End bit are not in the same one
        for (int at = 1; at < unit.size(); at += most - HEADERS) {
            int end = Math.min(unit.size(), at + most - HEADERS);
            var payload = ByteBuffer.allocate(HEADERS + end - at);
            //= rfc6184#5.8-8 the NRI field is that of the fragmented unit
            payload.put((byte) (header & 0xe0 | FU_A));
            //= rfc6184#5.8-9 the reserved bit is 0
            payload.put((byte) (header & 0x1f | (at == 1 ? START : 0)
                    | (end == unit.size() ? END : 0)));
            payload.put(unit.slice(at, end).buffer());
            all.add(Bytes.from(payload.flip()));
        }
    }
}
