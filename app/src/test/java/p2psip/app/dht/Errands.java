package p2psip.app.dht;

import module java.base;
import p2psip.std.Bytes;

/// Says what a super-node would to an ordinary node, with whatever texts in place of records.
public final class Errands {
    private Errands() {}

    /// The answer to an errand: the texts to a get, that it is stored to a put; nothing to what is
    /// no errand.
    public static List<Bytes> answer(Bytes message, List<String> texts) {
        return switch (Message.parse(message)) {
            case Message.Errand(long id, Message.Body.Get _) ->
                    Message.values(id, texts).stream().map(Message::encode).toList();
            case Message.Errand(long id, Message.Body.Put _) ->
                    List.of(new Message.Stored(id, 1).encode());
            case Message _ -> List.of();
        };
    }
}
