package p2psip.std.rfc2198;

import module java.base;
import p2psip.std.Bytes;

/// The payload of a `red` packet: earlier media again, the oldest first, and the media of now.
///
/// @param redundant the blocks of earlier media
/// @param primary the block of now, whose timestamp is the packet's
/// @spec https://www.rfc-editor.org/rfc/rfc2198#section-3 RFC 2198 §3
public record RedundantPayload(List<Block> redundant, Block primary) {

    /// Some media.
    ///
    /// @param payloadType what it is encoded with
    /// @param offset how much earlier than the packet's timestamp it was sampled, 14 bits
    /// @param data at most 1023 bytes; of the primary block any number
    public record Block(int payloadType, int offset, Bytes data) {
        public static final int MAX_OFFSET = (1 << 14) - 1;
        public static final int MAX_LENGTH = (1 << 10) - 1;

        public Block {
            if (payloadType < 0 || payloadType > 127 || offset < 0 || offset > MAX_OFFSET)
                throw new IllegalArgumentException("block of " + payloadType + " at " + offset);
        }
    }

    public RedundantPayload {
        redundant = List.copyOf(redundant);
        if (redundant.stream().anyMatch(b -> b.data.size() > Block.MAX_LENGTH)
                || primary.offset != 0)
            throw new IllegalArgumentException("a block that does not fit its header");
    }

    /// Reads what remains in the buffer: for each redundant block a header of four bytes (F bit,
    /// payload type, timestamp offset, block length), for the primary block one of a byte, then the
    /// blocks in the same order.
    ///
    /// @throws SyntaxException if the blocks are cut short
    public static RedundantPayload parse(ByteBuffer in) {
        try {
            var headers = new ArrayDeque<Integer>();
            //= rfc2198#3¶6 the F bit says whether another header follows this one
            while ((in.get(in.position()) & 0x80) != 0) headers.add(in.getInt());
            int type = in.get() & 0x7f;
            var redundant = new ArrayList<Block>();
            for (int header : headers) {
                //            F block PT timestamp offset block length
                //            1 0000000  00000000000000   0000000000
                redundant.add(new Block(header >>> 24 & 0x7f, header >>> 10 & Block.MAX_OFFSET,
                        Bytes.from(in, header & Block.MAX_LENGTH)));
            }
            return new RedundantPayload(redundant, new Block(type, 0, Bytes.from(in)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new SyntaxException("redundant payload cut short");
        }
    }

    /// The payload: all headers first, then the data in the same order.
    public Bytes encode() {
        int size = 1 + primary.data.size()
                + redundant.stream().mapToInt(b -> 4 + b.data.size()).sum();
        var out = ByteBuffer.allocate(size);
        for (var block : redundant)
            out.putInt(1 << 31 | block.payloadType << 24 | block.offset << 10 | block.data.size());
        //= rfc2198#3¶13 the primary header is last and has neither timestamp nor length
        out.put((byte) primary.payloadType);
        for (var block : redundant) out.put(block.data.buffer());
        return Bytes.wrap(out.put(primary.data.buffer()).array());
    }
}
