package p2psip.app.web;

import module java.base;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /health`: whether the node reaches the others, and what is wrong if it does not.
public record Healthy(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/health"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var health = Replies.of(Reply.Health.class, node.apply(new Question.Health()));
        return new Values().with("well", health.well()).with("text", health.text()).answer();
    }
}
