package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht.*;
import p2psip.app.dht.Message.*;
import p2psip.app.dht.Searches.Asker;
import p2psip.app.lookup.*;
import p2psip.std.*;

/// One node of a Bamboo-style ring: everything that happens to it comes through here and goes to
/// the part that it concerns.
public final class RingNode implements Machine<Input, Output> {
    /// Requests that one ordinary node may have under way here.
    static final int ERRANDS_PER_CLIENT = 32;

    /// How long [Input.Leave] may take.
    static final Duration FAREWELL = Duration.ofMillis(1500);

    private enum State { MEMBER, LEAVING, LEFT }

    private enum Timer { FAREWELL }

    private final Peer self;
    private final Outbox<Output> out = new Outbox<>();
    private final Outbox<SignedRecord> settled = new Outbox<>();
    private final Neighbours neighbours;
    private final Pace pace = new Pace();
    private final Talk talk;
    private final Routing routing;
    private final Upkeep upkeep;
    private final Storage storage = new Storage();
    private final Checker checker;
    private final Root root;
    private final Searches searches;
    private final Sync sync;
    private final Care care;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private State state = State.MEMBER;
    private Duration silence = Pace.SHORTEST;

    /// @param self   as others shall know it
    /// @param random chance, from the edge
    /// @param wall   the time of day, by which records expire
    public RingNode(Peer self, RandomGenerator random, InstantSource wall) {
        this(self, random, wall, SignedRecord::verify);
    }

    /// @param verify what is thought of the text of a record at a moment: a laboratory remembers
    ///               what it has once verified for one of its nodes
    public RingNode(Peer self, RandomGenerator random, InstantSource wall,
            BiFunction<String, Instant, SignedRecord.Verdict> verify) {
        this.self = self;
        this.neighbours = new Neighbours(self.id());
        this.talk = new Talk(neighbours, random, out);
        this.routing = new Routing(neighbours, talk);
        this.upkeep = new Upkeep(self, neighbours, pace, talk, routing, random);
        this.checker = new Checker(verify, wall, out);
        this.root = new Root(neighbours, talk, storage, checker);
        this.searches = new Searches(self, talk, checker, settled);
        this.sync = new Sync(talk, storage, checker);
        this.care = new Care(neighbours, storage, checker, searches, sync);
    }

    /// The neighbours, clockwise from this node.
    public List<Peer> leaves() { return neighbours.leaves().all(); }

    /// Whether this node speaks with another of the ring.
    public boolean knows(NodeId id) { return neighbours.known(id).isPresent(); }

    /// How many records are held here, the tombstones included.
    public int records() { return storage.size(); }

    /// Those of them that are valid.
    public List<SignedRecord> held() { return storage.held(checker.wall()); }

    /// Whether this node holds a valid record of this key.
    public boolean holds(String key) {
        return storage.get(key, checker.wall()).stream().anyMatch(record -> !record.removed());
    }

    /// What this node sees of the ring.
    public RingView view() {
        return new RingView(leaves(), neighbours.table().cells(), records());
    }

    /// How long the answers of a peer take, if it was asked anything lately.
    public Optional<Duration> roundTrip(NodeId id) {
        return neighbours.known(id).flatMap(Acquaintance::roundTrip);
    }

    /// All that could grow, for those who watch that it does not.
    public SortedMap<String, Integer> sizes() {
        return new TreeMap<>(Map.of("known", neighbours.known().size(),
                "remembered", neighbours.remembered(), "questions", talk.size(),
                "jobs", root.size(), "searches", searches.size(), "sessions", sync.size(),
                "records", storage.size()));
    }

    /// Whom this node would hand a message for a point; nobody if it is the root itself.
    public Optional<Peer> next(NodeId point) { return neighbours.next(point, Set.of()); }

    @Override public boolean terminated() { return state == State.LEFT; }

