package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Effect;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.server.*;

/// Who has had a GRUU is remembered, and no more of it than there is room for.
class InstancesTest {
    private final SortedMap<String, Bytes> store = new TreeMap<>();
    private final Instances instances = new Instances(2);

    private static Aor aor(String user) { return new Aor(user, "example.com"); }

    private void bind(String user, String... given) {
        instances.given(new LocationService.Event.Bind(1, aor(user), Stream.of(given)
                .map(urn -> new Binding(Address.parse("<sip:" + user + "@h>"), "c", 1, Instant.MAX,
                        Optional.empty(), List.of(new Header("Gruu", urn + " 1 1")))).toList()))
                .map(Effect.Store.class::cast).ifPresent(effect -> effect.values().forEach(
                        (key, value) -> value.ifPresentOrElse(
                                bytes -> store.put(key, bytes), () -> store.remove(key))));
    }

    @Test void what_was_given_outlives_the_registration_and_the_server() {
        bind("alice", "urn:a", "urn:B");
        bind("alice");
        var again = new Instances();
        again.load(store);
        for (var each : List.of(instances, again)) {
            assertThat(each.has(aor("alice"), "URN:a")).isTrue();
            assertThat(each.has(aor("alice"), "urn:b")).isTrue();
            assertThat(each.has(aor("alice"), "urn:c")).isFalse();
            assertThat(each.has(aor("bob"), "urn:a")).isFalse();
        }
    }

    @Test void neither_memory_nor_store_grows_beyond_its_limits() {
        for (int i = 0; i <= Instances.OF_ONE; i++) bind("alice", "urn:" + i);
        assertThat(instances.has(aor("alice"), "urn:0")).isFalse();
        assertThat(instances.has(aor("alice"), "urn:1")).isTrue();
        for (var user : List.of("bob", "carol")) bind(user, "urn:a");
        assertThat(instances.has(aor("alice"), "urn:1")).isFalse();
        assertThat(store).containsOnlyKeys(
                "instances/sip:bob@example.com", "instances/sip:carol@example.com");
    }
}
