package p2psip.app.node;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.lookup.Pins;
import p2psip.std.Machine;

/// The keys that a node believes, while the node does not run: shown, and changed by its user.
///
/// It lives under the node's name, for then it has the node's store. When it is woken first it
/// tells what is [Known]; commanded to [Question.Confirm] or to [Question.Drop] it tells [Changed]
/// or [Event.NotStored], and ends. [PinDesk] does the same for a node that runs.
public final class PinBook implements Machine<Event, Effect> {

    /// All that is remembered, by address.
    public record Known(SortedMap<String, List<Pins.Claim>> claims) {}

    /// It is on disk.
    public record Changed() {}

    private static final Id ID = new Id(Id.Part.KEYS, 0, 0);

    private final InstantSource wall;
    private final Pins pins = new Pins(Pins.Policy.TOFU);
    private boolean asked;

    /// @param wall the time of day
    public PinBook(InstantSource wall) { this.wall = wall; }

    @Override public Instant deadline() { return asked ? Instant.MAX : Instant.MIN; }

    @Override public List<Effect> wake(Instant now) {
        if (asked) return List.of();
        asked = true;
        return List.of(new Effect.Load(ID, Pins.PREFIX));
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Loaded(_, var values) -> {
                pins.load(values);
                yield List.of(new Effect.Tell(new Known(pins.claims())));
            }
            case Event.Command(Question.Confirm(var address, var key)) -> {
                pins.confirm(address, key, wall.instant());
                yield List.of(new Effect.Store(ID, pins.changes()));
            }
            case Event.Command(Question.Drop(var address)) -> {
                pins.drop(address);
                yield List.of(new Effect.Store(ID, pins.changes()));
            }
            case Event.Stored _ -> List.of(new Effect.Tell(new Changed()), new Effect.Exit());
            case Event.NotStored _ -> List.of(new Effect.Tell(event), new Effect.Exit());
            case Event.OfNetwork _, Event.OfKeys _, Event.Heard _, Event.Command _ -> List.of();
        };
    }
}
