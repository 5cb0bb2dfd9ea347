package p2psip.app.node;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.lookup.Pins;
import p2psip.app.node.Question.*;
import p2psip.std.Outbox;

/// Answers what is asked about the keys that a running node believes. What changes them is done
/// when it is on disk; [PinBook] does the same for a node that does not run.
final class PinDesk {
    /// Changes that may wait for the disk; one more is refused.
    static final int LIMIT = 100;

    private static final Id ID = new Id(Id.Part.KEYS, 2, 0);

    private final Pins pins;
    private final InstantSource wall;
    private final Outbox<Effect> out;
    /// Who waits for what is being stored.
    private final Map<Id, Long> storing = new HashMap<>();
    private long lastStored;

    PinDesk(Pins pins, InstantSource wall, Outbox<Effect> out) {
        this.pins = pins;
        this.wall = wall;
        this.out = out;
    }

    void ask(long id, OfPins question) {
        switch (question) {
            case Pinned _ -> answer(id, new Reply.Pinned(new TreeMap<>(pins.claims())));
            case Confirm(var address, var key) ->
                    change(id, () -> pins.confirm(address, key, wall.instant()));
            case Drop(var address) -> change(id, () -> pins.drop(address));
            case Decide(var policy) -> {
                pins.decide(policy);
                answer(id, new Reply.Agreed());
            }
        }
    }

    private void change(long id, Runnable what) {
        if (storing.size() >= LIMIT) {
            answer(id, new Reply.Declined("the disk is too slow"));
            return;
        }
        what.run();
        var stored = ID.with(++lastStored);
        storing.put(stored, id);
        out.add(new Effect.Store(stored, pins.changes()));
    }

    /// Whether the disk has said this about something of ours.
    boolean happened(Event event) {
        var asker = storing.remove(event.id());
        if (asker == null) return false;
        answer(asker, event instanceof Event.NotStored(_, var why)
                ? new Reply.Declined("not kept: " + why) : new Reply.Agreed());
        return true;
    }

    private void answer(long id, Reply reply) {
        out.add(new Effect.Tell(new Answered(id, reply)));
    }
}
