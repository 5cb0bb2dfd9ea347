package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.why.OfWay;
import p2psip.std.*;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8489.*;

/// One Link as this node has it: seeks a way to the peer, and a straight one where there is but a
/// relay; keeps it open while it is of use, and says what became of each message.
final class Link implements Machine<Link.Input, Links.Output> {

    sealed interface Input {
        record Say(Links.Command.Say say) implements Input {}
        record Await(boolean now) implements Input {}

        /// The peer has said something to a service.
        record Used() implements Input {}

        /// There is a session by this path.
        record Met(Peer peer, Path path, Vantage vantage) implements Input {}
        record Moved(Path path, Vantage vantage) implements Input {}

        /// The peer does not answer, or has said goodbye.
        record Lost() implements Input {}

        record Answered(int id, Links.Outcome outcome) implements Input {}

        /// The peer says where it may be reached.
        record Ways(Payload.Ways ways, Vantage vantage) implements Input {}

        record OfStreams(Streams.Input what) implements Input {}

        /// A datagram of the search for a straight way.
        record Stun(InetSocketAddress from, Bytes datagram) implements Input {}
    }

    /// How long a Link is kept open that nobody uses.
    static final Duration USELESS = Duration.ofMinutes(5);

    /// How long answers are given after a straight way was found: the peer may not know it yet.
    static final Duration FOUND = Duration.ofSeconds(10);

    /// How long after a search without success the next one begins, if the Link is used.
    static final Duration AGAIN = Duration.ofMinutes(1);

    /// How long after the peer was sought in vain it is sought again, while somebody waits for it.
    static final Duration ONCE_MORE = Duration.ofSeconds(1);

    /// Messages that may wait for the session, and for their answer; one more is out of reach.
    static final int MAX_WAITING = 256;

    /// What is kept of it; more is lost.
    static final int MAX_EARLY = 4;

    private enum State { SEEKING, UP, ENDED }

    private enum Timer { USELESS, FOUND, AGAIN, SEEK }

    private final NodeId id;
    private final Bytes key;
    private final Optional<Contact> contact;
    private final Pacer pacer;
    private final RandomGenerator random;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Deque<Links.Command.Say> queue = new ArrayDeque<>();
    private final SequencedMap<Integer, Long> asked = new LinkedHashMap<>();
    private final Streams streams;
    private final Outbox<Links.Output> out = new Outbox<>();
    private Optional<Traversal> traversal = Optional.empty();
    /// What the peer has said before this side knew of the session.
    private final List<Payload.Ways> early = new ArrayList<>();
    private Vantage vantage = Vantage.NOWHERE;
    private Peer peer;
    private State state;
    private boolean awaited, known;
    private int lastNumber;

    /// @param contact where the peer is, if anybody has said so
    Link(NodeId id, Bytes key, Optional<Contact> contact, Pacer pacer, Streams streams,
            RandomGenerator random, Instant now) {
        this.id = id;
        this.key = key;
        this.contact = contact;
        this.pacer = pacer;
        this.streams = streams;
        this.random = random;
        this.peer = contact.flatMap(Contact::peer).orElse(new Peer(id, Sessions.NOWHERE));
        enter(State.SEEKING, now);
    }

    /// Whether a question of ICE is for its search.
    boolean isFor(String ufrag) {
        return traversal.filter(search -> search.isFor(ufrag)).isPresent();
    }

    /// Whether an answer is to a question of its search.
    boolean awaits(Bytes datagram) {
        return traversal.isPresent() && datagram.size() >= HEADER
                && traversal.get().awaits(new TransactionId(datagram.slice(4, HEADER)));
    }

