package p2psip.std.rfc3711;

/// What is known of one source: which packets of it have been there.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-3.2 RFC 3711 §3.2
final class SrtpStream {
    private static final int RTP_INDEX = 48, RTCP_INDEX = 31;
    static final int RTCP_MASK = 0x7fff_ffff;

    private final int ssrc;
    private final ReplayWindow rtp = new ReplayWindow(RTP_INDEX);
    private final ReplayWindow rtcp = new ReplayWindow(RTCP_INDEX);
    private int nextRtcp;
    private Keyring key;

    SrtpStream(int ssrc, Keyring key) {
        this.ssrc = ssrc;
        this.key = key;
    }

    int ssrc() { return ssrc; }

    ReplayWindow window(boolean isRtcp) { return isRtcp ? rtcp : rtp; }

    /// The master key of its last packet.
    Keyring key() { return key; }

    //= rfc3711#3.2.1-1 so s_l is the number of an authenticated packet
    void took(long index, boolean isRtcp, Keyring key) {
        window(isRtcp).take(index);
        this.key = key;
    }

    int nextRtcp() { return nextRtcp; }

    void sentRtcp() { nextRtcp = after(nextRtcp); }

    //= rfc3711#3.4-5 incremented by one modulo 2^31, so that behind the last index zero comes again
    static int after(int index) { return index + 1 & RTCP_MASK; }
}
