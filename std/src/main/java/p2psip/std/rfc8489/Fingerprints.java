package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;

/// The attribute that tells a STUN message from another protocol's with great certainty.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-14.7 RFC 8489 §14.7
public final class Fingerprints {
    private static final int SIZE = 8, MASK = 0x5354554e;

    private Fingerprints() {}

    /// The message with its fingerprint added at its end.
    public static Bytes append(Bytes message) {
        var crc = new CRC32();
        crc.update(Message.lengthened(message, message.size() + SIZE).toArray());
        //= rfc8489#14.7¶2 the CRC of all before it, made unlike that of other protocols by XOR
        int right = (int) crc.getValue() ^ MASK;
        return Message.append(message, List.of(
                new Attribute.Unknown(Table.FINGERPRINT, Codec.words(right >>> 16, right))));
    }

    /// Whether the message ends in a fingerprint that is right.
    public static boolean isRight(Bytes message) {
        int end = message.size() - SIZE;
        //= rfc8489#14.7-2 nothing comes after the fingerprint
        return Message.offset(message, Table.FINGERPRINT) == end
                && append(message.slice(0, end)).equals(message);
    }

    /// Whether the message ends in a fingerprint that is right, or has none.
    public static boolean isRightIfThere(Bytes message) {
        return Message.offset(message, Table.FINGERPRINT) == message.size() || isRight(message);
    }

    /// The message in a datagram, unless it is none or its fingerprint is wrong.
    public static Optional<Message> parse(Bytes datagram, Table table) {
        if (!Message.looksClassic(datagram)) return Optional.empty();   // as most datagrams are
        try {
            var message = Message.parse(datagram, table);
            return isRightIfThere(datagram) ? Optional.of(message) : Optional.empty();
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }
}
