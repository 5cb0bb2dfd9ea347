package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Identity;
import p2psip.app.host.*;
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

    /// What it asks for: whom to trust, who was registered, and its own key.
    private static final Id TRUST = new Id(Id.Part.STARTUP, 0, 0),
            REGISTERED = new Id(Id.Part.STARTUP, 1, 0), SELF = new Id(Id.Part.STARTUP, 2, 0);

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

    @Override public Instant deadline() { return asked ? Instant.MAX : Instant.MIN; }

    @Override public List<Output> wake(Instant now) {
        if (asked) return List.of();
        asked = true;
        return Stream.of(new Effect.Load(TRUST, Pins.PREFIX), BindingStore.load(REGISTERED),
                new Effect.Identify(SELF, Identity.NODE)).<Output>map(Output.Do::new).toList();
    }

    @Override public List<Output> handle(Event event, Instant now) {
        var out = new ArrayList<Output>();
        switch (event) {
            case Event.Loaded(var id, var values) when id.equals(TRUST) -> {
                pins.load(values);
                trusts = true;
            }
            case Event.Loaded(_, var values) ->
                    registered = Optional.of(registrations.restored(values, now));
            case Event.NotStored(var id, var why) when id.equals(REGISTERED) -> {
                registered = Optional.of(BindingStore.NOTHING);
                out.add(new Output.Do(BindingStore.lost(why)));
            }
            case Event.NotStored(_, var why) -> out.add(new Output.Failed(why));
            case Event.Identified(_, var key) -> identity = Optional.of(key);
            case Event.NotIdentified(_, var why) -> out.add(new Output.Failed(why));
            case Event.Stored _, Event.OfNetwork _, Event.Heard _, Event.Command _ -> { }
        }
        if (identity.isPresent() && registered.isPresent() && trusts)
            out.add(new Output.Begin(identity.get(), registered.get()));
        return out;
    }
}
