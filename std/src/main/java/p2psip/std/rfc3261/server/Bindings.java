package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc3261.Flow;

/// Which contacts each address of record has, until when: written by a [Registrar], read by all
/// who want to know where somebody is.
public final class Bindings {
    /// When the first binding of an address of record ends.
    private record Due(Instant at, Aor aor) {}

    private final Map<Aor, List<Binding>> byAor = new LinkedHashMap<>();
    private final NavigableSet<Due> due =
            new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::aor));
    private final Map<Flow, Set<Aor>> byFlow = new HashMap<>();

    /// Of an address of record, in the order they were made.
    public List<Binding> of(Aor aor) { return byAor.getOrDefault(aor, List.of()); }

    /// Of all addresses of record that have any.
    public Map<Aor, List<Binding>> all() { return Collections.unmodifiableMap(byAor); }

    int aors() { return byAor.size(); }

    int contacts() { return byAor.values().stream().mapToInt(List::size).sum(); }

    Instant deadline() { return due.isEmpty() ? Instant.MAX : due.first().at; }

    /// Puts these in place of all that the address of record had.
    void replace(Aor aor, List<Binding> bindings) {
        var old = bindings.isEmpty() ? byAor.remove(aor) : byAor.put(aor, List.copyOf(bindings));
        if (old != null) {
            due.remove(due(aor, old));
            for (var b : old) b.flow().ifPresent(flow -> byFlow.computeIfPresent(flow,
                    (_, aors) -> aors.remove(aor) && aors.isEmpty() ? null : aors));
        }
        if (bindings.isEmpty()) return;
        due.add(due(aor, bindings));
        for (var b : bindings) b.flow().ifPresent(flow ->
                byFlow.computeIfAbsent(flow, _ -> new LinkedHashSet<>()).add(aor));
    }

    /// Drops what has ended by `now`, and answers whose bindings have changed.
    List<Aor> expire(Instant now) {
        var changed = new ArrayList<Aor>();
        while (!deadline().isAfter(now)) {
            var aor = due.first().aor;
            replace(aor, of(aor).stream().filter(b -> b.expires().isAfter(now)).toList());
            changed.add(aor);
        }
        return changed;
    }

    /// Drops what was reached over a flow that has ended, and answers whose bindings have changed.
    List<Aor> forget(Flow flow) {
        var changed = List.copyOf(byFlow.getOrDefault(flow, Set.of()));
        for (var aor : changed) replace(aor, without(flow, of(aor)));
        return changed;
    }

    static List<Binding> without(Flow flow, List<Binding> bindings) {
        return bindings.stream().filter(b -> b.flow().filter(flow::equals).isEmpty()).toList();
    }

    private static Due due(Aor aor, List<Binding> bindings) {
        return new Due(bindings.stream().map(Binding::expires).min(Comparator.naturalOrder())
                .orElseThrow(), aor);
    }
}
