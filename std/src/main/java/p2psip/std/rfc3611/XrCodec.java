package p2psip.std.rfc3611;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.NtpTimestamp;
import p2psip.std.rfc3611.ExtendedReport.*;

/// The bits of extended reports.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4 RFC 3611 §4
final class XrCodec {
    private static final int LOSSES = 1, DUPLICATES = 2, TIMES = 3, REFERENCE = 4, DELAYS = 5,
            SUMMARY = 6, METRICS = 7;
    /// With a range of every packet there are chunks of two bytes, at most, for fifteen each.
    private static final int MAX_BODY = 65_507;

    private XrCodec() {}

    static ExtendedReport read(Bytes body) {
        var in = body.buffer();
        long ssrc = word(in);
        var blocks = new ArrayList<Block>();
        while (in.hasRemaining()) {
            if (blocks.size() == ExtendedReport.MAX_BLOCKS) throw new SyntaxException("blocks");
            int type = in.get() & 0xff, specific = in.get() & 0xff;
            int length = 4 * (in.getShort() & 0xffff);
            if (length > in.remaining()) throw new SyntaxException("block of " + length);
            block(type, specific, body.next(in, length)).ifPresent(blocks::add);
        }
        return new ExtendedReport(ssrc, blocks);
    }

    private static long word(ByteBuffer in) { return Integer.toUnsignedLong(in.getInt()); }

    private static int half(ByteBuffer in) { return in.getShort() & 0xffff; }

    private static int octet(ByteBuffer in) { return in.get() & 0xff; }

