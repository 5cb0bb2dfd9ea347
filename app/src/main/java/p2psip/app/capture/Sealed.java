package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtpPacket;

/// What can be read of a packet whose key one has not.
final class Sealed {
    /// Of a record of DTLS: its type, version, epoch and number, and how long it is.
    private static final int RECORD = 13;
    /// DTLS 1.0, in which a first flight may be written, and DTLS 1.2.
    private static final int FIRST = 0xfeff, TWO = 0xfefd;
    /// Header, index and the shortest tag that there is.
    private static final int REPORT = 8 + 4 + 4;
    private static final byte PADDING = 0x20;

    private Sealed() {}

    /// All that stands before what is enciphered.
    //  how much is padding stands at the end of what is encrypted
    static RtpPacket header(Bytes packet) {
        var bytes = packet.toArray();
        bytes[0] &= ~PADDING;
        return RtpPacket.parse(ByteBuffer.wrap(bytes));
    }

    /// @throws IllegalArgumentException if it can be no report
    static void report(Bytes packet) {
        if (packet.size() < REPORT)
            throw new IllegalArgumentException(packet.size() + " bytes of SRTCP");
    }

    /// Reads the records of a datagram to its end.
    ///
    /// @throws IllegalArgumentException if they are none, or end elsewhere
    static void records(ByteBuffer datagram) {
        while (datagram.hasRemaining()) {
            if (datagram.remaining() < RECORD)
                throw new IllegalArgumentException(datagram.remaining() + " bytes of a record");
            int at = datagram.position();
            int version = datagram.getShort(at + 1) & 0xffff;
            if (version != FIRST && version != TWO)
                throw new IllegalArgumentException("version %04x".formatted(version));
            int size = datagram.getShort(at + RECORD - 2) & 0xffff;
            if (size > datagram.remaining() - RECORD)
                throw new IllegalArgumentException("a record of " + size + " bytes, cut short");
            datagram.position(at + RECORD + size);
        }
    }
}
