package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.Bytes;

/// What RTCP sends: a report, the CNAME, and what else there is, in one datagram.
///
/// @param packets a report first
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.1 RFC 3550 §6.1
public record CompoundPacket(List<RtcpPacket> packets) {
    /// The longest datagram made or read.
    public static final int MAX_SIZE = 65_507;

    public CompoundPacket {
        packets = List.copyOf(packets);
        //= rfc3550#6.1-9 a report is first, whatever follows it
        if (packets.isEmpty() || !(packets.getFirst() instanceof RtcpPacket.Report))
            throw new SyntaxException("no report first");
    }

    public CompoundPacket(RtcpPacket... packets) { this(List.of(packets)); }

    /// Reads what remains in the buffer: a whole datagram of packets, each with a header of
    /// version, padding bit, count, packet type and length, and a report first.
    ///
    /// @throws SyntaxException if it fails one of the checks of Appendix A.2, or is cut short
    public static CompoundPacket parse(ByteBuffer in) {
        return new CompoundPacket(read(in, true));
    }

    /// Reads a datagram where both sides have agreed that it may be less than a compound packet:
    /// any packet first, or alone.
    ///
    /// @throws SyntaxException if it fails another of the checks, or is cut short
    /// @spec https://www.rfc-editor.org/rfc/rfc5506#section-3.4 RFC 5506 §3.4
    public static List<RtcpPacket> parseReducedSize(ByteBuffer in) {
        //= rfc5506#5-1 who proposes it supports the reception of it
        var packets = read(in, false);
        if (packets.isEmpty()) throw new SyntaxException("no RTCP packet");
        return packets;
    }

    /// All packets of a datagram.
    ///
    /// @param whole whether the first must be a report
    private static List<RtcpPacket> read(ByteBuffer in, boolean whole) {
        try {
            var packets = new ArrayList<RtcpPacket>();
            while (in.hasRemaining()) packets.add(next(in, whole && packets.isEmpty()));
            return packets;
        } catch (BufferUnderflowException e) {
            throw new SyntaxException("RTCP packet cut short");
        }
    }

    private static RtcpPacket next(ByteBuffer in, boolean first) {
        //                    V P count type     length in words, less one
        //                  0b10_0_00000_00000000 0000000000000000
        //= rfc3550#A.2-1 an RTCP packet is checked
        int header = in.getInt();
        int type = header >>> 16 & 0xff;
        //= rfc3550#A.2-2 each packet has version 2
        if (header >>> 30 != RtpPacket.VERSION) throw new SyntaxException("RTCP version");
        //= rfc3550#A.2-3 the first packet is SR or RR
        if (first && type != RtcpPacket.SR && type != RtcpPacket.RR)
            throw new SyntaxException("no report first, but " + type);
        boolean padded = (header & 0x2000_0000) != 0;
        int length = 4 * (header & 0xffff);
        //= rfc3550#A.2-5 the lengths add up to that of the datagram
        if (length > in.remaining()) throw new SyntaxException("length beyond the end");
        //= rfc3550#6.4.1-3 only the last individual packet has padding
        //= rfc3550#A.2-4 padding is for the last packet, so none but it has any
        if (padded && length != in.remaining()) throw new SyntaxException("padding before the end");
        int padding = padded && length > 0 ? in.get(in.position() + length - 1) & 0xff : 0;
        if (padded && (padding == 0 || padding % 4 != 0 || padding > length))
            throw new SyntaxException("padding of " + padding);
        //= rfc3550#6.4.1-1 the last octet of padding counts it, and is ignored with it
        var body = in.slice(in.position(), length - padding);
        in.position(in.position() + length);
        return RtcpPacket.parse(type, header >>> 24 & 31, body);
    }

    /// The compound packet as a datagram.
    public Bytes encode() { return encode(packets); }

    /// Packets as a datagram, where both sides have agreed that it may be less than a compound
    /// packet.
    public static Bytes encode(List<? extends RtcpPacket> packets) {
        var out = ByteBuffer.allocate(packets.stream().mapToInt(RtcpPacket::size).sum());
        //= rfc3550#6.1-6 all packets go out in one compound packet
        for (var packet : packets) packet.encode(out);
        return Bytes.wrap(out.array());
    }
}
