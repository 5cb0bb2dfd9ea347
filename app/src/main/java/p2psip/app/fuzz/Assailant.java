package p2psip.app.fuzz;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;

/// Somebody who sends datagrams to a port, at a steady pace, and does not care for the answers:
/// [Mutations], or what else is to come too often.
public final class Assailant implements Machine<Event, Effect> {
    private static final Duration TICK = Duration.ofMillis(10);

    /// Told when all is sent, just before it ends.
    ///
    /// @param answers how many datagrams came back
    public record Done(long sent, long answers) {}

    /// Told when there is no socket to send from, just before it ends.
    public record NotReady(String why) {}

    private final InetSocketAddress from, target;
    private final Supplier<Bytes> datagrams;
    private final int perTick;
    private final long count;
    private InetSocketAddress local;
    private Instant due = Instant.MIN;
    private long sent, answers;

    /// @param from      a socket of its own, port 0 for any; it should reach `target`
    /// @param datagrams has one more whenever it is asked
    /// @param rate      datagrams a second
    public Assailant(InetSocketAddress from, InetSocketAddress target, Supplier<Bytes> datagrams,
            long count, int rate) {
        this.from = from;
        this.local = from;
        this.target = target;
        this.datagrams = datagrams;
        this.count = count;
        this.perTick = Math.max(1, (int) (rate * TICK.toMillis() / 1000));
    }

    @Override public Instant deadline() { return due; }

    @Override public List<Effect> wake(Instant now) {
        if (due.equals(Instant.MIN)) {
            due = Instant.MAX;
            return List.of(new Effect.Bind(Id.PROGRAM, from));
        }
        var effects = new ArrayList<Effect>();
        for (int i = 0; i < perTick && sent < count; i++, sent++)
            effects.add(new Effect.Datagram(local, target, datagrams.get()));
        due = sent < count ? now.plus(TICK) : Instant.MAX;
        if (sent == count) effects.addAll(end(new Done(sent, answers)));
        return effects;
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        switch (event) {
            case Event.Bound(_, var bound) -> {
                local = bound;
                due = now;
            }
            case Event.NotBound(_, _, var why) -> {
                return end(new NotReady(why));
            }
            case Event.Datagram _ -> answers++;
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> { }
        }
        return List.of();
    }

    private static List<Effect> end(Object told) {
        return List.of(new Effect.Tell(told), new Effect.Exit());
    }
}
