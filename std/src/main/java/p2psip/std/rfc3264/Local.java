package p2psip.std.rfc3264;

import module java.base;
import p2psip.std.rfc4566.Attribute;
import p2psip.std.rfc4566.Direction;
import p2psip.std.rfc4566.Media;
import p2psip.std.rfc4566.SessionDescription;

/// A stream that this side is able and willing to have.
///
/// @param type `audio` ...
/// @param proto `RTP/AVP` ...; a stream is only matched with one of the same
/// @param port where media is received
/// @param formats the preferred first
/// @param direction as this side wishes
/// @param attributes others than rtpmap, fmtp and direction: ptime, for example
public record Local(String type, String proto, int port, List<Format> formats, Direction direction,
        List<Attribute> attributes) {

    public Local {
        if (port == 0 || formats.isEmpty())
            throw new IllegalArgumentException("a stream has a port and a format");
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    /// Audio both ways.
    public static Local audio(int port, Duration ptime, List<Format> formats) {
        return new Local("audio", "RTP/AVP", port, formats, Direction.SENDRECV,
                List.of(new Attribute("ptime", Long.toString(ptime.toMillis()))));
    }

    public Local with(Direction direction) {
        return new Local(type, proto, port, formats, direction, attributes);
    }

    public Local withPort(int port) {
        return new Local(type, proto, port, formats, direction, attributes);
    }

    //= rfc3264#8.4¶2 on hold sendrecv becomes sendonly, and recvonly inactive
    /// The same stream, while the peer is asked to wait.
    public Local held() { return with(direction.and(Direction.SENDONLY)); }

    /// The `m=` line and what follows.
    Media media(List<Format> formats, Direction direction) {
        var lines = new ArrayList<Attribute>();
        //= rfc3264#5.1-12 every number has its rtpmap, static ones too
        //= rfc3264#6.1-14 the answer has rtpmap attributes as well
        formats.forEach(f -> lines.add(f.map().attribute()));
        //= rfc3264#5.1-11 fmtp parameters may be present
        formats.stream().filter(f -> !f.fmtp().isEmpty()).forEach(f ->
                lines.add(new Attribute("fmtp", f.payloadType() + " " + f.fmtp())));
        lines.addAll(attributes);
        //= rfc3264#5.1-1 sendonly is marked as such
        //= rfc3264#5.1-2 recvonly is marked as such
        //= rfc3264#5.1-3 inactive is marked as such
        lines.add(direction.attribute());
        //= rfc3264#5.1-13 the m= line lists formats in order of preference
        var numbers = formats.stream().map(f -> Integer.toString(f.payloadType())).toList();
        return Media.of(type, port, proto, numbers, lines);
    }

    //= rfc3264#6.1-17 formats stay in the offer's order, and under the offer's numbers
    /// The formats of an offered stream that this side has too, with its own parameters.
    //= rfc3264#6.1-13 and under the payload type numbers of the offer
    List<Format> common(Media offered) {
        return Format.of(offered).stream().flatMap(theirs -> formats.stream()
                .filter(theirs::sameEncoding).limit(1)
                .map(ours -> ours.numbered(theirs.payloadType()))).toList();
    }

    boolean matches(Media medium) {
        return type.equals(medium.type()) && proto.equals(medium.proto());
    }

    //= rfc3264#9-5 what can be done is listed with port zero, so that nothing is set up by it
    /// What this side is able to do, for those who ask before they offer.
    ///
    /// @param head a description of its own origin, with an address, whose media are replaced
    public static SessionDescription capabilities(SessionDescription head, List<Local> locals) {
        //= rfc3264#9-3 each media type has its media description
        //= rfc3264#9-6 with each media format listed
        //= rfc3264#9-7 and its rtpmap
        return head.withMedia(locals.stream()
                .map(l -> l.media(l.formats, l.direction).withPort(0)).toList());
    }
}
