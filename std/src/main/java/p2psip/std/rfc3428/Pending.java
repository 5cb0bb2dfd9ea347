package p2psip.std.rfc3428;

import module java.base;
import p2psip.std.rfc3428.Messages.Command.Say;

/// The texts of one user agent on their way: to each URI one after the other, so that nobody is
/// flooded and all arrive in the order they were written.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3428#section-8 RFC 3428 §8
public final class Pending {
    /// As many texts may wait for others to arrive.
    public static final int MAX_WAITING = 100;

    // to each URI in a queue, whose head is under way
    private final Map<String, Deque<Say>> queues = new LinkedHashMap<>();

    /// Whether no more texts are taken until one has arrived.
    public boolean full() {
        return queues.values().stream().mapToInt(queue -> queue.size() - 1).sum() >= MAX_WAITING;
    }

    /// What is to be sent now: the text, unless another one to the same URI is under way.
    public Optional<Say> send(Say text) {
        var queue = queues.computeIfAbsent(text.uri(), _ -> new ArrayDeque<>());
        queue.add(text);
        //= rfc3428#8-3 none is initiated to a URI while one is pending
        return Optional.of(text).filter(_ -> queue.size() == 1);
    }

    /// What is to be sent next, now that the text with this number has its final response.
    public Optional<Say> done(long usage) {
        for (var queue : queues.values()) if (queue.element().usage() == usage) {
            var uri = queue.remove().uri();
            if (queue.isEmpty()) queues.remove(uri);
            return Optional.ofNullable(queue.peek());
        }
        return Optional.empty();
    }
}
