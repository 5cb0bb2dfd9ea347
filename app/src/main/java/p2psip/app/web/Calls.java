package p2psip.app.web;

import module java.base;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /calls`: which calls go through this node.
public record Calls(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/calls"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var calls = Replies.of(Reply.Calls.class, node.apply(new Question.Calls())).calls();
        return new Values().with("calls", Values.list(calls, call -> new Values()
                .with("callId", call.callId()).with("from", call.from()).with("to", call.to())
                .with("state", call.state()).with("since", call.since()))).answer();
    }
}
