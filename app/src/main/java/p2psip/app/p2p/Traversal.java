package p2psip.app.p2p;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8489.TransactionId;

/// One search for a straight way between the two ends of a Link, by ICE: checks go from the
/// overlay's own socket, and what one side is to know of the other is said in the Link, which has a
/// relay meanwhile.
final class Traversal {

    /// What comes of it.
    sealed interface Output {
        record Tell(Payload.Ways ways) implements Output {}
        record Check(InetSocketAddress to, Bytes datagram) implements Output {}
        record Opened(InetSocketAddress at) implements Output {}
        record NoWay(String why) implements Output {}
        record Remark(String text) implements Output {}
    }

    /// The only stream, and its only component.
    private static final int STREAM = 1, COMPONENT = 1;

    private final Vantage vantage;
    private final Agent agent;
    private final Outbox<Output> out = new Outbox<>();
    private Optional<Credentials> ours = Optional.empty(), theirs = Optional.empty();
    private int checks;

    /// @param begins whether this side has begun, and chooses
    Traversal(boolean begins, Vantage vantage, Pacer pacer, RandomGenerator random, Instant now) {
        this.vantage = vantage;
        boolean loopback = vantage.own().stream().allMatch(a -> a.getAddress().isLoopbackAddress());
        this.agent = new FullAgent(begins, loopback ? Settings.DEFAULT.withLoopback()
                : Settings.DEFAULT, pacer, random);
        var told = new ArrayList<Agent.Output>();
        told.addAll(agent.handle(new Agent.Input.Stream(STREAM, COMPONENT), now));
        var bases = new LinkedHashMap<Class<?>, InetSocketAddress>();
        for (var own : vantage.own())
            bases.putIfAbsent(own.getAddress().getClass(), own);
        told.addAll(agent.handle(new Agent.Input.Host(
                STREAM, COMPONENT, List.copyOf(bases.values())), now));
        for (var own : vantage.own()) if (!bases.containsValue(own))
            told.addAll(seen(new Vantage.Seen(own, own), now));
        for (var seen : vantage.seen()) told.addAll(seen(seen, now));
        told.addAll(agent.handle(new Agent.Input.Gathered(), now));
        said(told);
    }

    private List<Agent.Output> seen(Vantage.Seen seen, Instant now) {
        return vantage.base(seen.as()).filter(base -> !base.equals(seen.as()))
                .map(base -> agent.handle(new Agent.Input.Reflexive(
                        STREAM, COMPONENT, seen.as(), base, seen.by()), now)).orElse(List.of());
    }

    List<Output> take() { return out.take(); }

    /// How many datagrams were sent to find out.
    int checks() { return checks; }

    List<CheckRecord> records() { return agent.records(); }

    Instant deadline() { return agent.deadline(); }

    void wake(Instant now) { if (!agent.deadline().isAfter(now)) said(agent.wake(now)); }

    /// Whether a question is for this side.
    boolean isFor(String ufrag) {
        return ours.filter(credentials -> credentials.ufrag().equals(ufrag)).isPresent();
    }

    boolean awaits(TransactionId id) { return agent.awaits(id); }

    /// Whether the peer speaks of the search that it has begun or joined, not of another one.
    boolean isOf(Payload.Ways ways) {
        return theirs.isEmpty() || theirs.get().equals(ways.credentials());
    }

    void heard(Payload.Ways ways, Instant now) {
        var told = new ArrayList<Agent.Output>();
        if (theirs.isEmpty()) {
            theirs = Optional.of(ways.credentials());
            told.addAll(agent.handle(new Agent.Input.Remote(
                    STREAM, Description.of(ways.credentials())), now));
        }
        for (var candidate : ways.candidates())
            told.addAll(agent.handle(new Agent.Input.RemoteCandidate(STREAM, candidate), now));
        if (ways.done()) told.addAll(agent.handle(new Agent.Input.RemoteDone(STREAM), now));
        said(told);
    }

    void received(InetSocketAddress from, Bytes datagram, Instant now) {
        vantage.base(from).ifPresent(base ->
                said(agent.handle(new Agent.Input.Received(base, from, datagram), now)));
    }

    private void said(List<Agent.Output> outputs) {
        var candidates = new ArrayList<Candidate>();
        boolean done = false;
        for (var output : outputs) switch (output) {
            case Agent.Output.Described(_, var description) ->
                    ours = Optional.of(description.credentials());
            case Agent.Output.Local(_, var candidate) -> candidates.add(candidate);
            case Agent.Output.LocalDone _ -> done = true;
            case Agent.Output.Send(_, var to, var datagram) -> {
                checks++;
                out.add(new Output.Check(to, datagram));
            }
            case Agent.Output.Selected(_, _, var path) -> out.add(new Output.Opened(path.to()));
            case Agent.Output.Failed(_, var why) -> out.add(new Output.NoWay(why));
            case Agent.Output.ConsentExpired(_, _, var path) ->
                    out.add(new Output.NoWay("no consent any more: " + path));
            case Agent.Output.Remark(var text) -> out.add(new Output.Remark(text));
            case Agent.Output.Permit _, Agent.Output.Free _, Agent.Output.Entered _ -> { }
        }
        if (ours.isPresent() && (done || !candidates.isEmpty()))
            out.add(new Output.Tell(new Payload.Ways(ours.get(),
                    candidates.stream().limit(Payload.MAX_WAYS).toList(), done)));
    }
}
