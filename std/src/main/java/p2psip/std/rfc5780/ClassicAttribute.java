package p2psip.std.rfc5780;

import module java.base;
import p2psip.std.rfc8489.*;

/// What only clients of RFC 3489 are told, under its numbers.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3489#section-11.2 RFC 3489 §11.2
interface ClassicAttribute extends Attribute {

    /// Where an answer was sent from: RESPONSE-ORIGIN nowadays.
    record SourceAddress(InetSocketAddress address) implements ClassicAttribute {}

    /// Where an answer would be sent from if both were changed: OTHER-ADDRESS nowadays.
    record ChangedAddress(InetSocketAddress address) implements ClassicAttribute {}

    Table TABLE = BehaviorAttribute.TABLE.with(
            new Table.Row<>(0x0004, "SOURCE-ADDRESS", SourceAddress.class,
                    Codec.ADDRESS.map(SourceAddress::new, SourceAddress::address)),
            new Table.Row<>(0x0005, "CHANGED-ADDRESS", ChangedAddress.class,
                    Codec.ADDRESS.map(ChangedAddress::new, ChangedAddress::address)));
}
