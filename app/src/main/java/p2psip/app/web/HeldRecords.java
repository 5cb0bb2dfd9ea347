package p2psip.app.web;

import module java.base;
import com.google.gson.JsonArray;
import p2psip.app.crypto.*;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// `GET /records`: what this node holds for others.
public record HeldRecords(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/records"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var held = Replies.of(Reply.Records.class, node.apply(new Question.Records()));
        return new Values().with("records", list(held.records())).with("more", held.more())
                .answer();
    }

    /// Records as people read them.
    static JsonArray list(List<SignedRecord> records) {
        return Values.list(records, record -> new Values().with("key", record.key())
                .with("owner", NodeId.of(record.owner())).with("kind", record.value().kind())
                .with("value", record.value().json()).with("sequence", record.sequence())
                .with("issued", record.issued()).with("expires", record.expires()));
    }
}
