package p2psip.std.rfc3263;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;

class CandidatesTest {
    private final Candidates candidates = new Candidates();

    private static Target server(int number) {
        return Target.of(Transport.UDP, new InetSocketAddress(
                InetAddress.ofLiteral("192.0.2." + number), 5060));
    }

    private static List<Target> servers(int from, int to) {
        return IntStream.range(from, to).mapToObj(CandidatesTest::server).toList();
    }

    private List<Target> rest() {
        return Stream.generate(candidates::next).takeWhile(Optional::isPresent)
                .map(Optional::get).toList();
    }

    @Test void of_many_servers_the_first_ones_are_tried() {
        assertThat(candidates.found(servers(1, 100))).contains(server(1));
        assertThat(rest()).isEqualTo(servers(2, Candidates.LIMIT + 1));
    }

    @Test void the_servers_of_another_uri_take_the_place_of_those_before() {
        candidates.found(servers(1, 4));
        assertThat(candidates.found(servers(7, 9))).contains(server(7));
        assertThat(rest()).containsExactly(server(8));
        assertThat(candidates.found(List.of())).isEmpty();
    }

    @Test void whoever_has_given_up_tries_no_other() {
        candidates.found(servers(1, 4));
        candidates.giveUp();
        assertThat(candidates.next()).isEmpty();
    }

    //= rfc3263#4.3¶2 a time-out is a failure if there was no response at all
    @Test void silence_after_a_first_response_is_no_failure_of_the_server() {
        candidates.found(servers(1, 5));
        assertThat(candidates.next(Failure.TIMEOUT)).contains(server(2));
        candidates.heard();
        assertThat(candidates.next(Failure.TIMEOUT)).isEmpty();
        assertThat(candidates.next(Failure.TRANSPORT)).as("its end is").contains(server(3));
        assertThat(candidates.next(Failure.TIMEOUT)).as("of another").contains(server(4));
        candidates.heard();
        candidates.found(servers(6, 8));
        assertThat(candidates.next(Failure.TIMEOUT)).contains(server(7));
    }

    //= rfc3263#4.3-1 a 503 alone is a failure of the server
    @Test void what_is_a_failure_of_the_server() {
        assertThat(IntStream.range(300, 700).filter(status -> Candidates.failed(new Message
                .Response(status, "", List.of(), p2psip.std.Bytes.EMPTY)))).containsExactly(503);
    }
}
