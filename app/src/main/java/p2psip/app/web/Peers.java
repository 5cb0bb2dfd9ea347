package p2psip.app.web;

import module java.base;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /peers`: who this node is, and with which others it speaks.
public record Peers(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/peers"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var peers = Replies.of(Reply.Peers.class, node.apply(new Question.Peers()));
        return new Values().with("id", peers.id()).with("address", peers.address())
                .with("superNode", peers.superNode())
                .with("peers", Values.list(peers.peers(), each -> new Values()
                        .with("id", each.peer().id()).with("address", each.peer().address())
                        .with("role", each.role()).with("relay", each.relay())
                        .with("link", each.link())
                        .with("since", each.since()).with("heard", each.heard())
                        .with("roundTrip", each.roundTrip().map(trip -> trip.toNanos() / 1e6))
                        .with("sent", each.sent()).with("received", each.received()))).answer();
    }
}
