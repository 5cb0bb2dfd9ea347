package p2psip.std.rfc5761;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3264.Format;
import p2psip.std.rfc4566.*;

/// RTP and RTCP on one port: how they are told apart, and how two sides agree on it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5761#section-4 RFC 5761 §4
public final class RtcpMux {
    /// The attribute `a=rtcp-mux`.
    public static final Attribute ATTRIBUTE = Attribute.flag("rtcp-mux");

    private static final int FIRST = 64, LAST = 95;

    private RtcpMux() {}

    /// Whether a datagram of RTP or RTCP is RTCP: its packet type stands where RTP has the marker
    /// bit and the payload type.
    //= rfc5761#4-6 other types than SR and RR too, for not all RTCP packets begin with these
    //= rfc5761#5.1.1-5 so RTCP packets may be received on the RTP port
    //= rfc5761#7-1 below the SRTP layer, which leaves this octet in clear
    public static boolean isRtcp(Bytes datagram) {
        return datagram.size() > 1 && isRtcp(datagram.at(1) & 0xff);
    }

    /// @param second the second byte of the datagram
    public static boolean isRtcp(int second) { return second > 127 && !mayUse(second & 0x7f); }

    /// Whether a payload type may be used where both share a port.
    //= rfc5761#4-3 payload types 64 to 95 are not used
    public static boolean mayUse(int payloadType) {
        return payloadType < FIRST || payloadType > LAST;
    }

    /// The formats that may be offered or answered.
    //= rfc5761#5.1.1-3 payload types in the answer conform to this
    public static List<Format> conforming(List<Format> formats) {
        return formats.stream().filter(f -> mayUse(f.payloadType())).toList();
    }

    public static boolean wanted(Media medium) { return medium.has(ATTRIBUTE.name()); }

    /// A medium of an offer that asks for it; the port of RTCP that it names is for those who do
    /// not know it.
    //= rfc5761#5.1.1-1 the attribute is at the media level of an initial offer
    //= rfc5761#5.1.3-1,2 of each media; its candidates for both and its fallback port stay
    public static Media offer(Media medium) {
        if (wanted(medium) || medium.port() == 0 || !medium.proto().contains("RTP/")) return medium;
        return with(medium, Stream.concat(medium.attributes().stream(), Stream.of(ATTRIBUTE)));
    }

    /// A medium of an answer.
    ///
    /// @param wishes whether this side wishes it
    public static Media answer(Media answer, Media offered, boolean wishes) {
        //= rfc5761#5.1.1-2 who wishes it and was asked includes a media-level attribute
        if (wishes && wanted(offered) && !conforming(Format.of(answer)).isEmpty())
            //= rfc5761#5.1.3-3 and a candidate corresponding to the RTP port alone
            return offer(onePort(answer));
        //= rfc5761#5.1.3-4 who does not want it does not include the attribute
        return with(answer, answer.attributes().stream().filter(a -> !a.equals(ATTRIBUTE)));
    }

    /// Without what it says of a port of RTCP's own.
    private static Media onePort(Media medium) {
        return with(medium, medium.attributes().stream().filter(a -> !a.name().equals("rtcp")
                && !(a.name().equals("candidate") && a.value().matches("\\S+ 2 .*"))));
    }

    /// Whether both share a port, by what both sides have said.
    //= rfc5761#5.1.1-4 if the answer does not contain the attribute they do not
    public static boolean agreed(Media local, Media remote) {
        return wanted(local) && wanted(remote);
    }

    private static Media with(Media m, Stream<Attribute> attributes) {
        return new Media(m.type(), m.port(), m.ports(), m.proto(), m.formats(), m.information(),
                m.connections(), m.bandwidths(), m.key(), attributes.toList());
    }
}
