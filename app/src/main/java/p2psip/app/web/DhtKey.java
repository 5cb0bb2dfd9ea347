package p2psip.app.web;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.TextValue;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `/dht/KEY`: GET the records of a key; PUT `{"value": ..., "ttl": seconds}` one of this node's;
/// DELETE has a tombstone take its place.
public record DhtKey(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/dht/*"; }

    @Override public List<Method> methods() {
        return List.of(Method.GET, Method.PUT, Method.DELETE);
    }

    @Override public Answer answer(Request request) {
        var key = request.variable();
        return switch (request.method()) {
            case GET -> new Values().with("records", Values.list(Replies.of(Reply.Looked.class,
                    node.apply(new Question.Look(key))).records(), DhtKey::values)).answer();
            case PUT -> put(key, TextValue.of(Json.string(request.body(), "value")),
                    Duration.ofSeconds(Json.integer(request.body(), "ttl")));
            case DELETE -> put(key, new SignedRecord.Removed(), SignedRecord.MAX_LIFETIME);
            case POST -> throw new IllegalArgumentException("no method of this");
        };
    }

    private Answer put(String key, SignedRecord.Value value, Duration lifetime) {
        var put = Replies.of(Reply.Published.class,
                node.apply(new Question.Publish(key, value, lifetime)));
        var values = values(put.record());
        put.holding().ifPresent(holding -> values.with("copies", holding.copies()));
        return values.answer();
    }

    /// A record in its parts.
    static Values values(SignedRecord record) {
        return new Values().with("key", record.key()).with("owner", NodeId.of(record.owner()))
                .with("kind", record.value().kind())
                .with("value", TextValue.text(record.value()))
                .with("sequence", record.sequence()).with("expires", record.expires());
    }
}
