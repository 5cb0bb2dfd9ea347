package p2psip.app.p2p;

import module java.base;
import p2psip.std.Bytes;

/// What is sealed inside a [Packet.Data].
sealed interface Frame {

    /// Into how many pieces a payload may be cut: as many as an [Ack] has bits.
    int MAX_PIECES = 32;

    /// Bytes of one piece: what is left of a datagram.
    int PIECE = Packet.MAX_BYTES - Packet.DATA_HEADER - Seal.TAG - 7;

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

    /// @throws SyntaxException if these bytes are no frame
    static Frame parse(Bytes bytes) {
        var in = bytes.buffer();
        try {
            int type = in.get();
            var frame = switch (type) {
                case 1, 2 -> new Piece(type == 2, in.getInt(), in.get(), in.get(), Bytes.from(in));
                case 3 -> new Ack(in.getInt(), in.getInt());
                case 4 -> new Bye();
                case 5 -> new Here();
                default -> throw new SyntaxException("frame " + type + " is not known");
            };
            if (in.hasRemaining()) throw new SyntaxException("bytes after the frame");
            return frame;
        } catch (BufferUnderflowException e) {
            throw new SyntaxException("frame cut short", e);
        }
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
        };
    }
}
