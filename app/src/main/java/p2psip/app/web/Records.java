package p2psip.app.web;

import module java.base;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /records`: what this node keeps, for others and of its own.
public record Records(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/records"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        return new Values().with("records", Values.list(Replies.of(Reply.Looked.class,
                node.apply(new Question.Records())).records(), DhtKey::values)).answer();
    }
}
