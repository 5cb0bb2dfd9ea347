package p2psip.app.trace;

import module java.base;
import p2psip.std.rfc3261.Message;

/// A datagram, or a message on a stream, as it left, taken apart.
///
/// @param transport `UDP`, `TCP`
/// @param inside    what is sealed in it, where that is known
/// @param before    the same message one hop earlier, or the attempt that this one repeats
public record Shot(Instant at, String transport, InetSocketAddress source,
        InetSocketAddress target, Dissection outside, Optional<Dissection> inside,
        Optional<Shot> before) {

    /// What a ladder says of it.
    public String summary() { return outside.summary(); }

    /// The protocol by which people choose what they see: what is sealed is the ring's.
    public String protocol() {
        return outside.protocol().equals("overlay") ? "ring" : outside.protocol();
    }

    int size() { return outside.bytes().size(); }

    Shot after(Shot before) {
        return new Shot(at, transport, source, target, outside, inside, Optional.of(before));
    }

    /// The SIP message, if it is one.
    Optional<Message> sip() {
        return protocol().equals("SIP") && outside.trouble().isEmpty()
                && outside.field("keep-alive").isEmpty()
                ? Optional.of(Message.parse(outside.bytes())) : Optional.empty();
    }
}
