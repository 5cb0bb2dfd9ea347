package p2psip.tools.figures;

import module java.base;

/// A state machine to be drawn.
///
/// @param name     as the RFC calls it
/// @param source   its file, from the root of the repository
/// @param citation the section that describes it: `rfc3261#17.1.1`
/// @param states   its states in their order, with the sections they come from
/// @param variants the circumstances in which it runs (over UDP, over TCP), each with a new machine
/// @param begin    the event that starts it
/// @param events   all others, timers aside
/// @param sides    between whom it stands
record Kind(String name, Path source, String citation, SequencedMap<String, String> states,
        SequencedMap<String, Supplier<Subject>> variants, String begin, List<String> events,
        Sides sides) {
    Kind {
        events = List.copyOf(events);
    }

    /// Who stands above the machine and who below, and the events that come from above. What it
    /// sends goes down, what it tells goes up.
    record Sides(String above, String below, List<String> fromAbove) {
        Sides { fromAbove = List.copyOf(fromAbove); }
    }

    /// Its anchor on the page.
    String id() { return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"); }

    /// The name of its class.
    String type() {
        return source.subpath(4, source.getNameCount()).toString().replaceFirst("\\.java$", "")
                .replace(File.separatorChar, '.');
    }

    /// Of the variants that run in the same circumstances (`UDP 0`, `UDP 1`) the first, as `UDP`.
    SequencedMap<String, Supplier<Subject>> circumstances() {
        var first = new LinkedHashMap<String, Supplier<Subject>>();
        variants.forEach((name, fresh) ->
                first.putIfAbsent(name.replaceFirst(" \\d+$", ""), fresh));
        return first;
    }

    /// All transitions, each with the variants that have it; in the order of states and events.
    SequencedMap<Edge, Set<String>> edges() {
        var edges = new HashMap<Edge, Set<String>>();
        variants.forEach((variant, fresh) -> new Explorer(fresh, begin, events).edges()
                .forEach(e -> edges.computeIfAbsent(e, _ -> new TreeSet<>()).add(variant)));
        var order = new ArrayList<>(states.keySet());
        var ordered = new LinkedHashMap<Edge, Set<String>>();
        edges.keySet().stream().sorted(Comparator.comparing((Edge e) -> order.indexOf(e.from()))
                        .thenComparing(e -> !e.stays())
                        .thenComparing(e -> order.indexOf(e.to()))
                        .thenComparing(e -> place(e.event())).thenComparing(Edge::toString))
                .forEach(e -> ordered.put(e, edges.get(e)));
        return ordered;
    }

    private int place(String event) {
        return events.contains(event) ? events.indexOf(event) : Integer.MAX_VALUE;
    }

    @Override public String toString() { return name; }
}
