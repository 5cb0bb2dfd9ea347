package p2psip.app.web;

import module java.base;
import p2psip.app.trace.Trace;

/// What waits for one who listens: a bounded queue between the node's thread, which never waits,
/// and his own. Who is too slow hears what waited, that there was more, and no more.
public final class EventStream {

    /// Something that has happened.
    ///
    /// @param id counts all that the node has noted while somebody listened
    record Event(long id, Trace trace) {}

    private final BlockingQueue<Event> waiting;
    private final Runnable onEnd;
    private volatile boolean lost;
    private volatile Runnable onLost = () -> { };

    /// @param limit how many events may wait
    /// @param onEnd to be done once, when nobody listens any more
    EventStream(int limit, Runnable onEnd) {
        this.waiting = new ArrayBlockingQueue<>(limit);
        this.onEnd = onEnd;
    }

    /// Has something done as soon as too much waits; it must not take long.
    void onLost(Runnable what) {
        onLost = what;
        if (lost) what.run();
    }

    void add(Event event) {
        if (lost || waiting.offer(event)) return;
        lost = true;
        onLost.run();
    }

    /// What waits, in order; nothing after that time if nothing has happened.
    List<Event> next(Duration patience) throws InterruptedException {
        var all = new ArrayList<Event>();
        var first = lost ? waiting.poll()
                : waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) all.add(first);
        waiting.drainTo(all);
        return all;
    }

    /// Whether it was too slow and has had all that it will have.
    boolean over() { return lost && waiting.isEmpty(); }

    void end() { onEnd.run(); }
}
