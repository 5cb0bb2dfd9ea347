package p2psip.app.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import module java.base;
import p2psip.app.p2p.Overlay;
import p2psip.std.Bytes;

/// What a datagram seems to be, by its first bytes: enough to know whose parser is to judge it.
final class FirstBytes {
    private static final int COOKIE = 0x2112a442, HEADER = 20;

    /// Binding and Shared Secret, in RFC 3489's words: requests, responses, error responses.
    private static final Set<Integer> CLASSIC =
            Set.of(0x0001, 0x0101, 0x0111, 0x0002, 0x0102, 0x0112);

    /// A start line is looked for so far.
    private static final int LINE = 2_000;

    private FirstBytes() {}

    /// Of a datagram, or a segment: a start line, perhaps behind empty lines.
    static boolean areSip(Bytes bytes) {
        var line = new String(bytes.slice(0, Math.min(bytes.size(), LINE)).toArray(), ISO_8859_1)
                .stripLeading().lines().findFirst().orElse("");
        return line.startsWith("SIP/2.0 ") || line.endsWith(" SIP/2.0");
    }

    /// Two bits of 0 and the magic cookie, whatever the length says; or, without the cookie, a
    /// message of RFC 3489 whose length is right.
    static boolean areStun(Bytes bytes) {
        if (bytes.size() < 8 || (bytes.at(0) & 0xc0) != 0) return false;
        var in = bytes.buffer();
        return in.getInt(4) == COOKIE || CLASSIC.contains(in.getShort(0) & 0xffff)
                && (in.getShort(2) & 0xffff) == bytes.size() - HEADER;
    }

    static boolean areOverlay(Bytes bytes) {
        try {
            return Overlay.kind(bytes).isPresent();
        } catch (p2psip.app.p2p.SyntaxException e) {
            return true;   // it begins as one
        }
    }
}
