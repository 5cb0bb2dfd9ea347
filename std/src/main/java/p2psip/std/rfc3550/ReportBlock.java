package p2psip.std.rfc3550;

import module java.base;

/// How one source is received.
///
/// @param ssrc the source
/// @param fractionLost of the packets since the last report, in 256ths
/// @param lost packets in all; negative if more came than were sent
/// @param highest sequence number received, with the count of its cycles above 16 bits
/// @param jitter between arrivals, in timestamp units
/// @param lastSr the middle of the NTP timestamp of the source's last sender report, 0 if none
/// @param delay since that report, in 1/65536 s
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1 RFC 3550 §6.4.1
public record ReportBlock(long ssrc, int fractionLost, int lost, long highest, long jitter,
        long lastSr, long delay) {
    static final int SIZE = 24;
    /// The count field has five bits.
    static final int MAX = 31;

    public ReportBlock {
        if (fractionLost < 0 || fractionLost > 255 || lost < -0x80_0000 || lost > 0x7f_ffff)
            throw new IllegalArgumentException("lost " + fractionLost + "/256, " + lost);
        for (long n : new long[] {ssrc, highest, jitter, lastSr, delay}) RtpPacket.bits32(n);
    }

    static ReportBlock parse(ByteBuffer in) {
        long ssrc = RtpPacket.unsigned(in.getInt());
        int lost = in.getInt();
        return new ReportBlock(ssrc, lost >>> 24, lost << 8 >> 8, RtpPacket.unsigned(in.getInt()),
                RtpPacket.unsigned(in.getInt()), RtpPacket.unsigned(in.getInt()),
                RtpPacket.unsigned(in.getInt()));
    }

    void encode(ByteBuffer out) {
        out.putInt((int) ssrc).putInt(fractionLost << 24 | lost & 0xff_ffff).putInt((int) highest)
                .putInt((int) jitter).putInt((int) lastSr).putInt((int) delay);
    }

    /// How long a packet takes there and back, if the report is about a sender report of ours.
    ///
    /// @param arrival of the report
    public Optional<Duration> roundTrip(NtpTimestamp arrival) {
        //= rfc3550#6.4.1¶25 arrival less last report less delay
        long units = arrival.middle() - lastSr - delay & 0xffff_ffffL;
        return lastSr == 0 || units >= 1L << 31 ? Optional.empty()
                : Optional.of(NtpTimestamp.duration(units));
    }
}
