package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.Bytes;

/// An RTP data packet: a view of the bytes that travel, read where they lie. A hundred packets a
/// second and call are made and forgotten, so what is not asked for is not taken out of them.
///
/// Two packets are equal that have the same bytes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-5.1 RFC 3550 §5.1
public final class RtpPacket {

    /// The fixed header.
    public static final int HEADER = 12;
    static final int VERSION = 2;
    /// What the four bits of their count can say.
    static final int MAX_CSRCS = 15;
    private static final int INVALID = -1;

    /// A header extension: a number that the profile gives a meaning, and whole words.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3550#section-5.3.1 RFC 3550 §5.3.1
    public record Extension(int profile, Bytes data) {
        public static final Extension NONE = new Extension(-1, Bytes.EMPTY);

        public Extension {
            if (profile < -1 || profile > 0xffff
                    || data.size() % 4 != 0 || data.size() > 4 * 0xffff)
                throw new IllegalArgumentException("extension " + profile + " " + data);
        }

        int size() { return this == NONE ? 0 : 4 + data.size(); }
    }

    private final Bytes wire;
    /// Where the payload begins, and where it ends: there padding begins.
    private final int begin, end;

    private RtpPacket(Bytes wire, int begin, int end) {
        this.wire = wire;
        this.begin = begin;
        this.end = end;
    }

    /// @param timestamp in units of the format's clock, 32 bits
    /// @param ssrc who made the packet, 32 bits
    /// @param csrcs who contributed to it, if a mixer made it
    /// @param extension [Extension#NONE] if there is none
    /// @param padding bytes of padding behind the payload, 0 for none
    public RtpPacket(boolean marker, int payloadType, SequenceNumber sequenceNumber,
            long timestamp, long ssrc, List<Long> csrcs, Extension extension, Bytes payload,
            int padding) {
        if (payloadType < 0 || payloadType > 127 || csrcs.size() > MAX_CSRCS
                || padding < 0 || padding > 255)
            throw new IllegalArgumentException("payload type " + payloadType + ", " + csrcs.size()
                    + " contributors, padding " + padding);
        begin = HEADER + 4 * csrcs.size() + extension.size();
        end = begin + payload.size();
        var out = ByteBuffer.allocate(end + padding);
        int flags = VERSION << 6 | (padding > 0 ? 0x20 : 0)
                | (extension == Extension.NONE ? 0 : 0x10) | csrcs.size();
        out.put((byte) flags).put((byte) ((marker ? 0x80 : 0) | payloadType));
        out.putShort((short) sequenceNumber.value());
        out.putInt((int) bits32(timestamp)).putInt((int) bits32(ssrc));
        for (long csrc : csrcs) out.putInt((int) bits32(csrc));
        if (extension != Extension.NONE)
            extension.data.to(out.putShort((short) extension.profile)
                    .putShort((short) (extension.data.size() / 4)));
        payload.to(out);
        if (padding > 0) out.put(end + padding - 1, (byte) padding);
        wire = Bytes.wrap(out.array());
    }

    /// A packet as an end system sends it.
    public static RtpPacket of(boolean marker, int payloadType, SequenceNumber sequenceNumber,
            long timestamp, long ssrc, Bytes payload) {
        return new RtpPacket(marker, payloadType, sequenceNumber, timestamp, ssrc, List.of(),
                Extension.NONE, payload, 0);
    }

    static long bits32(long value) {
        if (value >>> 32 != 0) throw new IllegalArgumentException("32 bits: " + value);
        return value;
    }

    /// Reads what remains in the buffer, which is a whole datagram.
    ///
    /// @throws SyntaxException if the header is not valid
    public static RtpPacket parse(ByteBuffer in) { return parse(Bytes.from(in)); }

    /// A datagram of the fixed header, the CSRC list, perhaps an extension, the payload, and
    /// perhaps padding. Nothing of it is copied.
    ///
    /// @throws SyntaxException if the header is not valid
    public static RtpPacket parse(Bytes wire) {
        int begin = begin(wire);
        int end = begin < 0 ? INVALID : end(wire, begin);
        if (end < 0) throw new SyntaxException(fault(wire, begin));
        return new RtpPacket(wire, begin, end);
    }

    /// Whether the header is valid, for those who want no exception.
    static boolean valid(Bytes wire) {
        int begin = begin(wire);
        return begin >= 0 && end(wire, begin) >= 0;
    }

