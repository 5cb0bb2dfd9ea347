package p2psip.std.rfc8840;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc6086.InfoPackage;
import p2psip.std.rfc8445.*;

/// What an agent says of its candidates between offers: in an INFO, in lines such as those of a
/// session description.
///
/// @param sections each with the tag of its stream, in the order of the lines
/// @spec https://www.rfc-editor.org/rfc/rfc8840#section-9 RFC 8840 §9
public record Fragment(SequencedMap<String, SdpReading> sections) {
    //= rfc8840#4.4-1 the media type of what is said
    //= rfc8840#10.7-1 in each INFO
    public static final String MEDIA_TYPE = "application/trickle-ice-sdpfrag";

    /// For [p2psip.std.rfc6086.InfoPackages].
    //= rfc8840#4-1 the option tag for Supported
    //= rfc8840#10.6-1,2 in INVITE and its responses, and to an OPTIONS
    public static final InfoPackage PACKAGE =
            new InfoPackage("trickle-ice", MEDIA_TYPE, Optional.of("trickle-ice"));

    public static final String MID = "mid";

    /// How many streams are read at most; what is more is passed over.
    static final int STREAMS = 32;

    /// What a session description has before its attributes: here it means nothing.
    private static final String HEAD = """
            v=0\r
            o=- 0 0 IN IP4 0.0.0.0\r
            s=-\r
            c=IN IP4 0.0.0.0\r
            t=0 0\r
            """;

    /// A line with an attribute: its name may be written in any case.
    private static final Pattern ATTRIBUTE = Pattern.compile("(?m)^a=[A-Za-z-]+");

    public Fragment { sections = Collections.unmodifiableSequencedMap(sections); }

    /// @throws p2psip.std.SyntaxException if the lines are none of a description
    public static Fragment parse(Bytes body) {
        //= rfc8840#9.2-1 attributes are known in upper and in lower case
        var text = ATTRIBUTE.matcher(body.utf8()).replaceAll(one ->
                one.group().toLowerCase(Locale.ROOT));
        var session = SessionDescription.parse(HEAD + text);
        var sections = new LinkedHashMap<String, SdpReading>();
        //= rfc8840#4.4-2 of an m= line nothing counts: not its port, nor its format
        //= rfc8840#9.2-3 and attributes that nobody here knows are passed over
        for (var media : session.media()) media.attribute(MID).map(String::strip)
                .filter(_ -> sections.size() < STREAMS)
                .ifPresent(mid -> sections.putIfAbsent(mid,
                        SdpReading.ofFragment(session, media.withPort(SdpCandidate.NOWHERE))));
        return new Fragment(sections);
    }

    /// What one stream has to say.
    public static String write(String mid, SdpSection section) {
        //= rfc8840#4.4-4,5 default values: audio, 9, RTP/AVP, and once 0 as the fmt field
        //= rfc8840#4.4-6 and a mid for each stream whose list is updated
        return Media.of("audio", SdpCandidate.NOWHERE, "RTP/AVP", List.of("0"),
                section.fragment(new Attribute(MID, mid))).toString();
    }

    /// What an agent is to be told by a section, beyond what it knows.
    ///
    /// @param current what the peer has said of itself in its last offer or answer
    /// @param known   its candidates that were told already
    public static List<Agent.Input> news(SdpReading section, int stream, Description current,
            Collection<Candidate> known) {
        //= rfc8840#4.4-9 with other ice-ufrag and ice-pwd than those of this session: discarded
        if (section.description().map(Description::credentials)
                .filter(current.credentials()::equals).isEmpty()) return List.of();
        var news = new ArrayList<Candidate>();
        //= rfc8840#4.4-14 candidates that were received already are discarded
        //= rfc8840#4.4-15 and those that are new forwarded, in their order
        for (var each : section.candidates()) if (Stream.of(known, news)
                .flatMap(Collection::stream).noneMatch(other -> same(each, other))) news.add(each);
        var inputs = new ArrayList<Agent.Input>();
        news.forEach(each -> inputs.add(new Agent.Input.RemoteCandidate(stream, each)));
        if (section.done()) inputs.add(new Agent.Input.RemoteDone(stream));
        return inputs;
    }

    /// Equal in address, port and component; all are of UDP.
    private static boolean same(Candidate one, Candidate other) {
        return one.address().equals(other.address()) && one.component() == other.component();
    }
}
