package p2psip.app.lookup;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.Machine;

/// A node that is nothing but a lookup, for programs: it is commanded what to tell it, and tells
/// what it says.
public final class Alone implements Machine<Event, Effect> {
    private final Lookup lookup;
    private boolean started;

    public Alone(Lookup lookup) { this.lookup = lookup; }

    @Override public List<Effect> handle(Event event, Instant now) {
        if (event instanceof Event.Command(Lookup.Input input))
            return effects(lookup.handle(input, now));
        return event.id().part() == Id.Part.LOOKUP
                ? effects(lookup.handle(new Lookup.Input.Happened(event), now)) : List.of();
    }

    @Override public List<Effect> wake(Instant now) {
        if (started) return effects(lookup.wake(now));
        started = true;
        return effects(lookup.handle(new Lookup.Input.Start(), now));
    }

    @Override public Instant deadline() { return started ? lookup.deadline() : Instant.MIN; }

    private static List<Effect> effects(List<Lookup.Output> outputs) {
        return outputs.stream().<Effect>mapMulti((output, effects) -> {
            if (output instanceof Lookup.Output.Do(var effect)) effects.accept(effect);
            else effects.accept(new Effect.Tell(output));
            if (output instanceof Lookup.Output.Left) effects.accept(new Effect.Exit());
        }).toList();
    }
}
