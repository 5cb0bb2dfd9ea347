package p2psip.app.web;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.Answer.*;
import p2psip.app.sim.LiveRing.Deed;

/// `/records` of a simulated ring: those that its chosen node holds; `/records/KEY` has that node
/// look up, put or remove, as [KeptUnder] has a real one.
record StageRecords(String path, RingStage stage) implements Resource {
    /// How many are shown.
    private static final int SHOWN = 500;

    @Override public List<Method> methods() {
        return path.endsWith("*") ? List.of(Method.GET, Method.PUT, Method.DELETE)
                : List.of(Method.GET);
    }

    @Override public Answer answer(Request request) {
        if (!path.endsWith("*")) return held();
        var key = request.variable();
        var by = stage.asked();
        return KeptUnder.answer(key, stage.answer(id -> switch (request.method()) {
            case GET -> new Deed.Look(id, by, key);
            case PUT -> new Deed.Write(id, by, key, Optional.of(
                    Json.string(request.body(), "text")), KeptUnder.lifetime(request));
            case DELETE -> new Deed.Write(id, by, key, Optional.empty(),
                    SignedRecord.MAX_LIFETIME);
            case POST -> throw new IllegalArgumentException("no method of this");
        }));
    }

    private Answer held() {
        var by = stage.asked();
        return stage.with(ring -> {
            var held = ring.held(by, SHOWN);
            int all = ring.view(by).map(view -> view.records()).orElse(0);
            return new Values().with("records", HeldRecords.list(held))
                    .with("more", Math.max(0, all - held.size())).answer();
        });
    }
}