    /// Where the payload begins, if all of the header but the padding is valid.
    private static int begin(Bytes wire) {
        if (wire.size() < HEADER) return INVALID;
        //                   V P X CC   M PT      sequence number
        //                 0b10_0_0_0000_0_0000000 0000000000000000
        //= rfc3550#A.1-1 the header of an incoming packet is checked
        int first = wire.at(0) & 0xff;
        //= rfc3550#A.1-3 the version is 2
        if (first >> 6 != VERSION) return INVALID;
        int begin = HEADER + 4 * (first & 15);
        //= rfc3550#5.1-3 the X bit says that one header extension follows
        if ((first & 0x10) != 0) begin += 4;
        //= rfc3550#A.1-8 the length of the packet is consistent with CC, or else it is cut short
        if (begin > wire.size()) return INVALID;
        if ((first & 0x10) == 0) return begin;
        //= rfc3551#2-2 the X bit is not assumed to be zero, and the extension is ignored
        //= rfc3550#5.3.1-1,3 one follows the CSRC list, and may be ignored
        begin += 4 * bits16(wire, begin - 2);
        //= rfc3550#A.1-7 an extension is shorter than the packet
        return begin > wire.size() ? INVALID : begin;
    }

    private static int end(Bytes wire, int begin) {
        if ((wire.at(0) & 0x20) == 0) return wire.size();
        //= rfc3550#5.1-1 the last octet counts the padding, itself included
        int padding = wire.at(wire.size() - 1) & 0xff;
        //= rfc3550#A.1-5 its count is less than what follows the header
        return padding == 0 || padding > wire.size() - begin ? INVALID : wire.size() - padding;
    }

    private static String fault(Bytes wire, int begin) {
        if (wire.size() < HEADER) return "RTP packet cut short";
        int version = wire.at(0) >> 6 & 3;
        if (version != VERSION) return "RTP version " + version;
        return begin < 0 ? "RTP packet cut short"
                : "padding of " + (wire.at(wire.size() - 1) & 0xff);
    }

    private static int bits16(Bytes wire, int at) {
        return (wire.at(at) & 0xff) << 8 | wire.at(at + 1) & 0xff;
    }

    private static long bits32(Bytes wire, int at) {
        return (long) bits16(wire, at) << 16 | bits16(wire, at + 2);
    }

    static long unsigned(int bits) { return bits & 0xffff_ffffL; }

    /// Who made it, where the header has been found valid.
    static long ssrc(Bytes wire) { return bits32(wire, 8); }

    static long timestamp(Bytes wire) { return bits32(wire, 4); }

    static int sequence(Bytes wire) { return bits16(wire, 2); }

    static int contributors(Bytes wire) { return wire.at(0) & 15; }

    static int payloadType(Bytes wire) { return wire.at(1) & 0x7f; }

    public boolean marker() { return wire.at(1) < 0; }

    public int payloadType() { return payloadType(wire); }

    public SequenceNumber sequenceNumber() { return new SequenceNumber(sequence()); }

    /// The sequence number's 16 bits.
    public int sequence() { return sequence(wire); }

    /// In units of the format's clock, 32 bits.
    public long timestamp() { return timestamp(wire); }

    /// Who made the packet, 32 bits.
    public long ssrc() { return ssrc(wire); }

    /// How many contributed to it, if a mixer made it.
    public int contributors() { return contributors(wire); }

    /// One of those that contributed to it.
    public long csrc(int index) {
        return bits32(wire, HEADER + 4 * Objects.checkIndex(index, contributors()));
    }

    /// All of those.
    public List<Long> csrcs() {
        return IntStream.range(0, contributors()).mapToObj(this::csrc).toList();
    }

    /// [Extension#NONE] if there is none.
    public Extension extension() {
        if ((wire.at(0) & 0x10) == 0) return Extension.NONE;
        int at = HEADER + 4 * contributors();
        return new Extension(bits16(wire, at), wire.slice(at + 4, begin));
    }

    public Bytes payload() { return wire.slice(begin, end); }

    /// How many bytes of payload there are.
    public int payloadSize() { return end - begin; }

    /// Bytes of padding behind the payload, 0 for none.
    public int padding() { return wire.size() - end; }

    public int size() { return wire.size(); }

    /// Writes [#size] bytes.
    public void encode(ByteBuffer out) { wire.to(out); }

    /// The packet as a datagram.
    public Bytes encode() { return wire; }

    @Override public boolean equals(Object o) {
        return o instanceof RtpPacket other && wire.equals(other.wire);
    }

    @Override public int hashCode() { return wire.hashCode(); }

    @Override public String toString() {
        return "RTP %s%d, sequence %d, timestamp %d, SSRC %d, CSRC %s, %s".formatted(
                marker() ? "marked " : "", payloadType(), sequence(), timestamp(), ssrc(), csrcs(),
                payload());
    }
}
