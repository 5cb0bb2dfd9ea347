package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.*;
import p2psip.std.*;
import p2psip.std.rfc3261.server.*;

/// Lets others find one address of record that is registered here: its bindings become a signed
/// record, and their end a tombstone.
///
/// The address gets a key of its own when it is registered here for the first time. Its record says
/// which node serves it, never where the phone is, and lives as long as the registration. A record
/// that could not be put is put again until the registration ends.
final class Publisher implements Machine<Publisher.Input, Publisher.Output> {

    sealed interface Input {
        /// These are the bindings now; none: it is gone.
        record Changed(List<Binding> bindings) implements Input {}

        /// The key that [Output.Identify] asked for, or why there is none.
        record Identified(Identity identity) implements Input {}
        record NotIdentified(String why) implements Input {}

        /// What became of [Output.Ask].
        record Told(Answer answer) implements Input {}
    }

    /// Of the first two one is said at a time, and nothing more until it is answered.
    sealed interface Output {
        record Identify() implements Output {}
        record Ask(Query query) implements Output {}
        record Remark(String text) implements Output {}
    }

    /// How long to wait before a record is put again that could not be put: doubled up to the last.
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1), LAST_RETRY =
            Duration.ofSeconds(60);

    /// How long a tombstone keeps older records away: as long as a registration can live.
    private static final Duration TOMBSTONE = Limits.USUAL.longest();

    /// Being put, it may become OUTDATED: then what is true now is put after it.
    private enum State { NEW, IDENTIFYING, PUTTING, OUTDATED, PUBLISHED, RETRYING, ENDED }

    private enum Timer { RETRY }

    private final Aor aor;
    private final Contact contact;
    private final InstantSource wall;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private State state = State.NEW;
    private Optional<Identity> identity = Optional.empty();
    private Instant until = Instant.MIN;
    private boolean gone;
    private Duration retry = FIRST_RETRY;
    private long sequence;

    /// @param contact this node, and where its SIP is reached by others
    Publisher(Aor aor, Contact contact, InstantSource wall) {
        this.aor = aor;
        this.contact = contact;
        this.wall = wall;
    }

    /// Whether others know it as it is now.
    boolean published() { return state == State.PUBLISHED; }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() { return timers.deadline(); }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case RETRYING -> {
                timers.set(Timer.RETRY, now.plus(retry));
                var twice = retry.multipliedBy(2);
                retry = twice.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : twice;
            }
            case PUBLISHED -> retry = FIRST_RETRY;
            case NEW, IDENTIFYING, PUTTING, OUTDATED, ENDED -> { }
        }
    }

    @Override public List<Output> wake(Instant now) {
        return timers.fired(now).isEmpty() ? List.of() : publish(now);
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Changed(var bindings) -> changed(bindings, now);
            case Input.Identified(var key) -> {
                identity = Optional.of(key);
                yield publish(now);
            }
            case Input.NotIdentified(var why) -> failed(why, now);
            case Input.Told(Answer.Failed(_, var why)) -> failed(why, now);
            case Input.Told(Answer.Done _), Input.Told(Answer.Found _) -> done(now);
        };
    }

    private List<Output> changed(List<Binding> bindings, Instant now) {
        gone = bindings.isEmpty();
        until = bindings.stream().map(Binding::expires).max(Comparator.naturalOrder()).orElse(now);
        retry = FIRST_RETRY;
        return switch (state) {
            case NEW, PUBLISHED, RETRYING -> publish(now);
            case PUTTING -> {
                enter(State.OUTDATED, now);
                yield List.of();
            }
            case IDENTIFYING, OUTDATED, ENDED -> List.of();
        };
    }

    /// Puts the record, or the tombstone, as things stand now.
    private List<Output> publish(Instant now) {
        if (!gone && !until.isAfter(now)) {
            enter(State.ENDED, now);
            return List.of();
        }
        if (identity.isEmpty()) {
            enter(State.IDENTIFYING, now);
            return List.of(new Output.Identify());
        }
        enter(State.PUTTING, now);
        sequence = Math.max(sequence + 1, wall.instant().toEpochMilli());
        return List.of(new Output.Ask(new Query.Put(gone
                ? sign(new SignedRecord.Removed(), TOMBSTONE) : sign(contact, lifetime(now)))));
    }

    /// As long as the registration, rounded up to the whole seconds that records count.
    private Duration lifetime(Instant now) {
        var left = Duration.between(now, until).plusSeconds(1);
        return left.compareTo(SignedRecord.MAX_LIFETIME) > 0 ? SignedRecord.MAX_LIFETIME : left;
    }

    private SignedRecord sign(SignedRecord.Value value, Duration lifetime) {
        return SignedRecord.sign(
                identity.orElseThrow(), aor.toString(), value, sequence, wall.instant(), lifetime);
    }

    private List<Output> done(Instant now) {
        if (state == State.OUTDATED) return publish(now);
        enter(gone ? State.ENDED : State.PUBLISHED, now);
        return List.of();
    }

    private List<Output> failed(String why, Instant now) {
        enter(gone ? State.ENDED : State.RETRYING, now);
        return gone ? List.of() : List.of(
                new Output.Remark("the record of " + aor + " could not be put: " + why));
    }
}
