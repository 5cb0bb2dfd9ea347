package p2psip.std.rfc5124;

import module java.base;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4585.*;

/// The four profiles of RTP for sound and pictures: with and without feedback, in clear and
/// protected.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5124#section-4 RFC 5124 §4
//= rfc5124#2-1 no encryption prefix is used in any of them
public enum RtpProfile {
    AVP, SAVP, AVPF, SAVPF;

    /// What SRTCP adds to a packet: the index with the encryption bit, and the usual
    /// authentication tag.
    public static final int SRTCP_OVERHEAD = 4 + 10;

    /// The profile that a medium names, whatever transport it names before it.
    public static Optional<RtpProfile> of(String proto) {
        return Arrays.stream(values()).filter(profile -> proto.equals("RTP/" + profile)
                || proto.endsWith("/RTP/" + profile)).findFirst();
    }

    public boolean secure() { return this == SAVP || this == SAVPF; }

    public boolean feedback() { return this == AVPF || this == SAVPF; }

    /// Whether those who use them can be in one session.
    //= rfc5124#4-1 AVP, AVPF are never mixed with SAVP, SAVPF
    //= rfc5124#3.3.4-2 secure and insecure profiles are incompatible
    public boolean mixesWith(RtpProfile other) { return secure() == other.secure(); }

    /// The best of those that are offered for one medium, each in a medium of its own.
    ///
    /// @param offered as the offerer prefers them
    /// @param ours those that this side can do
    public static Optional<RtpProfile> choose(List<RtpProfile> offered, Set<RtpProfile> ours) {
        //= rfc5124#3.3.1-9 a secure profile is preferred over non-secure ones
        //= rfc5124#3.3.1-10 among them the first acceptable alternative, as the offerer prefers
        //= rfc5124#3.3.4-3 a choice of one is made
        return offered.stream().filter(ours::contains)
                .min(Comparator.comparing(profile -> !profile.secure()));
    }

    /// In which order alternatives are offered, and which together.
    ///
    /// @param able the profiles that this side can do
    /// @param secure whether it wants no other than secure ones where it can do one
    public static List<RtpProfile> alternatives(Set<RtpProfile> able, boolean secure) {
        //= rfc5124#3.3.1-5,6 all alternatives, in order of preference, with feedback first
        //= rfc5124#3.3.1-7 no insecure alternative beside a secure one
        //= rfc5124#5-2,3,4 where that is wanted no others are offered: no such mix is made
        return Stream.of(SAVPF, SAVP, AVPF, AVP).filter(able::contains)
                .filter(profile -> profile.secure() == secure).toList();
    }

    /// What is added to each RTCP packet below RTCP.
    public int overhead() {
        //= rfc5124#2-2 the size takes into account what the SAVP layer adds
        return Schedule.OVERHEAD + (secure() ? SRTCP_OVERHEAD : 0);
    }

    /// When RTCP goes out in a session of this profile.
    public ReportTiming timing(ControlShare share, FeedbackTiming.Settings settings, EarlyForm form,
            RandomGenerator random) {
        //= rfc5124#2.3-2 avg_rtcp_size reflects the size of SRTCP packets
        //= rfc4585#4.1-1 modified timing only where the profile is AVPF, or SAVPF
        return feedback() ? new FeedbackTiming(share, settings, overhead(), form, random)
                : new Schedule(share, Schedule.Minimum.FIXED, overhead(), random);
    }
}
