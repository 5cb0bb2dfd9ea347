package p2psip.app.web;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.node.Question;
import p2psip.app.sipd.Inquiry;

/// Asks a node, or a server, from any thread and waits for what it answers. Whoever hears what it
/// tells hands its answers over by [#told].
///
/// @param <Q> what it can be asked
/// @param <R> what it answers
public final class Asker<Q, R> implements Function<Q, R> {
    /// How long a node may take.
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Host.Line line;
    private final BiFunction<Long, Q, Object> ask;
    private final Duration patience;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, CompletableFuture<R>> waiting = new ConcurrentHashMap<>();

    private Asker(Host.Line line, BiFunction<Long, Q, Object> ask, Duration patience) {
        this.line = line;
        this.ask = ask;
        this.patience = patience;
    }

    /// Asks a node.
    public static Asker<Question, Question.Reply> of(Host.Line node) { return of(node, PATIENCE); }

    static Asker<Question, Question.Reply> of(Host.Line node, Duration patience) {
        return new Asker<>(node, Question.Ask::new, patience);
    }

    /// Asks a server.
    public static Asker<Inquiry, Inquiry.Reply> ofServer(Host.Line server) {
        return new Asker<>(server, Inquiry.Ask::new, PATIENCE);
    }

    /// It has answered; nothing happens if nobody waits for that any more.
    public void told(long id, R reply) {
        var waits = waiting.remove(id);
        if (waits != null) waits.complete(reply);
    }

    /// Gives the node a question and waits.
    ///
    /// @throws RuntimeException if it cannot be asked (503) or takes too long (504)
    @Override public R apply(Q question) {
        if (line.ended()) throw new Refused(503, "the node has ended");
        long id = lastId.incrementAndGet();
        var answer = new CompletableFuture<R>();
        waiting.put(id, answer);
        try {
            line.command(ask.apply(id, question));
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Refused(504, "the node did not answer within " + patience.toMillis() + " ms");
        } catch (IllegalStateException e) {
            throw new Refused(503, e.getMessage());
        } catch (InterruptedException | ExecutionException e) {
            throw new Refused(503, "interrupted");
        } finally {
            waiting.remove(id);
        }
    }

    /// How many wait.
    int size() { return waiting.size(); }
}
