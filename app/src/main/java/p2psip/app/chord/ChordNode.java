package p2psip.app.chord;

import module java.base;
import p2psip.app.chord.ChordMessage.*;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht;
import p2psip.app.dht.Dht.*;
import p2psip.app.lookup.Answer;
import p2psip.std.*;

/// One node of Chord, behind the border of the other ring ([Dht]), so that either can stand in the
/// laboratory.
///
/// All repair is periodic. Who does not answer is no longer known; who is of use is found again.
///
/// @spec https://pdos.csail.mit.edu/papers/ton:chord/paper-ton.pdf
///       Stoica et al.: Chord, sections IV to VI
public final class ChordNode implements Machine<Input, Output> {
    /// Nodes known that follow this one: as many may die at once but one.
    static final int SUCCESSORS = 16;

    /// The successor is asked whom it knows, and one finger is looked up.
    static final Duration STABILIZING = Duration.ofSeconds(5), FIXING = Duration.ofSeconds(5);

    /// Until a ring has let this node in, it knocks again.
    static final Duration JOINING = Duration.ofSeconds(2);

    /// How long a hop or a question is waited for. One figure for all: Chord measures nothing.
    static final Duration PATIENCE = Duration.ofMillis(500);

    /// How long those beside this node may say nothing before they are asked whether they live.
    static final Duration MISSED = Duration.ofSeconds(2);

    /// How often a look-up is begun, and how long it is waited for each time.
    static final int ATTEMPTS = 6;
    static final Duration ATTEMPT = Duration.ofSeconds(2);

    /// What may be under way; beyond it the oldest counts as unanswered.
    private static final int LIMIT = 1024;

    /// The point of finger 159 is half of the ring away.
    private static final int FINGERS = 8 * NodeId.BYTES;

    private enum Task { STABILIZING, FIXING, JOINING }

    /// A message that somebody has to confirm.
    ///
    /// @param find  what is to be passed on by another way if he does not
    /// @param tried who was asked to pass it on
    private record Question(Peer to, Optional<Find> find, Set<NodeId> tried, Instant due) {}

    /// A look-up of this node.
    ///
    /// @param asked  by which who asked knows it; none: it is for a finger or for joining
    /// @param finger which is looked up
    private record Search(OptionalLong asked, int finger, NodeId point, int attempt, Instant due) {}

    private final Peer self;
    private final RandomGenerator random;
    private final Outbox<Output> out = new Outbox<>();
    private final Timers<Task> timers = new Timers<>(Task.class);
    private List<Peer> known = List.of();
    private final NavigableMap<Integer, Peer> fingers = new TreeMap<>();
    /// In the order in which they fall due: what is asked later is due later.
    private final SequencedMap<Long, Question> questions = new LinkedHashMap<>();
    private final SequencedMap<Long, Search> searches = new LinkedHashMap<>();
    private List<Peer> successors = List.of();
    private Optional<Peer> predecessor = Optional.empty();
    private List<Peer> watched = List.of();
    private int next = FINGERS;
    /// Whether a ring has let this node in; before, it speaks for none.
    private boolean member;
    private boolean left;

    /// @param self   as others shall know it
    /// @param random chance, from the edge
    public ChordNode(Peer self, RandomGenerator random) {
        this.self = self;
        this.random = random;
    }

    /// The nodes that follow this one, as far as it knows.
    List<Peer> successors() { return successors; }

    Optional<Peer> predecessor() { return predecessor; }

    /// What a message tells of its way, if it is one that is passed on.
    public static Optional<Hop> hop(Bytes payload) {
        int fields = ChordMessage.HEADER;
        if (payload.size() <= fields + 2 + Long.BYTES || payload.at(0) != ChordMessage.FIND)
            return Optional.empty();
        return Optional.of(new Hop(payload.buffer().getLong(fields + 2),
                ChordMessage.HOPS - payload.at(fields)));
    }

    @Override public boolean terminated() { return left; }

    @Override public Instant deadline() {
        return left ? Instant.MAX : Timers.earliest(timers.deadline(),
                questions.isEmpty() ? Instant.MAX : questions.firstEntry().getValue().due,
                searches.isEmpty() ? Instant.MAX : searches.firstEntry().getValue().due);
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (left) return List.of();
        switch (input) {
            case Input.Join(var peers) -> join(peers, now);
            case Input.Received(var from, var payload) -> received(from, payload, now);
            case Input.Unreachable(var peer) -> forget(peer.id(), now);
            case Input.Seek(long id, var point) -> search(OptionalLong.of(id), -1, point, 1, now);
            case Input.Ask(long id, _) -> out.add(new Output.Told(id,
                    new Answer.Failed(Answer.Why.REFUSED, "this overlay keeps no records")));
            case Input.Restore _ -> { }
            case Input.Leave _ -> {
                left = true;
                out.add(new Output.Left());
            }
        }
        return settled();
    }

