package p2psip.app.web;

import module java.base;
import p2psip.app.node.Question;
import p2psip.app.trace.*;

/// `GET /events`: what the node notes, as it happens, as Server-Sent Events. Each has an id, a kind
/// (`message`, `state`, `remark`) and a JSON object.
///
/// Messages and states of SIP are noted only while somebody listens, for that costs time.
public final class Events implements Resource, Consumer<Trace> {
    /// Who may listen at a time; one more is told 503.
    public static final int STREAMS = 8;

    /// How many events may wait for one who listens.
    public static final int WAITING = 1_000;

    /// How many characters of a message are told.
    private static final int TEXT = 16_384;

    private final List<EventStream> streams = new CopyOnWriteArrayList<>();
    private final AtomicLong lastId = new AtomicLong();
    private final Lock lock = new ReentrantLock();
    private volatile Function<Question, Question.Reply> node = _ -> new Question.Reply.Agreed();

    /// Whom to tell that somebody listens, once there is a node.
    public Events of(Function<Question, Question.Reply> node) {
        this.node = node;
        return this;
    }

    @Override public String path() { return "/events"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) { return new Answer.Stream(open()); }

    private EventStream open() {
        lock.lock();
        try {
            if (streams.size() >= STREAMS) throw new Refused(503,
                    STREAMS + " listen already: end one of them", Map.of("Retry-After", "5"));
            if (streams.isEmpty()) node.apply(new Question.Watch(true));
            var own = new EventStream[1];
            own[0] = new EventStream(WAITING, () -> end(own[0]));
            streams.add(own[0]);
            return own[0];
        } finally {
            lock.unlock();
        }
    }

    private void end(EventStream stream) {
        lock.lock();
        try {
            if (streams.remove(stream) && streams.isEmpty()) node.apply(new Question.Watch(false));
        } catch (Refused e) {
            // a node that has ended, or is too busy, notes what nobody hears
        } finally {
            lock.unlock();
        }
    }

    /// How many listen.
    int size() { return streams.size(); }

    /// On the node's thread: as quick as can be.
    @Override public void accept(Trace trace) {
        if (streams.isEmpty() || kind(trace.what()).isEmpty()) return;
        var event = new EventStream.Event(lastId.incrementAndGet(), trace);
        for (var stream : streams) stream.add(event);
    }

    private static String kind(Trace.What what) {
        return switch (what) {
            case Trace.What.Message _ -> "message";
            case Trace.What.State _ -> "state";
            case Trace.What.Remark _ -> "remark";
            case Trace.What.Sealed _, Trace.What.Wire _ -> "";   // bytes, some of them secret
        };
    }

    /// As it goes over the wire.
    static String text(EventStream.Event event) {
        return "id: " + event.id() + "\nevent: " + kind(event.trace().what()) + "\ndata: "
                + values(event.trace()).json() + "\n\n";
    }

    private static Values values(Trace trace) {
        var values = new Values().with("at", trace.at()).with("node", trace.node());
        return switch (trace.what()) {
            case Trace.What.Message m -> values.with("sent", m.sent())
                    .with("protocol", m.protocol()).with("local", m.local())
                    .with("remote", m.remote()).with("summary", Secrets.masked(m.summary()))
                    .with("text", Secrets.masked(cut(m.text())));
            case Trace.What.State(var machine, var state) -> values.with("machine", machine)
                    .with("state", state.name()).with("citation", state.citation());
            case Trace.What.Remark(var about, var text, var citation) -> values
                    .with("about", about).with("text", Secrets.masked(cut(text)))
                    .with("citation", citation);
            case Trace.What.Sealed _, Trace.What.Wire _ -> values;
        };
    }

    private static String cut(String text) {
        return text.length() <= TEXT ? text
                : text.substring(0, TEXT) + "... and " + (text.length() - TEXT) + " more";
    }
}
