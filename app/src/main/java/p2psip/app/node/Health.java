package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.*;
import p2psip.std.*;

/// Whether this node is cut off from all others: it looks at who was heard, and when nobody was for
/// a while it asks some of them whether they are there. Only who answers is there.
///
/// ```
///   WELL -- nobody heard for SILENCE --> ASKING -- none of those asked answers --> CUT_OFF
///     ^                                    |                                          |
///     '------ one is heard, or has answered ---'--- one has answered, asked each AGAIN-'
/// ```
/// Asking is how it comes back, too: who answers once more is a neighbour again. One that is heard
/// no more and was a moment ago has said good-bye; a node that all have left so is alone, which is
/// no fault.
final class Health implements Machine<Health.Input, Health.Output> {

    sealed interface Input {
        /// With whom it speaks: answers [Output.Look].
        record Sees(List<Neighbour> others) implements Input {}

        /// What became of [Output.Ask].
        record Answered(long id, Answer answer) implements Input {}
    }

    sealed interface Output {
        record Look() implements Output {}
        record Ask(long id, Query query) implements Output {}

        /// It is cut off now, or is no more; `text` is for its user.
        record Changed(boolean cutOff, String text) implements Output {}
    }

    /// How it stands, for people and programs.
    enum State { ALONE, WELL, ASKING, CUT_OFF }

    private enum Timer { LOOK }

    /// How often it looks, how long nobody may be silent, and how often those are asked that did
    /// not answer. That none comes is known after seven seconds: so a cut is noticed within 13.
    static final Duration LOOK = Duration.ofSeconds(2), SILENCE = Duration.ofSeconds(4),
            AGAIN = Duration.ofSeconds(8);

    /// How many are asked at a time, those that were heard last, and how many are remembered.
    static final int ASKED = 3, KNOWN = 32;

    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    /// When each was heard last, of those that have not said good-bye.
    private final SequencedMap<NodeId, Neighbour> known = new LinkedHashMap<>();
    private final Set<Long> asked = new LinkedHashSet<>();
    private State state = State.ALONE;
    private Instant since = Instant.MIN, again = Instant.MIN;
    private long lastId;

    /// Begins to look.
    void begin(Instant now) { timers.set(Timer.LOOK, now.plus(LOOK)); }

    State state() { return state; }

    boolean cutOff() { return state == State.CUT_OFF; }

    /// Whether it is so still, as far as can be told before somebody has answered.
    boolean cutOff(List<Neighbour> others, Instant now) {
        return cutOff() && others.stream().allMatch(other -> isSilent(other, now));
    }

    /// In one line.
    String text() {
        return switch (state) {
            case ALONE -> "alone: no other node is known; start another, or name one with -S";
            case WELL, ASKING -> "well: it speaks with " + others();
            case CUT_OFF -> "cut off since " + since.truncatedTo(ChronoUnit.SECONDS) + ": "
                    + silence();
        };
    }

    private String others() {
        return known.size() + (known.size() == 1 ? " other node" : " other nodes");
    }

    private String silence() {
        return known.size() == 1 ? "the one other node does not answer"
                : "none of " + others() + " answers";
    }

    private void enter(State next, Instant now) {
        boolean cut = next == State.CUT_OFF;
        if (cut != cutOff()) {
            since = now;
            state = next;
            out.add(new Output.Changed(cut, cut ? "this node is cut off: " + silence()
                    + "; they are asked again and again"
                    : "this node is not cut off any more"));
        }
        state = next;
        switch (next) {
            case ALONE, WELL -> asked.clear();
            case ASKING, CUT_OFF -> ask(now);
        }
    }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public List<Output> wake(Instant now) {
        if (timers.fired(now).isEmpty()) return List.of();
        timers.set(Timer.LOOK, now.plus(LOOK));
        out.add(new Output.Look());
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Sees(var others) -> sees(others, now);
            case Input.Answered(long id, var answer) -> {
                if (asked.remove(id)) answered(answer, now);
            }
        }
        return out.take();
    }

    private void sees(List<Neighbour> others, Instant now) {
        var there = others.stream().map(other -> other.peer().id()).collect(Collectors.toSet());
        if (!cutOff()) known.values().removeIf(old -> !there.contains(old.peer().id())
                && !isSilent(old, now));
        for (var other : others) known.putLast(other.peer().id(), other);
        while (known.size() > KNOWN) known.pollFirstEntry();
        boolean heard = known.values().stream().anyMatch(other -> !isSilent(other, now));
        switch (state) {
            //  who is heard may not hear us: only an answer says so
            case CUT_OFF -> {
                if (heard || !again.isAfter(now)) enter(State.CUT_OFF, now);
            }
            case ALONE, WELL, ASKING -> {
                if (known.isEmpty()) enter(State.ALONE, now);
                else if (heard) enter(State.WELL, now);
                else if (state != State.ASKING) enter(State.ASKING, now);
            }
        }
    }

    private static boolean isSilent(Neighbour other, Instant now) {
        return other.heard().plus(SILENCE).isBefore(now);
    }

    private void ask(Instant now) {
        again = now.plus(AGAIN);
        known.values().stream().sorted(Comparator.comparing(Neighbour::heard).reversed())
                .limit(ASKED).forEach(other -> {
                    asked.add(++lastId);
                    out.add(new Output.Ask(lastId, new Query.Reach(other.peer())));
                });
    }

    private void answered(Answer answer, Instant now) {
        switch (answer) {
            case Answer.Done _ -> enter(State.WELL, now);
            case Answer.Found _, Answer.Failed _ -> {
                if (asked.isEmpty() && state == State.ASKING) enter(State.CUT_OFF, now);
            }
        }
    }
}
