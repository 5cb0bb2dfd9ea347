package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.rfc4566.*;

/// What somebody's `m=` section says about ICE. What cannot be read is passed over with a remark.
///
/// @param description      nothing where ICE is not used
/// @param named            candidates whose name somebody may want to resolve
/// @param remoteCandidates of ours, by component: what the controlling peer has selected
/// @param done             whether no more candidates come
/// @param remarks          what was passed over, for people
/// @spec https://www.rfc-editor.org/rfc/rfc8839#section-4.2.5 RFC 8839 §4.2.5
public record SdpReading(Use use, Optional<Description> description, List<Candidate> candidates,
        List<SdpCandidate.Named> named, SortedMap<Integer, InetSocketAddress> remoteCandidates,
        boolean done, List<String> remarks) {

    /// Whether ICE is used for a stream.
    public enum Use {
        ICE,
        /// Nothing is said of it.
        NONE,
        /// The peer says that it found the default destination changed.
        MISMATCH_TOLD,
        /// Here it is found so: the default destination is none of the candidates.
        MISMATCH_FOUND
    }

    /// How many lines are read; what is more is passed over.
    static final int LINES = 256;

    /// All sections of a description, and whether ICE is used for each.
    public static List<SdpReading> of(SessionDescription session) {
        var all = session.media().stream().map(media -> read(session, media)).toList();
        boolean changed = all.stream().anyMatch(one -> one.use == Use.MISMATCH_FOUND);
        boolean supported = all.stream().anyMatch(one -> one.use == Use.ICE);
        //= rfc8839#4.3.3-1,2,3 mismatch told: RFC 3264 for those streams, ICE for all others
        //= rfc8839#4.3.3-4 found here for one: no ICE in the entire session
        return changed || !supported ? all.stream().map(SdpReading::without).toList() : all;
    }

    /// What is said of each stream between offers, in a fragment whose `m=` lines only count the
    /// streams: there is no default destination to be compared with.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8840#section-4.4 RFC 8840 §4.4
    public static SdpReading ofFragment(SessionDescription session, Media media) {
        var said = read(session, media);
        //= rfc8840#4.1.2-2 so no situation of theirs causes a mismatch
        //= rfc8840#4.1.4-1 nor does one cause a mismatch after an answer
        return new SdpReading(said.description.isPresent() ? Use.ICE : Use.NONE, said.description,
                said.candidates, said.named, said.remoteCandidates, ends(session, media),
                said.remarks);
    }

    private static boolean ends(SessionDescription session, Media media) {
        return media.has(SdpSection.END) || session.has(SdpSection.END);
    }

    private SdpReading without() {
        return new SdpReading(use == Use.ICE ? Use.NONE : use, Optional.empty(), List.of(),
                List.of(), new TreeMap<>(), true, remarks);
    }

    private static SdpReading read(SessionDescription session, Media media) {
        var remarks = new ArrayList<String>();
        var credentials = credentials(session, media, remarks);
        //= rfc8839#4.2.5-5 told of a mismatch, ICE is over for this stream
        //= rfc8839#5.3-1 for it RFC 3264 holds instead
        boolean told = media.has(SdpSection.MISMATCH);
        if (told || credentials.isEmpty() || media.port() == 0)
            return new SdpReading(told ? Use.MISMATCH_TOLD : Use.NONE, Optional.empty(), List.of(),
                    List.of(), new TreeMap<>(), true, remarks);
        var candidates = new ArrayList<Candidate>();
        var named = new ArrayList<SdpCandidate.Named>();
        media.all(SdpCandidate.NAME).limit(LINES).forEach(value -> {
            try {
                switch (SdpCandidate.parse(value)) {
                    case SdpCandidate.Known(var candidate) -> candidates.add(candidate);
                    case SdpCandidate.Named one -> named.add(one);
                }
            } catch (SyntaxException e) {
                remarks.add("candidate passed over: " + e.getMessage());
            }
        });
        var description = new Description(credentials.get(), session.has(SdpSection.LITE),
                options(session, media), pacing(session));
        //= rfc8838#3-2 who does not trickle is treated by the rules of regular ICE
        //= rfc8838#5-1 all its candidates are in the description
        boolean done = ends(session, media) || !description.trickles();
        var use = matches(session, media, candidates, named) ? Use.ICE : Use.MISMATCH_FOUND;
        return new SdpReading(use, Optional.of(description), candidates, named, remote(media),
                done, remarks);
    }

    private static Optional<Credentials> credentials(SessionDescription session, Media media,
            List<String> remarks) {
        //= rfc8839#5.4¶2 those of the medium take precedence over those of the session
        var ufrag = media.attribute(SdpSection.UFRAG).or(() -> session.attribute(SdpSection.UFRAG));
        var pwd = media.attribute(SdpSection.PWD).or(() -> session.attribute(SdpSection.PWD));
        if (ufrag.isEmpty() || pwd.isEmpty()) return Optional.empty();
        try {
            return Optional.of(new Credentials(ufrag.get().strip(), pwd.get().strip()));
        } catch (SyntaxException e) {
            remarks.add(e.getMessage());
            return Optional.empty();
        }
    }

    private static List<String> options(SessionDescription session, Media media) {
        return Stream.concat(session.all(SdpSection.OPTIONS), media.all(SdpSection.OPTIONS))
                .flatMap(value -> Stream.of(value.strip().split(" +"))).distinct().limit(LINES)
                .toList();
    }

    private static Optional<Duration> pacing(SessionDescription session) {
        return session.attribute(SdpSection.PACING).map(String::strip)
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofMillis(Integer.parseInt(value)));
    }

    private static SortedMap<Integer, InetSocketAddress> remote(Media media) {
        var all = new TreeMap<Integer, InetSocketAddress>();
        media.all(SdpSection.REMOTE).limit(LINES).forEach(value -> {
            var word = value.strip().split(" +");
            for (int i = 0; i + 2 < word.length && i < LINES; i += 3) {
                int at = i;
                if (word[i].matches("[0-9]{1,3}")) address(word[i + 1], word[i + 2])
                        .ifPresent(one -> all.put(Integer.parseInt(word[at]), one));
            }
        });
        return all;
    }

    private static Optional<InetSocketAddress> address(String ip, String port) {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) return Optional.empty();
        try {
            return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(ip),
                    Integer.parseInt(port)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether the default destination of each component is a candidate, or need not be one.
    private static boolean matches(SessionDescription session, Media media,
            List<Candidate> candidates, List<SdpCandidate.Named> named) {
        //= rfc8839#4.2.5-6 a name as the default destination is no failure
        var ip = session.connection(media).inetAddress();
        if (ip.isEmpty()) return true;
        //= rfc8839#4.2.5-4 nor is 0.0.0.0 or :: with port 9 considered a failure
        if (ip.get().isAnyLocalAddress() && media.port() == SdpCandidate.NOWHERE) return true;
        var rtp = new InetSocketAddress(ip.get(), media.port());
        if (!named.isEmpty()) return true;
        //= rfc8839#4.2.5¶2 the address in c=, the port in m= appear in a candidate attribute
        if (!has(candidates, 1, rtp)) return false;
        var rtcp = media.attribute("rtcp").filter(_ -> !media.has("rtcp-mux"));
        if (rtcp.isEmpty() || candidates.stream().noneMatch(one -> one.component() == 2))
            return true;
        var word = rtcp.get().strip().split(" +");
        return address(word.length > 3 ? word[3] : ip.get().getHostAddress(), word[0])
                .map(at -> has(candidates, 2, at)).orElse(true);
    }

    private static boolean has(List<Candidate> candidates, int component, InetSocketAddress at) {
        return candidates.stream().anyMatch(one ->
                one.component() == component && one.address().equals(at));
    }

    /// What an agent is to be told of it.
    //= rfc8838#4-1 any mix of candidates, also none
    //= rfc8838#5-2 in a response as well
    public List<Agent.Input> inputs(int stream) {
        if (description.isEmpty()) return List.of();
        var all = new ArrayList<Agent.Input>();
        all.add(new Agent.Input.Remote(stream, description.get()));
        for (var one : candidates) all.add(new Agent.Input.RemoteCandidate(stream, one));
        if (done) all.add(new Agent.Input.RemoteDone(stream));
        return all;
    }
}
