package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;

/// Keeps what the holders of an arc hold alike: a root compares its arc with each leaf in turn.
///
/// Summaries are compared first; where they differ those of sixteen pieces are, and so on, until
/// there is little on a piece, or one has much that the other lacks; then names and numbers are
/// compared and the newer record goes to whoever lacks it. So a newcomer gets its
/// range, a new neighbour gets its copies, and after a death the next of kin finds it all there.
final class Sync {
    /// So many records are named rather than summed up further.
    private static final int FEW = 16;

    /// Records sent in one go.
    static final int BATCH = 32;

    /// Comparisons with one leaf in one turn; what is left waits for the next.
    private static final int ROUNDS = 256;

    /// Comparing with one leaf.
    private static final class Session {
        final Deque<Arc> todo = new ArrayDeque<>();
        final Peer leaf;
        final Arc arc;
        final boolean root;
        Summary sum = Summary.NONE;
        int open;
        int rounds;
        Optional<Arc> again = Optional.empty();
        boolean progress;

        Session(Peer leaf, Arc arc, boolean root) {
            this.leaf = leaf;
            this.arc = arc;
            this.root = root;
        }
    }

    /// A leaf had the same on an arc, then.
    private record Agreement(Arc arc, Summary sum, Instant at) {}

    /// Leaves whose word is remembered; the oldest is asked again sooner.
    private static final int AGREEMENTS = 4 * LeafSet.SIDE;

    private final Talk talk;
    private final Storage storage;
    private final Checker checker;
    private final Map<Long, Session> sessions = new LinkedHashMap<>();
    private final SequencedMap<NodeId, Agreement> agreements = new LinkedHashMap<>();
    private long serial;

    Sync(Talk talk, Storage storage, Checker checker) {
        this.talk = talk;
        this.storage = storage;
        this.checker = checker;
    }

    int size() { return sessions.size(); }

    /// Begins to compare an arc with a leaf, unless something is being compared with it.
    ///
    /// @param root whether this node is the root of the arc; else it only gives, for it is leaving
    void begin(Peer leaf, Arc arc, boolean root, Instant now) {
        if (sessions.values().stream().anyMatch(session -> session.leaf.equals(leaf))) return;
        var session = new Session(leaf, arc, root);
        sessions.put(++serial, session);
        compare(serial, session, arc, now);
    }

    void clear() { sessions.clear(); }

    /// Whether a leaf has said since a moment that it has what is here on an arc.
    boolean agrees(Peer leaf, Arc arc, Summary sum, Instant since) {
        var agreed = agreements.get(leaf.id());
        return agreed != null && agreed.at.isAfter(since) && agreed.arc.equals(arc)
                && agreed.sum.equals(sum);
    }

    /// What a leaf asks.
    void asked(Peer from, Compare compare) {
        var mine = storage.summary(compare.arc(), checker.wall());
        long id = compare.id();
        if (mine.equals(compare.sum()))
            talk.say(from, new Same(id), false);
        else if (!few(mine.count(), compare.sum().count()))
            talk.say(from, new Sums(id, sums(compare.arc())), false);
        else
            talk.say(from, new Tags(id, storage.tags(compare.arc(), checker.wall())), false);
    }

    private List<Summary> sums(Arc arc) {
        return arc.pieces().stream().map(piece -> storage.summary(piece, checker.wall())).toList();
    }

    /// Whether it is best said by names: what both have is little, or one lacks much of it.
    private static boolean few(int mine, int theirs) {
        int most = Math.max(mine, theirs);
        return most <= FEW || most <= Message.MAX_TAGS && Math.abs(mine - theirs) > FEW;
    }

    void asked(Peer from, Want want) {
        var records = storage.named(want.arc(), want.names(), checker.wall());
        Message.values(want.id(), records.stream().limit(BATCH).map(SignedRecord::text).toList())
                .forEach(part -> talk.say(from, part, true));
    }

    /// A leaf has told what it has, or will not.
    void compared(long id, Arc arc, Optional<Message> answer, Instant now) {
        var session = sessions.get(id);
        if (session == null) return;
        session.open--;
        switch (answer.orElse(null)) {
            case Tags(_, var theirs) -> even(id, session, arc, theirs, now);
            case Sums(_, var theirs) -> {
                var pieces = arc.pieces();
                var mine = sums(arc);
                for (int i = pieces.size() - 1; i >= 0; i--)
                    if (!mine.get(i).equals(theirs.get(i))) session.todo.addFirst(pieces.get(i));
            }
            case null -> session.todo.clear();
            case Same _ when arc.equals(session.arc) -> agreed(session, now);
            case Message _ -> { }
        }
        proceed(id, session, now);
    }

    /// One difference has been evened out, or could not be.
    void evened(long id, boolean done, Instant now) {
        var session = sessions.get(id);
        if (session == null) return;
        session.open--;
        session.progress |= done;
        proceed(id, session, now);
    }

    private void agreed(Session session, Instant now) {
        agreements.putLast(session.leaf.id(), new Agreement(session.arc, session.sum, now));
        if (agreements.size() > AGREEMENTS) agreements.pollFirstEntry();
    }

    private void even(long id, Session session, Arc arc, List<Tag> theirs, Instant now) {
        var wall = checker.wall();
        var their = sequences(theirs);
        var mine = sequences(storage.tags(arc, wall));
        var lacks = newer(mine, their);
        var wants = session.root ? newer(their, mine) : List.<Long>of();
        var purpose = new Purpose.Evened(id);
        for (var record : storage.named(arc, lacks, wall)) {
            session.open++;
            talk.ask(session.leaf, new Copy(talk.id(), record.text()), purpose, now);
        }
        if (!wants.isEmpty()) {
            session.open++;
            talk.ask(session.leaf, new Want(talk.id(), arc, wants), purpose, now);
        }
        if (lacks.size() == BATCH || wants.size() == BATCH) session.again = Optional.of(arc);
    }

    private static Map<Long, Long> sequences(List<Tag> tags) {
        var sequences = new LinkedHashMap<Long, Long>();
        tags.forEach(tag -> sequences.merge(tag.name(), tag.sequence(), Math::max));
        return sequences;
    }

    /// The first names that `these` have alone or with a higher number than `those`.
    private static List<Long> newer(Map<Long, Long> these, Map<Long, Long> those) {
        return these.entrySet().stream()
                .filter(tag -> tag.getValue() > those.getOrDefault(tag.getKey(), Long.MIN_VALUE))
                .map(Map.Entry::getKey).limit(BATCH).toList();
    }

    private void proceed(long id, Session session, Instant now) {
        if (session.open > 0) return;
        if (session.progress) session.again.ifPresent(session.todo::addFirst);
        session.again = Optional.empty();
        session.progress = false;
        var next = session.todo.pollFirst();
        if (next != null && session.rounds < ROUNDS) compare(id, session, next, now);
        else sessions.remove(id);
    }

    private void compare(long id, Session session, Arc arc, Instant now) {
        session.open++;
        session.rounds++;
        var sum = storage.summary(arc, checker.wall());
        if (arc.equals(session.arc)) session.sum = sum;
        boolean root = session.root && arc.equals(session.arc);
        talk.ask(session.leaf, new Compare(talk.id(), arc, root, sum),
                new Purpose.Compared(id, arc), now);
    }
}
