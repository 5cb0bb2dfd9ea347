package p2psip.app.web;

import module java.base;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /pins`: each key that has claimed an address, and how far it is believed.
public record AllPins(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/pins"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var claims = Replies.of(Reply.Pinned.class, node.apply(new Question.Pinned())).claims();
        var all = new ArrayList<Values>();
        claims.forEach((address, keys) -> keys.forEach(claim -> all.add(new Values()
                .with("address", address).with("key", claim.key()).with("trust", claim.trust())
                .with("since", claim.since().toString()))));
        return new Values().with("pins", Values.list(all, each -> each)).answer();
    }
}
