package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.*;

/// One Link as this node has it: seeks a way to the peer, keeps it open while it is of use, and
/// says what became of each message.
final class Link implements Machine<Link.Input, Links.Output> {

    sealed interface Input {
        record Say(Links.Command.Say say) implements Input {}
        record Await(boolean now) implements Input {}

        /// The peer has said something to a service.
        record Used() implements Input {}

        /// There is a session by this path.
        record Met(Peer peer, Path path) implements Input {}
        record Moved(Path path) implements Input {}

        /// The peer does not answer, or has said goodbye.
        record Lost() implements Input {}

        record Answered(int id, Links.Outcome outcome) implements Input {}
    }

    /// How long a Link is kept open that nobody uses.
    static final Duration USELESS = Duration.ofMinutes(5);

    /// Messages that may wait for the session, and for their answer; one more is out of reach.
    static final int MAX_WAITING = 256;

    private enum State { SEEKING, UP, ENDED }

    private enum Timer { USELESS }

    private final NodeId id;
    private final Bytes key;
    private final Optional<Contact> contact;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Deque<Links.Command.Say> queue = new ArrayDeque<>();
    private final SequencedMap<Integer, Long> asked = new LinkedHashMap<>();
    private final Outbox<Links.Output> out = new Outbox<>();
    private Peer peer;
    private State state;
    private boolean awaited;
    private int lastNumber;

    /// @param contact where the peer is, if anybody has said so
    Link(NodeId id, Bytes key, Optional<Contact> contact, Instant now) {
        this.id = id;
        this.key = key;
        this.contact = contact;
        this.peer = contact.flatMap(Contact::peer).orElse(new Peer(id, Sessions.NOWHERE));
        enter(State.SEEKING, now);
    }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() { return timers.deadline(); }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case SEEKING -> seek();
            case UP -> {
                timers.set(Timer.USELESS, now.plus(USELESS));
                tell(new Session.Input.Keep(true));
                tell(new Session.Input.Ways(relays().stream()
                        .<Path>map(relay -> new Path.Via(relay.id(), id)).toList()));
                if (awaited) tell(new Session.Input.Await(true));
            }
            case ENDED -> { }
        }
    }

    private List<Peer> relays() { return contact.map(Contact::relays).orElse(List.of()); }

    private void seek() {
        var places = contact.flatMap(Contact::overlay).stream().toList();
        ask(new Sessions.Input.Reach(peer, places, relays()));
    }

    @Override public List<Links.Output> wake(Instant now) {
        if (timers.fired(now).isEmpty()) return List.of();
        if (awaited) {
            timers.set(Timer.USELESS, now.plus(USELESS));
            return List.of();
        }
        tell(new Session.Input.Keep(false));
        end(Links.Outcome.NO_ANSWER, now);
        return out.take();
    }

    @Override public List<Links.Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Say(var say) -> say(say, now);
            case Input.Await(boolean on) -> {
                awaited = on;
                tell(new Session.Input.Await(on));
            }
            case Input.Used _ -> used(now);
            case Input.Met(var met, var path) -> met(met, path, now);
            case Input.Moved(var path) -> up(path);
            case Input.Lost _ -> lost(now);
            case Input.Answered(int number, var outcome) -> {
                var asker = asked.remove(number);
                if (asker != null) became(asker, outcome);
            }
        }
        return out.take();
    }

    private void used(Instant now) {
        if (state == State.UP) timers.set(Timer.USELESS, now.plus(USELESS));
    }

    private void met(Peer met, Path path, Instant now) {
        peer = met;
        if (state == State.SEEKING) enter(State.UP, now);
        up(path);
        while (!queue.isEmpty()) send(queue.poll());
    }

    private void up(Path path) {
        told(new Links.Event.Up(key, path instanceof Path.Via, path.toString()));
    }

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

    /// Once more where somebody waits, by all ways; else it has ended.
    private void lost(Instant now) {
        boolean again = state == State.UP && awaited;
        asked.values().forEach(asker -> became(asker, Links.Outcome.NO_ANSWER));
        asked.clear();
        if (again) enter(State.SEEKING, now);
        else end(Links.Outcome.UNREACHABLE, now);
    }

    private void end(Links.Outcome outcome, Instant now) {
        queue.forEach(say -> became(say.id(), outcome));
        asked.values().forEach(asker -> became(asker, outcome));
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
