package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;

/// Puts packets together again that were sent in pieces.
///
/// @spec https://www.rfc-editor.org/rfc/rfc791#section-3.2 RFC 791 §3.2
/// @spec https://www.rfc-editor.org/rfc/rfc8200#section-4.5 RFC 8200 §4.5
final class Fragments {
    /// How long the other pieces of a packet may take, and how many packets wait for theirs.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LIMIT = 1000;

    private static final int LARGEST = 65_535;

    private record Key(InetAddress from, InetAddress to, int protocol, int id) {}

    /// Pieces by their offset, and the frame of the first that came.
    private record Pieces(Frame first, SortedMap<Integer, Ip> all) {}

    private final SequencedMap<Key, Pieces> waiting = new LinkedHashMap<>();
    private final List<Frame> lost = new ArrayList<>();

    /// The packet that is whole now: this one, or that of which it is the last piece to come.
    ///
    /// @throws SyntaxException if pieces do not fit together
    Optional<Ip> take(Frame frame, Ip piece) {
        if (piece.whole()) return Optional.of(piece);
        forget(frame.at().minus(PATIENCE));
        var key = new Key(piece.from(), piece.to(), piece.protocol(), piece.id());
        var pieces = Optional.ofNullable(waiting.remove(key))
                .orElseGet(() -> new Pieces(frame, new TreeMap<>()));
        add(pieces.all, piece);
        var whole = join(pieces.all);
        if (whole.isEmpty()) waiting.put(key, pieces);
        return whole;
    }

    private void forget(Instant before) {
        while (waiting.size() >= LIMIT || !waiting.isEmpty()
                && waiting.firstEntry().getValue().first.at().isBefore(before))
            lost.add(waiting.pollFirstEntry().getValue().first);
    }

    private static void add(SortedMap<Integer, Ip> pieces, Ip piece) {
        int size = piece.payload().size();
        if (piece.more() && size % 8 != 0) throw new SyntaxException("a fragment of " + size
                + " bytes with others behind it");
        if (piece.offset() + size > LARGEST) throw new SyntaxException("fragments of more than "
                + LARGEST + " bytes");
        var before = pieces.put(piece.offset(), piece);
        if (before != null && !before.equals(piece)) throw overlap();
    }

    private static Optional<Ip> join(SortedMap<Integer, Ip> pieces) {
        if (pieces.lastEntry().getValue().more()) return Optional.empty();
        var out = new ByteArrayOutputStream();
        for (var piece : pieces.values()) {
            if (piece.offset() > out.size()) return Optional.empty();
            if (piece.offset() < out.size()) throw overlap();
            out.writeBytes(piece.payload().toArray());
        }
        var first = pieces.firstEntry().getValue();
        return Optional.of(new Ip(first.from(), first.to(), first.protocol(), first.id(), 0, false,
                Bytes.wrap(out.toByteArray())));
    }

    private static SyntaxException overlap() { return new SyntaxException("fragments overlap"); }

    /// The first frames of packets that have not become whole.
    List<Frame> unfinished() {
        return Stream.concat(lost.stream(), waiting.values().stream().map(Pieces::first)).toList();
    }
}
