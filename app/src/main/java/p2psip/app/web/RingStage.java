package p2psip.app.web;

import module java.base;
import p2psip.app.crypto.NodeId;
import p2psip.app.lookup.Answer;
import p2psip.app.sim.LiveRing;
import p2psip.app.sim.LiveRing.Deed;
import p2psip.app.trace.Trace;

/// A simulated ring that goes on as time does, or as much faster or slower as somebody likes, or
/// not at all; whoever asks for something of it asks it here, from any thread.
public final class RingStage implements AutoCloseable {
    /// How often it goes on, and the fastest that it goes.
    private static final Duration BEAT = Duration.ofMillis(50);
    static final double FASTEST = 20;

    /// Messages that are told to those who listen, of each beat: there may be more.
    private static final int TOLD = 20;

    /// How long an answer is waited for.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final LiveRing ring;
    private final Thread clock = Thread.ofVirtual().name("ring").unstarted(this::goOn);
    private double speed = 1;
    private boolean paused;
    private int told;
    private long lastId;
    private Optional<NodeId> chosen = Optional.empty();

    /// @param listens hears messages as they are sent, not more than it can bear
    public RingStage(long seed, int nodes, double loss, Consumer<Trace> listens) {
        ring = new LiveRing(seed, nodes, loss, trace -> {
            if (told++ < TOLD) listens.accept(trace);
        });
        clock.start();
    }

    private void goOn() {
        try {
            for (long last = System.nanoTime(); ; ) {
                Thread.sleep(BEAT);
                long now = System.nanoTime(), passed = Math.min(now - last, 4 * BEAT.toNanos());
                last = now;
                tick(passed);
            }
        } catch (InterruptedException e) {
            // it is over
        }
    }

    private synchronized void tick(long nanos) {
        told = 0;
        if (paused) return;
        ring.run(Duration.ofNanos((long) (nanos * speed)));
        notifyAll();
    }

    /// Does something with the ring while nobody else does.
    synchronized <T> T with(Function<LiveRing, T> what) { return what.apply(ring); }

    synchronized boolean paused() { return paused; }

    synchronized double speed() { return speed; }

    synchronized void pause(boolean now) { paused = now; }

    synchronized void speed(double now) { speed = now; }

    /// One thing more is said, and then no other.
    synchronized void step() {
        paused = true;
        ring.step();
        notifyAll();
    }

    synchronized void choose(NodeId id) { chosen = Optional.of(id); }

    /// Does something to the ring.
    ///
    /// @throws Refused if that cannot be
    synchronized void act(Deed deed) {
        try {
            ring.act(deed);
        } catch (IllegalStateException e) {
            throw new Refused(409, e.getMessage());
        }
    }

    /// The node that is asked: the one chosen last, or the oldest.
    synchronized NodeId asked() {
        return chosen.filter(id -> ring.view(id).isPresent()).or(() -> ring.places().stream()
                .map(place -> place.peer().id()).findFirst())
                .orElseThrow(() -> new Refused(503, "no node lives"));
    }

    /// Has the node that is asked do something, and waits for what comes of it.
    ///
    /// @throws Refused if nothing does in time
    synchronized Answer answer(LongFunction<Deed> what) {
        if (paused) throw new Refused(503, "time stands still: let it go on first");
        long id = ++lastId;
        act(what.apply(id));
        try {
            for (long left = PATIENCE.toMillis(); left > 0; left -= BEAT.toMillis()) {
                var answer = ring.answer(id);
                if (answer.isPresent()) return answer.get();
                wait(BEAT.toMillis());
            }
        } catch (InterruptedException e) {
            throw new Refused(503, "interrupted");
        }
        throw new Refused(504, "the node did not answer within " + PATIENCE.toSeconds() + " s");
    }

    @Override public void close() { clock.interrupt(); }
}
