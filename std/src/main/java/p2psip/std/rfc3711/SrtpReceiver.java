package p2psip.std.rfc3711;

import module java.base;
import p2psip.std.Bytes;

/// Takes the protection off what the other side of a session has sent, and refuses what it has not.
///
/// A buffer has a whole datagram between position and limit; what becomes of it is in the same
/// place. A source is known from its first genuine packet on, so a stranger costs one hash for each
/// packet and leaves nothing.
///
/// Keys that packets name (by MKI) are looked up. Else there may be two, for while the peer changes
/// from one to the other its packets may come in any order: the newer one is tried first, and a
/// forgery costs two hashes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-3.3 RFC 3711 §3.3
public final class SrtpReceiver {
    /// How many sources are known at once. When there are so many another one is
    /// [Verdict#CROWDED], unless some have been silent since the master key was another.
    public static final int MAX_STREAMS = 64;
    /// How many master keys are kept: if one more is expected, the oldest goes.
    public static final int MAX_NAMED_KEYS = 16, MAX_KEYS = 2;
    //= rfc3711#3.3.2-2 how far behind its highest index a packet is accepted, at least 64
    public static final int WINDOW = ReplayWindow.SIZE;

    private final int mkiSize;
    private final SrtpStreams streams = new SrtpStreams(MAX_STREAMS);
    private final List<Keyring> keys = new ArrayList<>();

    /// @param key the peer's, and so not ours
    public SrtpReceiver(SrtpPolicy policy, MasterKey key) {
        mkiSize = key.mki().size();
        keys.add(new Keyring(policy, key));
    }

    /// Another master key of the peer, which it may use from now on.
    ///
    /// @throws IllegalArgumentException if it is named by more or fewer bytes than others, or as
    ///     one of them
    public void expect(MasterKey next) { expect(keys.getLast().policy(), next); }

    /// The same, and with another suite.
    public void expect(SrtpPolicy policy, MasterKey next) {
        //= rfc3711#3.2.1-2 the length of the MKI is fixed
        if (next.mki().size() != mkiSize)
            throw new IllegalArgumentException("MKI of " + next.mki().size() + " bytes");
        if (mkiSize > 0 && keys.stream().anyMatch(k -> next.mki().equals(Bytes.wrap(k.mki()))))
            throw new IllegalArgumentException("two keys of one MKI");
        if (keys.size() == (mkiSize > 0 ? MAX_NAMED_KEYS : MAX_KEYS)) keys.removeFirst();
        //= rfc5764#4.3-1 several sets of keys are stored, so that packets under either can be read
        //= rfc5764#5.2-1 old and new keys for some time
        keys.add(new Keyring(policy, next));
    }

    /// Drops all master keys but the one expected last: what was on its way under others has come.
    public void settle() { keys.subList(0, keys.size() - 1).clear(); }

    /// A source is under way already, and somebody has told how far. If it is known here, nothing
    /// changes: what was heard of it counts for more.
    ///
    /// @param roc how often its sequence numbers have begun again
    //= rfc3711#3.3.1-4 who joins a session is given the current ROC
    public void join(long ssrc, long roc, int sequence) {
        if (streams.find((int) ssrc) >= 0) return;
        if (!streams.room(keys)) throw new IllegalStateException("too many sources");
        streams.add((int) ssrc, keys.getLast(), keys).window(false).begin(roc << 16 | sequence);
    }

    /// Forgets a source that has said BYE or was silent for long, as the table of members does.
    /// Nothing is known then of what it has sent: its packets could be heard again.
    //= rfc4568#6.5-1 contexts are removed when the SSRC is removed from the member table
    public void forget(long ssrc) { streams.forget((int) ssrc); }

    /// How many sources are known.
    public int streams() { return streams.size(); }

    /// Checks a datagram that should be SRTP, and makes the RTP packet of it.
    public Verdict unprotectRtp(ByteBuffer packet) { return unprotect(packet, false); }

    /// Checks a datagram that should be SRTCP, and makes the compound packet of it.
    public Verdict unprotectRtcp(ByteBuffer packet) { return unprotect(packet, true); }

