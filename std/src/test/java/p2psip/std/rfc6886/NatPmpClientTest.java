package p2psip.std.rfc6886;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc6886.NatPmpClient.*;
import p2psip.std.rfc6886.Response.Said;

/// What a client asks its router, and when.
class NatPmpClientTest {
    private static final InetAddress ROUTER = InetAddress.ofLiteral("192.168.1.1"),
            OUTSIDE = InetAddress.ofLiteral("203.0.113.7");
    private static final InetSocketAddress FROM = new InetSocketAddress(ROUTER, NatPmpClient.PORT);
    private static final Instant BEGIN = Instant.EPOCH;

    private final NatPmpClient client = new NatPmpClient(ROUTER, 5063, new Random(1));
    private final List<Request> sent = new ArrayList<>();
    private final List<Duration> when = new ArrayList<>();
    private final List<Output> told = new ArrayList<>();
    private Instant now = BEGIN;

    private void did(List<Output> outputs) {
        for (var output : outputs) switch (output) {
            case Output.Send(var bytes) -> {
                sent.add(Request.parse(bytes));
                when.add(Duration.between(BEGIN, now));
            }
            case Output.Entered _ -> { }
            default -> told.add(output);
        }
    }

    private void run(Duration span) {
        var end = now.plus(span);
        while (!client.deadline().isAfter(end)) {
            if (client.deadline().isAfter(now)) now = client.deadline();
            did(client.wake(now));
        }
        now = end;
    }

    private void hear(InetSocketAddress from, int result, Said said) {
        hear(from, result, said, 500 + Duration.between(BEGIN, now).toSeconds());
    }

    private void hear(InetSocketAddress from, int result, Said said, long epoch) {
        did(client.handle(new Input.Received(from, new Response(
                said instanceof Said.Address ? 0 : 1, result, epoch, Optional.of(said)).encode()),
                now));
    }

    private void map(int port, long lifetime) {
        run(Duration.ZERO);
        hear(FROM, 0, new Said.Address(OUTSIDE));
        hear(FROM, 0, new Said.Mapping(5063, port, lifetime));
    }

    private static Output mapped(int port, Duration lifetime) {
        return new Output.Mapped(new InetSocketAddress(OUTSIDE, port), lifetime);
    }

    //= rfc6886#3.1-1,2 never two requests at a time
    //= rfc6886#3.3-2 the recommended lifetime is 7200 seconds
    @Test void first_the_address_then_the_port() {
        run(Duration.ZERO);
        assertThat(sent).containsExactly(new Request.Address());
        hear(FROM, 0, new Said.Address(OUTSIDE));
        assertThat(sent).endsWith(new Request.Map(5063, 5063, 7200)).hasSize(2);
        hear(FROM, 0, new Said.Mapping(5063, 40_000, 3600));
        assertThat(told).containsExactly(mapped(40_000, Duration.ofHours(1)));
    }

    //= rfc6886#3.1-4 the interval doubles each time
    //= rfc6886#3.1-5 after nine attempts and 64 s the router does not support this
    //= rfc6886#3.3-3 the first is reissued after 250 ms
    @Test void it_asks_nine_times() {
        //= rfc6886#3.1-3 a slow router is not asked more often
        run(Duration.ofMinutes(10));
        assertThat(when).hasSize(9).startsWith(Duration.ZERO, Duration.ofMillis(250),
                Duration.ofMillis(750), Duration.ofMillis(1750));
        assertThat(when.getLast()).isEqualTo(Duration.ofMillis(63_750));
        assertThat(told).containsExactly(new Output.Failed("no answer"));
        assertThat(client.terminated()).isTrue();
    }

    //= rfc6886#3.3-16 a mapping is renewed halfway to expiry time
    //= rfc6886#3.3-17 suggesting the external port that was mapped
    @Test void it_is_renewed_at_half() {
        map(40_000, 3600);
        run(Duration.ofSeconds(1799));
        assertThat(sent).hasSize(2);
        run(Duration.ofSeconds(1));
        hear(FROM, 0, new Said.Address(OUTSIDE));
        assertThat(sent).endsWith(new Request.Map(5063, 40_000, 7200));
        hear(FROM, 0, new Said.Mapping(5063, 40_000, 3600));
        run(Duration.ofSeconds(1799));
        assertThat(sent).hasSize(4);
        assertThat(told).hasSize(1);
    }

    @Test void what_is_not_renewed_is_lost() {
        map(40_000, 60);
        run(Duration.ofSeconds(61));
        assertThat(told).endsWith(new Output.Lost());
    }

