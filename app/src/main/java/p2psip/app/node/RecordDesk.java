package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.*;
import p2psip.app.node.Question.Reply;

/// What a node's user puts and gets by hand, under keys of his own: signed by the node's key.
final class RecordDesk {
    /// Questions under way; one more is declined.
    static final int LIMIT = 256;

    /// Who may claim an address are the phones that register it; and what is said about a call is
    /// no record that lies anywhere.
    private static final List<String> NOT_OURS = List.of("sip:", "sips:", "call:");

    /// What is to be asked of the lookup.
    record Asked(long id, Query query) {}

    private record Waiting(long question, Query query) {}

    private final InstantSource wall;
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
    private long lastId, sequence;

    RecordDesk(InstantSource wall) { this.wall = wall; }

    /// What is wrong with a question, if anything is.
    Optional<String> problem(Question.OfRecords question) {
        if (waiting.size() >= LIMIT) return Optional.of("too many questions at once");
        return question instanceof Question.Publish publish
                && NOT_OURS.stream().anyMatch(publish.key()::startsWith)
                ? Optional.of("addresses are put by the phones that register them: take another"
                        + " key than " + publish.key()) : Optional.empty();
    }

    /// @throws SyntaxException if what is to be put is too large, or lives too long
    Asked ask(long id, Question.OfRecords question, Identity owner) {
        var query = switch (question) {
            case Question.Publish(var key, var value, var lifetime) -> new Query.Put(
                    SignedRecord.sign(owner, key, value, next(), wall.instant(), lifetime));
            case Question.Look(var key) -> new Query.Get(key);
        };
        waiting.put(++lastId, new Waiting(id, query));
        return new Asked(lastId, query);
    }

    private long next() {
        return sequence = Math.max(sequence + 1, wall.instant().toEpochMilli());
    }

    /// The answer to whoever has asked.
    Question.Answered answered(long id, Answer answer) {
        var asked = waiting.remove(id);
        return new Question.Answered(asked.question, switch (answer) {
            case Answer.Failed(_, var why) -> new Reply.Declined(why);
            case Answer.Found(var records) -> new Reply.Looked(records);
            case Answer.Done(var holding) -> new Reply.Published(
                    ((Query.Put) asked.query).record(), holding);
        });
    }
}
