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

    private final Map<Long, String> underWay = new HashMap<>();
    private final Map<String, Deque<Say>> waiting = new HashMap<>();

    /// Whether no more texts are taken until one has arrived.
    public boolean full() {
        return waiting.values().stream().mapToInt(Deque::size).sum() >= MAX_WAITING;
    }

    /// What is to be sent now: the text, unless another one to the same URI is under way.
    public Optional<Say> send(Say text) {
        //= rfc3428#8-3 none is initiated to a URI while one is pending
        if (underWay.containsValue(text.uri())) {
            waiting.computeIfAbsent(text.uri(), _ -> new ArrayDeque<>()).add(text);
            return Optional.empty();
        }
        underWay.put(text.usage(), text.uri());
        return Optional.of(text);
    }

    /// What is to be sent next, now that the text with this number has its final response.
    public Optional<Say> done(long usage) {
        var uri = underWay.remove(usage);
        var queue = waiting.get(uri);
        if (queue == null) return Optional.empty();
        var next = queue.remove();
        if (queue.isEmpty()) waiting.remove(uri);
        return send(next);
    }
}
