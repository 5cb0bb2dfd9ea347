package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.*;

/// What this participant sends: its identifier, its numbers, its counts.
final class Outgoing {
    private int clockRate;
    private final RandomGenerator random;
    private final long timestampOffset;
    private long ssrc;
    private SequenceNumber next;
    private long packets;
    private long octets;
    private long lastTimestamp;
    private Instant lastSent = Instant.MIN;

    Outgoing(int clockRate, RandomGenerator random) {
        this.clockRate = clockRate;
        this.random = random;
        //= rfc3550#5.1-19 the SSRC is random
        //= rfc3550#8-1 for a local address would not be sufficient as an identifier
        ssrc = RtpPacket.unsigned(random.nextInt());
        //= rfc3550#5.1-10 the first sequence number is random
        //= rfc4568#6.4-4 below 2^15, so that no packet which is lost at first hides a wrap
        next = new SequenceNumber(random.nextInt(SequenceNumber.MODULUS / 2));
        //= rfc3550#5.1-14 the first timestamp is random, too
        timestampOffset = RtpPacket.unsigned(random.nextInt());
    }

    long ssrc() { return ssrc; }

    /// Timestamps count otherwise from now on.
    void clock(int clockRate) { this.clockRate = clockRate; }

    Instant lastSent() { return lastSent; }

    /// @param csrcs who has contributed, if a mixer sends it
    Bytes packet(boolean marker, int payloadType, long timestamp, List<Long> csrcs,
            RtpPacket.Extension extension, Bytes payload, Instant now) {
        lastTimestamp = timestamp + timestampOffset & 0xffff_ffffL;
        lastSent = now;
        packets++;
        octets += payload.size();
        //= rfc3550#7.1-11 what a mixer forwards is marked with its own SSRC
        var packet = new RtpPacket(marker, payloadType, next, lastTimestamp, ssrc, csrcs,
                extension, payload, 0);
        next = next.next();
        //= rfc3550#5.1-11 timestamps are counted in samples, so they increment linearly
        return packet.encode();
    }

    RtcpPacket.SenderReport report(List<ReportBlock> blocks, Instant now) {
        //= rfc3550#6.4.1-4 the NTP timestamp is the time when the report is sent
        return new RtcpPacket.SenderReport(ssrc, NtpTimestamp.of(now), timestamp(now),
                packets & 0xffff_ffffL, octets & 0xffff_ffffL, blocks, Bytes.EMPTY);
    }

    private long timestamp(Instant now) {
        var since = Duration.between(lastSent, now);
        //= rfc3550#6.4.1-10 the RTP timestamp of this moment, reckoned from the last packet's
        return lastTimestamp + Ticks.of(since, clockRate) & 0xffff_ffffL;
    }

    /// Takes another identifier, for somebody else has the present one.
    ///
    /// @param taken which identifiers are in use
    void rename(LongPredicate taken) {
        //= rfc3550#8.2-22 a candidate is looked up in the source table first
        long old = ssrc;
        //= rfc3550#8.2-23 one that is in use already is not taken, but another candidate
        do ssrc = RtpPacket.unsigned(random.nextInt()); while (ssrc == old || taken.test(ssrc));
        //= rfc3550#6.4.1-11 the counts begin again
        packets = 0;
        //= rfc3550#6.4.1-12 the octet count is reset with the SSRC
        octets = 0;
    }
}
