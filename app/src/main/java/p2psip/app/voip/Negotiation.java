package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3264.OfferAnswer.*;
import p2psip.std.rfc3611.XrCapability;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc4566.SyntaxException;
import p2psip.std.rfc8445.SdpReading;
import p2psip.std.rfc8840.Fragment;

/// What the two ends of a call offer and answer, as far as it can carry sound; what cannot is not
/// taken, and a [Warning] says why.
///
/// As in [OfferAnswer] nothing here depends on time: who shows it a description that names a host
/// has found the address before.
final class Negotiation {
    /// A host that the peer has named, and its address, if it has one that can be sent to.
    private record Named(String host, Optional<InetAddress> address) {}

    private final Formats formats;
    private final InetAddress address;
    private final MediaPorts ports;
    private final Others others;
    private OfferAnswer session;
    private final SessionDescription head;
    private final OfferAnswer.Addition addition;
    private Keying keying;
    /// As it was before the offer that is open.
    private Optional<Keying> before = Optional.empty();
    private Optional<Named> named = Optional.empty();
    private Optional<Ice.Peer> peer = Optional.empty();
    private Optional<SessionDescription> offered = Optional.empty();
    private boolean held;

    /// The streams beside the sound.
    interface Others {
        /// @param offered what is answered, if it is
        /// @param held    whether the peer is to wait
        List<Local> locals(Optional<SessionDescription> offered, boolean held);
    }

    /// @param formats  what is spoken
    /// @param address  of this end
    /// @param addition what else each description says
    Negotiation(Formats formats, InetAddress address, MediaPorts ports, Others others,
            OfferAnswer.Addition addition, Keying keying, RandomGenerator random) {
        this.formats = formats;
        this.address = address;
        this.ports = ports;
        this.others = others;
        this.keying = keying;
        head = head(address, random);
        //  which of the two speaks last does not matter to either, but for the address
        this.addition = (plain, offers) ->
                this.keying.to(addition.to(plain, offers), offers);
        session = new OfferAnswer(head, this.addition);
    }

    /// Whether what was offered in vain may be offered in clear.
    boolean yields() { return keying.yields() && session.local().isEmpty(); }

    /// Begins once more, in clear.
    void inClear() {
        keying = keying.inClear();
        before = Optional.empty();
        session = new OfferAnswer(head, addition);
    }

    /// Whether what is offered, or was taken, is to be kept secret.
    boolean secret() { return keying.secret(); }

    private static SessionDescription head(InetAddress address, RandomGenerator random) {
        //= rfc3264#9-4 the session ID is unique for each SDP
        //= rfc4566#5.2-5,7 no domain name is there: the address is given, and a dash as username
        return SessionDescription.of(Origin.of("-", random.nextLong(1L << 33), 1, address),
                Connection.of(address), List.of());
    }

    /// What a phone can take, for those who ask before they call.
    static Content capabilities(Formats formats, InetAddress address, RandomGenerator random) {
        return Content.sdp(Local.capabilities(
                head(address, random),
                List.of(local(formats.all(), MediaPorts.FIRST, Keying.CLEAR))).toString());
    }

    private static Local local(List<Format> formats, int port, String transport) {
        //= rfc3264#5.1-7,9 what a stream lists can be sent and received, while held too
        var audio = Local.audio(port, Sending.PTIME, formats);
        //= rfc3611#5.1-1 at the media level, what is wanted of who receives this stream
        return new Local(audio.type(), transport, port, audio.formats(), audio.direction(),
                audio.attributes()).with(Gauge.WISH.attribute());
    }

    private List<Local> locals(Optional<SessionDescription> offered) {
        var all = new ArrayList<Local>();
        var audio = local(offered.isEmpty() ? formats.all() : formats.taken(),
                ports.rtp().getPort(), keying.transport());
        all.add(held ? audio.held() : audio);
        //  nothing of a call whose sound is a secret goes in clear
        if (!keying.secret()) all.addAll(others.locals(offered, held));
        return all;
    }

    /// Whether neither end waits for an answer.
    boolean idle() { return session.state() == State.IDLE; }

    boolean held() { return held; }

    /// Has the peer wait, by the next offer, or go on.
    void hold(boolean held) { this.held = held; }

