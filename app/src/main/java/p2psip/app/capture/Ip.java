package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;

/// An internet packet, or a piece of one.
///
/// @param protocol of what it carries
/// @param id       which pieces belong together
/// @param offset   where in the whole this piece is
/// @param more     whether others come behind it
/// @spec https://www.rfc-editor.org/rfc/rfc791#section-3.1 RFC 791 §3.1
/// @spec https://www.rfc-editor.org/rfc/rfc8200#section-3 RFC 8200 §3
record Ip(InetAddress from, InetAddress to, int protocol, int id, int offset, boolean more,
        Bytes payload) {
    private static final int MORE = 0x2000;

    /// Headers between that of IPv6 and what a packet carries.
    private static final int HOP_BY_HOP = 0, ROUTING = 43, FRAGMENT = 44, OPTIONS = 60;
    private static final List<Integer> EXTENSIONS = List.of(HOP_BY_HOP, ROUTING, FRAGMENT, OPTIONS);

    /// In the field of the offset.
    private static final int RESERVED = 6;

    boolean whole() { return offset == 0 && !more; }

    /// Nothing if it is neither IPv4 nor IPv6.
    ///
    /// @throws SyntaxException if it is cut short or its checksum is wrong
    static Optional<Ip> parse(Bytes ip) {
        try {
            return ip.isEmpty() ? Optional.empty() : switch (ip.at(0) >>> 4 & 15) {
                case 4 -> Optional.of(four(ip));
                case 6 -> Optional.of(six(ip));
                default -> Optional.empty();
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new SyntaxException("a packet cut short", e);
        }
    }

    private static Ip four(Bytes ip) {
        var in = ip.buffer();
        int header = (in.get(0) & 15) * 4, size = in.getShort(2) & 0xffff;
        var head = new byte[header];
        in.get(0, head);
        if (sum(0, head, header) != 0xffff)
            throw new SyntaxException("IPv4 header checksum");
        int piece = in.getShort(6);
        return new Ip(address(in, 12, 4), address(in, 16, 4), in.get(9) & 0xff,
                in.getShort(4) & 0xffff, (piece & MORE - 1) * 8, (piece & MORE) != 0,
                Bytes.from(in.slice(header, size - header)));
    }

    private static Ip six(Bytes ip) {
        var in = ip.buffer();
        int end = 40 + (in.getShort(4) & 0xffff), next = in.get(6) & 0xff, at = 40;
        int id = 0, piece = 0;
        while (piece == 0 && EXTENSIONS.contains(next)) {
            boolean fragment = next == FRAGMENT;
            if (fragment) piece = in.getShort(at + 2) & 0xffff & ~RESERVED;
            if (fragment) id = in.getInt(at + 4);
            next = in.get(at) & 0xff;
            at += fragment ? 8 : 8 + (in.get(at + 1) & 0xff) * 8;
        }
        return new Ip(address(in, 8, 16), address(in, 24, 16), next, id, piece & ~1,
                (piece & 1) != 0, Bytes.from(in.slice(at, end - at)));
    }

    /// The one's complement sum of 16 bit words, begun with another such sum.
    static int sum(int begun, byte[] bytes, int size) {
        int sum = begun;
        for (int i = 0; i < size; i++) sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        while (sum >>> 16 != 0) sum = (sum & 0xffff) + (sum >>> 16);
        return sum;
    }

    private static InetAddress address(ByteBuffer in, int index, int size) {
        var ip = new byte[size];
        in.get(index, ip);
        try {
            return InetAddress.getByAddress(ip);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);   // it has 4 or 16 bytes
        }
    }
}
