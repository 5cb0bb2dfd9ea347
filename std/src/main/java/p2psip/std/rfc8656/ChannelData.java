package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;

/// Data with the number of a channel and its own length before it: four bytes where a Send or Data
/// indication takes 36 at least. Read and written in place: this is the hot path of a relay.
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |        channel number         |        length of the data     |
/// |        data ...
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-12.4 RFC 8656 §12.4
public final class ChannelData {
    /// The numbers that channels may have.
    public static final int FIRST = 0x4000, LAST = 0x4fff;

    /// The last number of RFC 5766, whose clients may choose any up to it; what begins so is
    /// another protocol's today.
    public static final int OLD_LAST = 0x7fff;

    static final int HEADER = 4;

    /// The most that fits behind the header in a datagram, or in a length of 16 bits.
    static final int MOST = 65_507 - HEADER;

    private ChannelData() {}

    /// Whether a message begins as ChannelData does and no other protocol on the same port.
    public static boolean is(Bytes message) { return is(message, LAST); }

    /// @param last up to which number channels go
    static boolean is(Bytes message, int last) {
        //= rfc8656#12-1 by the first byte: 64 to 79 is a channel
        return message.size() >= HEADER && message.at(0) >= FIRST >> 8
                && message.at(0) <= last >> 8;
    }

    static int channel(Bytes message) { return word(message, 0); }

    private static int word(Bytes message, int at) {
        return (message.at(at) & 0xff) << 8 | message.at(at + 1) & 0xff;
    }

    /// Whether all the data that the length promises are there.
    static boolean whole(Bytes message) { return HEADER + word(message, 2) <= message.size(); }

    /// The data of a whole message, without header and padding.
    static Bytes data(Bytes message) { return message.slice(HEADER, HEADER + word(message, 2)); }

    /// A message.
    ///
    /// @param padded to whole words, as messages in a stream are
    static Bytes encode(int channel, Bytes data, boolean padded) {
        int size = HEADER + data.size();
        //= rfc8656#12.5-2 in a stream the whole is a multiple of four bytes, the length is not
        //= rfc8656#12.5-3 a datagram has no padding
        var message = new byte[padded ? size + 3 & ~3 : size];
        message[0] = (byte) (channel >> 8);
        message[1] = (byte) channel;
        message[2] = (byte) (data.size() >> 8);
        message[3] = (byte) data.size();
        data.copy(0, data.size(), message, HEADER);
        return Bytes.wrap(message);
    }
}