    SessionDescription offer() {
        before = Optional.of(keying.fork());
        return session.offer(locals(Optional.empty()));
    }

    /// Offers what is agreed already.
    SessionDescription repeat() {
        before = Optional.of(keying.fork());
        return session.repeat();
    }

    /// The offer was refused, and all is as it was.
    void rejected() {
        session.rejected();
        before.ifPresent(old -> keying = old);
        before = Optional.empty();
    }

    /// Takes an offer that can be answered by [#answer]; else all is as it was.
    Optional<Warning> take(Content offer) {
        var trial = session.fork();
        var old = keying;
        keying = old.fork();
        var refusal = refusal(Optional.of(offer), trial, description -> {
            keying.offered(description);
            return trial.receiveOffer(description) == Reception.TAKEN
                    && trial.answer(locals(Optional.of(description))).isPresent()
                    //  a call has sound: text alone is none
                    && (accepted(trial).isPresent()
                    || trial.streams().stream().noneMatch(Stream::accepted));
        });
        keying = old;
        if (refusal.isPresent()) return refusal;
        peer = peer(trial);
        offered = parse(offer);
        session.receiveOffer(offered.orElseThrow());
        before = Optional.of(keying);
        keying = keying.fork();
        keying.offered(offered.orElseThrow());
        return Optional.empty();
    }

    /// Answers the offer that was taken.
    Content answer() {
        before = Optional.empty();
        return Content.sdp(session.answer(locals(offered)).orElseThrow().toString());
    }

    /// Takes an answer; else all is as it was before the offer.
    Optional<Warning> answered(Optional<Content> answer) {
        boolean first = session.local().isEmpty();
        var next = session.fork();
        var kept = keying.fork();
        rejected();
        var refusal = refusal(answer, next, description ->
                next.receiveAnswer(description) == Reception.TAKEN
                        && (!first || accepted(next).isPresent())
                        //= rfc5763#5-14 nor is anything taken that no certificate is told for
                        && kept.answered(description));
        if (refusal.isPresent()) return refusal;
        session = next;
        keying = kept;
        peer = peer(next);
        return Optional.empty();
    }

    private Optional<Warning> refusal(Optional<Content> content, OfferAnswer next,
            Predicate<SessionDescription> taken) {
        var description = content.flatMap(Negotiation::parse);
        if (description.isEmpty()) return Optional.of(Warning.MISCELLANEOUS);
        if (!taken.test(description.get())) return Optional.of(why(description.get()));
        return accepted(next).filter(s -> reach(s.connection()).isEmpty())
                .map(_ -> Warning.INCOMPATIBLE_ADDRESS);
    }

    /// What the peer has said of ways to it, in the description that was taken last; empty if there
    /// is no stream.
    Optional<Ice.Peer> peer() { return peer; }

    private Optional<Ice.Peer> peer(OfferAnswer session) {
        var streams = session.streams();
        return IntStream.range(0, streams.size()).filter(i -> isSound(streams.get(i))
                        && streams.get(i).accepted()).boxed()
                .findFirst().map(i -> new Ice.Peer(
                        SdpReading.of(session.remote().orElseThrow()).get(i),
                        streams.get(i).remote().attribute(Fragment.MID),
                        streams.get(i).remote().has("rtcp-mux"),
                        reach(streams.get(i).connection()).map(at ->
                                destinations(at, streams.get(i).remote())).orElse(Map.of())));
    }

    /// Where this end is reached without ICE, by what it has said last.
    Map<Integer, InetSocketAddress> destinations() {
        return session.local().flatMap(local -> accepted(session).flatMap(stream ->
                local.connection(stream.local()).inetAddress().map(at ->
                        destinations(at, stream.local())))).orElse(Map.of());
    }

    /// What the peer wants to be told of how its sound comes.
    XrCapability reports() {
        return accepted(session).flatMap(stream -> XrCapability.of(
                session.remote().orElseThrow(), stream.remote())).orElse(XrCapability.NONE);
    }

    private static Map<Integer, InetSocketAddress> destinations(InetAddress at,
            p2psip.std.rfc4566.Media media) {
        return Map.of(Ice.RTP, new InetSocketAddress(at, media.port()),
                Ice.RTCP, new InetSocketAddress(at, media.rtcpPort()));
    }

