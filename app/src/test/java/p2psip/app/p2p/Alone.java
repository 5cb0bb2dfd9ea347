package p2psip.app.p2p;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.Id;
import p2psip.std.Machine;

/// A node that is nothing but its part in the overlay.
final class Alone implements Machine<Event, Effect> {
    private final Overlay p2p;
    private boolean started;

    Alone(Overlay p2p) { this.p2p = p2p; }

    @Override public List<Effect> handle(Event event, Instant now) {
        if (event instanceof Event.Command(Overlay.Input input))
            return effects(p2p.handle(input, now));
        return event.id().part() == Id.Part.LOOKUP
                ? effects(p2p.handle(new Overlay.Input.Happened(event), now)) : List.of();
    }

    @Override public List<Effect> wake(Instant now) {
        if (started) return effects(p2p.wake(now));
        started = true;
        return effects(p2p.handle(new Overlay.Input.Start(), now));
    }

    @Override public Instant deadline() { return started ? p2p.deadline() : Instant.MIN; }

    private static List<Effect> effects(List<Overlay.Output> outputs) {
        return outputs.stream().<Effect>mapMulti((output, effects) -> {
            if (output instanceof Overlay.Output.Do(var effect)) effects.accept(effect);
            else effects.accept(new Effect.Tell(output));
            if (output instanceof Overlay.Output.Left) effects.accept(new Effect.Exit());
        }).toList();
    }
}
