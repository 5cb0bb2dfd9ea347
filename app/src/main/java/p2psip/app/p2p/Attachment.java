package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.Peer;
import p2psip.std.*;

/// What ties an ordinary node to the super-node that serves it: passed on to another when it
/// breaks; and when there is none for long, the node becomes a super-node itself, as long
/// as it is needed.
final class Attachment implements Machine<Attachment.Input, Attachment.Output> {

    sealed interface Input {
        /// Look for a super-node, whoever served until now.
        record Begin() implements Input {}

        /// This may be a super-node.
        record Candidate(Peer peer) implements Input {}

        record Told(Peer from, Payload.Tell tell) implements Input {}

        record Unreachable(Peer peer) implements Input {}

        /// There was none: this node is a super-node now.
        record Promoted() implements Input {}

        /// It is none any more; these are some.
        record Resigned(List<Peer> superNodes) implements Input {}
    }

    sealed interface Output {

        /// Ask this peer whether it is a super-node.
        record Ask(Peer to) implements Output {}

        /// The first of these serves this node now, so that it matters whether it lives; the others
        /// would.
        record Attached(List<Peer> superNodes) implements Output {}

        /// Look for super-nodes, or stop.
        record Seek(boolean seek) implements Output {}

        /// There seems to be no super-node: be one, unless somebody may still answer.
        ///
        /// @param times how often this was said
        record Lonely(int times) implements Output {}

        /// This node has been a super-node for a while: is it needed?
        record Served() implements Output {}
    }

    /// How often the super-node is asked whether it still is one, and which others there are. That
    /// it has died is noticed by the session, and that it has resigned it says itself.
    static final Duration ASKING = Duration.ofSeconds(20);

    /// The same while no other is known, for then nothing is left if it dies.
    static final Duration ASKING_THE_ONLY_ONE = Duration.ofSeconds(5);

    /// How long a super-node is looked for; half as long again at random, so that of two nodes
    /// started together one is first and finds the other.
    static final Duration LONELY = Duration.ofSeconds(4);

    /// How long a node that had to be a super-node is one before it may resign; up to twice as long
    /// at random, so that not all resign at once.
    static final Duration SERVICE = Duration.ofSeconds(60);

    /// Super-nodes remembered.
    static final int MAX_KNOWN = 16;

    private enum State { LONELY, ATTACHED, SERVING }

    private enum Timer { ASKING, LONELY, SERVICE }

    private final RandomGenerator random;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final SequencedSet<Peer> known = new LinkedHashSet<>();   // the first serves
    private State state = State.LONELY;
    private int lonely;

    Attachment(RandomGenerator random) { this.random = random; }

    List<Peer> known() { return List.copyOf(known); }

    @Override public Instant deadline() { return timers.deadline(); }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case LONELY -> timers.set(Timer.LONELY, now.plus(about(LONELY, 0.5)));
            case ATTACHED -> ask(now);
            case SERVING -> timers.set(Timer.SERVICE, now.plus(about(SERVICE, 1)));
        }
    }

    private void ask(Instant now) {
        timers.set(Timer.ASKING, now.plus(known.size() > 1 ? ASKING : ASKING_THE_ONLY_ONE));
    }

    /// As long, and up to a part of it longer.
    private Duration about(Duration span, double part) {
        return Duration.ofNanos((long) (span.toNanos() * (1 + part * random.nextDouble())));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Begin _ -> {
                known.clear();
                yield seek(now);
            }
            case Input.Candidate(var peer) -> state == State.LONELY
                    ? List.of(new Output.Ask(peer)) : List.of();
            case Input.Told(var from, var tell) -> told(from, tell, now);
            case Input.Unreachable(var peer) -> unreachable(peer, now);
            case Input.Promoted _ -> {
                enter(State.SERVING, now);
                yield List.of();
            }
            case Input.Resigned(var superNodes) -> {
                superNodes.stream().limit(MAX_KNOWN).forEach(known::add);
                yield next(now);
            }
        };
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        for (var timer : timers.fired(now))
            switch (timer) {
                case ASKING -> {
                    out.add(new Output.Ask(known.getFirst()));
                    ask(now);
                }
                case LONELY -> {
                    enter(State.LONELY, now);
                    out.add(new Output.Lonely(++lonely));
                }
                case SERVICE -> {
                    enter(State.SERVING, now);
                    out.add(new Output.Served());
                }
            }
        return out;
    }

    private List<Output> told(Peer from, Payload.Tell tell, Instant now) {
        if (state == State.ATTACHED && !from.equals(known.getFirst())) return List.of();
        if (!tell.superNode()) {
            var out = new ArrayList<Output>(unreachable(from, now));
            if (state == State.LONELY)
                tell.superNodes().forEach(peer -> out.add(new Output.Ask(peer)));
            return out;
        }
        known.clear();
        known.add(from);
        tell.superNodes().stream().limit(MAX_KNOWN - 1).forEach(known::add);
        if (state == State.ATTACHED) return List.of();
        enter(State.ATTACHED, now);
        return List.of(new Output.Seek(false), new Output.Attached(known()));
    }

    private List<Output> unreachable(Peer peer, Instant now) {
        boolean served = state == State.ATTACHED && peer.id().equals(known.getFirst().id());
        known.removeIf(other -> other.id().equals(peer.id()));
        if (!served) return List.of();
        return known.isEmpty() ? seek(now) : next(now);
    }

    /// Believed at once, for requests wait; and asked at once, for it may be dead as well.
    private List<Output> next(Instant now) {
        enter(State.ATTACHED, now);
        return List.of(new Output.Attached(known()), new Output.Ask(known.getFirst()));
    }

    private List<Output> seek(Instant now) {
        lonely = 0;
        enter(State.LONELY, now);
        return List.of(new Output.Seek(true));
    }
}
