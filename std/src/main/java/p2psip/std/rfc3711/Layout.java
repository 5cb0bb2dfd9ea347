package p2psip.std.rfc3711;

import static java.nio.ByteOrder.BIG_ENDIAN;

import module java.base;

/// Where things are in a packet that is bytes `[from, to)` of an array.
final class Layout {
    /// How long a packet may be: no datagram is longer.
    //= rfc7714#10-1,4,5 far below the maximum of plaintext and ciphertext per invocation
    //= rfc7714#13.1-5 so the block counter never comes near its end
    //= rfc3711#4.1.1-5 nor are there more than 2^16 blocks for one IV
    static final int MAX = 65_535;
    static final int RTP_HEADER = 12, RTCP_HEADER = 8;
    /// Index and flag behind an RTCP packet.
    static final int RTCP_WORD = 4;
    static final int NONE = -1;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(int[].class, BIG_ENDIAN);

    private Layout() {}

    static int word(byte[] packet, int at) { return (int) WORD.get(packet, at); }

    static void word(byte[] packet, int at, int word) { WORD.set(packet, at, word); }

    static int ssrc(byte[] packet, int from, boolean rtcp) {
        return word(packet, from + (rtcp ? 4 : 8));
    }

    static int sequence(byte[] packet, int from) { return word(packet, from) & 0xffff; }

    /// Where the part begins that is enciphered, or [#NONE] if it is no such packet.
    static int clear(byte[] packet, int from, int to, boolean rtcp) {
        int size = to - from;
        if (size > MAX || size < (rtcp ? RTCP_HEADER : RTP_HEADER) || packet[from] >> 6 != -2)
            return NONE;
        if (rtcp) return from + RTCP_HEADER;
        int first = packet[from];
        int at = from + RTP_HEADER + 4 * (first & 15);
        if ((first & 0x10) != 0 && at + 4 <= to) at += 4 + 4 * (word(packet, at) & 0xffff);
        else if ((first & 0x10) != 0) return NONE;
        return at > to ? NONE : at;
    }
}
