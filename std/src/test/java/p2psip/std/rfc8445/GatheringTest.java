package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8445.Puppet.BASE;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8445.Gathering.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// Servers that answer, or do not.
class GatheringTest {
    private static final InetSocketAddress ALIVE = at("192.0.2.9", 3478),
            OLD = at("192.0.2.8", 3478), DEAD = at("192.0.2.7", 3478),
            MAPPED = at("203.0.113.50", 4242);

    private final List<String> seen = new ArrayList<>();
    private final List<Output> said = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private void hear(Gathering gathering, List<Output> outputs) {
        said.addAll(outputs);
        for (var output : outputs) {
            var at = now.toEpochMilli() + " ";
            switch (output) {
                case Output.Send(var base, var to, var bytes) -> {
                    seen.add(at + "ask " + to.getAddress().getHostAddress());
                    answer(to, Message.parse(bytes)).ifPresent(answer -> hear(gathering,
                            gathering.handle(new Input.Received(base, to, answer), now)));
                }
                case Output.Found(var found) -> seen.add(at + "found "
                        + found.mapped().getAddress().getHostAddress());
                case Output.Failed(_, var why) -> seen.add(at + "failed " + why);
                case Output.Done _ -> seen.add(at + "done");
            }
        }
    }

    private Optional<Bytes> answer(InetSocketAddress server, Message request) {
        if (server.equals(DEAD)) return Optional.empty();
        return Optional.of(request.response(Kind.SUCCESS, List.of(server.equals(OLD)
                ? new MappedAddress(MAPPED) : new XorMappedAddress(MAPPED))).encode());
    }

    private String run(Gathering gathering, Duration until) {
        var end = Instant.EPOCH.plus(until);
        while (!gathering.deadline().isAfter(end)) {
            if (gathering.deadline().isAfter(now)) now = gathering.deadline();
            hear(gathering, gathering.wake(now));
        }
        return String.join("\n", seen);
    }

    private static Gathering of(InetSocketAddress... servers) {
        return new Gathering(Stream.of(servers).map(server -> new Question(1, 1, BASE, server))
                .toList(), Settings.DEFAULT, Duration.ofMillis(500), new Pacer(),
                new SplittableRandom(1));
    }

    //= rfc8445#5.1.1.2-1,2,4 of each server that is configured a candidate is gathered
    //= rfc8445#5.1.1.2-7 no transaction before Ta expires again
    //= rfc8838#13-5 gathering that takes longer than is acceptable is taken as completed
    @Test void a_dead_server_delays_nobody() {
        assertThat(run(of(DEAD, ALIVE), Duration.ofMillis(900))).isEqualTo("""
                0 ask 192.0.2.7
                50 ask 192.0.2.9
                50 found 203.0.113.50
                500 ask 192.0.2.7
                500 done""");
    }

    //= rfc8445#5.1.1.2-5 an answer of a server of RFC 3489 is as good: the backwards compatibility
    @Test void an_old_server_will_do() {
        assertThat(run(of(OLD), Duration.ofMillis(100))).isEqualTo("""
                0 ask 192.0.2.8
                0 found 203.0.113.50
                0 done""");
    }

    //= rfc8445#5.1.1.4-1,2 the binding is kept alive by further Binding requests to the server
    @Test void what_was_found_is_kept_alive_until_ice_has_concluded() {
        var gathering = of(ALIVE);
        assertThat(run(gathering, Duration.ofSeconds(31))).isEqualTo("""
                0 ask 192.0.2.9
                0 found 203.0.113.50
                0 done
                15000 ask 192.0.2.9
                30000 ask 192.0.2.9""");
        gathering.handle(new Input.Concluded(), now);
        assertThat(gathering.terminated()).isTrue();
        assertThat(gathering.deadline()).isEqualTo(Instant.MAX);
    }

    //= rfc8445#14.3-1 the RTO of gathering is Ta for each candidate, and 500 ms at least
    @Test void many_questions_are_repeated_less_often() {
        var servers = IntStream.range(0, 20).mapToObj(i -> DEAD).toList();
        var questions = IntStream.range(0, 20).mapToObj(i -> new Question(1, 1,
                at("198.51.100." + (1 + i), 5000), servers.get(i))).toList();
        var gathering = new Gathering(questions, Settings.DEFAULT, Duration.ofSeconds(1),
                new Pacer(), new SplittableRandom(1));
        run(gathering, Duration.ofMillis(999));
        assertThat(said.stream().filter(Output.Send.class::isInstance)).hasSize(20);
        run(gathering, Duration.ofMillis(1049));
        assertThat(said.stream().filter(Output.Send.class::isInstance)).hasSize(21);
        run(gathering, Duration.ofMinutes(5));
        assertThat(said.stream().filter(Output.Failed.class::isInstance)).hasSize(20);
        assertThat(gathering.terminated()).isTrue();
    }

    @Test void without_servers_there_is_nothing_to_wait_for() {
        assertThat(run(of(), Duration.ofMillis(100))).isEqualTo("0 done");
    }
}
