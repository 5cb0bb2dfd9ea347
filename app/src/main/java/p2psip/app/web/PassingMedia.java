package p2psip.app.web;

import module java.base;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /media`: what has come from the sides of the calls whose media go by this node.
public record PassingMedia(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/media"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var all = new ArrayList<Values>();
        Replies.of(Reply.Sounds.class, node.apply(new Question.Sound())).heard()
                .forEach((callId, sides) -> sides.forEach(side -> all.add(new Values()
                        .with("callId", callId).with("from", side.who())
                        .with("packets", side.packets()).with("missing", side.missing())
                        .with("loss", side.packets() == 0 ? 0 : side.loss())
                        .with("jitter", side.jitter().toNanos() / 1e6)
                        .with("last", side.last()))));
        return new Values().with("media", Values.list(all, each -> each)).answer();
    }
}
