package p2psip.std.rfc3711;

import module java.base;

/// A master key in use, with the session keys that it has given, and how much it has protected.
///
/// Session keys of two periods are kept: what somebody has only tried never displaces what has
/// worked, so whoever sends forgeries makes others be derived, but never those of the stream.
final class Keyring {
    private record Keys(long period, Transform transform) {}

    private final MasterKey master;
    private final SrtpPolicy policy;
    private final KeyDerivation derivation;
    private final byte[] mki;
    private Keys rtp, rtpTried, rtcp, rtcpTried;
    private final int rtpTag, rtcpTag;
    private long rtpPackets, rtcpPackets;

    //= rfc3711#4.3.1-5 the key derivation rate is one as long as the master key lives
    Keyring(SrtpPolicy policy, MasterKey master) {
        if (master.key().size() != policy.suite().keySize()
                || master.salt().size() != policy.suite().saltSize())
            throw new IllegalArgumentException(policy.suite().name() + " has no key of "
                    + master.key().size() + " and salt of " + master.salt().size() + " bytes");
        this.policy = policy;
        this.master = master;
        mki = master.mki().toArray();
        derivation = new KeyDerivation(master);
        //= rfc3711#4.3.1-2,4 keys are derived before the first packet, at least this once
        rtp = rtpTried = derive(0, false);
        //= rfc3711#4.3.2-1 SRTCP from the same master key as SRTP, by default
        //= rfc3711#3.2.1-7 whose context it shares
        //= rfc3711#8-2 so both share master keys
        rtcp = rtcpTried = derive(0, true);
        rtpTag = rtp.transform.tag();
        rtcpTag = rtcp.transform.tag();
    }

    private Keys derive(long period, boolean isRtcp) {
        return new Keys(period, policy.suite().transform(derivation, period, isRtcp));
    }

    SrtpPolicy policy() { return policy; }

    byte[] mki() { return mki; }

    /// How much longer a packet becomes.
    int growth(boolean isRtcp) {
        return policy.suite().growth(isRtcp) + mki.length + (isRtcp ? Layout.RTCP_WORD : 0);
    }

    /// The size of the tag behind a packet, whatever the session keys.
    int tag(boolean isRtcp) { return isRtcp ? rtcpTag : rtpTag; }

    /// What works with the session keys for a packet.
    Transform transform(long index, boolean isRtcp) {
        long rate = policy.keyDerivationRate();
        //= rfc3711#4.3.1-3 further derivations by the key derivation rate
        //= rfc3711#4.3.1-14 without a rate it takes place once
        long period = rate == 0 ? 0 : index / rate;
        var proven = isRtcp ? rtcp : rtp;
        if (proven.period == period) return proven.transform;
        var tried = isRtcp ? rtcpTried : rtpTried;
        if (tried.period != period) {
            tried = derive(period, isRtcp);
            if (isRtcp) rtcpTried = tried;
            else rtpTried = tried;
        }
        return tried.transform;
    }

    /// Takes note of a packet that was protected, or genuine, and of whatever keys it was for.
    void used(Transform transform, boolean isRtcp) {
        if (isRtcp) {
            rtcpPackets++;
            if (rtcp.transform != transform) {
                var before = rtcp;
                rtcp = rtcpTried;
                rtcpTried = before;
            }
        } else {
            rtpPackets++;
            if (rtp.transform != transform) {
                var before = rtp;
                rtp = rtpTried;
                rtpTried = before;
            }
        }
    }

    /// How many packets more may be protected with this key.
    //= rfc3711#9.2-3 packets are counted, for indices do not tell
    //= rfc3711#9.2-5 of all streams together, which is over no later than any one of them
    long left(boolean isRtcp) {
        return isRtcp ? master.rtcpLifetime() - rtcpPackets : master.rtpLifetime() - rtpPackets;
    }

    /// Whether it may protect nothing more: neither, if but one of them has reached its end.
    //= rfc3711#9.2-4 when either number is reached, whichever occurs first
    //= rfc3711#11.2-2 so all streams sharing a master key are re-keyed at once
    //= rfc3711#11.3-1 before the index space of any of them is exhausted
    boolean exhausted() { return left(false) <= 0 || left(true) <= 0; }

    /// Whether but a small part of its life is left to either kind of packet.
    boolean old() {
        return left(false) <= master.rtpLifetime() / 16
                || left(true) <= master.rtcpLifetime() / 16;
    }
}
