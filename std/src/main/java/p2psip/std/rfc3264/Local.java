package p2psip.std.rfc3264;

import module java.base;
import p2psip.std.rfc4566.*;

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
    ///
    /// @param ptime how much sound this side would like in a packet, at least a millisecond
    public static Local audio(int port, Duration ptime, List<Format> formats) {
        //= rfc3264#5.1-15 a ptime is greater than zero
        if (ptime.toMillis() < 1) throw new IllegalArgumentException("ptime " + ptime);
        return new Local("audio", "RTP/AVP", port, formats, Direction.SENDRECV,
                List.of(new Attribute("ptime", Long.toString(ptime.toMillis()))));
    }

    public Local with(Direction direction) {
        return new Local(type, proto, port, formats, direction, attributes);
    }

    /// The same stream, of which that is said as well.
    public Local with(Attribute attribute) {
        var all = new ArrayList<>(attributes);
        all.add(attribute);
        return new Local(type, proto, port, formats, direction, all);
    }

    public Local withPort(int port) {
        //= rfc3264#8.3.1-2 with another port the rest of the stream remains unchanged
        return new Local(type, proto, port, formats, direction, attributes);
    }

    /// The same stream, while the peer is asked to wait.
    //= rfc3264#8.4¶2 on hold sendrecv becomes sendonly, and recvonly inactive
    public Local held() { return with(direction.and(Direction.SENDONLY)); }

    /// The `m=` line and what follows.
    Media media(List<Format> formats, Direction direction) {
        var lines = new ArrayList<Attribute>();
        //= rfc3264#5.1-12 every number has its rtpmap, static ones too
        //= rfc3264#6.1-14 the answer has rtpmap attributes as well
        //= rfc3551#3-5 no dynamic number without its mapping
        formats.forEach(f -> lines.add(f.map().attribute()));
        //= rfc3264#5.1-11 fmtp parameters may be present
        formats.stream().filter(f -> !f.fmtp().isEmpty()).forEach(f ->
                lines.add(new Attribute("fmtp", f.payloadType() + " " + f.fmtp())));
        //= rfc3264#6.1-22 an answer may say the ptime that this side would like
        lines.addAll(attributes);
        //= rfc3264#5.1-1,2,3 marked as sendonly, recvonly or inactive
        lines.add(direction.attribute());
        //= rfc3264#5.1-13 the m= line lists formats in order of preference
        //= rfc3264#6.1-15 in an answer too, the preferred first
        //= rfc4566#8.2.3-1 the fmt of RTP is the payload type number
        var numbers = formats.stream().map(f -> Integer.toString(f.payloadType())).toList();
        //= rfc3264#6.1-12 the port is present for sendonly streams as well
        return Media.of(type, port, proto, numbers, lines);
    }

    /// The formats of an offered stream that this side has too, with its own parameters.
    List<Format> common(Media offered) {
        //= rfc3264#6.1-17,18 formats stay in the same relative order: 8, 22 and 48
        return Format.of(offered).stream().flatMap(theirs -> formats.stream()
                //= rfc3264#6.1-7,9,10 media formats of those in the offer, to receive and send
                .filter(theirs::sameEncoding).limit(1)
                //= rfc3264#6.1-13,20 payload type numbers of the offer, fmtp parameters may differ
                .map(ours -> ours.numbered(theirs.payloadType()))).toList();
    }

    boolean matches(Media medium) {
        return type.equals(medium.type()) && proto.equals(medium.proto());
    }

    //= rfc3264#9-5 what can be done is listed with port zero, so that nothing is set up by it
    /// What this side is able to do, for those who ask before they offer.
    ///
    /// @param head a description of its own origin, with an address, whose media and time are
    ///     replaced
    public static SessionDescription capabilities(SessionDescription head, List<Local> locals) {
        //= rfc3264#9-3,6,7 each media type has its description, each format listed with rtpmap
        var media = locals.stream()
                .map(l -> l.media(l.formats, l.direction).withPort(0)).toList();
        //= rfc3264#9-1,2 which together is a valid SDP, of the time 0 0
        return head.withMedia(media).withTimes(List.of(Time.PERMANENT));
    }
}
