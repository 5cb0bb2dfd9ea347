package p2psip.std.rfc3264;

import module java.base;
import p2psip.std.Cited;
import p2psip.std.Section;
import p2psip.std.rfc3551.PayloadTypes;
import p2psip.std.rfc4566.*;

/// One side of a session's offers and answers: whose turn it is, what was said last, what is
/// agreed.
///
/// Not a machine, for nothing here depends on time: the signalling tells it what came and asks it
/// what to say. What becomes of offers that cross (glare) is the signalling's affair.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3264#section-4 RFC 3264 §4
public final class OfferAnswer {
    /// How many streams an offer may have; beyond it it is [Reception#INVALID].
    public static final int MAX_STREAMS = 64;

    /// Below this begins the version of a description.
    private static final BigInteger VERSIONS = BigInteger.TWO.pow(62).subtract(BigInteger.ONE);

    private static final String ICE = "ice-ufrag";

    /// Whose turn it is.
    public enum State implements Cited {
        /// Either side may offer.
        @Section("4") IDLE,
        /// This side has offered and waits for the answer.
        @Section("5") OFFERED,
        /// The peer has offered and waits for the answer.
        @Section("6") ASKED
    }

    /// What has become of a description received.
    public enum Reception {
        /// It is understood and taken.
        TAKEN,
        /// This side has an offer out: the signalling must settle it (in SIP 491).
        GLARE,
        /// The peer's last offer is not answered yet (in SIP 500), or nobody wants an answer.
        OUT_OF_TURN,
        /// It breaks the rules, and nothing has changed (in SIP 488).
        INVALID
    }

    /// What somebody else has to say in each of this side's descriptions, about streams that are as
    /// they are: ICE adds where they can be reached.
    public interface Addition {
        /// @param plain  a description without it
        /// @param offers whether it is an offer, not an answer
        SessionDescription to(SessionDescription plain, boolean offers);

        Addition NONE = (plain, _) -> plain;
    }

    /// The two descriptions of an exchange.
    private record Exchange(SessionDescription local, SessionDescription remote) {}

    private final SessionDescription head;
    private final Addition addition;
    private State state = State.IDLE;
    private Optional<Exchange> agreed = Optional.empty();
    private Optional<SessionDescription> sent = Optional.empty();
    private Optional<SessionDescription> offer = Optional.empty();
    /// What the payload type numbers of each stream have ever meant.
    private final List<Map<Integer, RtpMap>> numbers = new ArrayList<>();

    /// @param head a description with this side's origin and address, whose media are replaced
    /// @throws IllegalArgumentException if the address is multicast, or the version too large
    public OfferAnswer(SessionDescription head) { this(head, Addition.NONE); }

    /// @param addition asked for each description, before it is compared with the one before
    /// @throws IllegalArgumentException if the address is multicast, or the version too large
    public OfferAnswer(SessionDescription head, Addition addition) {
        //= rfc3264#5-4 the first version leaves room for those to come
        if (head.origin().version().compareTo(VERSIONS) >= 0)
            throw new IllegalArgumentException("version " + head.origin().version());
        //= rfc3264#6.1-1 this side's address is a unicast address
        if (head.connections().stream().anyMatch(Connection::multicast))
            throw new IllegalArgumentException("multicast: " + head.connections());
        this.head = head.withMedia(List.of());
        this.addition = addition;
    }

    /// A session that goes on from here by itself: for another answer to the same offer.
    public OfferAnswer fork() {
        var fork = new OfferAnswer(head, addition);
        fork.enter(state);
        fork.agreed = agreed;
        fork.sent = sent;
        fork.offer = offer;
        numbers.forEach(n -> fork.numbers.add(new TreeMap<>(n)));
        return fork;
    }

    public State state() { return state; }

    /// This side's description in the last exchange that ended well.
    public Optional<SessionDescription> local() { return agreed.map(Exchange::local); }

    /// The peer's description in the last exchange that ended well.
    public Optional<SessionDescription> remote() { return agreed.map(Exchange::remote); }

