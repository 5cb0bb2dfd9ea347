package p2psip.app.trace;

import module java.base;
import p2psip.std.rfc3261.Message;

/// A datagram, or a message on a stream, as it left, taken apart.
///
/// @param transport `UDP`, `TCP`
/// @param inside    what is sealed in it, where that is known, from without to within; what was cut
///                  for several datagrams is in the last of them
/// @param before    the same message one hop earlier, or the attempt that this one repeats
public record Shot(Instant at, String transport, InetSocketAddress source,
        InetSocketAddress target, Dissection outside, List<Dissection> inside,
        Optional<Shot> before) {
    public Shot { inside = List.copyOf(inside); }

    /// What a ladder says of it.
    public String summary() {
        return told().protocol().equals("SIP") ? told().summary() : outside.summary();
    }

    /// The protocol by which people choose what they see: what is sealed is the ring's, if it is
    /// nothing else.
    public String protocol() {
        return told().protocol().equals("SIP") ? "SIP"
                : outside.protocol().equals("overlay") ? "ring" : outside.protocol();
    }

    /// The innermost of its layers: what it is sent for.
    public Dissection told() { return inside.isEmpty() ? outside : inside.getLast(); }

    int size() { return outside.bytes().size(); }

    Shot after(Shot before) {
        return new Shot(at, transport, source, target, outside, inside, Optional.of(before));
    }

    /// The SIP message, if it is one.
    Optional<Message> sip() {
        return protocol().equals("SIP") && told().trouble().isEmpty()
                && told().field("keep-alive").isEmpty()
                ? Optional.of(Message.parse(told().bytes())) : Optional.empty();
    }
}
