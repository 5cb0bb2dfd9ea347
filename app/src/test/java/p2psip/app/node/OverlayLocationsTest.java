package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.Event.Find;
import p2psip.std.rfc3261.server.LocationService.Found;

class OverlayLocationsTest {
    private static final String BOB = "sip:bob@example.com";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Identity NODE = identity(1), BOBS = identity(2), OTHER = identity(3);

    private final Scripted lookup = new Scripted();
    private final Outbox<Lookup.Output> said = new Outbox<>();
    private final Pins pins = new Pins(Pins.Policy.TOFU);
    private final Outbox<SipLinks.Input> called = new Outbox<>();
    private final OverlayLocations locations = new OverlayLocations(NODE, pins, lookup,
            List.of(new ListeningPoint(Transport.UDP, new InetSocketAddress(
                    InetAddress.ofLiteral("192.0.2.1"), 5062))), () -> NOW, said, called);

    @Test void a_find_is_answered_with_its_own_number() {
        pins.confirm(BOB, BOBS.id(), NOW);
        pins.changes();
        find(77);
        find(78);
        var asked = lookup.heard();
        assertThat(asked).extracting(Lookup.Input.Ask::query)
                .containsExactly(new Query.Get(BOB), new Query.Get(BOB));
        assertThat(told(asked.getLast(), record(BOBS))).singleElement().matches(isFound(78));
        assertThat(told(asked.getFirst(), record(BOBS))).singleElement().matches(isFound(77));
    }

    @Test void who_cannot_be_looked_up_is_away_rather_than_unknown() {
        find(77);
        lookup.says(new Lookup.Output.Told(lookup.heard().getFirst().id(),
                new Answer.Failed(Answer.Why.SILENCE, "timeout")));
        assertThat(locations.wake(NOW)).containsExactly(new Found(77, true, List.of()));
    }

    @Test void more_finds_at_once_than_the_limit_are_not_asked() {
        for (int i = 0; i < OverlayLocations.FINDS; i++) assertThat(find(i)).isEmpty();
        assertThat(find(9999)).containsExactly(new Found(9999, true, List.of()));
        assertThat(lookup.heard()).hasSize(OverlayLocations.FINDS);
    }

    @Test void whom_the_first_find_pins_is_on_disk_before_any_find_is_answered() {
        find(1);
        find(2);
        var asked = lookup.heard();
        assertThat(told(asked.getFirst(), record(BOBS))).isEmpty();
        var store = store();
        assertThat(store.values()).containsOnlyKeys(Pins.PREFIX + BOB);
        assertThat(told(asked.getLast(), record(BOBS))).isEmpty();
        var answers = locations.happened(new Event.Stored(store.id()), NOW);
        assertThat(answers).hasSize(2);
        assertThat(answers.getFirst()).matches(isFound(1));
        assertThat(answers.getLast()).matches(isFound(2));
        find(3);
        assertThat(told(lookup.heard().getFirst(), record(BOBS), record(OTHER)))
                .singleElement().matches(isFound(3));
    }

    @Test void a_disk_that_refuses_a_pin_is_remarked_on_and_stops_no_call() {
        find(1);
        assertThat(told(lookup.heard().getFirst(), record(BOBS))).isEmpty();
        assertThat(locations.happened(new Event.NotStored(store().id(), "disk full"), NOW))
                .singleElement().matches(isFound(1));
        assertThat(said.take().toString()).contains("disk full");
    }

    private static final Binding BINDING = new Binding(Address.parse("<sip:bob@192.0.2.7>"), "c", 1,
            NOW.plusSeconds(600), Optional.empty(), List.of());

    private List<LocationService.Answer> bind(long id) {
        return locations.handle(new LocationService.Event.Bind(
                id, Aor.parse(BOB).orElseThrow(), List.of(BINDING)), NOW);
    }

    @Test void nobody_waits_for_a_lookup_that_is_not_ready() {
        assertThat(bind(7)).containsExactly(new LocationService.Kept(7));
    }

