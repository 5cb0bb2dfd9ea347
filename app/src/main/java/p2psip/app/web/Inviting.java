package p2psip.app.web;

import module java.base;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /invitation`: the line that brings somebody into this node's ring. It is accepted by
/// `PUT /config/invitation`.
public record Inviting(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/invitation"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var line = Replies.of(Reply.Invites.class, node.apply(new Question.Invite())).invitation()
                .orElseThrow(() -> new Refused(503, "this node knows no super-node yet, and is"
                        + " none: try again when it does, or start it with -s"));
        return new Values().with("line", line).with("local", line.isLocal()).answer();
    }
}
