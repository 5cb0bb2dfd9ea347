package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht.Output;
import p2psip.app.dht.Message.*;
import p2psip.app.lookup.Answer;
import p2psip.std.*;

/// The requests this node makes: each goes to the roots of both spots of its key, again and by
/// another way if nothing is heard, and ends with one answer to who asked.
///
/// Of a get the newest record of each owner counts, wherever it came from; a spot that lacked it is
/// given it, so that what one side of the ring has lost comes back from the other.
final class Searches {
    /// Requests under way at once; one more is refused as busy.
    static final int LIMIT = 1024;

    /// How often a spot is asked, and how long each time. The sum stays below the 32 s of a SIP
    /// transaction and the 15 s within which a caller wants to hear something.
    static final int ATTEMPTS = 6;
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /// How long a get that has found something waits for the other spot.
    static final Duration GRACE = Duration.ofMillis(500);

    /// How long one place's word that it has nothing, or has stored something, waits for the other.
    /// Whoever silences a place wins no more.
    static final Duration HEDGE = Duration.ofSeconds(3);

    /// How long the other is asked each time meanwhile, so that it is asked by four ways: where
    /// neighbours die in a row, the place that has lost a record is the first to speak.
    static final Duration HURRY = Duration.ofMillis(750);

    /// On whose behalf.
    sealed interface Asker {
        /// The program around this node.
        record Own(long id) implements Asker {}

        /// An ordinary node.
        record Client(Peer peer, long request) implements Asker {}

        /// The program around this node, which wants to know the root alone.
        record Seeker(long id) implements Asker {}

        /// This node's own care for what it holds or found missing.
        record Care(SignedRecord record) implements Asker {}

        /// The same, which wants to know whether places have what this node has under a key.
        record Check(String key) implements Asker {}
    }

    /// One of the places where a key is kept.
    private static final class Spot {
        final NodeId point;
        final long request;
        final Parts parts = new Parts();
        final Set<NodeId> asked = new LinkedHashSet<>();
        final Map<Bytes, SignedRecord> had = new LinkedHashMap<>();
        int attempts;
        Instant due = Instant.MIN;
        Optional<Message> answer = Optional.empty();
        Optional<NodeId> by = Optional.empty();
        boolean silent;

        Spot(NodeId point, long request) {
            this.point = point;
            this.request = request;
        }

        boolean over() { return silent || answer.isPresent(); }

        /// Whether it has done what was asked.
        boolean served() { return answer.isPresent() && !(answer.get() instanceof Refused); }
    }

    private static final class Search {
        final Asker asker;
        final Body body;
        final List<Spot> spots;
        final NavigableMap<Bytes, SignedRecord> newest =
                new TreeMap<>(Comparator.comparing(Bytes::buffer));
        Instant patience = Instant.MAX;
        Optional<Peer> root = Optional.empty();
        boolean told;

        Search(Asker asker, Body body, List<Spot> spots) {
            this.asker = asker;
            this.body = body;
            this.spots = spots;
        }

        boolean served() { return spots.stream().anyMatch(Spot::served); }

        /// Whether all places have said that they have it, or a newer one.
        boolean isEverywhere(SignedRecord record) {
            return spots.stream().allMatch(spot -> spot.answer.orElse(null) instanceof Same
                    || spot.had.containsKey(record.owner())
                            && !record.replaces(spot.had.get(record.owner())));
        }

        Duration patience() { return served() && !told ? HURRY : PATIENCE; }

        /// One place has answered: the others are not given as long any more.
        void hurry(Instant now) {
            var soon = now.plus(HURRY);
            for (var spot : spots) if (spot.due.isAfter(soon)) spot.due = soon;
        }

        /// Waits no longer than this for the rest.
        void waits(Instant until) { if (until.isBefore(patience)) patience = until; }
    }

    /// A message to be sent on its way.
    record Start(Message.Route route, Set<NodeId> avoid) {}

    private final Peer self;
    private final Talk talk;
    private final Checker checker;
    private final Map<Long, Search> byRequest = new LinkedHashMap<>();
    private final SequencedSet<Search> searches = new LinkedHashSet<>();
    private final Outbox<SignedRecord> settled;

