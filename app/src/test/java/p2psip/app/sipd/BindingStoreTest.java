package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.Restored;

class BindingStoreTest {
    private static final Aor BOB = new Aor("bob", "example.com");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final InetSocketAddress HERE = at("192.0.2.1", 5060);
    private static final InetSocketAddress THERE = at("2001:db8::1", 9);

    private final SortedMap<String, Bytes> disk = new TreeMap<>();
    private Instant wall = NOON;
    private final BindingStore registrations = new BindingStore(() -> wall);

    @Test void bindings_come_back_as_they_were() {
        var phones = List.of(binding("<sip:bob@desk;x=y>;q=0.5", "a b", Optional.empty()),
                binding("\"Bob, \\\"B\\\"\" <sip:%62ob@[2001:db8::1]:7>", "",
                        Optional.of(Flow.udp(HERE, THERE))));
        bind(1, phones);
        assertThat(restored(NOON).bindings()).containsExactly(Map.entry(BOB, phones));
    }

    @Test void what_extensions_have_noted_comes_back_with_its_binding() {
        var plain = binding("<sip:bob@desk>", "a", Optional.empty());
        var noted = new Binding(plain.contact(), "b", 5, plain.expires(), Optional.empty(),
                List.of(new Header("Path", "<sip:a;lr>, <sip:b;lr>"), new Header("Path", "<c:d>")));
        bind(1, List.of(noted, plain));
        assertThat(restored(NOON).bindings().get(BOB)).containsExactly(noted, plain);
        bind(1, List.of(plain, noted));
        assertThat(restored(NOON).bindings().get(BOB)).containsExactly(plain, noted);
    }

    @Test void of_a_connection_the_contact_is_kept() {
        bind(1, List.of(binding("<sip:bob@desk>", "a",
                Optional.of(new Flow(Transport.TCP, HERE, THERE, 3)))));
        assertThat(restored(NOON).bindings().get(BOB)).containsExactly(
                binding("<sip:bob@desk>", "a", Optional.empty()));
    }

    @Test void who_is_reached_by_a_connection_alone_is_not_kept() {
        bind(1, List.of(binding("<sip:bob@a.invalid;transport=ws>", "a",
                        Optional.of(new Flow(Transport.WSS, HERE, THERE, 3))),
                binding("<sip:bob@desk;transport=tcp>;reg-id=1", "b",
                        Optional.of(new Flow(Transport.TCP, HERE, THERE, 4))),
                binding("<sip:bob@cell>;reg-id=1", "c", Optional.of(Flow.udp(HERE, THERE)))));
        assertThat(restored(NOON).bindings().get(BOB)).singleElement()
                .extracting(Binding::callId).isEqualTo("c");
    }

    @Test void time_goes_on_while_the_server_does_not() {
        bind(1, List.of(binding("<sip:bob@desk>", "a", Optional.empty())));
        wall = wall.plusSeconds(100);
        var anew = Instant.EPOCH;   // its timers begin elsewhere
        assertThat(restored(anew).bindings().get(BOB)).singleElement()
                .extracting(Binding::expires).isEqualTo(anew.plusSeconds(500));
    }

    @Test void who_has_left_or_expired_is_not_on_disk() {
        bind(1, List.of(binding("<sip:bob@desk>", "a", Optional.empty())));
        bind(2, List.of());
        assertThat(disk).isEmpty();
        bind(3, List.of(binding("<sip:bob@desk>", "a", Optional.empty())));
        keep(new LocationService.Event.Ended(BOB, List.of()));
        assertThat(disk).isEmpty();
    }

    @Test void the_registrar_hears_what_became_of_each() {
        var first = bind(7, List.of(binding("<sip:bob@desk>", "a", Optional.empty())));
        assertThat(registrations.answer(new Event.Stored(first)))
                .contains(new LocationService.Kept(7));
        assertThat(registrations.answer(new Event.NotStored(first, "full")))
                .contains(new LocationService.NotKept(7));
        var ended = keep(new LocationService.Event.Ended(BOB, List.of()));
        assertThat(registrations.answer(new Event.Stored(ended))).isEmpty();
        assertThat(registrations.answer(new Event.NotStored(ended, "full"))).isEmpty();
    }

    @Test void what_is_damaged_is_left_out() {
        bind(1, List.of(binding("<sip:bob@desk>", "a", Optional.empty()),
                binding("<sip:bob@cell>", "a", Optional.empty())));
        var whole = disk.get(BindingStore.PREFIX + BOB).utf8();
        for (int cut = 0; cut < whole.length(); cut++) {
            disk.put(BindingStore.PREFIX + BOB, Bytes.utf8(whole.substring(0, cut)));
            assertThat(restored(NOON).bindings().get(BOB)).hasSizeLessThanOrEqualTo(2);
            disk.put(BindingStore.PREFIX + BOB, Bytes.utf8(whole.substring(cut)));
            assertThat(restored(NOON).bindings().get(BOB)).hasSizeLessThanOrEqualTo(2);
        }
        disk.put(BindingStore.PREFIX + "nonsense", Bytes.utf8(whole));
        assertThat(restored(NOON).bindings()).containsOnlyKeys(BOB);
    }

    private Id bind(long id, List<Binding> bindings) {
        return keep(new LocationService.Event.Bind(id, BOB, bindings));
    }

    private Id keep(LocationService.Event event) {
        var store = (Effect.Store) registrations.keep(event, NOON).orElseThrow();
        store.values().forEach((key, value) -> value.ifPresentOrElse(
                bytes -> disk.put(key, bytes), () -> disk.remove(key)));
        return store.id();
    }

    private Restored restored(Instant now) {
        return registrations.restored(disk, now);
    }

    private static Binding binding(String contact, String callId, Optional<Flow> flow) {
        return new Binding(Address.parse(contact), callId, 5, NOON.plusSeconds(600), flow,
                List.of());
    }

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }
}
