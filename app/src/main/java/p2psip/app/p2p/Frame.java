package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.NodeId;
import p2psip.std.Bytes;
import p2psip.std.rfc9000.Acknowledgements;
import p2psip.std.rfc9000.Ranges.Range;

/// What is sealed inside a [Packet.Data].
sealed interface Frame {

    /// Into how many pieces a payload may be cut: as many as an [Ack] has bits.
    int MAX_PIECES = 32;

    /// Bytes of one piece: what is left of a datagram that a relay can hand on.
    int PIECE = Packet.MAX_INNER - Packet.DATA_HEADER - Seal.TAG - 7;

    /// The most bytes of a [Moment].
    int MOMENT = Packet.MAX_INNER - Packet.DATA_HEADER - Seal.TAG - 3;

    /// A piece of a payload.
    ///
    /// @param confirmed whether the receiver is to say [Ack]; confirmed and unconfirmed payloads
    ///                  are numbered apart
    /// @param number    of the payload, counted from 0 in this session and direction
    record Piece(boolean confirmed, int number, int index, int count, Bytes bytes)
            implements Frame {
        public Piece {
            if (number < 0 || count < 1 || count > MAX_PIECES || index < 0 || index >= count)
                throw new SyntaxException("no such piece");
        }
    }

    /// These pieces (bit `i` for piece `i`) of the confirmed payload have arrived.
    record Ack(int number, int pieces) implements Frame {}

    /// I end this session and am gone.
    record Bye() implements Frame {}

    /// I am here: proves to the one called that the caller has the key.
    record Here() implements Frame {}

    /// Hand this datagram on to another with whom you have a session.
    record HandOn(NodeId to, Bytes datagram) implements Frame {}

    /// Another, with whom I have a session, wants you to have this datagram.
    record Handed(NodeId from, Bytes datagram) implements Frame {}

    /// What you wanted handed on was not.
    record NotHanded(NodeId to, Refusal why) implements Frame {}

    /// Why a relay does not hand on.
    enum Refusal {
        /// It has no session with the other.
        NO_SESSION,

        /// It has handed on enough for one, or in all.
        QUOTA,

        /// It is no relay.
        UNWILLING
    }

    /// Say [Response] with the same number: it shows that this way leads to you.
    record Challenge(long number) implements Frame {}

    record Response(long number) implements Frame {}

    /// Something for which only the present matters: sound.
    ///
    /// @param channel which conversation of the two nodes it is of, 0 to 65,535
    record Moment(int channel, Bytes bytes) implements Frame {}

    /// About streams: what is said between those whose epochs these are.
    ///
    /// An epoch is a number by chance that a node chooses for each Link when it first has it, so
    /// that who was started anew is not taken for who was there before.
    sealed interface OfStreams extends Frame {
        /// The speaker's epoch.
        int from();

        /// The listener's; 0 if the speaker has not heard it.
        int to();
    }

    /// Words about streams, to be answered by [Have].
    ///
    /// @param number counts these of one epoch, from 0
    record Carry(int from, int to, long number, List<Word> words) implements OfStreams {
        public Carry {
            words = List.copyOf(words);
            if (number < 0) throw new SyntaxException("number " + number);
        }
    }

    /// These have come, and all that was in them was done.
    ///
    /// @param delay  microseconds since the one with the largest number has come
    /// @param ranges those of the largest numbers first
    record Have(int from, int to, int delay, List<Range> ranges) implements OfStreams {
        public Have { ranges = List.copyOf(ranges); }
    }

    /// What was said to another epoch was not heard: this is the one that is here now.
    record Anew(int from, int to) implements OfStreams {}

    /// Bytes of [Carry] before the words.
    int CARRY = 17;

    /// The most bytes of a frame, but for a [Carry].
    int USUAL = Packet.MAX_BYTES - Packet.DATA_HEADER - Seal.TAG;

    /// The most bytes of the words of a [Carry] in a datagram of that size.
    static int words(int datagram) { return datagram - Packet.DATA_HEADER - Seal.TAG - CARRY; }

    /// @throws SyntaxException if these bytes are no frame
    static Frame parse(Bytes bytes) {
        var in = bytes.buffer();
        try {
            int type = in.get();
            if (type != 21 && bytes.size() > USUAL)
                throw new SyntaxException(bytes.size() + " bytes are too many for frame " + type);
            var frame = switch (type) {
                case 1, 2 -> new Piece(type == 2, in.getInt(), in.get(), in.get(), bytes.rest(in));
                case 3 -> new Ack(in.getInt(), in.getInt());
                case 4 -> new Bye();
                case 5 -> new Here();
                case 16 -> new HandOn(NodeId.parse(in), bytes.rest(in));
                case 17 -> new Handed(NodeId.parse(in), bytes.rest(in));
                case 18 -> new NotHanded(NodeId.parse(in), refusal(in.get()));
                case 19 -> new Challenge(in.getLong());
                case 20 -> new Response(in.getLong());
                case 21 -> new Carry(in.getInt(), in.getInt(), in.getLong(), words(bytes, in));
                case 22 -> new Have(in.getInt(), in.getInt(), in.getInt(), ranges(in));
                case 23 -> new Anew(in.getInt(), in.getInt());
                case 24 -> new Moment(Short.toUnsignedInt(in.getShort()), bytes.rest(in));
                default -> throw new SyntaxException("frame " + type + " is not known");
            };
            if (in.hasRemaining()) throw new SyntaxException("bytes after the frame");
            return frame;
        } catch (BufferUnderflowException e) {
            throw new SyntaxException("frame cut short", e);
        } catch (p2psip.app.crypto.SyntaxException e) {
            throw new SyntaxException(e.getMessage(), e);
        }
    }

