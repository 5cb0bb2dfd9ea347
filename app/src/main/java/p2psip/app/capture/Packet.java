package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;

/// An internet packet that carries UDP or TCP, as a capture holds it.
///
/// @param at      when it was captured
/// @param flags   of TCP ([#SYN] ...); 0 and meaningless for UDP, as are `seq` and `ack`
/// @param payload what UDP or TCP carry
/// @spec https://www.rfc-editor.org/rfc/rfc791#section-3.1 RFC 791 §3.1
/// @spec https://www.rfc-editor.org/rfc/rfc8200#section-3 RFC 8200 §3
/// @spec https://www.rfc-editor.org/rfc/rfc9293#section-3.1 RFC 9293 §3.1
public record Packet(Instant at, Transport transport, InetSocketAddress from, InetSocketAddress to,
        int seq, int ack, int flags, Bytes payload) {

    public enum Transport {
        UDP(17, 8), TCP(6, 20);

        private final int number, header;

        Transport(int number, int header) {
            this.number = number;
            this.header = header;
        }
    }

    public static final int FIN = 1, SYN = 2, PSH = 8, ACK = 16;

    private static final int HOPS = 64, WINDOW = 65_535, DONT_FRAGMENT = 0x4000;

    public static Packet udp(
            Instant at, InetSocketAddress from, InetSocketAddress to, Bytes payload) {
        return new Packet(at, Transport.UDP, from, to, 0, 0, 0, payload);
    }

    /// The packet with its IP header, IPv4 if both addresses are, all checksums right.
    public Bytes encode() {
        var source = from.getAddress().getAddress();
        var destination = to.getAddress().getAddress();
        boolean four = source.length == 4 && destination.length == 4;
        var segment = segment(four ? source : six(source), four ? destination : six(destination));
        int size = segment.length;
        var out = ByteBuffer.allocate((four ? 20 : 40) + size);
        if (four) {
            out.put((byte) 0x45).put((byte) 0).putShort((short) (20 + size))
                    .putShort((short) 0).putShort((short) DONT_FRAGMENT)
                    .put((byte) HOPS).put((byte) transport.number).putShort((short) 0)
                    .put(source).put(destination);
            out.putShort(10, (short) ~Ip.sum(0, out.array(), 20));
        } else {
            out.putInt(6 << 28).putShort((short) size).put((byte) transport.number)
                    .put((byte) HOPS).put(six(source)).put(six(destination));
        }
        return Bytes.wrap(out.put(segment).array());
    }

    private byte[] segment(byte[] source, byte[] destination) {
        int size = transport.header + payload.size();
        var out = ByteBuffer.allocate(size)
                .putShort((short) from.getPort()).putShort((short) to.getPort());
        switch (transport) {
            case UDP -> out.putShort((short) size).putShort((short) 0);
            case TCP -> out.putInt(seq).putInt(ack).put((byte) (transport.header / 4 << 4))
                    .put((byte) flags).putShort((short) WINDOW).putInt(0);
        }
        out.put(payload.buffer());
        int ends = Ip.sum(Ip.sum(transport.number + size, source, source.length),
                destination, destination.length);
        int sum = Ip.sum(ends, out.array(), size);
        // In UDP a checksum of 0 means none, so one that comes out as 0 is sent as its complement.
        int checksum = sum == 0xffff && transport == Transport.UDP ? sum : ~sum;
        return out.putShort(transport == Transport.UDP ? 6 : 16, (short) checksum).array();
    }

    private static byte[] six(byte[] ip) {
        return ip.length == 16 ? ip : ByteBuffer.allocate(16)
                .putShort(10, (short) 0xffff).put(12, ip).array();
    }

    /// Reads a packet from its IP header on: nothing if it is no whole UDP or TCP packet.
    ///
    /// @throws SyntaxException if it is cut short or its lengths or checksums are wrong
    public static Optional<Packet> parse(Instant at, Bytes ip) {
        return Ip.parse(ip).filter(Ip::whole).flatMap(whole -> of(at, whole));
    }

    /// Nothing if it is neither UDP nor TCP.
    ///
    /// @throws SyntaxException if it is cut short or its length is wrong
    static Optional<Packet> of(Instant at, Ip ip) {
        if (ip.protocol() != Transport.UDP.number && ip.protocol() != Transport.TCP.number)
            return Optional.empty();
        try {
            return Optional.of(of(at, ip, ip.payload().buffer()));
        } catch (SyntaxException e) {
            throw e;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SyntaxException("a packet cut short", e);
        }
    }

    private static Packet of(Instant at, Ip ip, ByteBuffer in) {
        var from = new InetSocketAddress(ip.from(), in.getShort() & 0xffff);
        var to = new InetSocketAddress(ip.to(), in.getShort() & 0xffff);
        if (ip.protocol() == Transport.UDP.number) {
            int size = in.getShort() & 0xffff;
            if (size != in.limit()) throw new SyntaxException("UDP length " + size);
            return udp(at, from, to, Bytes.from(in.position(8)));
        }
        int seq = in.getInt(), ack = in.getInt(), offset = (in.get() >>> 4 & 15) * 4;
        int flags = in.get() & 0xff;
        return new Packet(at, Transport.TCP, from, to, seq, ack, flags,
                Bytes.from(in.position(offset)));
    }
}
