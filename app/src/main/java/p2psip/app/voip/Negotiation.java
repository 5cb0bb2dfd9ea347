package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3264.OfferAnswer.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc4566.SyntaxException;

/// What the two ends of a call offer and answer, as far as it can carry sound; what cannot is not
/// taken, and a [Warning] says why.
///
/// As in [OfferAnswer] nothing here depends on time: who shows it a description that names a host
/// has found the address before.
final class Negotiation {
    /// A host that the peer has named, and its address, if it has one that can be sent to.
    private record Named(String host, Optional<InetAddress> address) {}

    private final InetAddress address;
    private final MediaPorts ports;
    private OfferAnswer session;
    private Optional<Named> named = Optional.empty();
    private boolean held;

    /// @param address of this end
    Negotiation(InetAddress address, MediaPorts ports, RandomGenerator random) {
        this.address = address;
        this.ports = ports;
        session = new OfferAnswer(head(address, random));
    }

    private static SessionDescription head(InetAddress address, RandomGenerator random) {
        //= rfc3264#9-4 the session ID is unique for each SDP
        //= rfc4566#5.2-5,7 no domain name is there: the address is given, and a dash as username
        return SessionDescription.of(Origin.of("-", random.nextLong(1L << 62), 1, address),
                Connection.of(address), List.of());
    }

    /// What a phone can take, for those who ask before they call.
    static Content capabilities(InetAddress address, RandomGenerator random) {
        return Content.sdp(Local.capabilities(
                head(address, random), List.of(local(MediaPorts.FIRST))).toString());
    }

    private static Local local(int port) {
        //= rfc3264#5.1-7,9 what a stream lists can be sent and received, while held too
        return Local.audio(port, Sending.PTIME, Formats.ALL);
    }

    private List<Local> locals() {
        var audio = local(ports.rtp().getPort());
        return List.of(held ? audio.held() : audio);
    }

    /// Whether neither end waits for an answer.
    boolean idle() { return session.state() == State.IDLE; }

    boolean held() { return held; }

    /// Has the peer wait, by the next offer, or go on.
    void hold(boolean held) { this.held = held; }

    SessionDescription offer() { return session.offer(locals()); }

    /// Offers what is agreed already.
    SessionDescription repeat() { return session.repeat(); }

    /// The offer was refused, and all is as it was.
    void rejected() { session.rejected(); }

    /// Takes an offer and answers it, so that [#local] is the answer; else all is as it was.
    Optional<Warning> take(Content offer) {
        var next = session.fork();
        return settle(Optional.of(offer), next, description ->
                next.receiveOffer(description) == Reception.TAKEN
                        && next.answer(locals()).isPresent());
    }

    /// Takes an answer; else all is as it was before the offer.
    Optional<Warning> answered(Optional<Content> answer) {
        boolean first = session.local().isEmpty();
        var next = session.fork();
        session.rejected();
        return settle(answer, next, description ->
                next.receiveAnswer(description) == Reception.TAKEN
                        && (!first || accepted(next).isPresent()));
    }

    private Optional<Warning> settle(Optional<Content> content, OfferAnswer next,
            Predicate<SessionDescription> taken) {
        var description = content.flatMap(Negotiation::parse);
        if (description.isEmpty()) return Optional.of(Warning.MISCELLANEOUS);
        if (!taken.test(description.get())) return Optional.of(why(description.get()));
        if (accepted(next).filter(s -> reach(s.connection()).isEmpty()).isPresent())
            return Optional.of(Warning.INCOMPATIBLE_ADDRESS);
        session = next;
        return Optional.empty();
    }

    private static Optional<SessionDescription> parse(Content content) {
        try {
            return Optional.of(SessionDescription.parse(content.bytes()));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    /// Why there is no sound to be had of a description.
    private static Warning why(SessionDescription description) {
        var sound = description.media().stream()
                .filter(m -> m.type().equals("audio") && m.port() != 0).toList();
        if (sound.isEmpty()) return Warning.MEDIA_TYPE_NOT_AVAILABLE;
        if (sound.stream().noneMatch(Negotiation::ours)) return Warning.INCOMPATIBLE_TRANSPORT;
        if (sound.stream().allMatch(m -> description.connection(m).multicast()))
            return Warning.MULTICAST_NOT_AVAILABLE;
        return sound.stream().flatMap(m -> Format.of(m).stream())
                .noneMatch(f -> Formats.codec(f).isPresent())
                ? Warning.INCOMPATIBLE_MEDIA_FORMAT : Warning.MISCELLANEOUS;
    }

    private static boolean ours(p2psip.std.rfc4566.Media medium) {
        return local(MediaPorts.FIRST).proto().equals(medium.proto());
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
        return session.streams().stream().filter(Stream::accepted).findFirst();
    }

    private Optional<Stream> reached(OfferAnswer session) {
        return accepted(session).flatMap(s -> reach(s.connection()).map(at -> new Stream(s.local(),
                s.remote(), Connection.of(at), s.direction(), s.sendFormats(),
                s.receiveFormats())));
    }

    /// The stream in use: the first that both have; if there is none, one without media.
    Optional<Stream> stream() {
        return reached(session).or(() -> session.streams().stream().findFirst());
    }

    /// The stream of an answer that comes before the call is taken: by this callee, or by another.
    Optional<Stream> early(Content answer) {
        var fork = session.fork();
        return parse(answer).filter(a -> fork.receiveAnswer(a) == Reception.TAKEN)
                .flatMap(_ -> reached(fork));
    }

    /// What this end has said last, of what is agreed.
    Content local() { return Content.sdp(session.local().orElseThrow().toString()); }
}
