package p2psip.tools.figures;

import module java.base;
import p2psip.tools.figures.Walk.Step;

/// Finds the transitions of a machine by running it: breadth first, every event in every situation,
/// at once and later, and every timer until it fires, in virtual time.
///
/// A situation is a state, the timers that are set, and what else the machine remembers. It is
/// reached again by taking the same steps with a new machine.
record Explorer(Supplier<Subject> fresh, String begin, List<String> events) {
    /// Events come at once, and so much later where nothing happens until then.
    private static final List<Duration> DELAYS = List.of(Duration.ZERO, Duration.ofSeconds(10));
    /// A timer that does not fire after so many others have is not waited for.
    private static final int PATIENCE = 1_000;

    Set<Edge> edges() {
        var edges = new LinkedHashSet<Edge>();
        var seen = new HashSet<String>();
        var queue = new ArrayDeque<List<Step>>();
        go(List.of(), new Step.Tell(begin), edges, seen, queue);
        while (!queue.isEmpty()) {
            var path = queue.poll();
            for (var event : events)
                for (var delay : DELAYS)
                    go(path, new Step.Tell(event, delay), edges, seen, queue);
            for (var timer : walk(path).subject().timers().keySet())
                until(timer, path, edges, seen, queue);
        }
        return edges;
    }

    private Walk walk(List<Step> path) { return Walk.along(fresh, path); }

    /// One step further from where the path leads.
    private void go(List<Step> path, Step step, Set<Edge> edges, Set<String> seen,
            Queue<List<Step>> queue) {
        var walk = walk(path);
        walk.take(step).ifPresent(edge -> arrive(walk, path, List.of(step), edge, edges, seen,
                queue));
    }

    /// Lets time pass until a timer has fired or the state has changed.
    private void until(String timer, List<Step> path, Set<Edge> edges, Set<String> seen,
            Queue<List<Step>> queue) {
        var walk = walk(path);
        var steps = new ArrayList<Step>();
        for (int i = 0; i < PATIENCE && walk.subject().timers().containsKey(timer); i++) {
            var step = new Step.Wake();
            var edge = walk.take(step);
            steps.add(step);
            if (edge.isEmpty()) return;
            arrive(walk, path, steps, edge.get(), edges, seen, queue);
            if (!edge.get().stays() || edge.get().event().equals(timer)) return;
        }
    }

    private static void arrive(Walk walk, List<Step> path, List<Step> steps, Edge edge,
            Set<Edge> edges, Set<String> seen, Queue<List<Step>> queue) {
        edges.add(edge);
        if (!seen.add(situation(walk.subject()))) return;
        var longer = new ArrayList<>(path);
        longer.addAll(steps);
        queue.add(longer);
    }

    private static String situation(Subject subject) {
        return subject.state() + subject.timers().keySet() + subject.memory();
    }
}
