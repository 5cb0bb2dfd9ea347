package p2psip.app.web;

import module java.base;
import p2psip.app.crypto.Peer;
import p2psip.app.dht.RingView;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /ring`: who is on the ring, as far as this node knows; `GET /ring/ID` what that node sees
/// of it: of a node that runs alone what it sees itself.
///
/// @param path either of both
public record RingShape(String path, Function<Question, Reply> node) implements Resource {
    /// Both.
    public static List<Resource> of(Function<Question, Reply> node) {
        return List.of(new RingShape("/ring", node), new RingShape("/ring/*", node));
    }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        return path.endsWith("*") ? seen(request.variable()) : all();
    }

    private Reply.Peers peers() {
        return Replies.of(Reply.Peers.class, node.apply(new Question.Peers()));
    }

    private Answer all() {
        var peers = peers();
        var nodes = new LinkedHashMap<String, Values>();
        peers.id().ifPresent(id -> nodes.put("" + id, new Values().with("id", id)
                .with("address", peers.address()).with("role", "self")
                .with("onRing", peers.superNode())));
        peers.peers().forEach(each -> nodes.put("" + each.peer().id(), new Values()
                .with("id", each.peer().id()).with("address", each.peer().address())
                .with("role", each.role()).with("onRing", switch (each.role()) {
                    case NEIGHBOUR, SERVES, SUPER_NODE -> true;
                    case ORDINARY -> false;
                })));
        if (node.apply(new Question.Ring()) instanceof Reply.Ring(var view))
            Stream.concat(view.leaves().stream(), view.table().stream().map(RingView.Cell::peer))
                    .forEach(peer -> nodes.putIfAbsent("" + peer.id(), known(peer)));
        return new Values().with("self", peers.id())
                .with("nodes", Values.list(nodes.values(), each -> each)).answer();
    }

    private static Values known(Peer peer) {
        return new Values().with("id", peer.id()).with("address", peer.address())
                .with("role", "super-node").with("onRing", true);
    }

    private Answer seen(String id) {
        if (!peers().id().map(Object::toString).equals(Optional.of(id)))
            throw new Refused(404, "what another node sees it tells its own user alone");
        return values(Replies.of(Reply.Ring.class, node.apply(new Question.Ring())).view())
                .answer();
    }

    /// As the page draws it.
    static Values values(RingView view) {
        return new Values().with("leaves", Values.list(view.leaves(), RingShape::brief))
                .with("table", Values.list(view.table(), cell -> brief(cell.peer())
                        .with("row", cell.row()).with("column", cell.column())))
                .with("records", view.records());
    }

    private static Values brief(Peer peer) {
        return new Values().with("id", peer.id()).with("address", peer.address());
    }
}
