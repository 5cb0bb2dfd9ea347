package p2psip.std.rfc7983;

import p2psip.std.Bytes;
import p2psip.std.rfc5761.RtcpMux;

/// What a datagram is, of all that may share a port with a call: its first byte tells, and of what
/// is RTP or RTCP the second.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7983#section-7 RFC 7983 §7
public enum PacketKind {
    STUN, ZRTP, DTLS,
    /// TURN's ChannelData.
    CHANNEL,
    RTP, RTCP,
    /// None of these: it is dropped.
    UNKNOWN;

    /// Of an empty datagram [#UNKNOWN].
    public static PacketKind of(Bytes datagram) {
        int size = datagram.size();
        return of(size > 0 ? datagram.at(0) & 0xff : 255, size > 1 ? datagram.at(1) & 0xff : 0);
    }

    /// @param second the second byte, which only counts with some
    public static PacketKind of(int first, int second) {
        if (first <= 3) return STUN;
        //= rfc5764#5.1.2-1 other packet types on the port can be demultiplexed
        if (first >= 16 && first <= 19) return ZRTP;
        if (first >= 20 && first <= 63) return DTLS;
        if (first >= 64 && first <= 79) return CHANNEL;
        if (first >= 128 && first <= 191) return RtcpMux.isRtcp(second) ? RTCP : RTP;
        //= rfc7983#7-1 a value of no known range: dropped
        return UNKNOWN;
    }
}
