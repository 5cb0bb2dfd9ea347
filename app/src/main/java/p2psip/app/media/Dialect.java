package p2psip.app.media;

import module java.base;
import p2psip.std.rfc3264.Format;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc5761.RtcpMux;
import p2psip.std.rfc5763.*;
import p2psip.std.rfc8445.SdpReading;

/// The two dialects of descriptions: that of browsers, whose sound is enciphered by keys of a
/// handshake and goes where ICE finds a way, all by one port; and that of plain telephones. A
/// description in the one is written in the other, but for what its reader has here: his end says
/// that ([WebEnd], [Tunnel]).
///
/// One medium is translated, the first audio; of what is in it the codecs stay that both may know,
/// under the same numbers, for nothing is decoded on the way. All other media are refused.
final class Dialect {
    static final String WEB = "UDP/TLS/RTP/SAVPF", PLAIN = "RTP/AVP";

    private static final String PLAIN_FEEDBACK = "RTP/AVPF", MID = "mid";

    /// What telephones and browsers both may have: encodings, in small letters.
    private static final Set<String> CODECS =
            Set.of("opus", "pcmu", "pcma", "g722", "telephone-event");

    /// What is said of the sound itself, in either dialect.
    private static final Set<String> COMMON = Set.of("ptime", "maxptime", "sendrecv", "sendonly",
            "recvonly", "inactive");

    /// Of what a browser is refused.
    private static final Connection NOWHERE =
            Connection.of(InetAddress.ofLiteral("0.0.0.0"));

    private Dialect() {}

    /// Whether a description is a browser's: it takes sound by ICE alone, under keys that a
    /// certificate is to vouch for.
    static boolean isWeb(SessionDescription description) {
        return sounds(description).anyMatch(medium ->
                DtlsAgreement.TRANSPORTS.contains(medium.proto())
                && !CertificateFingerprint.of(description, medium).isEmpty()
                && SdpReading.ofFragment(description, medium).use() == SdpReading.Use.ICE);
    }

    /// Whether a description has sound for everybody to hear.
    static boolean isPlain(SessionDescription description) {
        return sounds(description).anyMatch(medium -> medium.proto().equals(PLAIN)
                || medium.proto().equals(PLAIN_FEEDBACK));
    }

    private static java.util.stream.Stream<Media> sounds(SessionDescription description) {
        return description.media().stream()
                .filter(medium -> medium.type().equals("audio") && medium.port() != 0);
    }

    /// Where the medium stands that is translated, of those that are looked at.
    static OptionalInt place(SessionDescription description) {
        return IntStream.range(0, Math.min(description.media().size(), MediaCall.STREAMS))
                .filter(i -> description.media().get(i).type().equals("audio")
                        && description.media().get(i).port() != 0).findFirst();
    }

    /// What a plain telephone gets of a browser's description.
    ///
    /// @param reader what the telephone has said last, if anything: a line that is refused has its
    ///               words
    static SessionDescription plain(SessionDescription web, int place,
            Optional<SessionDescription> reader) {
        return written(web, place, PLAIN, List.of(), reader, _ -> List.of());
    }

    /// What a browser gets of a plain description; where it is to send its end says.
    static SessionDescription web(SessionDescription plain, int place,
            Optional<SessionDescription> reader) {
        var description = written(plain, place, WEB, List.of(NOWHERE), reader, i -> List.of(
                new Attribute(MID, mid(i, reader))));
        return place >= description.media().size()
                || description.media().get(place).port() == 0 ? description
                //  a bundle of one (RFC 9143): the medium that is not refused
                : description.withAttributes(List.of(
                        new Attribute("group", "BUNDLE " + mid(place, reader))));
    }

    /// The name of a medium is its first description's.
    private static String mid(int place, Optional<SessionDescription> reader) {
        return reader.filter(said -> place < said.media().size())
                .flatMap(said -> said.media().get(place).attribute(MID)).orElse("" + place);
    }

    /// @param session the address of what has none of its own
    private static SessionDescription written(SessionDescription from, int place, String proto,
            List<Connection> session, Optional<SessionDescription> reader,
            IntFunction<List<Attribute>> more) {
        var media = new ArrayList<Media>();
        for (int i = 0; i < from.media().size(); i++) {
            int at = i;
            var medium = from.media().get(i);
            var known = known(medium);
            boolean refused = i != place || medium.port() == 0 || known.isEmpty();
            var line = refused ? reader.filter(said -> at < said.media().size())
                    .map(said -> said.media().get(at)).orElse(medium) : medium;
            var there = List.of(from.connection(medium));
            media.add(refused ? new Media(line.type(), 0, 1, proto(line, proto), line.formats(),
                    "", there, List.of(), "", more.apply(i))
                    : sound(medium, from, known, proto, more.apply(i)));
        }
        return new SessionDescription(from.origin(), from.name(), from.information(), from.uri(),
                from.emails(), from.phones(), session, from.bandwidths(), from.times(),
                from.adjustments(), "", List.of(), media);
    }

    private static String proto(Media line, String proto) {
        return line.proto().contains("RTP/") ? proto : line.proto();
    }

    /// The formats that go on; none if there is none to speak by.
    private static List<Format> known(Media medium) {
        var known = RtcpMux.conforming(Format.of(medium)).stream().filter(format ->
                CODECS.contains(format.map().encoding().toLowerCase(Locale.ROOT))).toList();
        return known.stream().allMatch(format ->
                format.map().encoding().equalsIgnoreCase("telephone-event")) ? List.of() : known;
    }

    private static Media sound(Media medium, SessionDescription from, List<Format> known,
            String proto, List<Attribute> more) {
        var attributes = new ArrayList<Attribute>();
        for (var format : known) {
            attributes.add(format.map().attribute());
            if (!format.fmtp().isEmpty()) attributes.add(new Attribute(
                    "fmtp", format.payloadType() + " " + format.fmtp()));
        }
        medium.attributes().stream().filter(a -> COMMON.contains(a.name()))
                .forEach(attributes::add);
        //  what is said for the whole session is said here: that part is written anew
        if (medium.attributes().stream().noneMatch(a -> DIRECTIONS.contains(a.name())))
            attributes.add(from.direction(medium).attribute());
        attributes.addAll(more);
        return new Media(medium.type(), medium.port(), 1, proto,
                known.stream().map(format -> "" + format.payloadType()).toList(), "",
                List.of(from.connection(medium)), medium.bandwidths(), "", attributes);
    }

    private static final Set<String> DIRECTIONS = Arrays.stream(Direction.values())
            .map(Direction::toString).collect(Collectors.toUnmodifiableSet());
}