    private static Optional<SessionDescription> parse(Content content) {
        try {
            return Optional.of(SessionDescription.parse(content.bytes()));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    /// Why there is no sound to be had of a description.
    private Warning why(SessionDescription description) {
        var sound = description.media().stream()
                .filter(m -> m.type().equals("audio") && m.port() != 0).toList();
        if (sound.isEmpty()) return Warning.MEDIA_TYPE_NOT_AVAILABLE;
        if (sound.stream().noneMatch(m -> keying.takes(description, m)))
            return Warning.INCOMPATIBLE_TRANSPORT;
        if (sound.stream().allMatch(m -> description.connection(m).multicast()))
            return Warning.MULTICAST_NOT_AVAILABLE;
        return sound.stream().flatMap(m -> Format.of(m).stream())
                .noneMatch(f -> Formats.codec(f).isPresent())
                ? Warning.INCOMPATIBLE_MEDIA_FORMAT : Warning.MISCELLANEOUS;
    }

    private boolean ours(p2psip.std.rfc4566.Media medium) {
        return keying.knows(medium.proto());
    }

    /// The host whose address a description needs.
    Optional<String> host(Optional<Content> content) {
        return content.flatMap(Negotiation::parse).flatMap(description -> description.media()
                .stream().filter(m -> m.type().equals("audio") && m.port() != 0 && ours(m))
                .findFirst().map(description::connection)
                .filter(c -> c.inetAddress().isEmpty()).map(Connection::address));
    }

    void found(String host, List<InetAddress> addresses) {
        named = Optional.of(new Named(host, addresses.stream().filter(this::fits).findFirst()));
    }

    /// An address that the peer has described, if it can be sent to from here.
    private Optional<InetAddress> reach(Connection there) {
        return there.inetAddress().or(() -> named.filter(n -> n.host.equals(there.address()))
                .flatMap(Named::address)).filter(a -> there.netType().equals("IN") && fits(a));
    }

    private boolean fits(InetAddress there) {
        return there.isAnyLocalAddress() || !there.isMulticastAddress()
                && there instanceof Inet6Address == address instanceof Inet6Address;
    }

    private static Optional<Stream> accepted(OfferAnswer session) {
        return session.streams().stream()
                .filter(s -> isSound(s) && s.accepted()).findFirst();
    }

    private static boolean isSound(Stream stream) {
        return stream.local().type().equals(Ice.SOUND);
    }

    /// The streams beside the sound, those that were refused too.
    List<Stream> others() {
        return session.streams().stream().filter(s -> !isSound(s)).map(this::reached).toList();
    }

    /// Where a stream leads to, if an address is known.
    private Stream reached(Stream s) {
        return new Stream(s.local(), s.remote(), reach(s.connection()).map(Connection::of)
                .orElse(s.connection()), s.direction(), s.sendFormats(), s.receiveFormats());
    }

    private Optional<Stream> reached(OfferAnswer session) {
        return accepted(session).filter(s -> reach(s.connection()).isPresent())
                .map(this::reached);
    }

    /// The sound in use: the first stream that both have; if there is none, one without media.
    Optional<Stream> stream() {
        return reached(session).or(() -> session.streams().stream()
                .filter(Negotiation::isSound).findFirst());
    }

    /// What an answer means that comes before the call is taken: by this callee, or by another.
    record Early(Stream stream, Ice.Peer peer, Optional<Keying.Terms> terms) {}

    Optional<Early> early(Content answer) {
        var fork = session.fork();
        var kept = keying.fork();
        return parse(answer).filter(a -> fork.receiveAnswer(a) == Reception.TAKEN
                        && kept.answered(a))
                .flatMap(_ -> reached(fork)).flatMap(stream -> peer(fork).map(said ->
                        new Early(stream, said, terms(fork, kept))));
    }

    /// How the stream in use is kept.
    Optional<Keying.Terms> terms() { return terms(session, keying); }

    private static Optional<Keying.Terms> terms(OfferAnswer session, Keying keying) {
        var streams = session.streams();
        return IntStream.range(0, streams.size()).filter(i -> isSound(streams.get(i))
                        && streams.get(i).accepted()).boxed()
                .findFirst().flatMap(i -> keying.terms(i, streams.get(i).local()));
    }
}
