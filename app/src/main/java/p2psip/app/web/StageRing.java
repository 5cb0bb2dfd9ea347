package p2psip.app.web;

import module java.base;
import p2psip.app.crypto.NodeId;

/// `GET /ring`: who lives on a simulated ring; `GET /ring/ID`: what that node sees of it.
record StageRing(String path, RingStage stage) implements Resource {
    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        return path.endsWith("*") ? seen(NodeId.parse(request.variable())) : all();
    }

    private Answer all() {
        return stage.with(ring -> new Values().with("nodes", Values.list(ring.places(),
                each -> new Values().with("id", each.peer().id())
                        .with("address", each.peer().address()).with("role", "super-node")
                        .with("onRing", true).with("cut", each.cut())
                        .with("records", each.records()))).answer());
    }

    private Answer seen(NodeId id) {
        return RingShape.values(stage.with(ring -> ring.view(id))
                .orElseThrow(() -> new Refused(404, "that node does not live"))).answer();
    }
}
