package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.*;
import p2psip.app.why.*;
import p2psip.std.*;
import p2psip.std.rfc3261.server.*;

/// Lets others find one address of record that is registered here: its bindings become a signed
/// record, and their end a tombstone.
///
/// The address gets a key of its own when it is registered here for the first time. Its record says
/// which node serves it, never where the phone is, and lives as long as the registration. A record
/// that could not be put is put again until the registration ends. When it is put the others are
/// looked at that have the same key, for the owner should know who else claims his address.
final class Publisher implements Machine<Publisher.Input, Publisher.Output> {

    sealed interface Input {
        /// These are the bindings now; none: it is gone.
        ///
        /// @param awaited answered by [Output.Known], if somebody waits for that
        record Changed(List<Binding> bindings, OptionalLong awaited) implements Input {}

        /// Others reach this node here from now on.
        record Moved(Contact contact) implements Input {}

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

        /// Others know of this change, as far as they can so soon.
        ///
        /// @param warnings for whoever has registered
        record Known(long awaited, List<String> warnings) implements Output {}
    }

    /// How long to wait before a record is put again that could not be put: doubled up to the last.
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1), LAST_RETRY =
            Duration.ofSeconds(60);

    /// How long a change may wait to be known; a phone asks again after half of it.
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /// How long a tombstone keeps older records away: as long as a registration can live.
    private static final Duration TOMBSTONE = Limits.USUAL.longest();

    /// What is asked may become OUTDATED: then what is true now is put after it.
    private enum State { NEW, IDENTIFYING, PUTTING, CHECKING, OUTDATED, PUBLISHED, RETRYING, ENDED }

    private enum Timer { RETRY, PATIENCE }

    private final Aor aor;
    private final InstantSource wall;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    private Contact contact;
    private State state = State.NEW;
    private Optional<Identity> identity = Optional.empty();
    private List<Binding> bindings = List.of();
    private Optional<NodeId> rival = Optional.empty();
    private OptionalLong awaited = OptionalLong.empty();
    /// Why others do not know of it, if they do not; and who else has said to be he.
    private Optional<String> trouble = Optional.empty(), rivals = Optional.empty();
    private Duration retry = FIRST_RETRY;
    private long sequence;
    private Optional<SignedRecord> record = Optional.empty();

    /// @param contact this node, and where its SIP is reached by others
    Publisher(Aor aor, Contact contact, InstantSource wall) {
        this.aor = aor;
        this.contact = contact;
        this.wall = wall;
    }

    /// What was put last, if the address is registered.
    Optional<SignedRecord> record() { return record.filter(r -> !r.removed()); }

    /// Whose it is, if it is registered.
    Optional<SipLinks.Owner> owner() {
        return record().flatMap(put -> identity.map(key -> new SipLinks.Owner(key, put)));
    }

    /// What is wrong with how it is known.
    List<Fact> troubles() {
        return Stream.of(trouble.<Fact>map(why -> new OfNode.Known("" + aor, false, why)),
                rival.<Fact>map(key -> new OfNode.Rival("" + aor,
                        "" + identity.orElseThrow().id(), "" + key)))
                .flatMap(Optional::stream).toList();
    }

    /// Whether others know it as it is now.
    boolean published() { return state == State.PUBLISHED || state == State.CHECKING; }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() { return timers.deadline(); }

    /// Who waits for a change waits no longer once it is put, or could not be.
    private void enter(State next, Instant now) {
        state = next;
        timers.stop(Timer.RETRY);
        switch (next) {
            case RETRYING -> {
                timers.set(Timer.RETRY, now.plus(retry));
                var twice = retry.multipliedBy(2);
                retry = twice.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : twice;
                known();
            }
            case PUBLISHED -> {
                retry = FIRST_RETRY;
                known();
            }
            case ENDED -> known();
            case CHECKING -> out.add(new Output.Ask(new Query.Get(aor.toString())));
            case NEW, IDENTIFYING, PUTTING, OUTDATED -> { }
        }
    }

    private void known() {
        timers.stop(Timer.PATIENCE);
        awaited.ifPresent(id -> out.add(new Output.Known(
                id, Stream.of(trouble, rivals).flatMap(Optional::stream).toList())));
        awaited = OptionalLong.empty();
    }

    @Override public List<Output> wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            case RETRY -> publish(now);
            case PATIENCE -> {
                if (!published()) trouble = Optional.of(aor + " is not known to other nodes yet");
                known();
            }
        }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Changed changed -> changed(changed, now);
            case Input.Moved(var to) -> {
                boolean moved = !contact.equals(to);
                contact = to;
                if (moved) again(now);
            }
            case Input.Identified(var key) -> {
                identity = Optional.of(key);
                publish(now);
            }
            case Input.NotIdentified(var why) -> failed(why, now);
            case Input.Told(var answer) -> told(answer, now);
        }
        return out.take();
    }

    private void changed(Input.Changed changed, Instant now) {
        boolean refreshed = contacts(changed.bindings).equals(contacts(bindings));
        bindings = changed.bindings;
        retry = FIRST_RETRY;
        awaited = changed.awaited;
        if (refreshed) known();
        else if (awaited.isPresent()) timers.set(Timer.PATIENCE, now.plus(PATIENCE));
        again(now);
    }

    /// What was put is not true any more.
    private void again(Instant now) {
        switch (state) {
            case NEW, PUBLISHED, RETRYING -> publish(now);
            case PUTTING, CHECKING -> enter(State.OUTDATED, now);
            case IDENTIFYING, OUTDATED, ENDED -> { }
        }
    }

    private static List<String> contacts(List<Binding> bindings) {
        return bindings.stream().map(binding -> binding.contact().uri().toString()).toList();
    }

    private boolean gone() { return bindings.isEmpty(); }

    /// Puts the record, or the tombstone, as things stand now.
    private void publish(Instant now) {
        var until = bindings.stream().map(Binding::expires).max(Comparator.naturalOrder());
        if (until.filter(end -> !end.isAfter(now)).isPresent()) {
            enter(State.ENDED, now);
            return;
        }
        if (identity.isEmpty()) {
            enter(State.IDENTIFYING, now);
            out.add(new Output.Identify());
            return;
        }
        enter(State.PUTTING, now);
        sequence = Math.max(sequence + 1, wall.instant().toEpochMilli());
        var signed = until.map(end -> sign(contact, lifetime(Duration.between(now, end))))
                .orElseGet(() -> sign(new SignedRecord.Removed(), TOMBSTONE));
        record = Optional.of(signed);
        out.add(new Output.Ask(new Query.Put(signed)));
    }

    /// As long as the registration, rounded up to the whole seconds that records count.
    private static Duration lifetime(Duration registration) {
        var left = registration.plusSeconds(1);
        return left.compareTo(SignedRecord.MAX_LIFETIME) > 0 ? SignedRecord.MAX_LIFETIME : left;
    }

    private SignedRecord sign(SignedRecord.Value value, Duration lifetime) {
        return SignedRecord.sign(
                identity.orElseThrow(), aor.toString(), value, sequence, wall.instant(), lifetime);
    }

    private void told(Answer answer, Instant now) {
        if (state == State.OUTDATED) {
            publish(now);
            return;
        }
        switch (answer) {
            case Answer.Failed(_, var why) when state == State.PUTTING -> failed(why, now);
            case Answer.Done _ -> {
                trouble = Optional.empty();
                enter(gone() ? State.ENDED : State.CHECKING, now);
            }
            case Answer.Found(var records) -> {
                compare(records.stream().filter(record -> !record.removed()
                        && !record.owner().equals(identity.orElseThrow().key())).toList());
                enter(State.PUBLISHED, now);
            }
            case Answer.Failed _ -> enter(State.PUBLISHED, now);
        }
    }

    private void compare(List<SignedRecord> others) {
        rival = others.stream().findFirst().map(record -> NodeId.of(record.owner()));
        rivals = others.isEmpty() ? Optional.empty() : Optional.of(aor + " (" + (1 + others.size())
                + " claims): ours is " + identity.orElseThrow().id() + ", another is of "
                + NodeId.of(others.getFirst().owner()));
        rivals.ifPresent(text -> out.add(new Output.Remark(text)));
    }

    private void failed(String why, Instant now) {
        var text = aor + " is not known to other nodes: " + why;
        trouble = Optional.of(text);
        enter(gone() ? State.ENDED : State.RETRYING, now);
        if (!gone()) out.add(new Output.Remark(text));
    }
}
