package p2psip.app.web;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;
import p2psip.std.rfc3261.server.Aor;

/// `/pins/ADDRESS`: PUT `{"key": ...}` has that key believed and no other, DELETE forgets all keys
/// of the address. Either is answered when it is on disk.
public record OnePin(Function<Question, Reply> node) implements Resource {
    @Override public String path() { return "/pins/*"; }

    @Override public List<Method> methods() { return List.of(Method.PUT, Method.DELETE); }

    @Override public Answer answer(Request request) {
        var address = request.variable();
        Replies.of(Reply.Agreed.class, node.apply(switch (request.method()) {
            case PUT -> new Question.Confirm(address(address),
                    NodeId.parse(Json.string(request.body(), "key")));
            case DELETE -> new Question.Drop(known(address));
            case GET, POST -> throw new IllegalArgumentException("no method of this");
        }));
        return new Values().with("address", address).answer();
    }

    private static String address(String text) {
        if (Aor.parse(text).isEmpty()) throw new Refused(400,
                "no address: give one such as sip:alice@example.com");
        return text;
    }

    private String known(String address) {
        var all = Replies.of(Reply.Pinned.class, node.apply(new Question.Pinned())).claims();
        if (all.containsKey(address)) return address;
        throw new Refused(404, "no key is known of that address");
    }
}