    @Override public List<Output> wake(Instant now) {
        if (left) return List.of();
        for (var task : timers.fired(now)) {
            again(task, now);
            switch (task) {
                case STABILIZING -> stabilize(now);
                case FIXING -> fix(now);
                case JOINING -> knock(now);
            }
        }
        while (!questions.isEmpty() && !questions.firstEntry().getValue().due.isAfter(now))
            silent(questions.pollFirstEntry().getValue(), now);
        while (!searches.isEmpty() && !searches.firstEntry().getValue().due.isAfter(now))
            unanswered(searches.pollFirstEntry().getValue(), now);
        return settled();
    }

    /// What was said; and first who is to be watched, when that has changed.
    private List<Output> settled() {
        var beside = Stream.concat(predecessor.stream(), successors.stream().limit(1)).distinct()
                .toList();
        if (!beside.equals(watched)) out.add(new Output.Neighbours(beside, MISSED));
        watched = beside;
        return out.take();
    }

    private void again(Task task, Instant now) {
        var period = switch (task) {
            case STABILIZING -> STABILIZING;
            case FIXING -> FIXING;
            case JOINING -> JOINING;
        };
        // three to five quarters, so that nodes started together do not stay in step
        timers.set(task, now.plusNanos(period.toNanos() * (75 + random.nextInt(50)) / 100));
    }

    // the ring

    private void join(List<Peer> peers, Instant now) {
        known = peers;
        member = peers.isEmpty();
        for (var task : Task.values()) again(task, now);
        knock(now);
    }

    /// Asks one it was told of for its own successor, until a ring has let this node in.
    private void knock(Instant now) {
        var doors = doors();
        if (member || doors.isEmpty()) return;
        long request = note(new Search(OptionalLong.empty(), -1, self.id(), ATTEMPTS,
                now.plus(ATTEMPT)));
        say(doors.get(random.nextInt(doors.size())), new Find(random.nextLong(),
                ChordMessage.HOPS - 1, false, request, self, self.id()));
    }

    private List<Peer> doors() {
        return Stream.concat(known.stream(), fingers.values().stream()).toList();
    }

    private void stabilize(Instant now) {
        if (successors.isEmpty()) return;
        ask(successors.getFirst(), new Ask(random.nextLong()), Optional.empty(), Set.of(), now);
    }

    /// The successor has told whom it knows: perhaps somebody stands between.
    private void told(Peer from, Told told, Instant now) {
        if (successors.isEmpty() || !successors.getFirst().equals(from)) return;
        follow(Stream.concat(Stream.of(from), told.successors().stream()));
        var between = told.predecessor().filter(peer -> !peer.id().equals(self.id())
                && strictlyBetween(self.id(), peer.id(), from.id()));
        between.ifPresent(peer -> {
            follow(Stream.concat(Stream.of(peer), successors.stream()));
            stabilize(now);
        });
        say(successors.getFirst(), new Notify(random.nextLong()));
    }

    private void follow(Stream<Peer> peers) {
        successors = peers.filter(peer -> !peer.id().equals(self.id())).distinct()
                .limit(SUCCESSORS).toList();
    }

    private void notified(Peer from) {
        if (predecessor.isEmpty()
                || strictlyBetween(predecessor.get().id(), from.id(), self.id()))
            predecessor = Optional.of(from);
        if (member && successors.isEmpty()) successors = List.of(from);
    }

    /// One finger after the other, from the longest; those within the successor's arc are it.
    private void fix(Instant now) {
        if (successors.isEmpty()) return;
        next--;
        int first = self.id().clockwise(successors.getFirst().id()).number().bitLength();
        if (next < first) {
            fingers.headMap(first).clear();
            next = FINGERS - 1;
        }
        search(OptionalLong.empty(), next, start(next), ATTEMPTS, now);
    }

    /// The point from which on a finger is the first, 2^finger away.
    private NodeId start(int finger) {
        long high = finger < 96 ? 0 : 1L << finger - 96;
        long middle = finger < 32 || finger >= 96 ? 0 : 1L << finger - 32;
        return self.id().plus(new NodeId(high, middle, finger < 32 ? 1 << finger : 0));
    }

    private void forget(NodeId id, Instant now) {
        predecessor = predecessor.filter(peer -> !peer.id().equals(id));
        fingers.values().removeIf(peer -> peer.id().equals(id));
        boolean followed = !successors.isEmpty() && successors.getFirst().id().equals(id);
        successors = successors.stream().filter(peer -> !peer.id().equals(id)).toList();
        if (followed) stabilize(now);
        member &= !successors.isEmpty() || doors().isEmpty();
    }

    /// Whether somebody walking clockwise from one point meets another before the third.
    private static boolean strictlyBetween(NodeId from, NodeId point, NodeId to) {
        return !point.equals(from) && !point.equals(to) && (from.equals(to)
                || from.clockwise(point).compareTo(from.clockwise(to)) < 0);
    }

    // look-ups

