package p2psip.tools.dissect;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Message;

/// Bytes taken apart: the fields together are every bit, each once and in order.
///
/// @param protocol `SIP`, `RTP`, `RTCP`, `STUN`, `overlay`, `frame`
record Dissection(String protocol, Bytes bytes, List<Field> fields) {
    Dissection {
        fields = List.copyOf(fields);
        int at = 0;
        for (var field : fields) {
            if (field.from() != at || field.to() <= at)
                throw new IllegalArgumentException(
                        "bit " + at + " is not where " + field + " begins");
            at = field.to();
        }
        if (at != 8 * bytes.size())
            throw new IllegalArgumentException(at + " bits of " + 8 * bytes.size());
    }

    /// What a datagram, or a message on a stream, is made of. Its first bits say what it is: RFC
    /// 7983 tells apart what may share a port, and the overlay takes bits that are left.
    ///
    /// @param formats names of RTP's payload types, as the session description has given them
    /// @throws IllegalArgumentException if it is of no protocol known here, or not well formed
    static Dissection of(Bytes bytes, Map<Integer, String> formats) {
        var knife = new Knife(bytes);
        var protocol = protocol(bytes);
        switch (protocol) {
            case "overlay" -> OverlayParts.packet(knife, bytes);
            case "RTCP" -> RtpParts.rtcp(knife, bytes);
            case "RTP" -> RtpParts.rtp(knife, bytes, formats);
            case "STUN" -> StunParts.message(knife, bytes);
            default -> SipParts.message(knife, bytes);
        }
        return new Dissection(protocol, bytes, knife.fields());
    }

    /// What was sealed in a datagram of the overlay.
    static Dissection ofFrame(Bytes frame) {
        var knife = new Knife(frame);
        OverlayParts.frame(knife, frame);
        return new Dissection("frame", frame, knife.fields());
    }

    static String protocol(Bytes bytes) {
        return switch (bytes.at(0) >> 6 & 3) {
            case 3 -> "overlay";
            case 2 -> (bytes.at(1) & 0xff) >= 200 && (bytes.at(1) & 0xff) <= 204 ? "RTCP" : "RTP";
            default -> Message.isStun(bytes) ? "STUN" : "SIP";
        };
    }

    /// The fields of a name.
    Optional<Field> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }
}
