package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Identity;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.lookup.Pins;
import p2psip.app.sipd.BindingStore;
import p2psip.std.Machine;
import p2psip.std.rfc3261.server.LocationService.Restored;

/// What a node has to know before it opens its ports: who it is, whom it trusts, and who was
/// registered at it when it last ended.
final class Startup implements Machine<Event, Startup.Output> {

    sealed interface Output {
        record Do(Effect effect) implements Output {}

        /// All is known.
        record Begin(Identity identity, Restored registered) implements Output {}

        /// There is no key for this node; `why` is for the user.
        record Failed(String why) implements Output {}
    }

    /// Ids of its effects: above those of all other machines of a node but the overlay.
    private static final long TRUST = 1L << 45, SELF = TRUST + 1;

    private final Pins pins;
    private final BindingStore registrations;
    private Optional<Identity> identity = Optional.empty();
    private Optional<Restored> registered = Optional.empty();
    private boolean asked, trusts;

    /// @param pins are filled with what was stored
    Startup(Pins pins, BindingStore registrations) {
        this.pins = pins;
        this.registrations = registrations;
    }

    /// Whether an event of the host answers one of its questions.
    boolean awaits(Event event) {
        return switch (event) {
            case Event.Loaded(long id, _) -> id == TRUST || registrations.owns(event);
            case Event.NotStored(long id, _) -> id == TRUST
                    || registered.isEmpty() && registrations.owns(event);
            case Event.Identified(long id, _) -> id == SELF;
            case Event.NotIdentified(long id, _) -> id == SELF;
            default -> false;
        };
    }

    @Override public Instant deadline() { return asked ? Instant.MAX : Instant.MIN; }

    @Override public List<Output> wake(Instant now) {
        if (asked) return List.of();
        asked = true;
        return Stream.of(new Effect.Load(TRUST, Pins.PREFIX), registrations.load(),
                new Effect.Identify(SELF, Identity.NODE)).<Output>map(Output.Do::new).toList();
    }

    @Override public List<Output> handle(Event event, Instant now) {
        switch (event) {
            case Event.Loaded(long id, var values) when id == TRUST -> {
                pins.load(values);
                trusts = true;
            }
            case Event.NotStored(long id, var why) when id == TRUST -> {
                return List.of(new Output.Failed(why));
            }
            case Event.Identified(_, var key) -> identity = Optional.of(key);
            case Event.NotIdentified(_, var why) -> {
                return List.of(new Output.Failed(why));
            }
            default -> registrations.answer(event, now)
                    .ifPresent(answer -> registered = Optional.of((Restored) answer));
        }
        return identity.isEmpty() || registered.isEmpty() || !trusts ? List.of()
                : List.of(new Output.Begin(identity.get(), registered.get()));
    }
}
