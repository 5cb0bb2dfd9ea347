package p2psip.app.host;

import module java.base;
import p2psip.app.trace.Trace;
import p2psip.std.Machine;

/// One node on its host: fed with events, contained when it throws, heard by the program.
///
/// The host's thread feeds it; the program's threads only read what it told and whether it ended.
final class Resident {
    /// How often a node may be woken at one moment.
    private static final int TURNS = 10;

    final String name;
    private final Machine<Event, Effect> node;
    private final Consumer<Trace> tap;
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>(Host.TOLD);
    /// Told in this turn of the loop.
    private final List<Object> telling = new ArrayList<>();
    private Optional<Host.Died> died = Optional.empty();
    private volatile boolean ended;

    /// Told last of all, for who waits to hear something.
    private static final Object END = new Object();

    Resident(String name, Machine<Event, Effect> node, Consumer<Trace> tap) {
        this.name = name;
        this.node = node;
        this.tap = tap;
    }

    /// Tells the node something, and has the host carry out what it answers.
    void handle(Event event, Instant now, Consumer<Effect> host) {
        contained(() -> node.handle(event, now), now, host);
    }

    /// Wakes the node until it wants to sleep: what one part of it does may make another due that
    /// has had its turn. Who still wants to be woken after some turns would want it for ever.
    void wake(Instant now, Consumer<Effect> host) {
        contained(() -> {
            var effects = node.wake(now);
            if (node.deadline().isAfter(now)) return effects;
            var all = new ArrayList<>(effects);
            for (int turn = 1; turn < TURNS; turn++) {
                all.addAll(node.wake(now));
                if (node.deadline().isAfter(now)) return all;
            }
            throw new IllegalStateException("woken in vain at " + now);
        }, now, host);
    }

    Instant deadline() { return ended ? Instant.MAX : node.deadline(); }

    private void contained(Supplier<List<Effect>> step, Instant now, Consumer<Effect> host) {
        if (ended) return;
        try {
            for (var effect : step.get()) if (!ended) host.accept(effect);
        } catch (RuntimeException | Error bug) {
            remark("has died of a bug: " + bug, now);
            died = Optional.of(new Host.Died(name, bug));
            tell(died.get());
            host.accept(new Effect.Exit());
        }
    }

    /// The bug that ended this node, if one did.
    Optional<Host.Died> died() { return died; }

    /// Whether somebody looks at what is noted.
    boolean watched() { return tap != Host.NOBODY; }

    void note(Trace.What what, Instant now) { tap.accept(new Trace(name, now, what)); }

    void remark(String text, Instant now) {
        note(new Trace.What.Remark(Trace.Subject.SIP, text, ""), now);
    }

    void tell(Object what) { telling.add(what); }

    /// The program hears what was told in this turn, in one go: waking it costs more than telling.
    void flush() {
        for (var what : telling) while (!told.offer(what)) told.poll();
        telling.clear();
    }

    /// What was told and not yet taken, waiting for the first until patience ends.
    List<Object> told(Duration patience) {
        var all = new ArrayList<Object>();
        try {
            var first = told.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) all.add(first);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        told.drainTo(all);
        all.remove(END);
        return List.copyOf(all);
    }

    boolean ended() { return ended; }

    void end() {
        flush();
        ended = true;
        told.offer(END);   // if there is no room for it, nobody waits
    }
}
