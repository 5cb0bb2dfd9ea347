package p2psip.std.rfc4568;

import module java.base;
import p2psip.std.rfc3264.OfferAnswer;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4566.*;

/// Agrees on keys for the secure streams of a session, in its offers and answers.
///
/// It is what [OfferAnswer] asks for an addition. Whoever has both tells it of each description of
/// the peer as well: of an offer before it is answered ([#offered]), of an answer after it was
/// received ([#answered]).
///
/// @spec https://www.rfc-editor.org/rfc/rfc4568#section-7.1 RFC 4568 §7.1
public final class Sdes implements OfferAnswer.Addition {
    //= rfc4568#6-1 with the SRTP transport only: RTP/SAVP or RTP/SAVPF
    public static final Set<String> TRANSPORTS = new TreeSet<>(Set.of("RTP/SAVP", "RTP/SAVPF"));

    private static final long MAX_PACKETS = 1L << 31;

    /// Of the lines that a peer offers for a stream so many are looked at.
    public static final int MAX_LINES = 32;

    /// What is done by this side.
    ///
    /// @param suites the preferred one first, which should be the strongest
    /// @param clear whether to take lines by which something is not encrypted
    //= rfc4568#5.1.1-3 the preferred suite is the stronger one, as whoever makes the list has it
    public record Rules(List<CryptoSuite> suites, boolean clear, Signalling signalling) {
        public Rules { suites = List.copyOf(suites); }
    }

    /// How a stream is protected.
    ///
    /// @param sending ours, and receiving the peer's
    /// @param sendAnew whether our stream begins with this, at another address: its indices begin
    ///     at zero. Else the same stream goes on, perhaps under another key
    /// @param receiveAnew whether the peer's does
    /// @param secret whether nobody on the way could read the keys
    public record Agreed(CryptoAttribute.Protection sending, CryptoAttribute.Protection receiving,
            boolean sendAnew, boolean receiveAnew, boolean secret) {}

    /// Where a stream is received.
    private record Address(Connection connection, int port) {}

    /// What is said of a stream by this side, and what is agreed.
    private static final class Place {
        Optional<Address> here = Optional.empty(), there = Optional.empty();
        /// Our keys, by the names of suites.
        Map<String, MasterKey> keys = new TreeMap<>();
        List<CryptoAttribute> lines = List.of();
        Optional<Agreed> agreed = Optional.empty();
        boolean moved = true;

        Place copy() {
            var copy = new Place();
            copy.here = here;
            copy.there = there;
            copy.keys = new TreeMap<>(keys);
            copy.lines = lines;
            copy.agreed = agreed;
            copy.moved = moved;
            return copy;
        }
    }

    private final Rules rules;
    private final RandomGenerator random;
    private List<Place> places = new ArrayList<>();
    /// As it was before the offer that is open.
    private Optional<List<Place>> before = Optional.empty();
    private Optional<SessionDescription> asked = Optional.empty();

    public Sdes(Rules rules, RandomGenerator random) {
        this.rules = rules;
        this.random = random;
    }

    /// For another answer to the same offer.
    public Sdes fork() {
        var fork = new Sdes(rules, random);
        fork.places = copy(places);
        fork.before = before.map(Sdes::copy);
        fork.asked = asked;
        return fork;
    }

    private static List<Place> copy(List<Place> places) {
        return new ArrayList<>(places.stream().map(Place::copy).toList());
    }

    /// How the stream at a place is protected; empty if it is not, and then nothing is to be sent
    /// or heard of it.
    public Optional<Agreed> agreed(int place) {
        return place < places.size() ? places.get(place).agreed : Optional.empty();
    }

    /// Has the next description tell new keys.
    //= rfc4568#5.1.4-1 a stream may be modified at any time
    //= rfc4568#5.1.4-2 a modification may be triggered in order to re-key
    //= rfc4568#6.2.1-1 re-keying is easy: one offer
    public void renew() { places.forEach(p -> p.keys.clear()); }

    /// What the peer offers, and is about to be answered.
    public void offered(SessionDescription offer) { asked = Optional.of(offer); }

    /// Whether an offered stream can be taken: it has a line that is valid and does here.
    public boolean takes(Media offered) { return chosen(offered).isPresent(); }

    /// Our open offer was rejected.
    // all keys are as they were before
    public void rejected() {
        before.ifPresent(old -> places = old);
        before = Optional.empty();
    }

