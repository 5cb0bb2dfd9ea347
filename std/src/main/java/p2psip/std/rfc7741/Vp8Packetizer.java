package p2psip.std.rfc7741;

import module java.base;
import p2psip.std.Bytes;

/// Makes payloads of a frame, without regard to where its partitions are: it is not opened.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7741#section-4.4 RFC 7741 §4.4
public final class Vp8Packetizer {
    private final int most;

    /// @param most bytes in a payload
    public Vp8Packetizer(int most) {
        if (most < 2) throw new IllegalArgumentException(most + " bytes hold nothing");
        this.most = most;
    }

    /// The payloads of a frame, in order; the last one has the marker bit, and all have the same
    /// timestamp.
    public List<Bytes> payloads(Bytes frame) {
        var all = new ArrayList<Bytes>();
        //= rfc7741#4.4-6 a payload has data of one frame only
        //= rfc7741#4.4-4 in the order in which they are in it, which is that of decoding
        for (int at = 0; at < frame.size(); at += most - 1) {
            int end = Math.min(frame.size(), at + most - 1);
            var payload = ByteBuffer.allocate(1 + end - at);
            //= rfc7741#4.2-5,6 the S bit is 1 in the first packet of a frame
            //= rfc7741#4.2-7,9 whose PID is 0, as that of all: no other packet has S set
            //= rfc7741#4.4-2 partitions are not considered, and PID stays 0
            payload.put(Vp8Descriptor.first(at == 0)).put(frame.slice(at, end).buffer());
            all.add(Bytes.from(payload.flip()));
        }
        return all;
    }
}
