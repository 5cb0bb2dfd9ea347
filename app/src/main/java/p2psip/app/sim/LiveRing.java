package p2psip.app.sim;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.RingView;
import p2psip.app.lookup.Answer;
import p2psip.app.trace.Trace;

/// A simulated ring that somebody watches and meddles with, and that goes back in time.
///
/// Nothing of the past is kept but the seed and what was done when: to go back is to begin anew, to
/// do the same, and to stop earlier. What was done later has not been done then, and other things
/// may be done instead.
///
/// ```
///  0 s ---- add ---- cut ---------- kill ---- 60 s
///                           |<---- rewind to 40 s
///  0 s ---- add ---- cut ---- 40 s ---- heal ---- ...
/// ```
public final class LiveRing {
    /// Living nodes, and things done; one more is refused.
    public static final int NODES = 300, DEEDS = 10_000;

    /// How long a step may last in which nobody says anything.
    private static final Duration SILENCE = Duration.ofSeconds(1);

    /// What can be done to a ring.
    public sealed interface Deed {
        record Add() implements Deed {}
        record Kill(NodeId id) implements Deed {}

        /// These and the others hear nothing of each other.
        record Cut(List<NodeId> ids) implements Deed {
            public Cut { ids = List.copyOf(ids); }
        }

        record Heal() implements Deed {}

        /// A node looks a key up; what comes of it has the id.
        record Look(long id, NodeId by, String key) implements Deed {}

        /// A node puts a text under a key, or (nothing) has it be there no more.
        record Write(long id, NodeId by, String key, Optional<String> text, Duration lifetime)
                implements Deed {}
    }

    /// What was done, and when.
    public record Past(Duration at, Deed deed) {}

    /// A living node.
    ///
    /// @param cut     whether it is on the smaller side of a broken network
    /// @param records how many it holds
    public record Place(Peer peer, boolean cut, int records) {}

    private final long seed;
    private final int nodes;
    private final double loss;
    private final Consumer<Trace> tap;
    private final List<Past> past = new ArrayList<>();
    private RingWorld world;

    /// @param nodes that are there at the beginning
    /// @param loss  which share of datagrams is lost, from 0 to 1
    /// @param tap   hears each message as it is sent for the first time
    public LiveRing(long seed, int nodes, double loss, Consumer<Trace> tap) {
        this.seed = seed;
        this.nodes = nodes;
        this.loss = loss;
        this.tap = tap;
        this.world = new RingWorld(seed, nodes, loss, tap);
    }

    /// Since the beginning.
    public Duration now() { return Duration.ofNanos(world.now()); }

    /// Lets time pass.
    public void run(Duration length) { world.run(world.now() + length.toNanos()); }

    /// Lets time pass until the next thing is said.
    public void step() { world.step(SILENCE.toNanos()); }

    /// Goes back to an earlier time.
    public void rewind(Duration to) {
        var again = new boolean[1];
        var earlier = new RingWorld(seed, nodes, loss, trace -> {
            if (again[0]) tap.accept(trace);
        });
        past.removeIf(each -> each.at().compareTo(to) > 0);
        for (var each : past) {
            earlier.run(each.at().toNanos());
            apply(earlier, each.deed());
        }
        earlier.run(to.toNanos());
        again[0] = true;
        world = earlier;
    }

    /// Does something now.
    ///
    /// @throws IllegalStateException if that is too much, or to a node that is not there
    /// @throws SyntaxException       if a text is too long
    public void act(Deed deed) {
        if (past.size() >= DEEDS) throw new IllegalStateException(
                DEEDS + " things were done already: rewind, or begin anew");
        switch (deed) {
            case Deed.Add _ when world.members().size() >= NODES ->
                    throw new IllegalStateException("there are " + NODES + " nodes already");
            case Deed.Kill(var id) -> there(id);
            case Deed.Cut(var ids) -> ids.forEach(this::there);
            case Deed.Look look -> there(look.by());
            case Deed.Write write -> there(write.by());
            case Deed.Add _, Deed.Heal _ -> { }
        }
        apply(world, deed);
        past.add(new Past(now(), deed));
    }

    private void there(NodeId id) {
        if (world.member(id).isEmpty()) throw new IllegalStateException("no such node: " + id);
    }

    private static void apply(RingWorld world, Deed deed) {
        switch (deed) {
            case Deed.Add _ -> world.birth();
            case Deed.Kill(var id) -> world.death(id);
            case Deed.Cut(var ids) -> world.cut(ids);
            case Deed.Heal _ -> world.heal();
            case Deed.Look(long id, var by, var key) -> world.look(id, by, key);
            case Deed.Write(long id, var by, var key, var text, var lifetime) ->
                    world.write(id, by, key, text, lifetime);
        }
    }

    /// What was done, in order.
    public List<Past> past() { return List.copyOf(past); }

    /// Who lives, the oldest first.
    public List<Place> places() {
        return world.members().stream().map(member ->
                new Place(member.peer, member.east, world.node(member).records())).toList();
    }

    /// Whether the network is in two parts.
    public boolean cut() { return world.cut(); }

    /// Messages that were sent since the beginning.
    public long sent() { return world.sent(); }

    /// How a node sees the ring, if it lives.
    public Optional<RingView> view(NodeId id) {
        return world.member(id).map(member -> world.node(member).view());
    }

    /// Records that a node holds.
    public List<SignedRecord> held(NodeId id) {
        return world.member(id).map(member -> world.node(member).held()).orElse(List.of());
    }

    /// What came of something that a node was asked, if it is over.
    public Optional<Answer> answer(long id) { return world.answer(id); }
}
