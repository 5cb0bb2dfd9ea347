package p2psip.tools.figures;

import module java.base;

/// A machine on its way, and the time there: all walks begin at the same instant.
final class Walk {

    /// What can be done with a machine: an event, at once or so much later; and to wait for the
    /// first of its timers.
    sealed interface Step {
        record Tell(String event, Duration after) implements Step {
            Tell(String event) { this(event, Duration.ZERO); }
        }
        record Wake() implements Step {}
        /// Time in which nothing happens.
        record Rest(Duration time) implements Step {}
    }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Subject subject;
    private Instant now = START;

    Walk(Subject subject) { this.subject = subject; }

    /// A new machine after these steps.
    static Walk along(Supplier<Subject> fresh, List<Step> path) {
        var walk = new Walk(fresh.get());
        path.forEach(walk::take);
        return walk;
    }

    Subject subject() { return subject; }

    /// How long it has lasted.
    Duration lasted() { return Duration.between(START, now); }

    /// How long it is until each timer fires that is set.
    SortedMap<String, Duration> due() {
        var due = new TreeMap<String, Duration>();
        subject.timers().forEach((timer, at) -> due.put(timer,
                at.isBefore(now) ? Duration.ZERO : Duration.between(now, at)));
        return due;
    }

    /// The timer that fires first.
    Optional<String> first() {
        return subject.timers().entrySet().stream().min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /// Takes a step if it can be taken here; a rest is no transition.
    Optional<Edge> take(Step step) {
        var from = subject.state();
        return switch (step) {
            case Step.Tell(var event, var after) -> {
                if (!after.isZero() && !rests(after)) yield Optional.empty();
                now = now.plus(after);
                yield subject.tell(event, now).map(done -> edge(from, event, done));
            }
            case Step.Wake _ -> first().map(timer -> {
                var due = subject.timers().get(timer);
                now = due.isAfter(now) ? due : now;
                return edge(from, timer, subject.wake(now));
            });
            case Step.Rest(var time) -> {
                if (rests(time)) now = now.plus(time);
                yield Optional.empty();
            }
        };
    }

    /// Whether no timer fires so long.
    private boolean rests(Duration time) {
        var then = now.plus(time);
        return subject.timers().values().stream().allMatch(due -> due.isAfter(then));
    }

    private Edge edge(String from, String event, List<String> done) {
        return new Edge(from, event, subject.state(), String.join(", ", done));
    }
}
