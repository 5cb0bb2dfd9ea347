package p2psip.app.web;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.Answer.*;
import p2psip.app.sim.LiveRing.Deed;

/// `/records` of a simulated ring: those that its chosen node keeps; `/dht/KEY` has that node look
/// up, put or remove, as [DhtKey] has a real one.
record StageRecords(String path, RingStage stage) implements Resource {
    @Override public List<Method> methods() {
        return path.endsWith("*") ? List.of(Method.GET, Method.PUT, Method.DELETE)
                : List.of(Method.GET);
    }

    @Override public Answer answer(Request request) {
        var by = stage.asked();
        if (!path.endsWith("*")) return stage.with(ring -> Records.answer(ring.held(by)));
        var key = request.variable();
        return answer(key, stage.answer(id -> switch (request.method()) {
            case GET -> new Deed.Look(id, by, key);
            case PUT -> new Deed.Write(id, by, key, Optional.of(Json.string(request.body(),
                    "value")), Duration.ofSeconds(Json.integer(request.body(), "ttl")));
            case DELETE -> new Deed.Write(id, by, key, Optional.empty(),
                    SignedRecord.MAX_LIFETIME);
            case POST -> throw new IllegalArgumentException("no method of this");
        }));
    }

    /// What came of it, for who has asked.
    private static Answer answer(String key, p2psip.app.lookup.Answer looked) {
        return switch (looked) {
            case Done _ -> new Values().with("key", key).answer();
            case Found(var records) -> new Values()
                    .with("records", Values.list(records, DhtKey::values)).answer();
            case Failed(_, var why) -> throw new Refused(503, why);
        };
    }
}
