package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;

/// Which transaction a message belongs to: the magic cookie and 96 bits of chance, as on the wire.
///
/// Clients of RFC 3489 know no cookie; all 128 bits of theirs are chance.
///
/// @param bytes all 16 of them
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-5 RFC 8489 §5
public record TransactionId(Bytes bytes) {
    static final int SIZE = 16, COOKIE = 0x2112A442;

    /// Of what belongs to no transaction.
    static final TransactionId NONE = new TransactionId(Bytes.wrap(new byte[SIZE]));

    public TransactionId {
        if (bytes.size() != SIZE) throw new SyntaxException("transaction ID of " + bytes);
    }

    /// A new one.
    ///
    /// @param random the host's dice, which are cryptographic outside of simulations
    public static TransactionId random(RandomGenerator random) {
        var chance = new byte[SIZE - 4];
        //= rfc8489#5-4 chosen evenly from all there are
        random.nextBytes(chance);
        return new TransactionId(Bytes.wrap(
                ByteBuffer.allocate(SIZE).putInt(COOKIE).put(chance).array()));
    }

    /// Whether it has no magic cookie, so that whoever chose it follows RFC 3489.
    public boolean isClassic() { return bytes.buffer().getInt() != COOKIE; }

    @Override public String toString() { return bytes.hex(); }
}
