package p2psip.app.web;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.Answer.*;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;
import p2psip.std.rfc3261.server.Aor;

/// `/records/KEY`: GET looks the key up in the ring; PUT `{"text": ..., "seconds": ...}` puts a
/// text there, signed by the node; DELETE has what it has put there be there no more.
public record KeptUnder(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/records/*"; }

    @Override public List<Method> methods() {
        return List.of(Method.GET, Method.PUT, Method.DELETE);
    }

    @Override public Answer answer(Request request) {
        var key = request.variable();
        var looked = Replies.of(Reply.Looked.class, node.apply(switch (request.method()) {
            case GET -> new Question.Look(key);
            case PUT -> new Question.Write(free(key), Optional.of(
                    Json.string(request.body(), "text")), lifetime(request));
            case DELETE -> new Question.Write(free(key), Optional.empty(),
                    SignedRecord.MAX_LIFETIME);
            case POST -> throw new IllegalArgumentException("no method of this");
        })).answer();
        return answer(key, looked);
    }

    /// What came of it, for who has asked.
    static Answer answer(String key, p2psip.app.lookup.Answer looked) {
        return switch (looked) {
            case Done _ -> new Values().with("key", key).with("stored", true).answer();
            case Found(var records) -> new Values().with("key", key)
                    .with("records", HeldRecords.list(records)).answer();
            case Failed(_, var why) -> throw new Refused(503, why);
        };
    }

    /// What a telephone writes when it registers is not to be written by hand.
    private static String free(String key) {
        if (Aor.parse(key).isPresent()) throw new Refused(400,
                key + " is an address: it is put there by the telephone that registers it");
        return key;
    }

    static Duration lifetime(Request request) {
        long seconds = request.body().has("seconds")
                ? Json.integer(request.body(), "seconds") : Duration.ofHours(1).toSeconds();
        if (seconds < 1 || seconds > SignedRecord.MAX_LIFETIME.toSeconds()) throw new Refused(400,
                "seconds: give 1 to " + SignedRecord.MAX_LIFETIME.toSeconds());
        return Duration.ofSeconds(seconds);
    }
}
