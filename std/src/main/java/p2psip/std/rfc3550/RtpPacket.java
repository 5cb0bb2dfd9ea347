package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.Bytes;

/// An RTP data packet.
///
/// @param timestamp in units of the format's clock, 32 bits
/// @param ssrc who made the packet, 32 bits
/// @param csrcs who contributed to it, if a mixer made it
/// @param extension [Extension#NONE] if there is none
/// @param padding bytes of padding behind the payload, 0 for none
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-5.1 RFC 3550 §5.1
public record RtpPacket(boolean marker, int payloadType, SequenceNumber sequenceNumber,
        long timestamp, long ssrc, List<Long> csrcs, Extension extension, Bytes payload,
        int padding) {

    /// The fixed header.
    public static final int HEADER = 12;
    static final int VERSION = 2;
    private static final int MAX_CSRCS = 15;

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
    }

    public RtpPacket {
        csrcs = List.copyOf(csrcs);
        if (payloadType < 0 || payloadType > 127 || csrcs.size() > MAX_CSRCS
                || padding < 0 || padding > 255)
            throw new IllegalArgumentException("payload type " + payloadType + ", " + csrcs.size()
                    + " contributors, padding " + padding);
        csrcs.forEach(RtpPacket::bits32);
        bits32(timestamp);
        bits32(ssrc);
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

    public int size() {
        int extended = extension == Extension.NONE ? 0 : 4 + extension.data.size();
        return HEADER + 4 * csrcs.size() + extended + payload.size() + padding;
    }

    /// Reads what remains in the buffer: a whole datagram of the fixed header, the CSRC list,
    /// perhaps an extension, the payload, and perhaps padding.
    ///
    /// @throws SyntaxException if the header is not valid
    public static RtpPacket parse(ByteBuffer in) {
        try {
            return read(in);
        } catch (BufferUnderflowException e) {
            throw new SyntaxException("RTP packet cut short");
        }
    }

    private static RtpPacket read(ByteBuffer in) {
        //                   V P X CC   M PT      sequence number
        //                 0b10_0_0_0000_0_0000000 0000000000000000
        //= rfc3550#A.1-1 the header of an incoming packet is checked
        int first = in.getInt();
        //= rfc3550#A.1-3 the version is 2
        if (first >>> 30 != VERSION) throw new SyntaxException("RTP version " + (first >>> 30));
        boolean padded = (first & 0x2000_0000) != 0;
        boolean extended = (first & 0x1000_0000) != 0;
        long timestamp = unsigned(in.getInt());
        long ssrc = unsigned(in.getInt());
        var csrcs = new ArrayList<Long>();
        //= rfc3550#A.1-8 the length of the packet is consistent with CC, or else it is cut short
        for (int i = first >>> 24 & 15; i > 0; i--) csrcs.add(unsigned(in.getInt()));
        //= rfc3551#2-2 the X bit is not assumed to be zero, and the extension is ignored
        //= rfc3550#5.3.1-3 with the X bit an extension follows the CSRC list
        //= rfc3550#5.1-3 the X bit says that one header extension follows
        var extension = extended ? extension(in) : Extension.NONE;
        //= rfc3550#5.1-1 the last octet counts the padding, itself included
        int padding = padded && in.hasRemaining() ? in.get(in.limit() - 1) & 0xff : 0;
        //= rfc3550#A.1-5 its count is less than what follows the header
        if (padded && (padding == 0 || padding > in.remaining()))
            throw new SyntaxException("padding of " + padding);
        in.limit(in.limit() - padding);
        var payload = Bytes.from(in);
        in.limit(in.limit() + padding).position(in.limit());
        return new RtpPacket((first & 0x80_0000) != 0, first >>> 16 & 127,
                new SequenceNumber(first & 0xffff), timestamp, ssrc, csrcs, extension, payload,
                padding);
    }

    private static Extension extension(ByteBuffer in) {
        int profile = in.getShort() & 0xffff;
        int length = 4 * (in.getShort() & 0xffff);
        //= rfc3550#A.1-7 an extension is shorter than the packet
        if (length > in.remaining()) throw new SyntaxException("extension of " + length);
        //= rfc3550#5.3.1-1 an extension that nobody here knows may be ignored
        return new Extension(profile, Bytes.from(in, length));
    }

    static long unsigned(int bits) { return bits & 0xffff_ffffL; }

    /// Writes [#size] bytes.
    public void encode(ByteBuffer out) {
        int flags = VERSION << 6 | (padding > 0 ? 0x20 : 0)
                | (extension == Extension.NONE ? 0 : 0x10) | csrcs.size();
        out.put((byte) flags).put((byte) ((marker ? 0x80 : 0) | payloadType));
        out.putShort((short) sequenceNumber.value()).putInt((int) timestamp).putInt((int) ssrc);
        for (long csrc : csrcs) out.putInt((int) csrc);
        if (extension != Extension.NONE)
            out.putShort((short) extension.profile)
                    .putShort((short) (extension.data.size() / 4)).put(extension.data.buffer());
        out.put(payload.buffer());
        for (int i = 1; i < padding; i++) out.put((byte) 0);
        if (padding > 0) out.put((byte) padding);
    }

    /// The packet as a datagram.
    public Bytes encode() {
        var out = ByteBuffer.allocate(size());
        encode(out);
        return Bytes.wrap(out.array());
    }
}
