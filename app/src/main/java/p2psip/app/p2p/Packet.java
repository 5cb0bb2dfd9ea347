package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.Peer;
import p2psip.std.Bytes;

/// What the overlay puts into datagrams; the figures are in the package's description.
///
/// The first two bits of a datagram are `11`, which begins neither a SIP text (`0`), nor STUN
/// (`00`), nor RTP (`10`), so that all may share a port.
sealed interface Packet {

    /// No datagram is larger, so that none is fragmented on its way; but for those of streams, on a
    /// path that is seen to carry more.
    int MAX_BYTES = 1200;

    /// The sizes that are tried for these: what Ethernet carries of either version of IP, what its
    /// jumbo frames do, and what only this machine does.
    List<Integer> SIZES = List.of(MAX_BYTES, 1_452, 4_096, 8_952, 16_384, 32_768);

    /// What no datagram exceeds.
    int LARGEST = SIZES.getLast();

    /// What a datagram may be that a relay hands on: sealed once more it is no larger than any.
    int MAX_INNER = MAX_BYTES - 60;

    /// Bytes of [Data] before what is sealed.
    int DATA_HEADER = 4 + 8 + 8;

    /// Length of an X25519 public key.
    int EPHEMERAL = 32;

    /// Length of the cookie that shows that a caller receives at its address.
    int COOKIE = 16;

    /// Length of an Ed25519 public key and signature.
    int KEY = 32, SIGNATURE = 64;

    /// Something sealed for the session that the receiver knows by this number.
    record Data(long session, long sequence, Bytes sealed) implements Packet {}

    /// I would like a session; `caller` is my number for it.
    record Hello(long caller, Bytes ephemeral) implements Packet {}

    /// Show that you receive at your address: send this back.
    record Cookie(long caller, Bytes cookie) implements Packet {}

    /// It is I who call.
    ///
    /// @param address where the caller says that it is reached
    record Init(long caller, Bytes ephemeral, Bytes cookie, Bytes owner,
            InetSocketAddress address, Bytes signature) implements Packet {}

    /// It is I who was called; `callee` is my number for the session.
    record Accept(long caller, long callee, Bytes ephemeral, Bytes owner,
            InetSocketAddress address, Bytes signature) implements Packet {}

    /// There is no session here that you know by this number (perhaps I was started anew).
    record Unknown(long session) implements Packet {}

    /// To the group: who is there?
    ///
    /// @param superNode whether the one who asks is one itself, and so of a ring
    record Discover(Peer asker, boolean superNode) implements Packet {}

    /// To the group: there is this super-node.
    record Found(Peer node) implements Packet {}

    /// `p`, `2` and the version, behind the byte of the type.
    int MAGIC = 0x703201;

    /// Whether this is meant for the overlay, by its first four bytes.
    static boolean looksLike(Bytes datagram) {
        return datagram.size() >= 4 && (datagram.at(0) & 0xc0) == 0xc0
                && (datagram.buffer().getInt() & 0xffffff) == MAGIC;
    }

    /// Of what is larger than usual only what is sealed is looked at.
    ///
    /// @throws SyntaxException if it is too large
    static void check(Bytes datagram) {
        boolean data = datagram.size() > 0 && datagram.at(0) == (byte) 0xc0;
        //= rfc9000#14-4 a datagram that does not meet the size is discarded, and nothing ends
        if (datagram.size() > (data ? LARGEST : MAX_BYTES))
            throw new SyntaxException(datagram.size() + " bytes are too many");
    }

    /// @throws SyntaxException if it is none of these, cut short, or longer than it says
    static Packet parse(Bytes datagram) {
        if (!looksLike(datagram)) throw new SyntaxException("not of the overlay");
        var in = datagram.buffer();
        int type = in.getInt() >>> 24;
        try {
            var packet = switch (type) {
                case 0xc0 -> new Data(in.getLong(), in.getLong(), datagram.rest(in));
                case 0xc1 -> new Hello(in.getLong(), take(in, EPHEMERAL));
                case 0xc2 -> new Cookie(in.getLong(), take(in, COOKIE));
                case 0xc3 -> new Init(in.getLong(), take(in, EPHEMERAL), take(in, COOKIE),
                        take(in, KEY), Peer.parseAddress(in), take(in, SIGNATURE));
                case 0xc4 -> new Accept(in.getLong(), in.getLong(), take(in, EPHEMERAL),
                        take(in, KEY), Peer.parseAddress(in), take(in, SIGNATURE));
                case 0xc5 -> new Unknown(in.getLong());
                case 0xc6 -> new Discover(Peer.parse(in), flag(in));
                case 0xc7 -> new Found(Peer.parse(in));
                default -> throw new SyntaxException("type " + (type & 0x3f) + " is not known");
            };
            if (in.hasRemaining()) throw new SyntaxException("bytes after the packet");
            return packet;
        } catch (BufferUnderflowException e) {
            throw new SyntaxException("packet cut short", e);
        } catch (p2psip.app.crypto.SyntaxException e) {
            throw new SyntaxException(e.getMessage(), e);
        }
    }

    default Bytes encode() {
        var out = ByteBuffer.allocate(MAX_BYTES);
        switch (this) {
            case Data(var session, var sequence, var sealed) ->
                    out.put(header(session, sequence)).put(sealed.buffer());
            case Hello(var caller, var ephemeral) ->
                    start(out, 1).putLong(caller).put(ephemeral.buffer());
            case Cookie(var caller, var cookie) ->
                    start(out, 2).putLong(caller).put(cookie.buffer());
            case Init init -> putUnsigned(out).put(init.signature.buffer());
            case Accept accept -> putUnsigned(out).put(accept.signature.buffer());
            case Unknown(var session) -> start(out, 5).putLong(session);
            case Discover(var asker, var superNode) -> {
                asker.encode(start(out, 6));
                out.put((byte) (superNode ? 1 : 0));
            }
            case Found(var node) -> node.encode(start(out, 7));
        }
        return Bytes.from(out.flip());
    }

    /// What stands before the sealed part of [Data]; it is authenticated with it.
    static byte[] header(long session, long sequence) {
        var out = ByteBuffer.allocate(DATA_HEADER);
        return start(out, 0).putLong(session).putLong(sequence).array();
    }

    /// What an Init or Accept signs: all of it but the signature.
    default Bytes unsigned() {
        var out = ByteBuffer.allocate(MAX_BYTES);
        putUnsigned(out);
        return Bytes.from(out.flip());
    }

    private ByteBuffer putUnsigned(ByteBuffer out) {
        switch (this) {
            case Init init -> {
                start(out, 3).putLong(init.caller).put(init.ephemeral.buffer())
                        .put(init.cookie.buffer()).put(init.owner.buffer());
                Peer.encode(init.address, out);
            }
            case Accept accept -> {
                start(out, 4).putLong(accept.caller).putLong(accept.callee)
                        .put(accept.ephemeral.buffer()).put(accept.owner.buffer());
                Peer.encode(accept.address, out);
            }
            case Data _, Hello _, Cookie _, Unknown _, Discover _, Found _ ->
                    throw new IllegalStateException("carries no signature");
        }
        return out;
    }

    private static ByteBuffer start(ByteBuffer out, int type) {
        return out.putInt((0xc0 | type) << 24 | MAGIC);
    }

    private static Bytes take(ByteBuffer in, int length) {
        var bytes = new byte[length];
        in.get(bytes);
        return Bytes.wrap(bytes);
    }

    private static boolean flag(ByteBuffer in) {
        return switch (in.get()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new SyntaxException("a flag is 0 or 1");
        };
    }
}