    //= rfc4568#5.1-1 an addition to what RFC 3264 says, which is followed
    //= rfc4568#7.1-1 and so are the general rules
    @Override public SessionDescription to(SessionDescription plain, boolean offers) {
        if (offers && before.isEmpty()) before = Optional.of(copy(places));
        var media = new ArrayList<Media>();
        for (int i = 0; i < plain.media().size(); i++) {
            while (places.size() <= i) places.add(new Place());
            var medium = plain.media().get(i);
            if (medium.port() == 0 || !TRANSPORTS.contains(medium.proto())) media.add(medium);
            else media.add(offers ? offer(places.get(i), plain, medium)
                    : answer(places.get(i), plain, medium, i));
        }
        return plain.withMedia(media);
    }

    /// A stream takes another address, or stays where it was.
    private static void at(Place place, SessionDescription plain, Media medium) {
        var here = Optional.of(new Address(plain.connection(medium), medium.port()));
        //= rfc4568#7.1.4-2 at another address or port an offer has a new master key
        //= rfc4568#7.1.4-3 and so has an answer
        place.moved = place.agreed.isEmpty() || !place.here.equals(here);
        if (place.here.isPresent() && !place.here.equals(here)) place.keys.clear();
        place.here = here;
    }

    private Media offer(Place place, SessionDescription plain, Media medium) {
        if (rules.signalling == Signalling.EXPOSED) return refused(medium);
        at(place, plain, medium);
        var lines = new ArrayList<CryptoAttribute>();
        //= rfc4568#5.1.1-1 one or more lines for each stream that is to be secure
        //= rfc4568#7.1.1-1,2 so the offerer has at least one, by these steps
        for (var suite : rules.suites)
            //= rfc4568#5.1.1-2 each has a tag of its own
            //= rfc4568#4.1-2 unique for the stream
            lines.add(CryptoAttribute.of(lines.size() + 1, suite, key(place, suite)));
        //= rfc4568#5.1.1-4 any of these attributes may be taken: its key is kept
        place.lines = List.copyOf(lines);
        //= rfc4568#5.1.4-3 the lines are there in each exchange
        return with(medium, lines);
    }

    //= rfc4568#6.4-2 unique master keys for sender and receiver
    //= rfc3711#9.1-2 automatic key management: nobody types a key
    private MasterKey key(Place place, CryptoSuite suite) {
        //= rfc4568#6.1-4 each key and salt is random and unique
        //= rfc3711#8-4 no master key is shared otherwise than by RTP and its RTCP
        //= rfc3711#9.1-3 nor among different sessions
        return place.keys.computeIfAbsent(
                suite.name(), _ -> suite.randomKey(random));
    }

    private static Media with(Media medium, List<CryptoAttribute> lines) {
        //= rfc4568#4-1 at the level of a medium, never of the session
        var attributes = new ArrayList<>(medium.attributes());
        lines.forEach(line -> attributes.add(line.attribute()));
        return new Media(medium.type(), medium.port(), medium.ports(), medium.proto(),
                medium.formats(), medium.information(), medium.connections(), medium.bandwidths(),
                medium.key(), attributes);
    }

    private static Media refused(Media medium) {
        return Media.of(medium.type(), 0, medium.proto(), medium.formats(), List.of());
    }

    //= rfc4568#7.1.2-1 as the general rules have it, and further
    //= rfc4568#7.1.4-1 in a new exchange too the steps are followed
    private Media answer(Place place, SessionDescription plain, Media medium, int index) {
        var offer = asked.filter(o -> index < o.media().size());
        var chosen = offer.flatMap(o -> chosen(o.media().get(index)));
        //= rfc4568#5.1.2-3 with no line that is valid and supported the stream is rejected
        //= rfc4568#7.1.2-8 nor if what is configured prohibits it
        if (chosen.isEmpty()) {
            place.agreed = Optional.empty();
            return refused(medium);
        }
        at(place, plain, medium);
        var line = chosen.get();
        var theirs = line.protection().orElseThrow();
        //= rfc4568#5.1.2-6 a key is provided, whatever the direction
        //= rfc4568#7.1.2-5 a master key of our own, different from those in the offer
        var key = key(place, theirs.policy().suite());
        //= rfc4568#5.1.2-4,5 tag and suite are those of the line accepted
        var ours = new CryptoAttribute(line.tag(), line.suite(), List.of(InlineKey.of(key)),
                //= rfc4568#5.1.2-7 negotiated session parameters are in the answer too
                //= rfc4568#7.1.2-7 no others are added, which the offerer might not know
                line.parameters().stream().filter(SessionParameter::negotiated).toList());
        place.lines = List.of(ours);
        agree(place, ours, theirs, new Address(
                offer.get().connection(offer.get().media().get(index)),
                offer.get().media().get(index).port()));
        //= rfc4568#5.1.2-1 exactly one of the offered lines
        //= rfc4568#7.5-2,4 and not both, that and something else that tells keys
        return with(medium, place.lines);
    }