    /// @param settled the records of [Asker.Care] and [Asker.Check] that are with their roots now,
    ///                or are replaced there by newer ones
    Searches(Peer self, Talk talk, Checker checker, Outbox<SignedRecord> settled) {
        this.self = self;
        this.talk = talk;
        this.checker = checker;
        this.settled = settled;
    }

    int size() { return searches.size(); }

    long openFor(Peer client) {
        return searches.stream().filter(search -> search.asker instanceof Asker.Client asker
                && asker.peer.id().equals(client.id())).count();
    }

    /// Whether a request of this asker is under way.
    boolean busyFor(Asker asker) {
        return searches.stream().anyMatch(search -> search.asker.equals(asker));
    }

    /// Ends all requests, for there will be no answers.
    void abandon() {
        searches.stream().filter(search -> !search.told).forEach(
                search -> tell(search, Optional.of(Refusal.SILENCE)));
        searches.clear();
        byRequest.clear();
    }

    /// Begins; [#wake] sends the messages.
    void begin(Asker asker, Body body, List<NodeId> points) {
        begin(asker, body, points, List.of());
    }

    /// Sees to it that places have these records of a key, which is little said where they do.
    void check(String key, Summary sum, List<SignedRecord> records, List<NodeId> points) {
        begin(new Asker.Check(key), new Body.Check(key, sum), points, records);
    }

    private void begin(Asker asker, Body body, List<NodeId> points, List<SignedRecord> known) {
        var search = new Search(asker, body,
                points.stream().map(point -> new Spot(point, talk.id())).toList());
        known.forEach(record -> search.newest.put(record.owner(), record));
        if (searches.size() >= LIMIT) {
            tell(search, Optional.of(Refusal.BUSY));
            return;
        }
        searches.add(search);
        search.spots.forEach(spot -> byRequest.put(spot.request, search));
    }

    /// What is to be sent now: first attempts, and further ones where nothing was heard.
    List<Start> wake(Instant now) {
        var starts = new ArrayList<Start>();
        for (var search : List.copyOf(searches)) {
            for (var spot : search.spots) {
                if (spot.over() || spot.due.isAfter(now)) continue;
                if (spot.attempts == ATTEMPTS) {
                    spot.silent = true;
                    continue;
                }
                spot.attempts++;
                spot.due = now.plus(search.patience());
                starts.add(new Start(new Message.Route(0, Message.HOPS, spot.request, self,
                        spot.point, search.body), new LinkedHashSet<>(spot.asked)));
            }
            settle(search, now);
        }
        return starts;
    }

    /// The first hop of a request, to be avoided at the next attempt.
    void went(long request, NodeId hop) {
        var search = byRequest.get(request);
        if (search == null) return;
        search.spots.stream().filter(spot -> spot.request == request)
                .forEach(spot -> spot.asked.add(hop));
    }

    /// A root has answered; nothing happens if nobody asked.
    void answered(Peer from, Message answer, Instant now) {
        var search = byRequest.get(answer.id());
        if (search == null) return;
        for (var spot : search.spots) {
            if (spot.request != answer.id() || spot.answer.isPresent()) continue;
            spot.answer = switch (answer) {
                case Values values when search.body instanceof Body.Get(var key) -> spot.parts
                        .add(values).map(whole -> collect(search, spot, key, from, whole));
                case Values values when search.body instanceof Body.Check(var key, _) -> spot.parts
                        .add(values).map(whole -> collect(search, spot, key, from, whole));
                case Same same when search.body instanceof Body.Check -> Optional.of(same);
                case Stored stored when search.body instanceof Body.Put _ -> {
                    spot.by = Optional.of(from.id());
                    yield Optional.of(stored);
                }
                case Message.Peers peers when search.body instanceof Body.Find -> {
                    search.root = Optional.of(from);
                    yield Optional.of(peers);
                }
                case Refused refused -> Optional.of(refused);
                case Message _ -> Optional.empty();
            };
            if (spot.served()) search.hurry(now);
        }
        settle(search, now);
    }