    //= rfc6886#3.2-4 the source address is checked
    //= rfc6886#3.2.1-5 of an announcement
    //= rfc6886#3.3-15 and of the response to a request for a mapping
    @Test void nobody_else_is_heard() {
        //= rfc6886#3.3-4 the opcode must be the one requested
        run(Duration.ZERO);
        hear(new InetSocketAddress(OUTSIDE, NatPmpClient.PORT), 0, new Said.Address(OUTSIDE));
        hear(new InetSocketAddress(ROUTER, 1), 0, new Said.Address(OUTSIDE));
        hear(FROM, 0, new Said.Mapping(5063, 1, 3600));
        assertThat(sent).hasSize(1);
        hear(FROM, 0, new Said.Address(OUTSIDE));
        hear(new InetSocketAddress(OUTSIDE, NatPmpClient.PORT), 0,
                new Said.Mapping(5063, 40_000, 3600));
        hear(FROM, 0, new Said.Mapping(5064, 40_000, 3600));
        assertThat(told).isEmpty();
        hear(FROM, 0, new Said.Mapping(5063, 40_000, 3600));
        run(Duration.ofMinutes(1));
        hear(new InetSocketAddress(OUTSIDE, NatPmpClient.PORT), 0, new Said.Address(OUTSIDE), 1);
        run(Duration.ofSeconds(6));
        assertThat(sent).hasSize(2);
    }

    //= rfc6886#3.6-2 when the epoch is less than expected the leases are renewed
    //= rfc6886#3.7-3 without waiting for the scheduled time
    //= rfc6886#3.7-4 after a random time of at most 5 seconds
    @Test void a_router_that_restarted_is_asked_again_soon_and_by_chance() {
        map(40_000, 3600);
        run(Duration.ofMinutes(1));
        hear(FROM, 0, new Said.Address(OUTSIDE), 550);
        run(Duration.ofSeconds(6));
        assertThat(sent).as("seven eighths are enough").hasSize(2);
        hear(FROM, 0, new Said.Address(OUTSIDE), 2);
        assertThat(sent).as("not at once").hasSize(2);
        run(Duration.ofSeconds(5));
        hear(FROM, 0, new Said.Address(OUTSIDE), 7);
        assertThat(sent).endsWith(new Request.Map(5063, 40_000, 7200));
    }

    @Test void another_address_outside_is_told() {
        map(40_000, 3600);
        hear(FROM, 0, new Said.Address(InetAddress.ofLiteral("203.0.113.8")));
        assertThat(told).hasSize(2);
    }

    //= rfc6886#3.5-10,11 result codes that are not defined are errors as well
    //= rfc6886#3.2-2 the address beside one is ignored
    @Test void refused_by_any_code_it_ends() {
        for (int code : new int[] {2, 3, 4, 5, 77, 65_535}) {
            var other = new NatPmpClient(ROUTER, 5063, new Random(1));
            other.wake(now);
            assertThat(other.handle(new Input.Received(FROM, new Response(0, code, 1,
                    Optional.of(new Said.Address(OUTSIDE))).encode()), now))
                    .contains(new Output.Failed("it refuses: result " + code));
        }
    }

    //= rfc6886#3.1-7 at least one request for deletion is sent
    //= rfc6886#3.4-4 with a suggested port of zero
    //= rfc6886#3.4-3 the mapping is deleted explicitly
    @Test void it_is_released() {
        map(40_000, 3600);
        did(client.handle(new Input.Release(), now));
        assertThat(sent).endsWith(new Request.Map(5063, 0, 0));
        hear(FROM, 0, new Said.Mapping(5063, 0, 0));
        assertThat(told).endsWith(new Output.Released());
        assertThat(client.terminated()).isTrue();
    }

    @Test void a_silent_router_does_not_hold_up_the_end() {
        map(40_000, 3600);
        did(client.handle(new Input.Release(), now));
        run(NatPmpClient.FAREWELL);
        assertThat(told).endsWith(new Output.Released());
    }

    //= rfc6886#3.3-1 the reserved field is zero
    @Test void requests_byte_for_byte() {
        assertThat(new Request.Address().encode().hex()).isEqualTo("0000");
        assertThat(new Request.Map(5063, 40_000, 7200).encode().hex())
                .isEqualTo("00010000" + "13c79c40" + "00001c20");
    }

    @Property(tries = 500) void nonsense_is_read_or_refused(@ForAll byte[] bytes) {
        try {
            Response.parse(Bytes.copyOf(bytes));
        } catch (SyntaxException e) {
            assertThat(e).hasMessageContaining("response");
        }
    }

    @Test void cut_short_it_is_refused() {
        var whole = new Response(1, 0, 9, Optional.of(new Said.Mapping(1, 2, 3)));
        assertThat(Response.parse(whole.encode())).isEqualTo(whole);
        for (int end = 0; end < whole.encode().size(); end++) {
            var part = whole.encode().slice(0, end);
            assertThatThrownBy(() -> Response.parse(part)).isInstanceOf(SyntaxException.class);
        }
    }
}
