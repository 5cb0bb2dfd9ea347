package p2psip.std.rfc5626;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Response;

/// When flows are tried and made again, and by which name.
class OutboundTimesTest {
    private static final int DRAWN = 200;

    private final RandomGenerator random = new SplittableRandom(7);

    private LongSummaryStatistics seconds(Supplier<Duration> drawn) {
        return Stream.generate(drawn).limit(DRAWN).mapToLong(Duration::toSeconds)
                .summaryStatistics();
    }

    private void between(long least, long most, Supplier<Duration> drawn) {
        var seen = seconds(drawn);
        assertThat(seen.getMin()).isBetween(least, least + (most - least) / 4);
        assertThat(seen.getMax()).isBetween(most - (most - least) / 4 - 1, most);
    }

    private static Optional<KeepAlive> keepAlive(String fields, Transport by) {
        return KeepAlive.of((Response) Message.parse("SIP/2.0 200 OK\r\n" + fields + "\r\n"), by);
    }

    private KeepAlive outbound(String fields, Transport by) {
        return keepAlive("Require: outbound\r\n" + fields, by).orElseThrow();
    }

    //= rfc5626#4.5-3 the retry delay is half to the whole of min(1800, base * 2^failures)
    @Test void waiting_grows_up_to_half_an_hour() {
        between(30, 60, () -> Recovery.pause(1, true, random));
        between(90, 180, () -> Recovery.pause(1, false, random));
        between(120, 240, () -> Recovery.pause(3, true, random));
        between(900, 1800, () -> Recovery.pause(5, false, random));
        between(900, 1800, () -> Recovery.pause(1000, true, random));
    }

    @Test void keep_alives_are_spread() {
        //= rfc5626#4.4.1-4,5 random, upper bound 120 seconds, lower bound 95
        between(96, 120, () -> outbound("", Transport.TCP).next(random));
        between(96, 120, () -> outbound("", Transport.WSS).next(random));
        //= rfc5626#4.4.2-3 24 to 29 seconds by UDP
        between(24, 29, () -> outbound("", Transport.UDP).next(random));
        //= rfc5626#4.4-1,2 keep-alives after 80 to 100 % of the seconds asked for
        between(480, 600, () -> outbound("Flow-Timer: 600\r\n", Transport.UDP).next(random));
        assertThat(outbound("Flow-Timer: 0\r\n", Transport.TCP).next(random))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(4));
        assertThat(outbound("Flow-Timer: soon\r\n", Transport.TCP).most())
                .isEqualTo(Duration.ofSeconds(120));
    }

    //= rfc5626#8-3,4 no STUN without the word of the next hop
    @Test void who_does_not_say_outbound_is_not_tried() {
        assertThat(keepAlive("", Transport.UDP)).isEmpty();
        assertThat(keepAlive("Supported: outbound\r\n", Transport.TCP)).isEmpty();
    }

    //= rfc5626#4.1-4,5 a UUID, for there is an RFC that says how it is made
    @Test void an_instance_is_a_uuid() {
        var made = Stream.generate(() -> Instance.random(random)).limit(DRAWN).toList();
        assertThat(Set.copyOf(made)).hasSize(DRAWN);
        assertThat(made).allMatch(i -> UUID.fromString(i.urn().substring(9)).version() == 4
                && UUID.fromString(i.urn().substring(9)).variant() == 2);
        for (var bad : List.of("", "urn:imei:123456", "urn:uuid:1", made.getFirst().urn() + "0",
                "urn:uuid:00000000-0000-1000-8000-aabbccddeef\""))
            assertThatThrownBy(() -> new Instance(bad)).isInstanceOf(SyntaxException.class);
    }

    //= rfc5626#4.2.1-1 sets of two, and of up to four
    @Test void there_are_up_to_four_proxies() {
        var proxy = Address.parse("<sip:a>");
        for (int n = 0; n <= 4; n++)
            assertThat(new Outbound(Instance.random(random), Collections.nCopies(n, proxy))
                    .proxies()).hasSize(n);
        assertThatThrownBy(() -> new Outbound(Instance.random(random),
                Collections.nCopies(5, proxy))).isInstanceOf(IllegalArgumentException.class);
    }
}
