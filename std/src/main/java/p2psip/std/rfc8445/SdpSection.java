package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.rfc4566.*;

/// What ICE says in one `m=` section of an offer or an answer: written here, read by [SdpReading].
///
/// @param candidates       all of ours before a pair is selected, the local ones of the pairs after
/// @param remoteCandidates of each component that of the peer which was selected, in an offer of
///                         the controlling agent; else none
/// @param done             whether no more candidates will be trickled
/// @spec https://www.rfc-editor.org/rfc/rfc8839#section-4.2.1 RFC 8839 §4.2.1
public record SdpSection(Description description, List<Candidate> candidates,
        SortedMap<Integer, InetSocketAddress> remoteCandidates, boolean done) {

    static final String UFRAG = "ice-ufrag", PWD = "ice-pwd", LITE = "ice-lite",
            OPTIONS = "ice-options", PACING = "ice-pacing", MISMATCH = "ice-mismatch",
            REMOTE = "remote-candidates", END = "end-of-candidates";

    private static final Set<String> ALL = Set.of(SdpCandidate.NAME, UFRAG, PWD, LITE, OPTIONS,
            PACING, MISMATCH, REMOTE, END);

    /// The order in which a default destination is sought: what most probably works for whoever
    /// does not know ICE.
    private static final List<CandidateType> DEFAULTS = List.of(CandidateType.RELAYED,
            CandidateType.SERVER_REFLEXIVE, CandidateType.HOST);

    public SdpSection {
        candidates = List.copyOf(candidates);
        remoteCandidates = Collections.unmodifiableSortedMap(new TreeMap<>(remoteCandidates));
    }

    /// Before a pair is selected: all candidates.
    //= rfc8839#4.4.1.2.1-1 so a later offer says what the one before did
    //= rfc8839#4.4.1.3-1 and that of a lite agent has all of its candidates
    public static SdpSection running(Description description, List<Candidate> candidates,
            boolean done) {
        return new SdpSection(description, candidates, new TreeMap<>(), done);
    }

    /// After that: the selected ones.
    ///
    /// @param offers whether this is an offer of the controlling agent
    public static SdpSection completed(Description description, SortedMap<Integer, Path> selected,
            boolean offers) {
        var remote = new TreeMap<Integer, InetSocketAddress>();
        //= rfc8839#5.2-1,2 remote-candidates: a value for each component, in no other case
        //= rfc8839#4.4.1.2.2-3 the controlling agent's offer has them
        //= rfc8839#4.4.1.3-6 of a lite agent, too, if it is controlling
        if (offers) selected.forEach((component, path) -> remote.put(component, path.to()));
        //= rfc8839#4.4.2-1 no answer has remote-candidates
        //= rfc8839#4.4.2-4,5 but a candidate for each that they named in the offer, as the default
        //= rfc8839#4.4.1.3-5 of a lite agent, too: a candidate for each default destination
        var locals = selected.values().stream().map(Path::local).toList();
        //= rfc8839#4.4.1.2.2-2 and no other candidates than those of the pairs are there
        return new SdpSection(description, locals, remote, false);
    }

    /// Of a stream for which ICE is not used, though both sides know it.
    public static Media mismatch(Media media) {
        //= rfc8839#4.2.5-2,3 ice-mismatch and no candidate: the other rules of RFC 3264 hold
        return with(media, List.of(Attribute.flag(MISMATCH)));
    }

    /// Of a stream for which ICE is not used, as the other side does not know it.
    public static Media none(Media media) {
        //= rfc8839#4.3.2-8 the answer has no attribute of ICE
        return with(media, List.of());
    }

    /// The attributes of the session.
    ///
    /// @param description of any stream: these are the same for all
    public static List<Attribute> session(Description description) {
        var all = new ArrayList<Attribute>();
        //= rfc8839#4.2.1.4-1,2 ice-lite of a lite agent, and of no full one
        if (description.lite()) all.add(Attribute.flag(LITE));
        //= rfc8839#4.2.1.5-1 ice-options with the ice2 value
        //= rfc8839#4.2.5-1 by which support of ICE is verified
        //= rfc8838#3-3 trickle is said at the session level, for every data stream
        all.add(new Attribute(OPTIONS, String.join(" ", description.options())));
        //= rfc8839#4.3.1-3 ice-pacing of a full agent alone, in an offer
        //= rfc8839#4.3.2-3 and in an answer
        description.pacing().filter(_ -> !description.lite()).ifPresent(ta ->
                all.add(new Attribute(PACING, "" + ta.toMillis())));
        return all;
    }

    private List<Attribute> attributes() {
        return Stream.concat(credentials().stream(), lines().stream()).toList();
    }

    private List<Attribute> credentials() {
        //= rfc8839#4.3.1-2 ice-ufrag and ice-pwd in the offer
        //= rfc8839#4.3.2-2 and in the answer
        //= rfc8839#5.4-1 for each data stream
        return List.of(new Attribute(UFRAG, description.credentials().ufrag()),
                new Attribute(PWD, description.credentials().pwd()));
    }

    /// The section of a fragment that is sent between offers, under a line by which its stream is
    /// known.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8840#section-4.4 RFC 8840 §4.4
    public List<Attribute> fragment(Attribute mid) {
        //= rfc8840#4.4-7 the mid immediately before the candidates
        //= rfc8840#4.4-8,10 ice-ufrag and ice-pwd where an offer has them: by stream
        //= rfc8840#9.2-2 at the same level as in offers and answers
        return Stream.of(credentials(), List.of(mid), lines()).flatMap(List::stream).toList();
    }

    private List<Attribute> lines() {
        var all = new ArrayList<Attribute>();
        //= rfc8839#4.3.1-1 each available candidate
        //= rfc8839#4.3.2-1 in an answer as well
        //= rfc8839#4.2.2-1 of RTCP's component too
        for (var candidate : candidates) all.add(SdpCandidate.attribute(candidate, true));
        if (!remoteCandidates.isEmpty()) all.add(new Attribute(REMOTE, remoteCandidates.entrySet()
                .stream().map(one -> one.getKey() + " " + ip(one.getValue()) + " "
                        + one.getValue().getPort()).collect(Collectors.joining(" "))));
        if (done) all.add(Attribute.flag(END));
        return all;
    }

    private static String ip(InetSocketAddress address) {
        return Connection.of(address.getAddress()).address();
    }

    /// The section with its default destination and with all that ICE says; what was said before of
    /// ICE is replaced.
    //= rfc8839#4.2.1.6-1 in an inactive stream, too
    //= rfc8839#4.3.2-5 the transport of the m= line is what it was
    public Media into(Media media) {
        //= rfc8839#4.2.1.6-2 where the port is zero there are no candidates
        //= rfc8839#4.4.1.1.2-1 nor any other attribute of ICE, when a stream is removed
        if (media.port() == 0) return with(media, List.of());
        var all = new ArrayList<>(attributes());
        var rtcp = destination(2);
        rtcp.filter(_ -> !media.has("rtcp-mux")).ifPresent(one -> all.add(new Attribute("rtcp",
                one.getPort() + " " + Connection.of(one.getAddress()))));
        //= rfc8839#5.1-3,4 components start at 1, which is media; RTCP is 2
        //= rfc8839#4.3.2-6 without a candidate the default destination is 0.0.0.0, port 9
        var to = destination(1).orElse(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"),
                SdpCandidate.NOWHERE));
        //= rfc8839#4.4.1.2.2-1 the nominated pair's address stands in c= and its port in m=
        //= rfc8839#4.4.1.2.1-4 and before that one of the candidates matches the default
        //= rfc8839#4.3.4-1,2 so an updated offer is aligned, whenever one is sent
        var plain = with(media, all);
        return new Media(plain.type(), to.getPort(), 1, plain.proto(), plain.formats(),
                plain.information(), List.of(Connection.of(to.getAddress())), plain.bandwidths(),
                plain.key(), plain.attributes());
    }

    private static Media with(Media media, List<Attribute> more) {
        boolean rtcp = more.stream().anyMatch(one -> one.name().equals("rtcp"));
        var attributes = Stream.concat(media.attributes().stream().filter(one ->
                !ALL.contains(one.name()) && !(rtcp && one.name().equals("rtcp"))), more.stream());
        return new Media(media.type(), media.port(), media.ports(), media.proto(), media.formats(),
                media.information(), media.connections(), media.bandwidths(), media.key(),
                attributes.toList());
    }

    /// The candidate that is told to those who do not know ICE.
    private Optional<InetSocketAddress> destination(int component) {
        return candidates.stream().filter(one -> one.component() == component)
                .min(Comparator.comparing((Candidate one) ->
                                one.ip() instanceof Inet6Address)
                        .thenComparing(one -> DEFAULTS.contains(one.type())
                                ? DEFAULTS.indexOf(one.type()) : DEFAULTS.size())
                        .thenComparing(Candidate::priority, Comparator.reverseOrder()))
                .map(Candidate::address);
    }
}
