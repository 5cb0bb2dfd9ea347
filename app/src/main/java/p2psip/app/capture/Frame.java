package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;

/// A frame as it was captured, with its link layer.
///
/// @param number   in its capture, from 1
/// @param linkType what the bytes begin with, by its number in the registry of link types
/// @param missing  how many bytes at its end were not captured
/// @spec https://www.ietf.org/archive/id/draft-ietf-opsawg-pcaplinktype-07.html link types
public record Frame(int number, Instant at, int linkType, Bytes bytes, int missing) {
    private static final int LOOPBACK = 0, ETHERNET = 1, COOKED = 113, COOKED_2 = 276;
    static final int RAW_IP = 101;

    /// The packet in it, or the piece of one: nothing if it is none of IP.
    ///
    /// @throws SyntaxException if it is cut short, or its checksum is wrong
    Optional<Ip> ip() {
        if (missing > 0) throw new SyntaxException(missing + " bytes were not captured");
        try {
            int header = header();
            return header < 0 ? Optional.empty()
                    : Ip.parse(bytes.slice(header, bytes.size()));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new SyntaxException("a frame cut short", e);
        }
    }

    /// How many bytes stand before the IP header; -1 if there is none.
    private int header() {
        return switch (linkType) {
            case RAW_IP -> 0;
            case LOOPBACK -> before(4);
            case ETHERNET -> isIp(12) ? before(14) : -1;
            case COOKED -> isIp(14) ? before(16) : -1;
            case COOKED_2 -> isIp(0) ? before(20) : -1;
            default -> throw new SyntaxException("link type " + linkType);
        };
    }

    private int before(int size) {
        if (size > bytes.size()) throw new SyntaxException("a frame cut short");
        return size;
    }

    private boolean isIp(int at) {
        int etherType = bytes.buffer().getShort(at) & 0xffff;
        return etherType == 0x0800 || etherType == 0x86dd;
    }
}