    //= rfc3711#3.3-2 context, index, keys, replay, authentication, decryption, update
    private Verdict unprotect(ByteBuffer packet, boolean rtcp) {
        byte[] bytes = packet.array();
        int from = packet.arrayOffset() + packet.position();
        int to = packet.arrayOffset() + packet.limit();
        int clear = Layout.clear(bytes, from, to, rtcp);
        if (clear == Layout.NONE) return Verdict.MALFORMED;
        if (mkiSize > 0) return named(packet, bytes, from, clear, to, rtcp);
        var verdict = Verdict.UNKNOWN_KEY;
        //= rfc5764#5.2-3,4,5 a packet goes by the newer set of keys, if that fails by the older
        for (int i = keys.size() - 1; i >= 0; i--) {
            verdict = check(keys.get(i), packet, bytes, from, clear, to, rtcp);
            if (verdict != Verdict.AUTHENTICATION_FAILURE && verdict != Verdict.EXHAUSTED)
                return verdict;
        }
        return verdict;
    }

    /// The packet says itself which key it is under.
    //= rfc3711#3.1-7 the MKI identifies a master key, so that one can re-key
    private Verdict named(ByteBuffer packet, byte[] bytes, int from, int clear, int to,
            boolean rtcp) {
        //= rfc3711#3.1-6 the MKI names a master key, never the context
        for (int i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            int at = to - key.tag(rtcp) - mkiSize;
            if (at < clear) return Verdict.MALFORMED;
            if (Arrays.equals(bytes, at, at + mkiSize, key.mki(), 0, mkiSize))
                return check(key, packet, bytes, from, clear, to, rtcp);
        }
        //= rfc3711#3.2.3-2 a packet for which there is no context is discarded
        //= rfc5764#5.2-2 without a matching MKI it is rejected
        return Verdict.UNKNOWN_KEY;
    }

    private Verdict check(Keyring key, ByteBuffer packet, byte[] bytes, int from, int clear,
            int to, boolean rtcp) {
        if (to - key.growth(rtcp) < clear) return Verdict.MALFORMED;
        int tagAt = to - key.tag(rtcp);
        int end = tagAt - mkiSize;
        //= rfc3711#3.2.3-1 the context is that of the SSRC, of whoever sends to this address
        int ssrc = Layout.ssrc(bytes, from, rtcp);
        int place = streams.find(ssrc);
        long index = rtcp ? Layout.word(bytes, end - Layout.RTCP_WORD) & 0xffff_ffffL
                : place < 0 ? Layout.sequence(bytes, from)
                : streams.at(place).window(false).estimate(Layout.sequence(bytes, from));
        long plain = rtcp ? index & SrtpStream.RTCP_MASK : index;
        //= rfc3711#3.3-3 what was there before is discarded, and whoever asked may log it
        //= rfc3711#3.3.2-1 replay protection is always on, for RTP and RTCP
        if (place >= 0 && !streams.at(place).window(rtcp).fresh(plain)) return Verdict.REPLAYED;
        //= rfc4568#6.1-1 no packets are accepted beyond the lifetime of the key
        //= rfc5764#4.4-1 inbound traffic neither
        if (key.exhausted()) return Verdict.EXHAUSTED;
        var transform = key.transform(plain, rtcp);
        //= rfc3711#4.2-3 tags that differ: authentication failure
        //= rfc3711#3.4-10 RTCP is never taken without
        //= rfc4568#6.4.1-1,2 late binding: the context is instantiated by an authentic packet only
        if (!transform.proves(bytes, from, end, index, tagAt))
            //= rfc3711#3.3-4 a packet that fails is discarded, and whoever asked may log it
            //= rfc3711#3.1-9 decryption comes after authentication
            return Verdict.AUTHENTICATION_FAILURE;
        int cipherEnd = end - transform.expansion() - (rtcp ? Layout.RTCP_WORD : 0);
        boolean enciphered = rtcp ? index != plain : key.policy().encryptRtp();
        if (place < 0 && !streams.room(keys)) return Verdict.CROWDED;
        if (!transform.decipher(bytes, from, enciphered ? clear : cipherEnd, cipherEnd, index))
            return Verdict.AUTHENTICATION_FAILURE;
        var stream = place < 0 ? streams.add(ssrc, key, keys) : streams.at(place);
        stream.took(plain, rtcp, key);
        key.used(transform, rtcp);
        packet.limit(cipherEnd - packet.arrayOffset());
        return Verdict.DONE;
    }
}
