package p2psip.std.rfc6665;

import module java.base;

/// Who watches, and what there is to be seen: what all subscriptions of the peers have in common.
final class Watchers {
    /// So many subscriptions there may be; one more is answered 503.
    static final int MAX = 2_000;

    /// So many of one peer: of who he says he is, and of where he is.
    static final int MAX_OF_ONE = 16;

    private record Watcher(String event, List<String> names) {}

    private final Map<String, Document> documents = new HashMap<>();
    private final SequencedMap<Long, Watcher> all = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /// Takes one in; false if there are too many.
    ///
    /// @param names of the peer
    boolean enter(long number, String event, List<String> names) {
        if (all.size() >= MAX || names.stream()
                .anyMatch(name -> counts.getOrDefault(name, 0) >= MAX_OF_ONE)) return false;
        all.put(number, new Watcher(event, names));
        names.forEach(name -> counts.merge(name, 1, Integer::sum));
        return true;
    }

    void leave(long number) {
        var gone = all.remove(number);
        if (gone != null) gone.names.forEach(name ->
                counts.computeIfPresent(name, (_, n) -> n == 1 ? null : n - 1));
    }

    /// Those of one package, oldest first.
    List<Long> of(String event) {
        return all.entrySet().stream().filter(e -> e.getValue().event.equals(event))
                .map(Map.Entry::getKey).toList();
    }

    Document document(String event) { return documents.getOrDefault(event, Document.NONE); }

    void publish(String event, Document document) { documents.put(event, document); }
}
