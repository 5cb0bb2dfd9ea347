package p2psip.app.media;

import module java.base;
import p2psip.std.Bytes;

/// From where a telephone sends its RTP, or its RTCP. Learned once, from the host that its
/// description names, or that of its NAT, or the one from which its signalling comes: a machine may
/// have several addresses, and send from another than it says. What comes from the very port that
/// was named is right whatever came before. Moved only when the same source goes on with the next
/// numbers, which nobody who does not hear it can know.
final class Source {
    /// How many packets may be missing where it goes on.
    private static final int GAP = 50;

    private static final int HEADER = 12;

    /// From where its signalling comes.
    private final InetAddress signals;
    private InetSocketAddress said;
    private InetAddress host;
    private Optional<InetSocketAddress> at = Optional.empty();
    /// Whether something has come, and whether from where it was to come.
    private boolean learned, certain;
    private int ssrc, sequence;

    /// @param said    what the description says
    /// @param host    from which it is to come
    /// @param signals from which its signalling comes, and so it may come from there as well
    Source(InetSocketAddress said, InetAddress host, InetAddress signals) {
        this.signals = signals;
        begin(said, host);
    }

    private void begin(InetSocketAddress said, InetAddress host) {
        this.said = said;
        this.host = host;
        // behind a NAT nobody can send to it before it has sent something
        at = Optional.of(said).filter(_ -> said.getAddress().equals(host));
        learned = certain = false;
    }

    InetAddress host() { return host; }

    /// Where it is to be answered, if that is known.
    Optional<InetSocketAddress> at() { return at; }

    /// The description says something else now.
    void says(InetSocketAddress said, InetAddress host) {
        if (!learned || !host.equals(this.host)) begin(said, host);
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
            if (!from.getAddress().equals(host) && !from.getAddress().equals(signals))
                return false;
            learned = true;
            certain = from.equals(said);
            at = Optional.of(from);
        } else if (!certain && from.equals(said)) {
            certain = true;
            at = Optional.of(from);
        } else if (!at.equals(Optional.of(from))) {
            int ahead = number - sequence & 0xffff;
            if (!rtp || source != ssrc || ahead == 0 || ahead > GAP) return false;
            host = from.getAddress();
            certain = true;
            at = Optional.of(from);
        }
        if (rtp) {
            ssrc = source;
            sequence = number;
        }
        return true;
    }
}
