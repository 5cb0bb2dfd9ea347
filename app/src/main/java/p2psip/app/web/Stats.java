package p2psip.app.web;

import module java.base;
import p2psip.app.node.*;
import p2psip.app.node.Question.Reply;

/// `GET /stats`: how full the tables are.
///
/// @param program what its program knows beside: seconds, heap
public record Stats(Function<Question, Reply> node, Supplier<SortedMap<String, Long>> program)
        implements Resource {
    @Override public String path() { return "/stats"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var s = Replies.of(Reply.Counted.class, node.apply(new Question.Count())).statistics();
        var values = new Values();
        program.get().forEach(values::with);
        var overlay = new Values();
        s.overlay().forEach(overlay::with);
        return values.with("transactions", s.transactions()).with("contexts", s.contexts())
                .with("pending", s.pending()).with("connections", s.connections())
                .with("addresses", s.addresses()).with("contacts", s.contacts())
                .with("published", s.published()).with("overlay", overlay.json()).answer();
    }
}
