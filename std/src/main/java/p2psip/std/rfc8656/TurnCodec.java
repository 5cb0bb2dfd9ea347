package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Codec;
import p2psip.std.rfc8489.SyntaxException;
import p2psip.std.rfc8656.TurnAttribute.*;

/// The wire forms of TURN's attributes that STUN has not got.
final class TurnCodec {
    /// The longest reason that is written, in characters; and read, in bytes.
    private static final int REASON = 127, LONGEST = 763;

    private TurnCodec() {}

    /// A number of one byte with three bytes of 0 behind it.
    static final Codec<Integer> FIRST_OF_FOUR =
            Codec.NUMBER.map(word -> word >>> 24, number -> number << 24);

    static final Codec<EvenPort> EVEN_PORT = Codec.bytes(1).map(
            bytes -> new EvenPort(bytes.at(0) < 0),
            port -> Bytes.wrap(new byte[] {(byte) (port.reserve() ? 0x80 : 0)}));

    static final Codec<AddressErrorCode> ADDRESS_ERROR_CODE =
            Codec.of(TurnCodec::addressError, TurnCodec::encode);

    static final Codec<Icmp> ICMP = Codec.bytes(8).map(TurnCodec::icmp, TurnCodec::encode);

    private static AddressErrorCode addressError(Bytes value) {
        if (value.size() < 4 || value.size() > 4 + LONGEST)
            throw new SyntaxException("an address error code of " + value);
        //= rfc8656#18.12-1 the bits between family and class are ignored
        int hundreds = value.at(2) & 7, number = value.at(3);
        if (hundreds < 3 || hundreds > 6 || number < 0 || number > 99)
            throw new SyntaxException("error code " + hundreds + "/" + number);
        return new AddressErrorCode(value.at(0) & 0xff, hundreds * 100 + number,
                value.slice(4, value.size()).utf8());
    }

    private static Bytes encode(AddressErrorCode error) {
        //= rfc8656#18.12-2 a reason of fewer than 128 characters of UTF-8
        if (error.reason().codePointCount(0, error.reason().length()) > REASON)
            throw new IllegalArgumentException("a reason of more than 127 characters");
        var reason = Bytes.utf8(error.reason()).toArray();
        return Bytes.wrap(ByteBuffer.allocate(4 + reason.length).put((byte) error.family())
                .put((byte) 0).put((byte) (error.code() / 100)).put((byte) (error.code() % 100))
                .put(reason).array());
    }

    private static Icmp icmp(Bytes value) {
        //= rfc8656#18.13-1 the first two bytes are ignored
        return new Icmp(value.at(2) & 0xff, value.at(3) & 0xff, value.buffer().getInt(4));
    }

    private static Bytes encode(Icmp icmp) {
        return Bytes.wrap(ByteBuffer.allocate(8).putShort((short) 0).put((byte) icmp.type())
                .put((byte) icmp.code()).putInt(icmp.data()).array());
    }
}
