package p2psip.app.media;

import module java.base;
import p2psip.std.Bytes;

/// From where a telephone sends its RTP, or its RTCP. Learned once, from the host that its
/// description names; moved only when the same source goes on with the next numbers, which nobody
/// who does not hear it can know.
final class Source {
    /// How many packets may be missing where it goes on.
    private static final int GAP = 50;

    private static final int HEADER = 12;

    private InetSocketAddress at;
    private boolean learned;
    private int ssrc, sequence;

    /// @param said what the description says
    Source(InetSocketAddress said) { this.at = said; }

    /// Where it is to be answered.
    InetSocketAddress at() { return at; }

    /// The description says something else now.
    void says(InetSocketAddress said) {
        if (said.getAddress().equals(at.getAddress()) && learned) return;
        at = said;
        learned = false;
    }

    /// Whether a packet is of the telephone, which is where it came from then.
    ///
    /// @param numbered whether it is RTP, which has numbers; what is not is taken from where the
    ///                 first came
    boolean takes(InetSocketAddress from, Bytes packet, boolean numbered) {
        boolean rtp = numbered && packet.size() >= HEADER && (packet.at(0) & 0xc0) == 0x80;
        int number = rtp ? Short.toUnsignedInt(packet.buffer().getShort(2)) : 0;
        int source = rtp ? packet.buffer().getInt(8) : 0;
        if (!learned) {
            if (!from.getAddress().equals(at.getAddress())) return false;
            learned = true;
            at = from;
        } else if (!from.equals(at)) {
            int ahead = number - sequence & 0xffff;
            if (!rtp || source != ssrc || ahead == 0 || ahead > GAP) return false;
            at = from;
        }
        if (rtp) {
            ssrc = source;
            sequence = number;
        }
        return true;
    }
}
