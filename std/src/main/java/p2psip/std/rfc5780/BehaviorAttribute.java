package p2psip.std.rfc5780;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;

/// The attributes that behaviour discovery adds to Binding, one record each, and the [#TABLE] that
/// reads and writes them beside those of STUN itself.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5780#section-7 RFC 5780 §7
public interface BehaviorAttribute extends Attribute {

    /// Asks for an answer from elsewhere.
    ///
    /// @param ip   from the server's other address
    /// @param port from its other port
    record ChangeRequest(boolean ip, boolean port) implements BehaviorAttribute {
        private static final int IP = 4, PORT = 2;

        static final ChangeRequest NONE = new ChangeRequest(false, false);

        /// The 32 bits are 0 but for two.
        static ChangeRequest of(int bits) {
            return new ChangeRequest((bits & IP) != 0, (bits & PORT) != 0);
        }

        int bits() { return (ip ? IP : 0) | (port ? PORT : 0); }
    }

    /// Fills a message until it travels in fragments; what it says does not matter.
    record Padding(Bytes filling) implements BehaviorAttribute {}

    /// Asks for the answer at another port of whoever asks.
    record ResponsePort(int port) implements BehaviorAttribute {}

    /// Registered by the RFC, which says nothing of its form or meaning: kept as it came.
    record CacheTimeout(Bytes value) implements BehaviorAttribute {}

    /// Where an answer was sent from.
    record ResponseOrigin(InetSocketAddress address) implements BehaviorAttribute {}

    /// Where an answer would be sent from if both were changed.
    record OtherAddress(InetSocketAddress address) implements BehaviorAttribute {}

    int CHANGE_REQUEST = 0x0003;

    Table TABLE = Table.RFC8489.with(
            //= rfc5780#7.2¶2 of 32 bits two are used
            new Table.Row<>(CHANGE_REQUEST, "CHANGE-REQUEST", ChangeRequest.class,
                    Codec.NUMBER.map(ChangeRequest::of, ChangeRequest::bits)),
            new Table.Row<>(0x0026, "PADDING", Padding.class,
                    Codec.of(Padding::new, Padding::filling)),
            //= rfc5780#7.5¶2 16 bits and two bytes behind them (65536 is an erratum of the RFC)
            new Table.Row<>(0x0027, "RESPONSE-PORT", ResponsePort.class, Codec.NUMBER.map(
                    n -> new ResponsePort(n >>> 16), wanted -> wanted.port() << 16)),
            new Table.Row<>(0x8027, "CACHE-TIMEOUT", CacheTimeout.class,
                    Codec.of(CacheTimeout::new, CacheTimeout::value)),
            //= rfc5780#7.1¶1 addresses stand as in MAPPED-ADDRESS, without a mask
            new Table.Row<>(0x802b, "RESPONSE-ORIGIN", ResponseOrigin.class,
                    Codec.ADDRESS.map(ResponseOrigin::new, ResponseOrigin::address)),
            // an erratum: its number is not that of CHANGED-ADDRESS, whatever section 7.4 says
            new Table.Row<>(0x802c, "OTHER-ADDRESS", OtherAddress.class,
                    Codec.ADDRESS.map(OtherAddress::new, OtherAddress::address)));
}