    /// A payload, cut.
    ///
    /// @param number of the payload
    static List<Piece> pieces(Bytes payload, boolean confirmed, int number) {
        if (payload.size() > MAX_PIECES * PIECE) throw new IllegalArgumentException(
                payload.size() + " bytes of " + MAX_PIECES * PIECE);
        int count = Math.max(1, Math.ceilDiv(payload.size(), PIECE));
        return IntStream.range(0, count).mapToObj(i -> new Piece(confirmed, number, i, count,
                payload.slice(i * PIECE, Math.min(payload.size(), (i + 1) * PIECE)))).toList();
    }

    private static Refusal refusal(int number) {
        if (number < 0 || number >= Refusal.values().length)
            throw new SyntaxException("refusal " + number + " is not known");
        return Refusal.values()[number];
    }

    default byte[] encode() {
        return switch (this) {
            case Piece(var confirmed, var number, var index, var count, var bytes) ->
                    ByteBuffer.allocate(7 + bytes.size()).put((byte) (confirmed ? 2 : 1))
                            .putInt(number).put((byte) index).put((byte) count)
                            .put(bytes.buffer()).array();
            case Ack(var number, var pieces) ->
                    ByteBuffer.allocate(9).put((byte) 3).putInt(number).putInt(pieces).array();
            case Bye _ -> new byte[] {4};
            case Here _ -> new byte[] {5};
            case HandOn(var to, var datagram) -> with(16, to, datagram);
            case Handed(var from, var datagram) -> with(17, from, datagram);
            case NotHanded(var to, var why) ->
                    with(18, to, Bytes.wrap(new byte[] {(byte) why.ordinal()}));
            case Challenge(long number) -> number(19, number);
            case Response(long number) -> number(20, number);
            case Carry(int from, int to, long number, var words) -> {
                var out = of(21, from, to, CARRY + Word.length(words)).putLong(number);
                for (var word : words) word.encode(out);
                yield exactly(out);
            }
            case Have(int from, int to, int delay, var ranges) -> {
                var out = of(22, from, to, 13 + 4 + 8 * ranges.size()).putInt(delay);
                encode(ranges, out);
                yield exactly(out);
            }
            case Anew(int from, int to) -> of(23, from, to, 9).array();
            case Moment(int channel, var bytes) -> ByteBuffer.allocate(3 + bytes.size())
                    .put((byte) 24).putShort((short) channel).put(bytes.buffer()).array();
        };
    }

    private static ByteBuffer of(int type, int from, int to, int size) {
        return ByteBuffer.allocate(size).put((byte) type).putInt(from).putInt(to);
    }

    private static byte[] exactly(ByteBuffer out) {
        return out.hasRemaining() ? Arrays.copyOf(out.array(), out.position()) : out.array();
    }

    private static List<Word> words(Bytes bytes, ByteBuffer in) {
        var words = new ArrayList<Word>();
        while (in.hasRemaining()) words.add(Word.parse(bytes, in));
        return words;
    }

    /// The largest number and how many end with it; of each next range how many are missing above
    /// it, and how many there are.
    private static List<Range> ranges(ByteBuffer in) {
        var ranges = new ArrayList<Range>();
        long last = in.getLong();
        while (true) {
            long size = Integer.toUnsignedLong(in.getInt());
            if (size < 1 || size > last + 1 || ranges.size() == Acknowledgements.MAX_RANGES)
                throw new SyntaxException("no range of " + size + " up to " + last);
            ranges.add(new Range(last - size + 1, last));
            if (!in.hasRemaining()) return ranges;
            last -= size + Integer.toUnsignedLong(in.getInt());
        }
    }

    private static void encode(List<Range> ranges, ByteBuffer out) {
        out.putLong(ranges.getFirst().last());
        long below = -1;
        for (var range : ranges) {
            if (below >= 0) out.putInt((int) (below - 1 - range.last()));
            out.putInt((int) range.size());
            below = range.first();
        }
    }

    private static byte[] with(int type, NodeId other, Bytes rest) {
        var out = ByteBuffer.allocate(1 + NodeId.BYTES + rest.size()).put((byte) type);
        other.encode(out);
        return out.put(rest.buffer()).array();
    }

    private static byte[] number(int type, long number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put((byte) type).putLong(number).array();
    }
}
