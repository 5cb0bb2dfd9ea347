package p2psip.std.rfc3711;

import module java.base;

/// Protects what one side sends in a session, RTP and RTCP, in the buffers that hold it.
///
/// A buffer has a whole packet between position and limit, and room behind it. No packet is
/// protected twice: whoever wants to send it again keeps what came of it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-3.3 RFC 3711 §3.3
public final class SrtpSender {
    /// How many sources may send under one master key; the packets of others are
    /// [Verdict#CROWDED].
    public static final int MAX_STREAMS = 64;

    private final SrtpStreams streams = new SrtpStreams(MAX_STREAMS);
    //= rfc5764#4.1.3-2 exactly one master key protects packets at any given time
    private Keyring key;

    public SrtpSender(SrtpPolicy policy, MasterKey key) {
        this.key = new Keyring(policy, key);
    }

    /// Goes on with another master key, from the next packet.
    ///
    /// Indices go on as they were: the peer has to be told of the key, not of them.
    ///
    /// @throws IllegalArgumentException if packets would name it by more or fewer bytes than before
    public void rekey(MasterKey next) { rekey(key.policy(), next); }

    /// The same, and with another suite.
    public void rekey(SrtpPolicy policy, MasterKey next) {
        //= rfc3711#3.2.1-2 the length of the MKI is fixed
        if (next.mki().size() != key.mki().length)
            throw new IllegalArgumentException("MKI of " + next.mki().size() + " bytes");
        //= rfc3711#3.3.1-7 nothing but the key: after re-keying the ROC is not reset to zero
        //= rfc3711#3.4-6 nor is the SRTCP index
        //= rfc7714#13.1-6 so what indices were at a rekey is kept
        key = new Keyring(policy, next);
    }

    /// How much longer a packet becomes. Whoever schedules RTCP counts it as what IP and UDP add.
    //= rfc3711#3.4-11 this is for the two measures that are taken of RTCP
    //= rfc3711#3.4-12,13 avg_rtcp_size includes the size of the fields added by SRTCP
    public int growth(boolean rtcp) { return key.growth(rtcp); }

    /// How many packets may still be protected by this master key.
    public long left(boolean rtcp) { return key.left(rtcp); }

    /// Whether it is time for another master key: less than a sixteenth of its life is left.
    //= rfc3711#8.1-1 traffic is counted, and whoever manages keys hears that it is time to re-key
    //= rfc3711#3.3.1-9 re-keying is triggered before
    public boolean rekeyDue() { return key.old(); }

    /// Protects an RTP packet.
    public Verdict protectRtp(ByteBuffer packet) { return protect(packet, false); }

    /// Protects a compound RTCP packet.
    public Verdict protectRtcp(ByteBuffer packet) { return protect(packet, true); }

    //= rfc3711#3.3-1 context, index, keys, encryption, MKI, tag and ROC, in this order
    private Verdict protect(ByteBuffer packet, boolean rtcp) {
        byte[] bytes = packet.array();
        int from = packet.arrayOffset() + packet.position();
        int to = packet.arrayOffset() + packet.limit();
        int clear = Layout.clear(bytes, from, to, rtcp);
        if (clear == Layout.NONE || to - from + growth(rtcp) > Layout.MAX)
            return Verdict.MALFORMED;
        if (packet.capacity() - packet.limit() < growth(rtcp)) return Verdict.NO_ROOM;
        //= rfc3711#3.3.1-8 after so many packets none is sent with that key any more
        //= rfc3711#8.1.1-3 the maximum is never exceeded
        //= rfc3711#3.4-9 the number of SRTCP packets is checked too
        if (over()) return Verdict.EXHAUSTED;
        int ssrc = Layout.ssrc(bytes, from, rtcp);
        int place = streams.find(ssrc);
        //= rfc7714#8.4-5 all sources that have sent under a key are remembered
        if (place < 0 && !streams.room(List.of(key))) return Verdict.CROWDED;
        //= rfc3711#3.2.1-9,10 each stream has its replay lists, counters and indices for itself
        var stream = place < 0 ? streams.add(ssrc, key, List.of(key)) : streams.at(place);
        return rtcp ? rtcp(stream, packet, bytes, from, to)
                : rtp(stream, packet, bytes, from, clear, to);
    }

