package p2psip.app.why;

import module java.base;
import p2psip.app.why.OfCall.*;

/// What the causes ask of an [Account]: how the call went, on which side of it this node stands,
/// and what else was seen.
final class Evidence {
    /// How long a call that goes on may be without sound before something is wrong with it, and of
    /// how much sound a part may be missing.
    static final Duration SILENT = Duration.ofSeconds(5);
    static final double MUCH = 0.25;

    /// How long after a 2xx its ACK is waited for.
    static final Duration ACK = Duration.ofSeconds(5);

    /// How far a call has come, or where it ended.
    enum Course {
        /// None came here.
        NONE,
        /// It goes on, and nobody has answered yet.
        UNDER_WAY,
        /// By a person: busy, declined, given up while it rang.
        LEFT,
        /// It came to nothing.
        FAILED,
        /// It was answered.
        ANSWERED
    }

    final Account account;
    private final List<Entry> messages;

    Evidence(Account account) {
        this.account = account;
        this.messages = account.ofCall().stream()
                .filter(entry -> entry.fact() instanceof Message).toList();
    }

    static Message message(Entry entry) { return (Message) entry.fact(); }

    Stream<Entry> messages(Predicate<Message> such) {
        return messages.stream().filter(entry -> such.test(message(entry)));
    }

    <F extends Fact> Stream<F> ofCall(Class<F> kind) { return facts(account.ofCall(), kind); }

    <F extends Fact> Stream<F> ofNode(Class<F> kind) { return facts(account.ofNode(), kind); }

    private static <F extends Fact> Stream<F> facts(List<Entry> entries, Class<F> kind) {
        return entries.stream().map(Entry::fact).filter(kind::isInstance).map(kind::cast);
    }

    /// The entry of a fact.
    Entry entry(Fact fact) {
        return Stream.concat(account.ofCall().stream(), account.ofNode().stream())
                .filter(entry -> entry.fact() == fact).findFirst().orElseThrow();
    }

    /// Whether a phone of this node has called, or somebody by another node.
    boolean isCaller() {
        return messages(m -> m.isRequest("INVITE") && !m.sent()).findFirst()
                .map(entry -> message(entry).hop() == Hop.PHONE).orElse(true);
    }

    /// What the caller was told in the end.
    Optional<Entry> end() {
        return messages(m -> m.sent() && m.method().equals("INVITE") && m.status() >= 200)
                .filter(entry -> !isChallenge(entry)).findFirst();
    }

    /// A password was asked for, and the call came again.
    private boolean isChallenge(Entry entry) {
        int status = message(entry).status();
        return (status == 401 || status == 407) && messages(m -> m.isRequest("INVITE")
                && !m.sent()).anyMatch(again -> again.at().isAfter(entry.at()));
    }

    int status() { return end().map(entry -> message(entry).status()).orElse(0); }

    boolean rang() {
        return messages(m -> m.method().equals("INVITE") && m.status() > 100 && m.status() < 200)
                .findAny().isPresent();
    }

    Course course() {
        int status = status();
        if (account.call().isEmpty()) return Course.NONE;
        if (status == 0) return Course.UNDER_WAY;
        if (status < 300) return Course.ANSWERED;
        boolean chosen = status == 486 || status == 600 || status == 603
                || status == 487 && rang();
        return chosen ? Course.LEFT : Course.FAILED;
    }

    boolean failed() { return course() == Course.FAILED; }

    /// Nobody called, or nobody could be found: it lies with this node, or with others.
    boolean isUnfound() {
        return course() == Course.NONE || failed() && ofCall(Found.class)
                .reduce((_, last) -> last).filter(found -> found.places() == 0).isPresent();
    }

    /// The other node was known, and could not be spoken to.
    boolean isOutOfReach() {
        return failed() && (ofCall(NotCarried.class).anyMatch(f -> f.hop() == Hop.NODE)
                || ofCall(GivenUp.class).anyMatch(f -> f.hop() == Hop.NODE)
                || ofCall(TimedOut.class).anyMatch(f -> f.hop() == Hop.NODE && f.client()));
    }

    // Sound

    Optional<Heard> heard(Hop from) {
        return ofCall(Heard.class).filter(heard -> heard.hop() == from)
                .reduce((_, last) -> last);
    }

    /// When the call was over, or until when it is known.
    Instant over() {
        return messages(m -> m.isRequest("BYE")).map(Entry::at).findFirst()
                .orElse(account.now());
    }

    /// When it was answered.
    Instant answered() {
        return end().map(Entry::at).orElse(Instant.MAX);
    }

    /// Whether the sound from one side has ceased before the end, or never begun.
    boolean silent(Hop from) {
        return course() == Course.ANSWERED && silence(from).isPresent();
    }

    /// What was heard of a side that has fallen silent.
    Optional<Heard> silence(Hop from) {
        return ofCall(Heard.class).filter(heard -> heard.hop() == from
                && heard.last().plus(SILENT).isBefore(over())).findFirst();
    }

    /// Whether much of what the other side has sent is missing.
    boolean chopped() {
        return course() == Course.ANSWERED && heard(Hop.NODE).filter(heard ->
                heard.packets() > 0 && heard.loss() > MUCH).isPresent();
    }

    boolean isUnheard() { return silent(Hop.NODE) || chopped(); }

    // Ways

    /// The other ends of the Links of this call.
    private Set<InetSocketAddress> links() {
        return messages(m -> m.hop() == Hop.NODE).map(entry -> message(entry).peer())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The way of its Link: the last one that was taken before it was over.
    Optional<OfWay.Up> way() {
        var links = links();
        return account.ofNode().stream().filter(entry -> entry.fact() instanceof OfWay.Up up
                        && links.contains(up.link()) && !entry.at().isAfter(over()))
                .map(entry -> (OfWay.Up) entry.fact()).reduce((_, last) -> last);
    }

    /// Searches for a straight way that this call had use of.
    List<OfWay.Searched> searches() {
        var links = links();
        return ofNode(OfWay.Searched.class).filter(s -> links.contains(s.link())).toList();
    }

    boolean isRelayed() { return way().filter(OfWay.Up::relayed).isPresent(); }

    Optional<OfNode.Ring> ring() { return ofNode(OfNode.Ring.class).findFirst(); }

    /// Whether this node has no place among others.
    boolean isOutside() {
        return ring().filter(ring -> ring.place() == OfNode.Place.SEEKING
                || ring.place() == OfNode.Place.ALONE || ring.others().isEmpty()).isPresent();
    }

    boolean isHeardOfNobody() {
        return ofNode(OfNode.Heard.class).anyMatch(heard -> heard.nodes() == 0);
    }
}