    private void agree(Place place, CryptoAttribute ours, CryptoAttribute.Protection theirs,
            Address there) {
        boolean changed = place.agreed.filter(a -> a.receiving().keys().equals(theirs.keys()))
                .isEmpty();
        boolean anew = place.agreed.isEmpty() || changed && !place.there.equals(
                Optional.of(there));
        place.there = Optional.of(there);
        //= rfc4568#5.1.2-8 from here on media may be sent by it
        place.agreed = Optional.of(new Agreed(sending(ours), theirs, place.moved,
                anew, rules.signalling == Signalling.SECURED));
    }

    //= rfc4568#6.4.2-1 a master key is replaced before 2^31 packets of all SSRCs together
    private static CryptoAttribute.Protection sending(CryptoAttribute ours) {
        var all = ours.protection().orElseThrow();
        return new CryptoAttribute.Protection(all.policy(), all.keys().stream()
                .map(key -> key.withLifetime(Math.min(key.rtpLifetime(), MAX_PACKETS))).toList());
    }

    /// The first line that does.
    private Optional<CryptoAttribute> chosen(Media offered) {
        if (rules.signalling == Signalling.EXPOSED || !TRANSPORTS.contains(offered.proto()))
            return Optional.empty();
        var lines = lines(offered);
        //= rfc4568#5.1.2-2 the most preferred one that is supported
        //= rfc4568#7.1.2-2,3 suite, keys and parameters all acceptable, or another line
        return lines.stream().filter(line -> acceptable(line)
                && lines.stream().filter(l -> l.tag() == line.tag()).count() == 1).findFirst();
    }

    private static List<CryptoAttribute> lines(Media medium) {
        //  one that cannot be read is as if it were not there
        return medium.all(CryptoAttribute.NAME).limit(MAX_LINES)
                .map(SyntaxException.forgiving(CryptoAttribute::parse))
                .flatMap(Optional::stream).toList();
    }

    private boolean acceptable(CryptoAttribute line) {
        return line.protection().filter(p -> rules.suites.contains(p.policy().suite())
                && (rules.clear || p.policy().encryptRtp() && p.policy().encryptRtcp())
                //= rfc4568#7.1.1-4 a key that is ours is not the peer's: it would be used twice
                && p.keys().stream().noneMatch(this::ours)).isPresent();
    }

    private boolean ours(MasterKey key) {
        return places.stream().flatMap(p -> p.keys.values().stream())
                .anyMatch(k -> k.key().equals(key.key()));
    }

    /// What the peer has answered to our offer.
    ///
    /// @return the places of streams that it has accepted without telling keys as it should: the
    ///     negotiation has failed, nothing is to be sent or heard there, and whoever has offered
    ///     them ends them
    //= rfc4568#5.1.3-5 if any of it fails the negotiation fails
    //= rfc4568#7.1.3-4 as it does if a line is not valid
    public List<Integer> answered(SessionDescription answer) {
        before = Optional.empty();
        var failed = new ArrayList<Integer>();
        for (int i = 0; i < Math.min(places.size(), answer.media().size()); i++) {
            var medium = answer.media().get(i);
            var place = places.get(i);
            if (place.lines.isEmpty() || medium.port() == 0
                    || !TRANSPORTS.contains(medium.proto())) {
                place.agreed = Optional.empty();
                continue;
            }
            var lines = lines(medium);
            //= rfc4568#5.3-1 accepted without such a line the negotiation fails
            //= rfc4568#7.4-1 negotiation with a peer that does not know them has failed
            var ours = place.lines.stream().filter(l -> lines.size() == 1
                    && medium.all(CryptoAttribute.NAME).count() == 1
                    && answers(l, lines.getFirst())).findFirst();
            if (ours.isPresent()) {
                agree(place, ours.get(), lines.getFirst().protection().orElseThrow(),
                        new Address(answer.connection(medium), medium.port()));
            } else {
                place.agreed = Optional.empty();
                failed.add(i);
            }
        }
        return List.copyOf(failed);
    }

    //= rfc4568#5.1.3-1 tag and suite are those of a line that was offered
    //= rfc4568#5.1.3-2 with keys for what the answerer sends
    private boolean answers(CryptoAttribute offered, CryptoAttribute answer) {
        //= rfc4568#5.1.3-3,4 negotiated parameters are ours, declared ones are supported
        //= rfc4568#7.1.3-1 the steps for a stream offered with lines
        //= rfc4568#7.1.3-2,3 the crypto line is valid, with nothing that is not supported
        return answer.tag() == offered.tag() && answer.suite().equalsIgnoreCase(offered.suite())
                && acceptable(answer) && negotiated(answer).equals(negotiated(offered));
    }

    private static Set<SessionParameter> negotiated(CryptoAttribute line) {
        return line.parameters().stream().filter(SessionParameter::negotiated)
                .collect(Collectors.toSet());
    }
}
