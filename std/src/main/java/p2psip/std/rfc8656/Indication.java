package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Fingerprints;
import p2psip.std.rfc8656.TurnAttribute.Icmp;

/// A Send or a Data indication: data and the peer that they are for or from. Read and written
/// without the table of attributes, for these are a relay's hot path where no channel is bound.
///
/// @param data the value of DATA; nothing if there is none
/// @param icmp what the network has said of data to that peer, in its place
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-11 RFC 8656 §11
public record Indication(InetSocketAddress peer, Optional<Bytes> data, Optional<Icmp> icmp) {
    private static final int HEADER = 20, COOKIE_HIGH = 0x2112, COOKIE = 0x2112a442;
    private static final int PEER = 0x0012, DATA = 0x0013, ICMP = 0x8004, FINGERPRINT = 0x8028;

    /// What bits a message of a method has in front if it is an indication.
    private static int type(int method) { return method | 0x0010; }

    /// Whether a message is an indication of a method, whatever else it is.
    static boolean is(int method, Bytes message) {
        return message.size() >= HEADER && word(message, 0) == type(method);
    }

    /// Reads an indication of a method; nothing if it is none, has no peer, is cut short, or has an
    /// attribute that may not be passed over.
    public static Optional<Indication> parse(int method, Bytes in) {
        if (!is(method, in) || word(in, 4) != COOKIE_HIGH || word(in, 6) != (COOKIE & 0xffff)
                || word(in, 2) != in.size() - HEADER || in.size() % 4 != 0) return Optional.empty();
        var peer = Optional.<InetSocketAddress>empty();
        var data = Optional.<Bytes>empty();
        var icmp = Optional.<Icmp>empty();
        for (int at = HEADER; at < in.size();) {
            if (at + 4 > in.size()) return Optional.empty();
            int type = word(in, at), size = word(in, at + 2), value = at + 4;
            if (value + size > in.size()) return Optional.empty();
            switch (type) {
                case PEER -> {
                    if (peer.isEmpty()) peer = peer(in, value, size);
                    if (peer.isEmpty()) return Optional.empty();
                }
                case DATA -> data = data.isEmpty() ? Optional.of(in.slice(value, value + size))
                        : data;
                case ICMP -> {
                    if (size != 8) return Optional.empty();
                    icmp = Optional.of(new Icmp(in.at(value + 2) & 0xff, in.at(value + 3) & 0xff,
                            in.buffer().getInt(value + 4)));
                }
                case FINGERPRINT -> {
                    if (!Fingerprints.isRight(in)) return Optional.empty();
                }
                default -> {
                    if (type < 0x8000) return Optional.empty();
                }
            }
            at = value + (size + 3 & ~3);
        }
        var found = data;
        var error = icmp;
        return peer.map(address -> new Indication(address, found, error));
    }

    private static Optional<InetSocketAddress> peer(Bytes in, int at, int size) {
        int family = size < 4 ? 0 : in.at(at + 1);
        if (family == 1 && size == 8 || family == 2 && size == 20) {
            var ip = new byte[size - 4];
            for (int i = 0; i < ip.length; i++) ip[i] = (byte) (in.at(at + 4 + i) ^ in.at(4 + i));
            return Optional.of(new InetSocketAddress(address(ip), word(in, at + 2) ^ COOKIE_HIGH));
        }
        return Optional.empty();
    }

    private static InetAddress address(byte[] ip) {
        try {
            return InetAddress.getByAddress(ip);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);   // it has 4 or 16 bytes
        }
    }

    private static int word(Bytes in, int at) {
        return (in.at(at) & 0xff) << 8 | in.at(at + 1) & 0xff;
    }

    /// An indication with data, as it goes on the wire.
    static Bytes encode(int method, InetSocketAddress peer, Bytes data, Ids ids) {
        //= rfc8656#11.1-2 with the peer's address and the data
        //= rfc8656#11.3-1 a Data indication has both as well
        var out = begin(method, peer, data.size(), ids);
        out.putShort((short) DATA).putShort((short) data.size()).put(data.buffer());
        return Bytes.wrap(out.array());
    }

    /// A Data indication that says what became of data to a peer.
    static Bytes encode(InetSocketAddress peer, Icmp icmp, Ids ids) {
        //= rfc8656#11.5-2 the peer, and what was said of it
        var out = begin(Method.DATA, peer, 8, ids);
        out.putShort((short) ICMP).putShort((short) 8).putShort((short) 0)
                .put((byte) icmp.type()).put((byte) icmp.code()).putInt(icmp.data());
        return Bytes.wrap(out.array());
    }

    /// All but the last attribute, of which the value is so long; the buffer has room for it.
    private static ByteBuffer begin(
            int method, InetSocketAddress peer, int last, Ids ids) {
        var ip = peer.getAddress().getAddress();
        int size = 4 + 4 + ip.length + 4 + (last + 3 & ~3);
        var out = ByteBuffer.allocate(HEADER + size).putShort((short) type(method))
                .putShort((short) size).putInt(COOKIE);
        ids.next(out);
        out.putShort((short) PEER).putShort((short) (4 + ip.length))
                .putShort((short) (ip.length == 4 ? 1 : 2))
                .putShort((short) (peer.getPort() ^ COOKIE_HIGH));
        for (int i = 0; i < ip.length; i++) out.put((byte) (ip[i] ^ out.get(4 + i)));
        return out;
    }
}
