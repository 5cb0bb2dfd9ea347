package p2psip.app.chord;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

/// What nodes of Chord say to each other; the figures are in the package's description.
sealed interface ChordMessage {
    /// Hops a look-up may take: twice what a ring of 2^16 nodes needs in the worst case.
    int HOPS = 32;

    int MAX_PEERS = 32;

    /// The code of [Find].
    int FIND = 1;

    /// The code, and the id.
    int HEADER = 1 + Long.BYTES;

    /// An answer carries the id of its question.
    long id();

    /// To be passed on to the root of a point.
    ///
    /// @param id   of this hop only
    /// @param hops how many more are allowed
    /// @param last whether the sender takes the receiver for the root
    record Find(long id, int hops, boolean last, long request, Peer origin, NodeId point)
            implements ChordMessage {}

    record Taken(long id) implements ChordMessage {}

    /// @param peers the root first
    record Found(long id, List<Peer> peers) implements ChordMessage {}

    /// Whom do you know beside you? Answered by [Told].
    record Ask(long id) implements ChordMessage {}

    record Told(long id, Optional<Peer> predecessor, List<Peer> successors)
            implements ChordMessage {}

    /// I take you for my successor.
    record Notify(long id) implements ChordMessage {}

    default Bytes encode() {
        var out = ByteBuffer.allocate(64 + (1 + MAX_PEERS) * Peer.MAX_BYTES);
        switch (this) {
            case Find find -> {
                header(out, FIND).put((byte) find.hops).put((byte) (find.last ? 1 : 0))
                        .putLong(find.request);
                find.origin.encode(out);
                find.point.encode(out);
            }
            case Taken _ -> header(out, 2);
            case Found found -> peers(header(out, 3), found.peers);
            case Ask _ -> header(out, 4);
            case Told told -> {
                peers(header(out, 5), told.predecessor.stream().toList());
                peers(out, told.successors);
            }
            case Notify _ -> header(out, 6);
        }
        return Bytes.from(out.flip());
    }

    private ByteBuffer header(ByteBuffer out, int code) {
        return out.put((byte) code).putLong(id());
    }

    private static void peers(ByteBuffer out, List<Peer> peers) {
        out.put((byte) peers.size());
        peers.forEach(peer -> peer.encode(out));
    }

    static ChordMessage parse(Bytes payload) {
        var in = payload.buffer();
        try {
            int code = in.get();
            var message = parse(code, in.getLong(), in);
            if (in.hasRemaining()) throw new SyntaxException("more bytes than it has");
            return message;
        } catch (BufferUnderflowException e) {
            throw new SyntaxException("cut short");
        } catch (p2psip.app.crypto.SyntaxException e) {
            throw new SyntaxException(e.getMessage());
        }
    }

    private static ChordMessage parse(int code, long id, ByteBuffer in) {
        return switch (code) {
            case FIND -> new Find(id, upTo(HOPS, in.get(), "hops"), upTo(1, in.get(), "flag") == 1,
                    in.getLong(), Peer.parse(in), NodeId.parse(in));
            case 2 -> new Taken(id);
            case 3 -> new Found(id, peers(in, MAX_PEERS));
            case 4 -> new Ask(id);
            case 5 -> new Told(id, peers(in, 1).stream().findFirst(), peers(in, MAX_PEERS));
            case 6 -> new Notify(id);
            default -> throw new SyntaxException("no message has the code " + code);
        };
    }

    private static List<Peer> peers(ByteBuffer in, int most) {
        int count = upTo(most, in.get(), "peers");
        var peers = new ArrayList<Peer>();
        for (int i = 0; i < count; i++) peers.add(Peer.parse(in));
        return List.copyOf(peers);
    }

    private static int upTo(int limit, int value, String what) {
        if (value < 0 || value > limit) throw new SyntaxException(what + " out of range: " + value);
        return value;
    }
}
