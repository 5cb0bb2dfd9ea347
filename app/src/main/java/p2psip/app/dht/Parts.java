package p2psip.app.dht;

import module java.base;
import p2psip.app.dht.Message.Values;

/// Puts the parts of an answer together, in whatever order they come.
final class Parts {
    private final NavigableMap<Integer, List<String>> parts = new TreeMap<>();
    private int expected;

    /// The whole answer once its last part is there. A part of another division of the same answer,
    /// given by a second root, begins anew.
    Optional<Values> add(Values values) {
        if (values.parts() != expected) parts.clear();
        expected = values.parts();
        parts.put(values.part(), values.records());
        if (parts.size() < expected) return Optional.empty();
        var all = parts.values().stream().flatMap(List::stream).toList();
        return Optional.of(new Values(values.id(), 0, 1, all));
    }
}
