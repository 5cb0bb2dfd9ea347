package p2psip.std.rfc3611;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;

/// How a stream is received, in more detail than RTCP's own reports have: a packet of blocks.
///
/// @param ssrc who reports
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-2 RFC 3611 §2
public record ExtendedReport(long ssrc, List<Block> blocks) {
    /// The packet type.
    public static final int TYPE = 207;
    /// How many blocks are read; a packet of more is none.
    public static final int MAX_BLOCKS = 64;

    public ExtendedReport {
        blocks = List.copyOf(blocks);
        bits(ssrc, 32);
        if (blocks.size() > MAX_BLOCKS)
            throw new IllegalArgumentException(blocks.size() + " blocks");
    }

    /// @spec https://www.rfc-editor.org/rfc/rfc3611#section-3 RFC 3611 §3
    public sealed interface Block permits Losses, Duplicates, ReceiptTimes, ReferenceTime,
            Delays, Summary, OtherBlock, VoipMetrics {}

    /// Which packets have come, of those whose numbers are multiples of two to the power of the
    /// thinning.
    ///
    /// @param begin the first sequence number
    /// @param end the last one, plus one
    /// @param received for each packet reported on
    /// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.1 RFC 3611 §4.1
    public record Losses(long ssrc, int thinning, int begin, int end, List<Boolean> received)
            implements Block {
        public Losses {
            received = List.copyOf(received);
            range(ssrc, thinning, begin, end, received.size());
        }
    }

    /// Which packets have come once, or not at all: of the others there were duplicates.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.2 RFC 3611 §4.2
    public record Duplicates(long ssrc, int thinning, int begin, int end, List<Boolean> single)
            implements Block {
        public Duplicates {
            single = List.copyOf(single);
            range(ssrc, thinning, begin, end, single.size());
        }
    }

    /// When packets have come, in timestamp units.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.3 RFC 3611 §4.3
    public record ReceiptTimes(long ssrc, int thinning, int begin, int end, List<Long> times)
            implements Block {
        public ReceiptTimes {
            times = List.copyOf(times);
            range(ssrc, thinning, begin, end, times.size());
            times.forEach(time -> bits(time, 32));
        }
    }

    /// What time it is where the report is made.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.4 RFC 3611 §4.4
    public record ReferenceTime(NtpTimestamp ntp) implements Block {}

    /// When the reference times of others have come.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.5 RFC 3611 §4.5
    public record Delays(List<Delay> delays) implements Block {

        /// @param lastRr the middle of the last reference time, 0 if there was none
        /// @param delay since then, in 1/65536 s
        public record Delay(long ssrc, long lastRr, long delay) {
            public Delay {
                bits(ssrc, 32);
                bits(lastRr, 32);
                bits(delay, 32);
            }

            /// How long a packet takes there and back.
            ///
            /// @param arrival of the report
            public Optional<Duration> roundTrip(NtpTimestamp arrival) {
                return new ReportBlock(ssrc, 0, 0, 0, 0, lastRr, delay).roundTrip(arrival);
            }
        }

        public Delays { delays = List.copyOf(delays); }
    }

    /// Numbers of a whole interval; none of those that are not reported.
    ///
    /// @param hops how many there were still to go, of TTL or hop limit
    /// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.6 RFC 3611 §4.6
    public record Summary(long ssrc, int begin, int end, OptionalLong lost, OptionalLong duplicates,
            Optional<Jitter> jitter, Optional<Hops> hops) implements Block {

        /// In timestamp units.
        public record Jitter(long min, long max, long mean, long deviation) {
            public Jitter { for (long n : new long[] {min, max, mean, deviation}) bits(n, 32); }
        }

        /// @param six whether it is IPv6's hop limit, not IPv4's TTL
        public record Hops(boolean six, int min, int max, int mean, int deviation) {
            public Hops { for (int n : new int[] {min, max, mean, deviation}) bits(n, 8); }
        }

        public Summary {
            bits(ssrc, 32);
            bits(begin, 16);
            bits(end, 16);
            lost.ifPresent(n -> bits(n, 32));
            duplicates.ifPresent(n -> bits(n, 32));
        }
    }

    /// A kind that is not known here.
    public record OtherBlock(int type, int specific, Bytes data) implements Block {
        public OtherBlock {
            bits(type, 8);
            bits(specific, 8);
            //= rfc3611#3-1 a multiple of 32 bits
            if (data.size() % 4 != 0) throw new IllegalArgumentException("no words: " + data);
        }
    }

    static void bits(long value, int bits) {
        if (value >>> bits != 0) throw new IllegalArgumentException(bits + " bits: " + value);
    }

    private static void range(long ssrc, int thinning, int begin, int end, int packets) {
        bits(ssrc, 32);
        bits(thinning, 4);
        bits(begin, 16);
        bits(end, 16);
        //= rfc3611#4.1-7 no range of 65,534 or more
        if ((end - begin & 0xffff) >= 65_534 || SequenceRuns.count(thinning, begin, end) != packets)
            throw new IllegalArgumentException(
                    packets + " packets of " + begin + " to " + end + " by " + thinning);
    }

    /// The report in a packet; empty if it is none, or cannot be read.
    public static Optional<ExtendedReport> parse(RtcpPacket packet) {
        if (!(packet instanceof RtcpPacket.Unknown(int type, _, var body)) || type != TYPE)
            return Optional.empty();
        try {
            return Optional.of(XrCodec.read(body));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /// The report as a packet of RTCP, to be told to a session.
    //= rfc3611#2-1 the reserved bits are zero, and ignored by who reads them
    public RtcpPacket packet() { return new RtcpPacket.Unknown(TYPE, 0, XrCodec.body(this)); }
}
