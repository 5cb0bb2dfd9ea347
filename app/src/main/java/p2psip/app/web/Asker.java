package p2psip.app.web;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.node.Question;

/// Asks a node from any thread and waits for what it answers. Whoever hears what the node tells
/// hands its answers over by [#told].
public final class Asker implements Function<Question, Question.Reply> {
    /// How long a node may take.
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Host.Line line;
    private final Duration patience;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, CompletableFuture<Question.Reply>> waiting = new ConcurrentHashMap<>();

    public Asker(Host.Line line) { this(line, PATIENCE); }

    Asker(Host.Line line, Duration patience) {
        this.line = line;
        this.patience = patience;
    }

    /// The node has answered; nothing happens if nobody waits for that any more.
    public void told(Question.Answered answered) {
        var waits = waiting.remove(answered.id());
        if (waits != null) waits.complete(answered.reply());
    }

    /// Gives the node a question and waits.
    ///
    /// @throws RuntimeException if it cannot be asked (503) or takes too long (504)
    @Override public Question.Reply apply(Question question) {
        if (line.ended()) throw new Refused(503, "the node has ended");
        long id = lastId.incrementAndGet();
        var answer = new CompletableFuture<Question.Reply>();
        waiting.put(id, answer);
        try {
            line.command(new Question.Ask(id, question));
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