    @Test void a_registration_waits_until_it_is_put_and_is_told_who_else_claims_the_address() {
        lookup.says(new Lookup.Output.Ready());
        locations.wake(NOW);
        assertThat(bind(7)).isEmpty();
        var identify = said.take().stream().flatMap(output ->
                output instanceof Lookup.Output.Do(Effect.Identify effect)
                        ? Stream.of(effect) : Stream.empty()).findFirst().orElseThrow();
        locations.happened(new Event.Identified(identify.id(), BOBS), NOW);
        var put = lookup.heard().getFirst();
        assertThat(put.query()).isInstanceOf(Query.Put.class);
        lookup.says(new Lookup.Output.Told(put.id(), new Answer.Done()));
        assertThat(locations.wake(NOW)).isEmpty();
        assertThat(told(lookup.heard().getFirst(), record(OTHER))).singleElement()
                .isInstanceOfSatisfying(LocationService.Kept.class, kept -> {
                    assertThat(kept.id()).isEqualTo(7);
                    assertThat(kept.headers()).singleElement().asString()
                            .startsWith("Warning: 399 p2psip \"" + BOB + " (2 claims): ours is ");
                });
    }

    /// As soon as it is known where the overlay finds this node, others are told.
    @Test void what_was_registered_before_the_lookup_was_ready_is_put_again_if_that_says_more() {
        bind(7);
        var before = lookup.heard();
        assertThat(before).isEmpty();
        lookup.place(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5063));
        lookup.says(new Lookup.Output.Ready());
        locations.wake(NOW);
        var identify = (Effect.Identify) ((Lookup.Output.Do) said.take().getFirst()).effect();
        locations.happened(new Event.Identified(identify.id(), BOBS), NOW);
        assertThat(((Query.Put) lookup.heard().getFirst().query()).record().value())
                .isInstanceOfSatisfying(Contact.class, contact -> assertThat(contact.peer())
                        .contains(new Peer(NODE.id(), new InetSocketAddress(
                                InetAddress.ofLiteral("192.0.2.1"), 5063))));
    }

    /// Where bob is, as the proxy was told.
    private Destination found() {
        pins.confirm(BOB, BOBS.id(), NOW);
        pins.changes();
        find(1);
        return ((Found) told(lookup.heard().getFirst(), record(BOBS)).getFirst())
                .destinations().getFirst();
    }

    private List<LocationService.Answer> silent(long id, Destination destination) {
        return locations.handle(new LocationService.Event.Silent(id, destination), NOW);
    }

    @Test void of_who_is_silent_the_node_is_pinged_and_if_it_is_dead_that_is_said() {
        var destination = found();
        assertThat(silent(8, destination)).isEmpty();
        var ping = lookup.heard().getFirst();
        assertThat(ping.query()).isEqualTo(new Query.Ping(record(BOBS)));
        lookup.says(new Lookup.Output.Told(ping.id(),
                new Answer.Failed(Answer.Why.SILENCE, "no answer")));
        assertThat(locations.wake(NOW)).containsExactly(
                new LocationService.Gone(8, "Their Node Does Not Answer"));
    }

    @Test void nothing_is_said_of_a_node_that_is_there_or_of_which_nothing_is_known() {
        var destination = found();
        for (var answer : List.of(new Answer.Done(),
                new Answer.Failed(Answer.Why.NOT_READY, "not in the overlay"))) {
            silent(8, destination);
            lookup.says(new Lookup.Output.Told(lookup.heard().getFirst().id(), answer));
            assertThat(locations.wake(NOW)).isEmpty();
        }
        silent(9, Destination.of(Uri.parse("sip:bob@192.0.2.7")));   // a phone
        assertThat(lookup.heard()).isEmpty();
    }

    private List<LocationService.Answer> find(long id) {
        return locations.handle(
                new Find(id, Aor.parse(BOB).orElseThrow(),
                new Request("INVITE", BOB, List.of(), Bytes.EMPTY)), NOW);
    }

    private List<LocationService.Answer> told(Lookup.Input.Ask asked, SignedRecord... records) {
        lookup.says(new Lookup.Output.Told(asked.id(), new Answer.Found(List.of(records))));
        return locations.wake(NOW);
    }

    /// The only thing asked for: to store.
    private Effect.Store store() {
        var outputs = said.take();
        assertThat(outputs).hasSize(1);
        return (Effect.Store) ((Lookup.Output.Do) outputs.getFirst()).effect();
    }

    private static Predicate<LocationService.Answer> isFound(long id) {
        return answer -> answer instanceof Found found && found.id() == id
                && found.destinations().size() == 1;
    }

    private static Identity identity(int seed) {
        return Identity.generate(BOB, new SplittableRandom(seed));
    }

    private static SignedRecord record(Identity owner) {
        return SignedRecord.sign(owner, BOB, new Contact(OTHER.key(), List.of(
                        new Contact.Address("sip:192.0.2.9:5062;transport=udp")), Optional.of(
                        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.9"), 5063))), 1, NOW,
                Duration.ofHours(1));
    }
}