    /// A block; empty if its contents are not as they should be, for the others are of use.
    private static Optional<Block> block(int type, int specific, Bytes data) {
        var in = data.buffer();
        try {
            return switch (type) {
                //= rfc3611#4.1-13 the four bits that are reserved are ignored
                case LOSSES -> Optional.of(losses(specific & 15, in));
                //= rfc3611#4.2-1 ignored here as well
                case DUPLICATES -> Optional.of(duplicates(specific & 15, in));
                //= rfc3611#4.3-3 ignored here
                case TIMES -> Optional.of(times(specific & 15, in));
                //= rfc3611#4.4-1 the reserved bits are ignored by the receiver
                case REFERENCE -> Optional.of(new ReferenceTime(new NtpTimestamp(in.getLong())));
                //= rfc3611#4.5-1 these bits are ignored too
                case DELAYS -> Optional.of(new Delays(Stream.generate(() ->
                        new Delays.Delay(word(in), word(in), word(in)))
                        .limit(data.size() / 12).toList()));
                case SUMMARY -> summary(specific, in);
                case METRICS -> Optional.of(VoipMetrics.read(in));
                //= rfc3611#4-1 a type that is unknown is kept, and ignored by who looks for others
                default -> Optional.of(new OtherBlock(type, specific, data));
            };
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Losses losses(int thinning, ByteBuffer in) {
        long ssrc = word(in);
        int begin = half(in), end = half(in);
        return new Losses(ssrc, thinning, begin, end,
                SequenceRuns.events(in, SequenceRuns.count(thinning, begin, end)));
    }

    private static Duplicates duplicates(int thinning, ByteBuffer in) {
        var same = losses(thinning, in);
        return new Duplicates(same.ssrc(), thinning, same.begin(), same.end(), same.received());
    }

    private static ReceiptTimes times(int thinning, ByteBuffer in) {
        long ssrc = word(in);
        int begin = half(in), end = half(in);
        return new ReceiptTimes(ssrc, thinning, begin, end,
                Stream.generate(() -> word(in)).limit(in.remaining() / 4).toList());
    }

    private static Optional<Block> summary(int flags, ByteBuffer in) {
        long ssrc = word(in);
        int begin = half(in), end = half(in);
        long lost = word(in), duplicates = word(in);
        var jitter = new Summary.Jitter(word(in), word(in), word(in), word(in));
        int hops = flags >> 3 & 3;
        var limits = new Summary.Hops(hops == 2, octet(in), octet(in), octet(in), octet(in));
        var none = new Summary.Jitter(0, 0, 0, 0);
        //= rfc3611#4.6-2 with a value in a field that is flagged as unreported the block is ignored
        if ((flags & 0x80) == 0 && lost != 0 || (flags & 0x40) == 0 && duplicates != 0
                || (flags & 0x20) == 0 && !jitter.equals(none)
                || hops == 0 && !limits.equals(new Summary.Hops(false, 0, 0, 0, 0))
                //= rfc3611#4.6-3 the value 3 is undefined
                || hops == 3) return Optional.empty();
        return Optional.of(new Summary(ssrc, begin, end,
                (flags & 0x80) == 0 ? OptionalLong.empty() : OptionalLong.of(lost),
                (flags & 0x40) == 0 ? OptionalLong.empty() : OptionalLong.of(duplicates),
                (flags & 0x20) == 0 ? Optional.empty() : Optional.of(jitter),
                hops == 0 ? Optional.empty() : Optional.of(limits)));
    }

    static Bytes body(ExtendedReport report) {
        var out = ByteBuffer.allocate(MAX_BODY).putInt((int) report.ssrc());
        report.blocks().forEach(block -> write(block, out));
        return Bytes.from(out.flip());
    }

    private static void write(Block block, ByteBuffer out) {
        int start = out.position();
        out.putInt(0);
        int header = switch (block) {
            case Losses l -> LOSSES << 8 | runs(l.ssrc(), l.thinning(), l.begin(), l.end(),
                    l.received(), out);
            case Duplicates d -> DUPLICATES << 8 | runs(d.ssrc(), d.thinning(), d.begin(),
                    d.end(), d.single(), out);
            case ReceiptTimes t -> {
                out.putInt((int) t.ssrc()).putShort((short) t.begin()).putShort((short) t.end());
                t.times().forEach(time -> out.putInt(time.intValue()));
                yield TIMES << 8 | t.thinning();
            }
            case ReferenceTime r -> {
                out.putLong(r.ntp().bits());
                yield REFERENCE << 8;
            }
            //= rfc3611#4.5-1 here as well they are zero
            case Delays d -> {
                d.delays().forEach(delay -> out.putInt((int) delay.ssrc())
                        .putInt((int) delay.lastRr()).putInt((int) delay.delay()));
                yield DELAYS << 8;
            }
            case Summary s -> SUMMARY << 8 | summary(s, out);
            case VoipMetrics m -> {
                m.write(out);
                yield METRICS << 8;
            }
            case OtherBlock o -> {
                o.data().to(out);
                yield o.type() << 8 | o.specific();
            }
        };
        out.putShort(start, (short) header)
                .putShort(start + 2, (short) ((out.position() - start) / 4 - 1));
    }

    private static int runs(
            long ssrc, int thinning, int begin, int end, List<Boolean> events, ByteBuffer out) {
        out.putInt((int) ssrc).putShort((short) begin).putShort((short) end);
        SequenceRuns.chunks(events).forEach(chunk -> out.putShort(chunk.shortValue()));
        return thinning;
    }

    private static int summary(Summary s, ByteBuffer out) {
        var jitter = s.jitter().orElse(new Summary.Jitter(0, 0, 0, 0));
        var hops = s.hops().orElse(new Summary.Hops(false, 0, 0, 0, 0));
        //= rfc3611#4.6-1 fields of what is unreported are present, and zero
        out.putInt((int) s.ssrc()).putShort((short) s.begin()).putShort((short) s.end())
                .putInt((int) s.lost().orElse(0)).putInt((int) s.duplicates().orElse(0))
                .putInt((int) jitter.min()).putInt((int) jitter.max()).putInt((int) jitter.mean())
                .putInt((int) jitter.deviation()).put((byte) hops.min()).put((byte) hops.max())
                .put((byte) hops.mean()).put((byte) hops.deviation());
        //= rfc3611#4.6-4 three reserved bits are zero, and ignored when read
        return (s.lost().isPresent() ? 0x80 : 0) | (s.duplicates().isPresent() ? 0x40 : 0)
                | (s.jitter().isPresent() ? 0x20 : 0)
                | (s.hops().isEmpty() ? 0 : hops.six() ? 2 << 3 : 1 << 3);
    }
}
