package p2psip.tools.dissect;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;

/// A datagram as it left.
///
/// @param from    who sent it, by name
/// @param frame   what is sealed in it, empty if nothing is
record Shot(Instant at, String from, String to, InetSocketAddress source, InetSocketAddress target,
        Bytes bytes, Bytes frame) {

    String protocol() { return Dissection.protocol(bytes); }

    /// The SIP message.
    Message sip() { return Message.parse(bytes); }

    /// What it is, in two or three words: `INVITE`, `200 to INVITE`, `ring 0x10 0x21`, `RTP 101`.
    String kind() {
        return switch (protocol()) {
            case "SIP" -> switch (sip()) {
                case Message.Request request -> request.method();
                case Message.Response response ->
                        response.status() + " to " + response.cseq().method();
            };
            case "RTP" -> "RTP " + (bytes.at(1) & 0x7f);
            case "STUN" -> bytes.at(0) == 0 ? "STUN request" : "STUN response";
            case "overlay" -> overlay();
            default -> protocol();
        };
    }

    private String overlay() {
        var frames = List.of("none", "unconfirmed", "confirmed", "ack", "bye", "here");
        var packets = List.of("Data", "Hello", "Cookie", "Init", "Accept", "Unknown", "Discover",
                "Found");
        if (frame.isEmpty()) return packets.get(bytes.at(0) & 0x3f);
        if (frame.at(0) > 2 || frame.at(7) != 0) return "frame " + frames.get(frame.at(0));
        var name = RingParts.name(frame.at(9) & 0xff);
        var what = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
        return "ring " + what + (what.equals("Route") ? body() : "");
    }

    private String body() {
        int at = 8 + 10 + 1 + 8;   // frame and payload, header, hops left, request
        at += 20 + 3 + frame.at(at + 20) + 20;
        var name = RingParts.name(frame.at(at));
        return " " + name.substring(0, name.indexOf(':'));
    }
}