    @Override public Instant deadline() {
        if (state == State.LEFT) return Instant.MAX;
        return Timers.earliest(talk.deadline(), upkeep.deadline(), searches.deadline(),
                care.deadline(), timers.deadline());
    }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case LEAVING -> timers.set(Timer.FAREWELL, now.plus(FAREWELL));
            case MEMBER, LEFT -> { }
        }
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (state == State.LEFT) return List.of();
        switch (input) {
            case Input.Join(var known) -> {
                upkeep.join(known, now);
                care.begin(now);
            }
            case Input.Received(var from, var payload) -> received(from, payload, now);
            case Input.Unreachable(var peer) -> {
                talk.unreachable(peer.id()).forEach(outcome -> outcome(outcome, now));
                lost(peer, now);
            }
            case Input.Restore(var kept) -> kept.forEach((name, text) -> storage.restore(
                    name, checker.check(text.utf8(), self), now));
            case Input.Ask(long id, Query.Put(var record)) ->
                    put(new Asker.Own(id), record.text(), record.key());
            case Input.Ask(long id, Query.Get(var key)) when !Storage.proper(key) ->
                    out.add(new Output.Told(id, Storage.IMPROPER));
            case Input.Ask(long id, Query.Get(var key)) -> get(new Asker.Own(id), key);
            case Input.Seek(long id, var point) ->
                    searches.begin(new Asker.Seeker(id), new Body.Find(), List.of(point));
            case Input.Leave _ -> leave(now);
        }
        return settle(now);
    }

    @Override public List<Output> wake(Instant now) {
        if (state == State.LEFT) return List.of();
        talk.wake(now).forEach(outcome -> outcome(outcome, now));
        if (upkeep.wake(now)) {
            if (state == State.MEMBER) care.beat(now);
            if (!silence.equals(pace.silence(now))) tellLeaves(now);
        }
        care.wake(now);
        return settle(now);
    }

    /// Sends what searches have to send, until nothing is left to do.
    private List<Output> settle(Instant now) {
        while (!searches.deadline().isAfter(now))
            for (var start : searches.wake(now)) pass(start.route(), start.avoid(), now);
        settled.take().forEach(record -> care.kept(record, now));
        if (state == State.LEAVING && (sync.size() == 0 || !timers.fired(now).isEmpty()))
            depart(now);
        var changes = storage.changes();
        return changes.isEmpty() ? out.take() : kept(changes, out.take());
    }

    private static List<Output> kept(
            SortedMap<String, Optional<Bytes>> changes, List<Output> outputs) {
        var promises = outputs.stream().collect(Collectors.partitioningBy(RingNode::isPromise));
        return Stream.concat(Stream.of(new Output.Keep(changes, promises.get(true))),
                promises.get(false).stream()).toList();
    }

    /// Whether others could take from it that a record is safe.
    private static boolean isPromise(Output output) {
        return output instanceof Output.Send
                || output instanceof Output.Told(_, var answer) && answer instanceof Answer.Done;
    }

    private void received(Peer from, Bytes payload, Instant now) {
        try {
            var message = Message.parse(payload);
            if (from.id().equals(self.id())) return;
            // an ordinary node is not of the ring
            if (!(message instanceof Message.Errand) && neighbours.heard(from)) changed(now);
            received(from, message, now);
        } catch (SyntaxException e) {
            talk.remark("message from " + from.id() + " dropped: " + e.getMessage());
        }
    }

    private void received(Peer from, Message message, Instant now) {
        long id = message.id();
        switch (message) {
            case Message.Ping(_, long common) -> {
                talk.say(from, new Message.Pong(id), false);
                if (common != 0 && common != neighbours.leaves().common(from.id()))
                    upkeep.differs(from, now);
            }
            case Message.AskLeaves(_, var leaves) -> {
                talk.say(from, new Message.Peers(id, leaves()), false);
                upkeep.consider(leaves, now);
                upkeep.leaves(from, leaves, now);
            }
            case Message.AskRow(_, var row, var have) ->
                    talk.say(from, new Message.Peers(id, upkeep.row(row, have)), false);
            case Message.Bye(_, var leaves) -> {
                if (neighbours.forget(from.id())) changed(now);
                upkeep.consider(leaves, now);
            }
            case Route _ when !upkeep.belongs(now) -> { }   // the hop before asks another
            case Route route when routing.received(from, route) -> pass(route, Set.of(), now);
            case Route _ -> { }
            case Message.Errand errand -> errand(from, errand);
            case Message.Copy(_, var record) -> talk.say(from, root.store(record, from, now)
                    .<Message>map(why -> new Refused(id, why)).orElse(new Stored(id, 1)), false);
            case Message.Collect(_, var key, var sum) -> collect(from, id, key, sum);
            case Message.Compare compare -> {
                care.compared(from, compare, now);
                sync.asked(from, compare);
            }
            case Message.Want want -> sync.asked(from, want);
            case Message.Pong _, Message.Peers _, Message.Taken _, Stored _, Refused _, Values _,
                    Message.Same _, Message.Sums _, Message.Tags _ -> answered(from, message, now);
        }
    }

    private void collect(Peer from, long id, String key, Message.Summary sum) {
        if (storage.summary(key, checker.wall()).equals(sum)) {
            talk.say(from, new Message.Same(id), false);
            return;
        }
        var texts = storage.get(key, checker.wall()).stream().map(SignedRecord::text).toList();
        Message.values(id, texts).forEach(part -> talk.say(from, part, true));
    }

    /// An answer: to a question of this node, or to what it had routed.
    private void answered(Peer from, Message answer, Instant now) {
        var outcome = talk.answered(from, answer, now);
        if (outcome.isPresent()) outcome(outcome.get(), now);
        else if (answer instanceof Message.Peers peers && upkeep.found(from, peers, now)) return;
        else searches.answered(from, answer, now);
    }

    private void outcome(Talk.Outcome outcome, Instant now) {
        var peer = outcome.peer();
        var answer = outcome.answer();
        if (answer.isEmpty()) suspect(outcome, now);
        switch (outcome.purpose()) {
            case Purpose.Probe _ -> upkeep.consider(peers(answer), now);
            case Purpose.Row(var row) -> upkeep.row(peer, row, peers(answer), now);
            case Purpose.Hop(var route, var tried) when answer.isEmpty() -> pass(route, tried, now);
            case Purpose.Copied(var job) -> send(root.answered(job, peer, answer, now), now);
            case Purpose.Collected(var job) -> send(root.answered(job, peer, answer, now), now);
            case Purpose.Compared(var session, var arc) ->
                    sync.compared(session, arc, answer, now);
            case Purpose.Evened(var session) ->
                    sync.evened(session, even(peer, answer, now), now);
            case Purpose.Knock _, Purpose.Hop _ -> { }
        }
    }

    private static List<Peer> peers(Optional<Message> answer) {
        return answer.orElse(null) instanceof Message.Peers(_, var peers) ? peers : List.of();
    }

    /// Whether a difference is less than before.
    private boolean even(Peer peer, Optional<Message> answer, Instant now) {
        return switch (answer.orElse(null)) {
            case Stored _ -> true;
            case Values values -> values.records().stream()
                    .filter(text -> root.keep(text, peer, now).isEmpty()).count() > 0;
            case Message _ -> false;
            case null -> false;
        };
    }

    /// Silence: of one who was asked whether it lives it is an answer, of others a suspicion.
    private void suspect(Talk.Outcome outcome, Instant now) {
        var peer = outcome.peer();
        switch (outcome.purpose()) {
            case Purpose.Probe _, Purpose.Knock _ -> lost(peer, now);
            case Purpose.Row _, Purpose.Hop _, Purpose.Copied _, Purpose.Collected _,
                    Purpose.Compared _, Purpose.Evened _ ->
                    neighbours.known(peer.id()).filter(known -> !known.suspect())
                            .ifPresent(known -> {
                                known.suspected();
                                upkeep.probe(peer, now);
                            });
        }
    }

    private void lost(Peer peer, Instant now) {
        if (neighbours.lost(peer, now)) changed(now);
    }

    private void changed(Instant now) {
        upkeep.changed(now);
        tellLeaves(now);
    }

    private void tellLeaves(Instant now) {
        silence = pace.silence(now);
        out.add(new Output.Neighbours(leaves(), silence));
    }

    /// On to the next hop, or to work if this is the root.
    private void pass(Route route, Set<NodeId> avoid, Instant now) {
        var next = routing.pass(route, avoid, now);
        if (next.isEmpty() && upkeep.belongs(now)) send(root.arrived(route, self, now), now);
        else if (next.isPresent() && route.origin().equals(self))
            searches.went(route.request(), next.get().id());
    }

    private void send(List<Root.Reply> replies, Instant now) {
        for (var reply : replies) {
            if (reply.to().equals(self)) searches.answered(self, reply.message(), now);
            else talk.say(reply.to(), reply.message(), true);
        }
    }

    private void put(Asker asker, String record, String key) {
        searches.begin(asker, new Body.Put(record), Storage.spots(key));
    }

    private void get(Asker asker, String key) {
        searches.begin(asker, new Body.Get(key), Storage.spots(key));
    }

    private void errand(Peer client, Message.Errand errand) {
        var asker = new Asker.Client(client, errand.id());
        if (searches.busyFor(asker)) return;
        if (searches.openFor(client) >= ERRANDS_PER_CLIENT) {
            talk.say(client, new Refused(errand.id(), Refusal.BUSY), true);
            return;
        }
        switch (errand.body()) {
            case Body.Put(var text) -> checker.check(text, client).ifPresentOrElse(
                    record -> put(asker, text, record.key()),
                    () -> talk.say(client, new Refused(errand.id(), Refusal.INVALID), true));
            case Body.Get(var key) -> get(asker, key);
            case Body.Check _ ->
                    talk.say(client, new Refused(errand.id(), Refusal.INVALID), true);
            case Body.Find() -> talk.say(client, new Message.Peers(errand.id(), leaves()), true);
        }
    }

    /// Whatever is held here is compared with the next neighbour on either side, and given where it
    /// is lacking, before the good-bye.
    private void leave(Instant now) {
        if (state == State.LEAVING) return;
        enter(State.LEAVING, now);
        sync.clear();
        var living = neighbours.living();
        if (living.isEmpty()) return;
        var span = neighbours.leaves().span();
        sync.begin(living.getFirst(), span, false, now);
        sync.begin(living.getLast(), span, false, now);
    }

    private void depart(Instant now) {
        leaves().forEach(leaf -> talk.say(leaf, new Message.Bye(talk.id(), leaves()), true));
        searches.abandon();
        out.add(new Output.Left());
        enter(State.LEFT, now);
    }
}
