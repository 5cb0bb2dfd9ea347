package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Identity;
import p2psip.app.host.*;
import p2psip.app.lookup.Pins;
import p2psip.app.node.Startup.Output;
import p2psip.app.sipd.BindingStore;

/// What a node asks its host before it begins, and does where it is not told.
class StartupTest {
    private final Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final Identity node = Identity.generate(Identity.NODE, new SplittableRandom(1));
    private final Startup startup = new Startup(
            new Pins(Pins.Policy.TOFU), new BindingStore(() -> now));

    /// The ids of what it asks for: whom to trust, who was registered, who it is.
    private final List<Id> asked = startup.wake(now).stream()
            .map(output -> switch (((Output.Do) output).effect()) {
                case Effect.Load(var id, _) -> id;
                case Effect.Identify(var id, _) -> id;
                case Effect other -> throw new AssertionError(other);
            }).toList();

    private List<Output> tell(Event event) { return startup.handle(event, now); }

    private List<Output> loaded(int what) {
        return tell(new Event.Loaded(asked.get(what), new TreeMap<>()));
    }

    @Test void it_begins_when_all_is_known() {
        assertThat(startup.deadline()).isEqualTo(Instant.MAX);
        assertThat(loaded(0)).isEmpty();
        assertThat(loaded(1)).isEmpty();
        assertThat(tell(new Event.Identified(asked.get(2), node)))
                .containsExactly(new Output.Begin(node, BindingStore.NOTHING));
    }

    /// A node whose registrations cannot be read has none, says so, and begins: its phones come
    /// back by themselves.
    @Test void without_what_was_registered_it_says_so_and_begins() {
        loaded(0);
        tell(new Event.Identified(asked.get(2), node));
        assertThat(tell(new Event.NotStored(asked.get(1), "the store is damaged")))
                .containsExactly(new Output.Do(new Effect.Tell(new Host.Notice(
                        "who was registered here is not known: the store is damaged"))),
                        new Output.Begin(node, BindingStore.NOTHING));
    }

    /// Without its pins it would trust anybody, without its key it would be nobody.
    @Test void without_its_pins_or_its_key_it_does_not_begin() {
        loaded(1);
        assertThat(tell(new Event.NotStored(asked.get(0), "damaged")))
                .containsExactly(new Output.Failed("damaged"));
        assertThat(tell(new Event.NotIdentified(asked.get(2), "no key for node")))
                .containsExactly(new Output.Failed("no key for node"));
    }
}