    //= rfc7714#8.4-1 a re-key comes before the index cycles
    //= rfc7714#9.4-1 before the SRTCP index does
    //= rfc7714#13.1-7,8 processing ceases until there is another master key
    private boolean over() { return key.exhausted(); }

    private Verdict rtp(SrtpStream stream, ByteBuffer packet, byte[] bytes, int from, int clear,
            int to) {
        //= rfc3711#3.3.1-1 the ROC begins at zero
        long index = stream.window(false).estimate(Layout.sequence(bytes, from));
        //= rfc7714#8.4-2 the values are checked here, wherever they come from
        //= rfc3711#4.1.1-6,7 index and SSRC are never used twice with a key, so no IV is
        if (repeats(stream, index)) return Verdict.REPLAYED;
        var transform = key.transform(index, false);
        //= rfc3711#3.1-9 encryption before authentication
        if (key.policy().encrypts(false)) transform.encipher(bytes, from, clear, to, index);
        else transform.encipher(bytes, from, to, to, index);
        return finish(stream, transform, packet, from, to + transform.expansion(), index, false);
    }

    /// Whether a packet has an index that was there, or may have been: of whatever source, if two
    /// have one SSRC.
    //= rfc3711#9.1-1,4 so no keystream encrypts two packets of one SSRC under a key
    //= rfc3711#9.2-6 distinct packets have distinct IVs
    private static boolean repeats(SrtpStream stream, long index) {
        //= rfc4568#6.4-1 the keystream is not reused on different plaintext
        //= rfc4568#6.4.2-2 not by two that share a master key and are not unique
        //= rfc5764#3-5 nor by sources whose SSRC values are not distinct
        return !stream.window(false).fresh(index);
    }

    private Verdict rtcp(SrtpStream stream, ByteBuffer packet, byte[] bytes, int from, int to) {
        int index = stream.nextRtcp();
        //= rfc4568#6.3.2-1,2 the E bit is clear or set as was agreed, in all messages
        //= rfc4568#6-2 and overrides nothing
        boolean encrypts = key.policy().encrypts(true);
        int word = encrypts ? index | ~SrtpStream.RTCP_MASK : index;
        var transform = key.transform(index, true);
        //= rfc3711#3.4-7 the NULL algorithm is applied to packets not to be encrypted
        //= rfc3711#3.4-4 no encryption prefix: RTCP is enciphered behind its first header
        transform.encipher(bytes, from, encrypts ? from + Layout.RTCP_HEADER : to, to,
                word & 0xffff_ffffL);
        int end = to + transform.expansion();
        //= rfc3711#3.4-1 flag and index are appended
        Layout.word(bytes, end, word);
        stream.sentRtcp();
        return finish(stream, transform, packet, from, end + Layout.RTCP_WORD,
                word & 0xffff_ffffL, true);
    }

    //= rfc3711#3.1-4 MKI and tag are the only fields added that RTP does not have
    //= rfc3711#3.4-1 SRTCP has the MKI and the authentication tag appended too
    //= rfc7714#8.2-2 the MKI is raw data
    private Verdict finish(SrtpStream stream, Transform transform, ByteBuffer packet, int from,
            int end, long index, boolean rtcp) {
        //= rfc5764#4.1-3 with an MKI that applies to all of the SSRCs
        //= rfc5764#4.1.3-6 all packets contain it
        System.arraycopy(key.mki(), 0, packet.array(), end, key.mki().length);
        int tagAt = end + key.mki().length;
        transform.sign(packet.array(), from, end, index, tagAt);
        key.used(transform, rtcp);
        stream.took(rtcp ? index & SrtpStream.RTCP_MASK : index, rtcp, key);
        packet.limit(tagAt + transform.tag() - packet.arrayOffset());
        return Verdict.DONE;
    }
}