    private void search(OptionalLong asked, int finger, NodeId point, int attempt, Instant now) {
        long request = note(new Search(asked, finger, point, attempt, now.plus(ATTEMPT)));
        pass(new Find(0, ChordMessage.HOPS, false, request, self, point), Set.of(), now);
    }

    private long note(Search search) {
        long request = random.nextLong();
        searches.put(request, search);
        if (searches.size() > LIMIT)
            searches.pollFirstEntry().getValue().asked.ifPresent(this::nobody);
        return request;
    }

    private void unanswered(Search search, Instant now) {
        if (search.attempt < ATTEMPTS)
            search(search.asked, search.finger, search.point, search.attempt + 1, now);
        else search.asked.ifPresent(this::nobody);
    }

    private void nobody(long asked) { out.add(new Output.Sought(asked, Optional.empty())); }

    private void found(Found found, Instant now) {
        var search = searches.remove(found.id());
        if (search == null || found.peers().isEmpty()) return;
        var root = found.peers().getFirst();
        search.asked.ifPresent(id -> out.add(new Output.Sought(id, Optional.of(root))));
        if (search.finger >= 0 && !root.id().equals(self.id())) fingers.put(search.finger, root);
        if (search.point.equals(self.id()) && !member) {
            member = true;
            follow(found.peers().stream());
            stabilize(now);
        }
    }

    /// Hands a look-up to the next hop, or answers it here.
    ///
    /// @param avoid who is not to be asked
    private void pass(Find find, Set<NodeId> avoid, Instant now) {
        var point = find.point();
        var following = successors.stream().filter(peer -> !avoid.contains(peer.id())).findFirst();
        boolean last = find.last()
                || following.filter(peer -> upTo(self.id(), point, peer.id())).isPresent();
        // whom another takes for the root knows better if somebody stands before it
        var to = find.last() ? predecessor.filter(peer -> !avoid.contains(peer.id()))
                : last ? following : nearestBefore(point, avoid).or(() -> following);
        if (to.isEmpty() || root(point)) {
            answer(find, now);
            return;
        }
        var tried = new HashSet<>(avoid);
        tried.add(to.get().id());
        ask(to.get(), new Find(random.nextLong(), find.hops() - 1, last, find.request(),
                find.origin(), point), Optional.of(find), tried, now);
    }

    /// Whether the point lies between the predecessor and this node.
    private boolean root(NodeId point) {
        return predecessor.isPresent() && upTo(predecessor.get().id(), point, self.id());
    }

    private static boolean upTo(NodeId from, NodeId point, NodeId to) {
        return point.equals(to) || strictlyBetween(from, point, to);
    }

    private Optional<Peer> nearestBefore(NodeId point, Set<NodeId> avoid) {
        return Stream.concat(fingers.values().stream(), successors.stream())
                .filter(peer -> !avoid.contains(peer.id())
                        && strictlyBetween(self.id(), peer.id(), point))
                .max(Comparator.comparing(peer -> self.id().clockwise(peer.id())));
    }

    private void answer(Find find, Instant now) {
        var peers = Stream.concat(Stream.of(self), find.point().equals(find.origin().id())
                ? successors.stream() : Stream.empty()).toList();
        var found = new Found(find.request(), peers);
        if (find.origin().id().equals(self.id())) found(found, now);
        else say(find.origin(), found);
    }

    // what is said

    private void received(Peer from, Bytes payload, Instant now) {
        try {
            received(from, ChordMessage.parse(payload), now);
        } catch (SyntaxException e) {
            out.add(new Output.Remark("message from " + from.id() + " dropped: " + e.getMessage()));
        }
    }

    private void received(Peer from, ChordMessage message, Instant now) {
        switch (message) {
            case Find _ when !member -> { }
            case Find find -> {
                say(from, new Taken(find.id()));
                if (find.hops() > 0) pass(find, Set.of(), now);
            }
            case Taken taken -> answered(from, taken.id());
            case Found found -> found(found, now);
            case Ask ask -> say(from, new Told(ask.id(), predecessor, successors));
            case Told told -> {
                if (answered(from, told.id())) told(from, told, now);
            }
            case Notify _ -> notified(from);
        }
    }

    private boolean answered(Peer from, long id) {
        var question = questions.get(id);
        return question != null && question.to.id().equals(from.id())
                && questions.remove(id) != null;
    }

    private void ask(Peer to, ChordMessage message, Optional<Find> find, Set<NodeId> tried,
            Instant now) {
        questions.put(message.id(), new Question(to, find, tried, now.plus(PATIENCE)));
        if (questions.size() > LIMIT) silent(questions.pollFirstEntry().getValue(), now);
        say(to, message);
    }

    /// Who does not answer is no longer known, and what he was to pass on goes another way.
    private void silent(Question question, Instant now) {
        forget(question.to.id(), now);
        question.find.ifPresent(find -> pass(find, question.tried, now));
    }

    private void say(Peer to, ChordMessage message) {
        out.add(new Output.Send(to, message.encode(), false));
    }
}