    /// What is agreed, one stream for each `m=` line; none before the first answer.
    public List<Stream> streams() {
        if (agreed.isEmpty()) return List.of();
        var local = agreed.get().local.media();
        return IntStream.range(0, local.size()).mapToObj(i ->
                stream(local.get(i), agreed.get().remote.media().get(i))).toList();
    }

    /// Offers these streams, for the first time or as an update: what is there already keeps its
    /// place, what is no longer in the list is ended.
    ///
    /// @throws IllegalStateException if it is not this side's turn
    public SessionDescription offer(List<Local> locals) {
        //= rfc3264#4-2,3,4 an offer unless another waits, in either direction
        turn(State.IDLE);
        //= rfc3264#8-1 a new offer modifies the session there is
        var old = local().map(SessionDescription::media).orElse(List.of());
        var left = new ArrayList<>(locals);
        var places = places(old, left,
                (local, medium) -> medium.port() == 0 || local.matches(medium));
        var media = new ArrayList<Media>();
        //= rfc3264#8-8 every stream that was is there again, at the same place
        for (int i = 0; i < old.size(); i++) {
            int place = i;
            //= rfc3264#8-10 a deleted stream is not removed from the description
            //= rfc3261#14.2-11 and one that stays overlaps with its previous formats and transport
            media.add(places.get(i).map(l -> offered(place, l)).orElse(refused(old.get(i))));
        }
        //= rfc3264#8.1-1 a new stream comes below the existing ones
        for (var local : left) media.add(offered(media.size(), local));
        enter(State.OFFERED);
        return describe(media, local().orElse(head).times());
    }

    /// Offers once more what is agreed, all of it and nothing else.
    ///
    /// @throws IllegalStateException if it is not this side's turn
    public SessionDescription repeat() {
        turn(State.IDLE);
        enter(State.OFFERED);
        var last = local().orElseThrow();
        return describe(last.media(), last.times());
    }

    /// Takes the peer's answer. If it is [Reception#INVALID], the offer has failed.
    public Reception receiveAnswer(SessionDescription answer) {
        if (state != State.OFFERED) return Reception.OUT_OF_TURN;
        enter(State.IDLE);
        var offered = sent.orElseThrow().media();
        // an answer of another size is none, for it must have as many streams as the offer
        if (answer.media().size() != offered.size()) return Reception.INVALID;
        for (int i = 0; i < offered.size(); i++)
            if (!answers(offered.get(i), answer.media().get(i))) return Reception.INVALID;
        agreed = Optional.of(new Exchange(sent.orElseThrow(), answer));
        return Reception.TAKEN;
    }

    private static boolean answers(Media offered, Media answer) {
        //= rfc3264#6.1-2 a stream keeps its type
        return answer.type().equals(offered.type()) && (answer.port() == 0 || offered.port() == 0
                // and its transport, for nobody listens to another one
                || answer.proto().equals(offered.proto())
                //= rfc3264#6.1-10 and has a codec from amongst those offered, or is refused
                && Format.meet(Format.of(offered), Format.of(answer)));
    }

    /// Takes the peer's offer, which then waits for [#answer] or [#rejected].
    public Reception receiveOffer(SessionDescription offer) {
        if (state == State.OFFERED) return Reception.GLARE;
        if (state == State.ASKED) return Reception.OUT_OF_TURN;
        //= rfc3264#8-9 there are at least as many m= lines as before
        if (offer.media().size() < remote().map(r -> r.media().size()).orElse(0)
                || offer.media().size() > MAX_STREAMS) return Reception.INVALID;
        //= rfc3264#8-6,7 an offer of the same version is taken, and gets a valid answer
        this.offer = Optional.of(offer);
        enter(State.ASKED);
        return Reception.TAKEN;
    }

