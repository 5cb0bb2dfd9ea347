package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;

/// The STUN attributes of ICE.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-16.1 RFC 8445 §16.1
public final class IceAttributes {
    private IceAttributes() {}

    /// The priority that a peer-reflexive candidate has which is found by this check.
    public record Priority(int value) implements Attribute {
        long unsigned() { return Integer.toUnsignedLong(value); }
    }

    public record UseCandidate() implements Attribute {}

    public record IceControlled(long tiebreaker) implements Attribute {}

    public record IceControlling(long tiebreaker) implements Attribute {}

    private static final Codec<Long> TIEBREAKER = Codec.bytes(8).map(
            bytes -> bytes.buffer().getLong(),
            number -> Bytes.wrap(ByteBuffer.allocate(8).putLong(number).array()));

    /// STUN and these.
    public static final Table TABLE = Table.RFC8489.with(
            new Table.Row<>(0x0024, "PRIORITY", Priority.class,
                    Codec.NUMBER.map(Priority::new, Priority::value)),
            new Table.Row<>(0x0025, "USE-CANDIDATE", UseCandidate.class,
                    Codec.bytes(0).map(_ -> new UseCandidate(), _ -> Bytes.EMPTY)),
            new Table.Row<>(0x8029, "ICE-CONTROLLED", IceControlled.class,
                    TIEBREAKER.map(IceControlled::new, IceControlled::tiebreaker)),
            new Table.Row<>(0x802a, "ICE-CONTROLLING", IceControlling.class,
                    TIEBREAKER.map(IceControlling::new, IceControlling::tiebreaker)));
}
