package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;

/// From a [Message] to bytes; Content-Length is always written, and always right.
final class Printer {
    private static final Header LENGTH = new Header("Content-Length", "");

    private Printer() {}

    static Bytes bytes(Message message) { return bytes(message, Header::name); }

    /// The same with the compact forms of names.
    //= rfc3261#7.3.3-1 a compact form is substituted where the long name has no room
    static Bytes compact(Message message) { return bytes(message, Header::compactName); }

    private static Bytes bytes(Message message, Function<Header, String> names) {
        var head = Bytes.utf8(head(message, names));
        if (message.body().isEmpty()) return head;
        //= rfc3261#7.4.1-5 a binary body goes out byte for byte
        return Bytes.wrap(ByteBuffer.allocate(head.size() + message.body().size())
                .put(head.buffer()).put(message.body().buffer()).array());
    }

    /// The message as text, octets that are none [marked][Bytes#utf8()].
    static String text(Message message) {
        return head(message, Header::name) + message.body().utf8();
    }

    private static String head(Message message, Function<Header, String> names) {
        var start = message.startLine();
        int size = start.length() + 32;
        for (var h : message.headers()) size += h.name().length() + h.value().length() + 4;
        var text = new StringBuilder(size).append(start).append("\r\n");
        //= rfc3261#20.14-3 with no body Content-Length is zero
        //= rfc3261#20.14-1 else the size of the body, whatever type it has
        //= rfc3261#7.4.2-1 which is never chunked
        var length = Integer.toString(message.body().size());
        boolean said = false;
        for (var h : message.headers()) {
            boolean here = h.is("Content-Length");
            if (here && said) continue;
            said |= here;
            //= rfc3261#7-1 each line is terminated by CRLF
            text.append(names.apply(h)).append(": ").append(here ? length : h.value())
                    .append("\r\n");
        }
        //= rfc3261#20.14-2 by a stream-based transport Content-Length must be used
        //= rfc3261#20-3 must be sent
        if (!said)
            //= rfc3261#16.6-61 a copy without Content-Length gets one, right for its body
            //= rfc3261#20-2 should be sent by any other
            text.append(names.apply(LENGTH)).append(": ").append(length).append("\r\n");
        //= rfc3261#7-2 the empty line is present, body or not
        return text.append("\r\n").toString();
    }
}