    private Message collect(Search search, Spot spot, String key, Peer from, Values values) {
        for (var text : values.records()) {
            checker.check(text, key, from).ifPresent(record -> {
                spot.had.merge(record.owner(), record, SignedRecord::newer);
                search.newest.merge(record.owner(), record, SignedRecord::newer);
            });
        }
        return values;
    }

    Instant deadline() {
        var first = Instant.MAX;
        for (var search : searches) {
            if (search.patience.isBefore(first)) first = search.patience;
            for (var spot : search.spots)
                if (!spot.over() && spot.due.isBefore(first)) first = spot.due;
        }
        return first;
    }

    /// Tells the result as soon as it is good enough; the other spot may come late and be repaired.
    private void settle(Search search, Instant now) {
        if (!searches.contains(search)) return;
        boolean over = search.spots.stream().allMatch(Spot::over);
        if (!search.told && search.served())
            search.waits(now.plus(search.newest.isEmpty() ? HEDGE : GRACE));
        if (!search.told && (over || !search.patience.isAfter(now))) {
            search.told = true;
            search.patience = Instant.MAX;
            tell(search, refusal(search));
        }
        if (!over) return;
        searches.remove(search);
        search.spots.forEach(spot -> byRequest.remove(spot.request));
        repair(search);
    }

    /// One spot may be full or silent; but what is stale at one is stale.
    private static Optional<Refusal> refusal(Search search) {
        var refusal = search.spots.stream().flatMap(spot -> spot.answer.stream())
                .filter(Refused.class::isInstance).map(answer -> ((Refused) answer).why())
                .findFirst();
        return search.served() && !refusal.equals(Optional.of(Refusal.STALE)) ? Optional.empty()
                : Optional.of(refusal.orElse(Refusal.SILENCE));
    }

    private void tell(Search search, Optional<Refusal> refusal) {
        switch (search.asker) {
            case Asker.Own(long id) -> talk.tell(new Output.Told(id,
                    refusal.map(Refusal::answer).orElseGet(() -> answer(search))));
            case Asker.Seeker(long id) -> talk.tell(new Output.Sought(id, search.root));
            case Asker.Client(var peer, long id) -> refusal
                    .map(why -> List.<Message>of(new Refused(id, why)))
                    .orElseGet(() -> messages(id, answer(search)))
                    .forEach(message -> talk.say(peer, message, true));
            case Asker.Care(var record) -> {
                if (refusal.isEmpty() || refusal.get() == Refusal.STALE) settled.add(record);
            }
            case Asker.Check _ -> search.newest.values().stream()
                    .filter(search::isEverywhere).forEach(settled::add);
        }
    }

    private static Answer answer(Search search) {
        return search.body instanceof Body.Get
                ? new Answer.Found(List.copyOf(search.newest.values()))
                : new Answer.Done(Optional.of(holding(search)));
    }

    /// The places may have nodes in common: no more copies are promised than one of them has said.
    private static Answer.Holding holding(Search search) {
        return new Answer.Holding(search.spots.stream().mapToInt(spot ->
                        spot.answer.orElse(null) instanceof Stored(_, int copies) ? copies : 0)
                .max().orElse(0), search.spots.stream().flatMap(spot -> spot.by.stream())
                .distinct().toList());
    }

    private static List<Message> messages(long id, Answer answer) {
        return switch (answer) {
            case Answer.Found(var records) -> Message.values(
                    id, records.stream().map(SignedRecord::text).toList());
            case Answer.Done(var holding) -> List.of(new Stored(
                    id, holding.map(Answer.Holding::copies).orElse(1)));
            case Answer.Failed failed -> throw new IllegalArgumentException("" + failed);
        };
    }

    private void repair(Search search) {
        for (var spot : search.spots) {
            if (!(spot.answer.orElse(null) instanceof Values)) continue;
            for (var record : search.newest.values()) {
                var had = spot.had.get(record.owner());
                if (had == null || record.replaces(had))
                    begin(new Asker.Care(record), new Body.Put(record.text()),
                            List.of(spot.point));
            }
        }
    }
}
