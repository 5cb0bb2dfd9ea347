package p2psip.app.web;

import p2psip.app.node.Question.Reply;

/// What a node answers, as who has asked awaits it.
final class Replies {
    private Replies() {}

    /// @throws Refused with 503 if the node says that it cannot
    static <T extends Reply> T of(Class<T> awaited, Reply reply) {
        if (reply instanceof Reply.Declined(var why)) throw new Refused(503, why);
        return awaited.cast(reply);
    }
}
