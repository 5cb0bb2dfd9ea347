package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;

/// The attributes that TURN adds to STUN, one record each, and the [#TABLE] that reads and writes
/// them beside those of STUN itself.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-18 RFC 8656 §18
public interface TurnAttribute extends Attribute {
    record ChannelNumber(int number) implements TurnAttribute {}
    record Lifetime(Duration duration) implements TurnAttribute {}
    record XorPeerAddress(InetSocketAddress address) implements TurnAttribute {}
    record Data(Bytes bytes) implements TurnAttribute {}
    record XorRelayedAddress(InetSocketAddress address) implements TurnAttribute {}

    /// @param family a number, for it may be of a family that nobody knows: [Family#number]
    record RequestedAddressFamily(int family) implements TurnAttribute {}

    /// @param reserve whether the next port is to be kept for another allocation: the bit R
    record EvenPort(boolean reserve) implements TurnAttribute {}

    /// @param protocol as IP numbers it: 17 is UDP
    record RequestedTransport(int protocol) implements TurnAttribute {
        public static final RequestedTransport UDP = new RequestedTransport(17);
    }

    record DontFragment() implements TurnAttribute {}

    /// @param token eight bytes
    record ReservationToken(Bytes token) implements TurnAttribute {}

    record AdditionalAddressFamily(int family) implements TurnAttribute {}
    record AddressErrorCode(int family, int code, String reason) implements TurnAttribute {}

    /// @param data of what is too big, how much would not be; else 0
    record Icmp(int type, int code, int data) implements TurnAttribute {}

    //= rfc8656#18-1 the padding to whole words is STUN's, for these attributes too
    Table TABLE = Table.RFC8489.with(
            //= rfc8656#18.1-1 the two bytes behind the number are 0, and ignored
            new Table.Row<>(0x000c, "CHANNEL-NUMBER", ChannelNumber.class, Codec.NUMBER.map(
                    n -> new ChannelNumber(n >>> 16), channel -> channel.number() << 16)),
            new Table.Row<>(0x000d, "LIFETIME", Lifetime.class, Codec.NUMBER.map(
                    n -> new Lifetime(Duration.ofSeconds(Integer.toUnsignedLong(n))),
                    lifetime -> (int) lifetime.duration().toSeconds())),
            new Table.Row<>(0x0012, "XOR-PEER-ADDRESS", XorPeerAddress.class,
                    Codec.XORED_ADDRESS.map(XorPeerAddress::new, XorPeerAddress::address)),
            new Table.Row<>(0x0013, "DATA", Data.class,
                    Codec.of(Data::new, Data::bytes)),
            new Table.Row<>(0x0016, "XOR-RELAYED-ADDRESS", XorRelayedAddress.class,
                    Codec.XORED_ADDRESS.map(XorRelayedAddress::new, XorRelayedAddress::address)),
            //= rfc8656#18.6-1 the bits behind the family are 0, and ignored
            new Table.Row<>(0x0017, "REQUESTED-ADDRESS-FAMILY", RequestedAddressFamily.class,
                    TurnCodec.FIRST_OF_FOUR.map(
                            RequestedAddressFamily::new, RequestedAddressFamily::family)),
            new Table.Row<>(0x0018, "EVEN-PORT", EvenPort.class, TurnCodec.EVEN_PORT),
            //= rfc8656#18.8-1 the bits behind the protocol are 0, and ignored
            new Table.Row<>(0x0019, "REQUESTED-TRANSPORT", RequestedTransport.class,
                    TurnCodec.FIRST_OF_FOUR.map(
                            RequestedTransport::new, RequestedTransport::protocol)),
            new Table.Row<>(0x001a, "DONT-FRAGMENT", DontFragment.class,
                    Codec.bytes(0).map(_ -> new DontFragment(), _ -> Bytes.EMPTY)),
            new Table.Row<>(0x0022, "RESERVATION-TOKEN", ReservationToken.class,
                    Codec.bytes(8).map(ReservationToken::new, ReservationToken::token)),
            new Table.Row<>(0x8000, "ADDITIONAL-ADDRESS-FAMILY", AdditionalAddressFamily.class,
                    TurnCodec.FIRST_OF_FOUR.map(
                            AdditionalAddressFamily::new, AdditionalAddressFamily::family)),
            new Table.Row<>(0x8001, "ADDRESS-ERROR-CODE", AddressErrorCode.class,
                    TurnCodec.ADDRESS_ERROR_CODE),
            new Table.Row<>(0x8004, "ICMP", Icmp.class, TurnCodec.ICMP));
}