    private static final int HEADER = 20;

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() {
        var search = traversal.map(Traversal::deadline).orElse(Instant.MAX);
        return Timers.earliest(search, timers.deadline(), streams.deadline());
    }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        traversal = Optional.empty();
        switch (next) {
            case SEEKING -> seek();
            case UP -> {
                timers.set(Timer.USELESS, now.plus(USELESS));
                settle();
            }
            case ENDED -> { }
        }
    }

    /// What a session is told that is new.
    private void settle() {
        tell(new Session.Input.Keep(true));
        tell(new Session.Input.Ways(relays().stream()
                .<Path>map(relay -> new Path.Via(relay.id(), id)).toList()));
        if (awaited) await(true);
    }

    private void await(boolean on) { tell(new Session.Input.Await(Course.Wait.SOUND, on)); }

    private List<Peer> relays() { return contact.map(Contact::relays).orElse(List.of()); }

    private void seek() {
        var places = contact.flatMap(Contact::overlay).stream().toList();
        ask(new Sessions.Input.Reach(peer, places, relays()));
    }

    @Override public List<Links.Output> wake(Instant now) {
        traversal.ifPresent(search -> search.wake(now));
        searched(now);
        if (!streams.deadline().isAfter(now)) streamed(streams.wake(now), now);
        for (var timer : timers.fired(now)) switch (timer) {
            case FOUND -> traversal = Optional.empty();
            case AGAIN -> search(now);
            case USELESS -> useless(now);
            case SEEK -> {
                if (isWaited()) seek();
                else end(Links.Outcome.UNREACHABLE, now);
            }
        }
        return out.take();
    }

    private void useless(Instant now) {
        if (isWaited()) {
            timers.set(Timer.USELESS, now.plus(USELESS));
            return;
        }
        tell(new Session.Input.Keep(false));
        end(Links.Outcome.NO_ANSWER, now);
    }

    @Override public List<Links.Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Say(var say) -> say(say, now);
            case Input.Await(boolean on) -> {
                awaited = on;
                await(on);
                if (on) warm();
            }
            case Input.Used _ -> used(now);
            case Input.Met(var met, var path, var from) -> {
                vantage = from;
                met(met, path, now);
            }
            case Input.Moved(var path, var from) -> {
                vantage = from;
                by(path, now);
            }
            case Input.Lost _ -> lost(now);
            case Input.Answered(int number, var outcome) -> {
                var asker = asked.remove(number);
                if (asker != null) became(asker, outcome);
            }
            case Input.Ways(var ways, var from) -> {
                vantage = from;
                ways(ways, now);
            }
            case Input.OfStreams(var what) -> streamed(streams.handle(what, now), now);
            case Input.Stun(var from, var datagram) ->
                    traversal.ifPresent(search -> search.received(from, datagram, now));
        }
        searched(now);
        return out.take();
    }

    private void used(Instant now) {
        if (state == State.UP) timers.set(Timer.USELESS, now.plus(USELESS));
    }

    private void met(Peer met, Path path, Instant now) {
        peer = met;
        known = true;
        if (state == State.SEEKING) enter(State.UP, now);
        else settle();
        early.forEach(ways -> ways(ways, now));
        early.clear();
        by(path, now);
        while (!queue.isEmpty()) send(queue.poll());
    }

    /// Where it goes by a relay a straight way is looked for.
    private void by(Path path, Instant now) {
        up(path);
        streamed(streams.by(path, now), now);
        if (path instanceof Path.Via) search(now);
        else timers.stop(Timer.AGAIN);
        if (awaited && path instanceof Path.Via) warm();
    }

    /// In a conversation there is a session with each relay, so that another is there at once when
    /// one dies.
    private void warm() {
        for (var relay : relays()) ask(new Sessions.Input.Warm(relay));
    }

    private void up(Path path) {
        told(new Links.Event.Up(key, path instanceof Path.Via, path.toString()));
    }

    // The search for a straight way

    private void search(Instant now) {
        if (state != State.UP || traversal.isPresent() || vantage.own().isEmpty()) return;
        traversal = Optional.of(new Traversal(true, vantage, pacer, random, now));
    }

    private void ways(Payload.Ways ways, Instant now) {
        if (state == State.SEEKING && early.size() < MAX_EARLY) early.add(ways);
        if (state != State.UP || vantage.own().isEmpty()) return;
        if (traversal.filter(search -> search.isOf(ways)).isEmpty()) {
            timers.stop(Timer.FOUND);
            traversal = Optional.of(new Traversal(false, vantage, pacer, random, now));
        }
        traversal.get().heard(ways, now);
    }

    private void searched(Instant now) {
        if (traversal.isEmpty()) return;
        for (var output : traversal.get().take()) switch (output) {
            case Traversal.Output.Tell(var ways) ->
                    ask(new Sessions.Input.Send(peer, ways.encode(), true));
            case Traversal.Output.Check(var to, var datagram) ->
                    out.add(new Links.Output.Datagram(to, datagram));
            case Traversal.Output.Opened(var at) -> {
                var path = new Path.Direct(at);
                seen(true);
                tell(new Session.Input.Use(path));
                streamed(streams.by(path, now), now);
                up(path);
                timers.stop(Timer.AGAIN);
                timers.set(Timer.FOUND, now.plus(FOUND));
            }
            case Traversal.Output.NoWay(var why) -> {
                out.add(new Links.Output.Remark("no straight way to " + peer + ": " + why));
                seen(false);
                traversal = Optional.empty();
                timers.set(Timer.AGAIN, now.plus(AGAIN));
                return;
            }
            case Traversal.Output.Remark(var text) -> out.add(new Links.Output.Remark(text));
        }
    }

    private void seen(boolean opened) {
        out.add(new Links.Output.Seen(new OfWay.Searched("" + id, Orchid.of(key), opened,
                !vantage.outside().isEmpty(), traversal.orElseThrow().records().stream()
                .limit(MAX_PAIRS).map(Link::pair).toList())));
    }

    /// Of one search so many pairs are told to who asks later.
    private static final int MAX_PAIRS = 40;

    private static OfWay.Pair pair(CheckRecord check) {
        return new OfWay.Pair("" + check.local(), "" + check.remote(),
                check.remote().type() != CandidateType.HOST, "" + check.state(), check.checks(),
                check.answers(), check.heard(), check.last());
    }

    // What is said

    private void say(Links.Command.Say say, Instant now) {
        if (queue.size() + asked.size() >= MAX_WAITING) {
            became(say.id(), Links.Outcome.UNREACHABLE);
            return;
        }
        used(now);
        if (state == State.UP) send(say);
        else queue.add(say);
    }

    private void send(Links.Command.Say say) {
        int number = say.id() == 0 ? 0 : ++lastNumber == 0 ? ++lastNumber : lastNumber;
        if (number != 0) asked.put(number, say.id());
        ask(new Sessions.Input.Send(peer, new Payload.Say(
                say.service(), number, say.message()).encode(), say.confirmed()));
    }

    private void streamed(List<Streams.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Streams.Output.Say(var frame) -> {
                if (frame instanceof Frame.Carry) used(now);
                tell(new Session.Input.Say(frame));
            }
            case Streams.Output.Told(var event) -> told(event);
            case Streams.Output.Seek _ -> seek();
            case Streams.Output.Remark(var text) ->
                    out.add(new Links.Output.Remark(text + ": " + peer));
        }
    }

    private boolean isWaited() { return awaited || streams.isActive(); }

    /// Once more where somebody waits, by all ways, and again until nobody does; else it has ended,
    /// as it has where there was nobody in the first place.
    private void lost(Instant now) {
        asked.values().forEach(asker -> became(asker, Links.Outcome.NO_ANSWER));
        asked.clear();
        if (!isWaited() || !known) end(Links.Outcome.UNREACHABLE, now);
        else if (state == State.UP) enter(State.SEEKING, now);
        else {
            drop(Links.Outcome.UNREACHABLE);
            timers.set(Timer.SEEK, now.plus(ONCE_MORE));
        }
    }

    private void drop(Links.Outcome outcome) {
        queue.forEach(say -> became(say.id(), outcome));
        queue.clear();
    }

    private void end(Links.Outcome outcome, Instant now) {
        drop(outcome);
        asked.values().forEach(asker -> became(asker, outcome));
        streamed(streams.handle(new Streams.Input.End(), now), now);
        told(new Links.Event.Down(key));
        enter(State.ENDED, now);
    }

    private void became(long asker, Links.Outcome outcome) {
        if (asker != 0) told(new Links.Event.Became(asker, outcome));
    }

    private void told(Links.Event event) { out.add(new Links.Output.Told(event)); }

    private void tell(Session.Input what) { ask(new Sessions.Input.Tell(id, what)); }

    private void ask(Sessions.Input what) { out.add(new Links.Output.Ask(what)); }
}