    /// Answers the peer's offer with these streams; empty if there is nothing in common at all:
    /// then the offer is to be refused (in SIP 488), and the session stays as it was.
    ///
    /// @throws IllegalStateException if there is no offer
    public Optional<SessionDescription> answer(List<Local> locals) {
        turn(State.ASKED);
        enter(State.IDLE);
        var offer = this.offer.orElseThrow();
        var wanted = offer.media();
        var places = places(wanted, new ArrayList<>(locals), (local, medium) ->
                //= rfc3264#8.2-2 what is offered with port zero is answered with port zero
                medium.port() != 0 && local.matches(medium)
                        //= rfc3264#6.1-24 without a common format the stream is refused
                        && Format.meet(local.formats(), Format.of(medium))
                        && !offer.connection(medium).multicast());
        var media = new ArrayList<Media>();
        //= rfc3264#6-2,3 each stream offered has its answer: as many m= lines, in order
        for (int i = 0; i < wanted.size(); i++)
            //= rfc3264#6-4 for zero m= lines there are zero
            media.add(answered(i, offer, places.get(i)));
        //= rfc3264#6.1¶11 with nothing in common for any stream the whole offer is refused
        if (media.stream().allMatch(m -> m.port() == 0)
                && wanted.stream().anyMatch(m -> m.port() != 0)) return Optional.empty();
        //= rfc3264#6-1,5 the time is the offer's, the origin line its own
        var answer = describe(media, offer.times());
        agreed = Optional.of(new Exchange(answer, offer));
        return Optional.of(answer);
    }

    /// The open offer has been refused, by whichever side: all is as it was before.
    //= rfc3264#4-1 an offer may be rejected instead of answered
    public void rejected() { enter(State.IDLE); }

    private void enter(State next) { state = next; }

    private void turn(State wanted) {
        if (state != wanted) throw new IllegalStateException("out of turn: " + state);
    }

    /// Which stream goes where: one whose port is in use stays, others take the first place that
    /// fits. Those without a place are left.
    private List<Optional<Local>> places(
            List<Media> media, List<Local> left, BiPredicate<Local, Media> fits) {
        var used = local().map(SessionDescription::media).orElse(List.of());
        var places = new ArrayList<Optional<Local>>();
        for (int i = 0; i < media.size(); i++) {
            var medium = media.get(i);
            //= rfc3264#8.3.1-6 the stream of an answer may be the same as before
            int port = i < used.size() ? used.get(i).port() : 0;
            places.add(take(left, l -> l.port() == port && fits.test(l, medium)));
        }
        for (int i = 0; i < media.size(); i++) {
            var medium = media.get(i);
            //= rfc3264#8.3.1-1 the port of a stream may be changed
            if (places.get(i).isEmpty()) places.set(i, take(left, l -> fits.test(l, medium)));
        }
        return places;
    }

    private static Optional<Local> take(List<Local> left, Predicate<Local> which) {
        var taken = left.stream().filter(which).findFirst();
        taken.ifPresent(left::remove);
        return taken;
    }

    private Media offered(int place, Local local) {
        var bound = numbers(place);
        var formats = new ArrayList<Format>();
        //= rfc3264#5.1-16 each stream has encodings of its own
        //= rfc3264#8.3.2-1,2 formats may be changed: some included, others removed
        for (var format : local.formats()) {
            var numbered = format.numbered(number(format, bound));
            //= rfc3264#8.3.2-4 what a number refers to is remembered from that point on
            bound.put(numbered.payloadType(), numbered.map());
            formats.add(numbered);
        }
        return local.media(formats, local.direction());
    }

    private Map<Integer, RtpMap> numbers(int place) {
        while (numbers.size() <= place) numbers.add(new TreeMap<>());
        return numbers.get(place);
    }

