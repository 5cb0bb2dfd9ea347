package p2psip.tools.figures;

import module java.base;
import p2psip.tools.figures.Walk.Step;

/// A machine as it can be moved by hand, found by running it: each situation that it comes to when
/// things happen at the beginning or when a timer has fired, and what every input does there.
///
/// @param situations the first is the one before it has begun
record Moves(List<Situation> situations) implements Serializable {
    /// Time passes to the next timer; where none is set, so long.
    static final Duration REST = Duration.ofSeconds(10);
    /// What that is called.
    static final String PASS = "10 s pass";
    /// More situations than any machine here has.
    private static final int LIMIT = 5_000;

    /// Where it stands.
    ///
    /// @param due   how long it is until each timer fires that is set, the first first
    /// @param moves by their inputs; what cannot happen here is not among them
    /// @param over  the lines that say so if it is at its end
    record Situation(String state, SequencedMap<String, Duration> due,
            SequencedMap<String, Move> moves, List<Integer> over) implements Serializable {}

    /// What an input does.
    ///
    /// @param after how much time has passed
    /// @param to    the number of the next situation
    /// @param done  what is sent and told
    /// @param lines those of the machine's own source that ran
    record Move(Duration after, int to, List<String> done, List<Integer> lines)
            implements Serializable {}

    private record Key(String state, Map<String, Duration> due, String memory, Duration lasted) {}

    /// @param ran answers which lines of its source have run since it was asked last
    static Moves of(Kind kind, Supplier<Subject> fresh, Supplier<List<Integer>> ran) {
        var paths = new ArrayList<List<Step>>(List.of(List.of()));
        var numbers = new HashMap<>(Map.of(key(Walk.along(fresh, List.of())), 0));
        var situations = new ArrayList<Situation>();
        for (int at = 0; at < paths.size(); at++) {
            var path = paths.get(at);
            var here = Walk.along(fresh, path);
            var moves = new LinkedHashMap<String, Move>();
            for (var step : steps(kind, here)) {
                var walk = Walk.along(fresh, path);
                ran.get();
                var edge = walk.take(step);
                var lines = ran.get();
                if (edge.isEmpty() && !(step instanceof Step.Rest)) continue;
                int to = numbers.computeIfAbsent(key(walk), _ -> {
                    paths.add(Stream.concat(path.stream(), Stream.of(step)).toList());
                    return paths.size() - 1;
                });
                moves.put(edge.map(Edge::event).orElse(PASS), new Move(
                        walk.lasted().minus(here.lasted()), to,
                        edge.map(Edge::actions).orElse(List.of()), lines));
            }
            if (paths.size() > LIMIT)
                throw new IllegalStateException(kind + " has more than " + LIMIT + " situations");
            ran.get();
            boolean over = here.subject().over();
            situations.add(new Situation(here.subject().state(), inOrder(here.due()), moves,
                    over ? ran.get() : List.of()));
        }
        return new Moves(situations);
    }

    /// All that can be tried: nothing but its beginning before that.
    private static List<Step> steps(Kind kind, Walk walk) {
        if (walk.subject().state().isEmpty()) return List.of(new Step.Tell(kind.begin()));
        var steps = new ArrayList<Step>();
        kind.events().forEach(event -> steps.add(new Step.Tell(event)));
        steps.add(walk.first().isPresent() ? new Step.Wake() : new Step.Rest(REST));
        return steps;
    }

    /// What the next answers depend on: where no timer is set, that may be how long it has lasted.
    private static Key key(Walk walk) {
        var due = walk.due();
        return new Key(walk.subject().state(), due, walk.subject().memory(),
                due.isEmpty() && walk.lasted().compareTo(REST) < 0 ? walk.lasted()
                        : due.isEmpty() ? REST : Duration.ZERO);
    }

    private static SequencedMap<String, Duration> inOrder(Map<String, Duration> due) {
        var ordered = new LinkedHashMap<String, Duration>();
        due.entrySet().stream().sorted(Map.Entry.<String, Duration>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> ordered.put(e.getKey(), e.getValue()));
        return ordered;
    }

    /// The transition that an input takes here.
    Edge edge(Situation from, String input) {
        var move = from.moves.get(input);
        return new Edge(from.state, input, situations.get(move.to).state,
                String.join(", ", move.done));
    }

    /// Whether an input does nothing at all here.
    boolean ignored(Situation from, String input) {
        var move = from.moves.get(input);
        return move.done.isEmpty() && situations.get(move.to) == from;
    }
}
