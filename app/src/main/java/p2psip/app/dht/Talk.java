package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht.Output;
import p2psip.std.Outbox;

/// How a node says things to others: answers, said once, and questions, asked again until they are
/// answered. The tool of all its parts, which write to its one box.
final class Talk {
    /// Open questions; beyond it none is asked, which counts as silence of the one asked.
    static final int LIMIT = 4096;

    /// A question that waits for its answer.
    private static final class Question {
        final Peer to;
        final Message message;
        final Purpose purpose;
        final Instant asked;
        final long order;
        final Parts parts = new Parts();
        int tries;
        Instant due;

        Question(Peer to, Message message, Purpose purpose, Instant asked, long order) {
            this.to = to;
            this.message = message;
            this.purpose = purpose;
            this.asked = asked;
            this.order = order;
        }
    }

    /// A question has come to its end.
    ///
    /// @param answer none if all tries were in vain
    record Outcome(Peer peer, Purpose purpose, Message question, Optional<Message> answer) {}

    private final Neighbours neighbours;
    private final RandomGenerator random;
    private final Map<Long, Question> open = new LinkedHashMap<>();
    private final NavigableSet<Question> due = new TreeSet<>(
            Comparator.comparing((Question q) -> q.due).thenComparing(q -> q.order));
    private final List<Outcome> unasked = new ArrayList<>();
    private final Outbox<Output> out;
    private long order;

    Talk(Neighbours neighbours, RandomGenerator random, Outbox<Output> out) {
        this.neighbours = neighbours;
        this.random = random;
        this.out = out;
    }

    /// A new id, which nobody can guess.
    long id() { return random.nextLong(); }

    void tell(Output output) { out.add(output); }

    void remark(String text) { tell(new Output.Remark(text)); }

    /// Says something once.
    ///
    /// @param confirmed whether the transport shall see to its arrival: of what nobody asks twice
    void say(Peer to, Message message, boolean confirmed) {
        tell(new Output.Send(to, message.encode(), confirmed));
    }

    /// Asks; [#answered] or [#wake] tells what came of it.
    void ask(Peer to, Message message, Purpose purpose, Instant now) {
        if (open.size() >= LIMIT) {
            unasked.add(new Outcome(to, purpose, message, Optional.empty()));
            return;
        }
        var question = new Question(to, message, purpose, now, order++);
        open.put(message.id(), question);
        send(question, now);
    }

    /// Whether this peer is being asked whether it lives.
    boolean probing(NodeId id) { return probes().anyMatch(q -> q.to.id().equals(id)); }

    /// How many are being asked whether they live.
    int probing() { return (int) probes().count(); }

    private Stream<Question> probes() {
        return open.values().stream().filter(q -> q.purpose instanceof Purpose.Probe);
    }

    /// An answer came in; empty if nothing of the kind was asked of this peer, or if more parts of
    /// it are to come.
    Optional<Outcome> answered(Peer from, Message answer, Instant now) {
        var question = open.get(answer.id());
        if (question == null || !question.to.id().equals(from.id())) return Optional.empty();
        if (question.tries == 1)
            neighbours.measured(from, Duration.between(question.asked, now));
        if (answer instanceof Message.Values values) {
            var whole = question.parts.add(values);
            if (whole.isEmpty()) return Optional.empty();
            answer = whole.get();
        }
        close(question);
        return Optional.of(
                new Outcome(from, question.purpose, question.message, Optional.of(answer)));
    }

    /// Asks again what is overdue; answers the questions that were asked often enough.
    List<Outcome> wake(Instant now) {
        var given = new ArrayList<>(unasked);
        unasked.clear();
        while (!deadline().isAfter(now)) {
            var question = due.getFirst();
            if (question.tries < question.purpose.tries()) {
                due.remove(question);
                send(question, now);
            } else {
                given.add(giveUp(question));
            }
        }
        return given;
    }

    /// Gives up all that was asked of one peer.
    List<Outcome> unreachable(NodeId id) {
        return open.values().stream().filter(q -> q.to.id().equals(id)).toList()
                .stream().map(this::giveUp).toList();
    }

    Instant deadline() {
        if (!unasked.isEmpty()) return Instant.MIN;
        return due.isEmpty() ? Instant.MAX : due.getFirst().due;
    }

    int size() { return open.size(); }

    private void send(Question question, Instant now) {
        question.tries++;
        question.due = now.plus(neighbours.timeout(question.to));
        due.add(question);
        say(question.to, question.message, false);
    }

    private Outcome giveUp(Question question) {
        close(question);
        return new Outcome(question.to, question.purpose, question.message, Optional.empty());
    }

    private void close(Question question) {
        open.remove(question.message.id());
        due.remove(question);
    }
}