    private static int number(Format format, Map<Integer, RtpMap> bound) {
        var own = bound.get(format.payloadType());
        //= rfc3264#8.3.2-3 a number that has meant one codec never means another in this stream
        if (own == null || own.sameEncoding(format.map())) return format.payloadType();
        return bound.values().stream().filter(m -> m.sameEncoding(format.map()))
                .map(RtpMap::payloadType).findFirst()
                .orElseGet(() -> IntStream.rangeClosed(
                        PayloadTypes.FIRST_DYNAMIC, PayloadTypes.LAST_DYNAMIC)
                        .filter(n -> !bound.containsKey(n)).findFirst().orElseThrow());
    }

    private Media answered(int place, SessionDescription offer, Optional<Local> local) {
        var offered = offer.media().get(place);
        //= rfc3264#6-6 an offered stream that nobody here wants is rejected
        if (local.isEmpty()) return refused(offered);
        var formats = local.get().common(offered);
        formats.forEach(f -> numbers(place).put(f.payloadType(), f.map()));
        //= rfc3264#6.1-5 to sendrecv the answer is whatever this side wishes
        var wish = local.get().direction();
        //= rfc3264#6.1-3,4,6 sendonly, recvonly, inactive: answered the other way round
        //= rfc3264#8.4-1 a stream on hold is not put on hold by the answer too
        return local.get().media(formats,
                wish.and(direction(offer, offered).reversed()));
    }

    //= rfc3264#6-8 a stream is refused with port zero, and some format
    private static Media refused(Media medium) {
        //= rfc3264#6-9 some format must be present
        //= rfc3264#8.2-1,3 attributes of an ended stream may be omitted, and so in the answer
        return Media.of(medium.type(), 0, medium.proto(), medium.formats(), List.of());
    }

    /// This side's next description; the same as the last one if nothing has changed.
    private SessionDescription describe(List<Media> media, List<Time> times) {
        //= rfc3264#5-1 with these media the head is a valid SDP message
        var next = addition.to(head.withMedia(media).withTimes(times), state == State.OFFERED);
        if (sent.isPresent()) {
            var origin = sent.get().origin();
            //= rfc3264#8-2,3,5 it may be identical to the last, an answer too: no increment
            //= rfc4028#7.4-15 so an answer that refreshes a session says that nothing has changed
            boolean same = next.withOrigin(origin).equals(sent.get());
            //= rfc3264#8-4 the version grows by one with a change, and with a change only
            //= rfc3261#14.1-2 so the version indicates that the description has changed
            next = next.withOrigin(same ? origin : origin.next());
        }
        sent = Optional.of(next);
        return next;
    }

    private Stream stream(Media local, Media remote) {
        var exchange = agreed.orElseThrow();
        var direction = exchange.local.direction(local)
                .and(direction(exchange.remote, remote).reversed());
        var ours = Format.of(local);
        //= rfc3264#5.1-10 what is sent goes by the numbers of the peer's description
        //= rfc3264#6.1-31 the answerer sends with the numbers of the offer
        var theirs = Format.of(remote).stream()
                //= rfc3264#6.1-30 only formats of the offer that are in the answer too are sent
                //= rfc3264#8.3.2-5,6 formats of this answer are sent, not of a previous SDP
                .filter(f -> ours.stream().anyMatch(f::sameEncoding)).toList();
        return new Stream(
                local, remote, exchange.remote.connection(remote), direction, theirs, ours);
    }

    /// The direction as the peer means it.
    private static Direction direction(SessionDescription peer, Media medium) {
        var said = peer.direction(medium);
        //= rfc3264#8.4-3 0.0.0.0 is the old way to hold: it is not answered with hold
        boolean nowhere = peer.connection(medium).inetAddress()
                .filter(InetAddress::isAnyLocalAddress).isPresent()
                //  by ICE it says that where to send to is told by candidates (RFC 8840)
                && !medium.has(ICE) && !peer.has(ICE);
        //= rfc3264#5.1¶11 bandwidth zero asks for no media either
        boolean silent = medium.bandwidths().stream()
                .anyMatch(b -> b.value() == 0 && Set.of("AS", "CT", "TIAS").contains(b.type()));
        return nowhere || silent ? said.and(Direction.SENDONLY) : said;
    }
}
