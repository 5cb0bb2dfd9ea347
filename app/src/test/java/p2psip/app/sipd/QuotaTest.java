package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.*;

/// A flood gets 503, and others what they ask for.
class QuotaTest {
    private static final InetSocketAddress HERE = at("10.0.0.1", 5060);

    private static final Domains HOME = new Domains(
            List.of(new ListeningPoint(Transport.UDP, HERE)), List.of("example.com"));

    private final Bindings bindings = new Bindings();
    private final Quota quota = new Quota(Guard.OPEN, new Access(
            HOME, Optional.empty(), bindings, new SplittableRandom(1)));

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private Optional<Refusal> asks(String method, String host, int port, Purpose purpose) {
        return quota.refuses(new Request(method, "sip:bob@example.com", List.of(
                new Header("From", "<sip:alice@example.com>;tag=1")), Bytes.EMPTY),
                Flow.udp(HERE, at(host, port)), purpose, Instant.EPOCH);
    }

    private Optional<Refusal> flooded() {
        var last = Optional.<Refusal>empty();
        for (int i = 0; i <= Quota.AT_ONCE; i++)
            last = asks("INVITE", "10.0.0.66", 1000 + i, Purpose.INBOUND);
        return last;
    }

    // who asks too much is told when to retry
    @Test void a_flood_is_told_to_wait() {
        assertThat(flooded()).map(Refusal::status).contains(503);
        assertThat(flooded().get().headers()).containsExactly(new Header("Retry-After", "1"));
        assertThat(asks("INVITE", "10.0.0.7", 5060, Purpose.INBOUND)).as("others").isEmpty();
    }

    @Test void what_belongs_to_a_call_that_goes_on_is_not_counted() {
        flooded();
        assertThat(asks("BYE", "10.0.0.66", 5060, Purpose.IN_DIALOG)).isEmpty();
        assertThat(asks("ACK", "10.0.0.66", 5060, Purpose.INBOUND)).isEmpty();
    }

    @Test void a_phone_behind_the_address_of_a_flood_is_served() {
        var binding = new Binding(Address.parse("<sip:alice@10.0.0.66:5060>"), "c", 1,
                Instant.MAX, Optional.empty(), List.of());
        new Registrar(HOME, Limits.USUAL, Guard.OPEN, bindings, List.of(),
                new SplittableRandom(1)).handle(
                new Core.Input.Asked(new LocationService.Restored(new TreeMap<>(Map.of(
                        new Aor("alice", "example.com"), List.of(binding))))), Instant.EPOCH);
        flooded();
        assertThat(asks("INVITE", "10.0.0.66", 5061, Purpose.INBOUND)).isPresent();
        assertThat(asks("INVITE", "10.0.0.66", 5060, Purpose.INBOUND)).isEmpty();
    }
}
