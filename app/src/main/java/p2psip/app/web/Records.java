package p2psip.app.web;

import module java.base;
import p2psip.app.crypto.SignedRecord;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /records`: what this node keeps, for others and of its own; and how many `more` there are.
public record Records(Function<Question, Reply> node) implements Resource {
    /// How many are shown.
    private static final int SHOWN = 500;

    @Override public String path() { return "/records"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        return answer(Replies.of(Reply.Looked.class, node.apply(new Question.Records())).records());
    }

    static Answer answer(List<SignedRecord> held) {
        return new Values().with("records", Values.list(
                held.subList(0, Math.min(SHOWN, held.size())), DhtKey::values))
                .with("more", Math.max(0, held.size() - SHOWN)).answer();
    }
}
