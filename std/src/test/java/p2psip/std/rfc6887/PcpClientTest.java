package p2psip.std.rfc6887;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc6887.PcpClient.*;

/// What a client asks a server, and when.
class PcpClientTest {
    private static final InetAddress SERVER = InetAddress.ofLiteral("192.168.1.1"),
            SELF = InetAddress.ofLiteral("192.168.1.5");
    private static final InetSocketAddress FROM = new InetSocketAddress(SERVER, PcpClient.PORT),
            OUTSIDE = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), 40_000);
    private static final Instant BEGIN = Instant.EPOCH;

    private final PcpClient client = new PcpClient(
            SERVER, SELF, PcpClient.UDP, 5063, Duration.ofHours(2), new Random(1));
    private final List<MapRequest> sent = new ArrayList<>();
    private final List<Duration> when = new ArrayList<>();
    private final List<Output> told = new ArrayList<>();
    private Instant now = BEGIN;

    private void did(List<Output> outputs) {
        for (var output : outputs) switch (output) {
            case Output.Send(var bytes) -> {
                sent.add(MapRequest.parse(bytes));
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

    private void hear(InetSocketAddress from, Response response) {
        did(client.handle(new Input.Received(from, response.encode()), now));
    }

    private Response granted(int result, long lifetime, InetSocketAddress external) {
        var ask = sent.getLast();
        return new Response(2, Response.MAP, result, lifetime, epoch(), Optional.of(
                new Response.Mapped(ask.nonce(), ask.protocol(), ask.internalPort(), external)));
    }

    private long epoch() { return 500 + Duration.between(BEGIN, now).toSeconds(); }

    private void map(long lifetime) {
        run(Duration.ZERO);
        hear(FROM, granted(0, lifetime, OUTSIDE));
    }

    //= rfc6887#8.1.1-1 with the same nonce
    //= rfc6887#8.1.1-2,4 after 3 seconds first, the longest wait 1024
    //= rfc6887#8.1.1-3,5 for no maximum of times or duration
    @Test void it_asks_more_and_more_seldom_and_does_not_give_up() {
        //= rfc6887#8.1.1-6 at random
        run(Duration.ofHours(6));
        assertThat(sent.stream().map(MapRequest::nonce).distinct()).hasSize(1);
        var waits = IntStream.range(1, when.size()).mapToObj(i ->
                when.get(i).minus(when.get(i - 1))).toList();
        assertThat(waits.getFirst()).isBetween(Duration.ofMillis(2700), Duration.ofMillis(3300));
        assertThat(waits.get(1)).isNotEqualTo(waits.getFirst().multipliedBy(2))
                .isBetween(Duration.ofMillis(4800), Duration.ofMillis(7300));
        assertThat(waits).hasSizeGreaterThan(25).allMatch(wait ->
                wait.toMillis() < 1024 * 1100);
    }

    //= rfc6887#11.2.1-4 a renewal between 1/2 and 5/8 of the time to expiration
    //= rfc6887#11.2.1-5 then 3/4, and not closer than 4 seconds
    //= rfc6887#11.2.1-2 suggesting what is assigned
    @Test void it_is_renewed_before_it_expires() {
        //= rfc6887#11.2.1-3 before its expiry time
        map(3600);
        assertThat(told).containsExactly(new Output.Mapped(OUTSIDE, Duration.ofHours(1)));
        run(Duration.ofSeconds(3599));
        assertThat(when.get(1)).isBetween(Duration.ofSeconds(1800), Duration.ofSeconds(2250));
        assertThat(when.get(2)).isBetween(Duration.ofSeconds(2700), Duration.ofSeconds(2925));
        assertThat(sent.get(1).suggested()).isEqualTo(OUTSIDE);
        for (int i = 2; i < when.size(); i++)
            assertThat(when.get(i).minus(when.get(i - 1))).isGreaterThanOrEqualTo(PcpClient.APART);
        assertThat(told).hasSize(1);
        run(Duration.ofSeconds(2));
        assertThat(told).endsWith(new Output.Lost());
    }

    //= rfc6887#11.4-3 for as long as it is wanted a renewal is scheduled
    //= rfc6887#11.4-4 with the suggested address that the response had
    //= rfc6887#15-4 the mapping is kept explicitly
    @Test void it_lasts_as_long_as_it_is_renewed() {
        //= rfc6887#11.2.1-1 its lifetime is extended
        map(3600);
        for (int i = 0; i < 10; i++) {
            int before = sent.size();
            while (sent.size() == before) run(Duration.ofSeconds(10));
            hear(FROM, granted(0, 3600, OUTSIDE));
        }
        assertThat(told).hasSize(1);
        assertThat(sent).hasSize(11);
    }

    //= rfc6887#8.3-2 what was not asked for, or comes from another, is ignored
    @Test void nobody_else_is_heard_nor_who_does_not_know_the_nonce() {
        run(Duration.ZERO);
        var right = granted(0, 3600, OUTSIDE);
        hear(new InetSocketAddress(SELF, PcpClient.PORT), right);
        hear(new InetSocketAddress(SERVER, 1), right);
        var ask = sent.getLast();
        hear(FROM, new Response(2, Response.MAP, 0, 3600, 500, Optional.of(new Response.Mapped(
                Bytes.wrap(new byte[12]), 17, 5063, OUTSIDE))));
        hear(FROM, new Response(2, Response.MAP, 0, 3600, 500, Optional.of(new Response.Mapped(
                ask.nonce(), 17, 5064, OUTSIDE))));
        did(client.handle(new Input.Received(FROM, Bytes.utf8("no")), now));
        assertThat(told).isEmpty();
        hear(FROM, right);
        assertThat(told).hasSize(1);
    }

    //= rfc6887#8.3-4 after an error it is not asked for the lifetime of that
    //= rfc6887#11.4-1,5 the same request is not repeated on NO_RESOURCES
    @Test void refused_it_waits_as_it_was_told() {
        run(Duration.ZERO);
        hear(FROM, granted(8, 300, OUTSIDE));
        assertThat(told).containsExactly(new Output.Refused(8, Duration.ofSeconds(300)));
        run(Duration.ofSeconds(299));
        assertThat(sent).hasSize(1);
        run(Duration.ofSeconds(2));
        assertThat(sent).hasSize(2);
    }

    //= rfc6887#8.3-3 an upper limit is imposed
    //= rfc6887#15-5 an absurdly long lifetime is a day
    @Test void years_are_a_day() {
        map(5 * 365 * 86_400L);
        assertThat(told).containsExactly(new Output.Mapped(OUTSIDE, Duration.ofHours(24)));
    }

    //= rfc6887#8-2 updated responses are handled whenever they come
    //= rfc6887#8.3-1 several to one request
    //= rfc6887#11.2-2,3 with another external port than suggested
    @Test void the_server_moves_it_unasked() {
        map(3600);
        run(Duration.ofMinutes(1));
        var other = new InetSocketAddress(OUTSIDE.getAddress(), 50_000);
        hear(FROM, granted(0, 3600, other));
        assertThat(told).endsWith(new Output.Mapped(other, Duration.ofHours(1)));
    }

    private Response announcement(long epoch) {
        return new Response(2, Response.ANNOUNCE, 0, 0, epoch, Optional.empty());
    }

    //= rfc6887#14.1.3-5 after an announcement with an epoch outside of what is expected, within 5 s
    //= rfc6887#8.5-4 with a clock that never goes back
    @Test void a_server_that_restarted_is_asked_again_soon_and_by_chance() {
        map(3600);
        run(Duration.ofMinutes(1));
        hear(FROM, announcement(epoch()));
        run(Duration.ofSeconds(6));
        assertThat(sent).as("it goes on as before").hasSize(1);
        hear(FROM, announcement(3));
        run(Duration.ofSeconds(5));
        assertThat(sent).hasSize(2);
        assertThat(sent.getLast().suggested()).isEqualTo(OUTSIDE);
    }

    @Test void seconds_may_be_counted_a_little_otherwise() {
        var epoch = new Epoch();
        assertThat(epoch.lost(1000, BEGIN)).as("the first").isFalse();
        assertThat(epoch.lost(999, BEGIN)).as("reordered").isFalse();
        assertThat(epoch.lost(997, BEGIN)).as("backwards").isTrue();
        assertThat(epoch.lost(997 + 1600, BEGIN.plusSeconds(1500))).as("a sixteenth").isFalse();
        assertThat(epoch.lost(997 + 1600 + 1800, BEGIN.plusSeconds(3000))).as("fast").isTrue();
        assertThat(epoch.lost(997 + 1600 + 1810, BEGIN.plusSeconds(3100))).as("slow").isTrue();
    }

    //= rfc6887#9-2 version zero is NAT-PMP
    //= rfc6887#9-3,4 another version is tried in 30 minutes, for there is no lower one
    @Test void a_server_of_another_version() {
        run(Duration.ZERO);
        did(client.handle(new Input.Received(FROM, Bytes.hex("0081000100000001")), now));
        assertThat(told).containsExactly(new Output.OtherVersion(0));
        run(Duration.ofMinutes(29));
        assertThat(sent).hasSize(1);
        run(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(sent).hasSize(2);
    }

    //= rfc6887#15.1-4 deleted by a lifetime of zero, suggesting zeros
    //= rfc6887#11.4-2 and if that fails for NO_RESOURCES nothing more is sent
    @Test void it_is_released() {
        map(3600);
        did(client.handle(new Input.Release(), now));
        assertThat(sent.getLast().lifetime()).isZero();
        assertThat(sent.getLast().suggested()).isEqualTo(
                new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0));
        hear(FROM, granted(8, 300, OUTSIDE));
        assertThat(told).endsWith(new Output.Released());
        run(Duration.ofHours(3));
        assertThat(sent).hasSize(2);
        assertThat(client.terminated()).isTrue();
    }

    @Test void a_silent_server_does_not_hold_up_the_end() {
        map(3600);
        did(client.handle(new Input.Release(), now));
        run(PcpClient.FAREWELL);
        assertThat(told).endsWith(new Output.Released());
    }

    //= rfc6887#11.2-5 clients have different nonces
    @Test void two_clients_have_two_nonces() {
        run(Duration.ZERO);
        var other = new PcpClient(SERVER, SELF, PcpClient.UDP, 5063, Duration.ofHours(2),
                new Random(2));
        var its = other.wake(now).stream().filter(Output.Send.class::isInstance).map(o ->
                MapRequest.parse(((Output.Send) o).datagram()).nonce()).findFirst();
        assertThat(its).isPresent().isNotEqualTo(Optional.of(sent.getLast().nonce()));
    }
}
