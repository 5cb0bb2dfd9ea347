package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.Session.*;

/// Many participants of one session, in virtual time: everybody hears everybody after 10 ms.
class SessionSimulationTest {
    private static final long BITS_PER_SECOND = 32_000;
    private static final double RTCP_OCTETS = BITS_PER_SECOND / 8.0 * 0.05;

    private static final class Simulation {
        private record Arrival(Instant at, long order, int from, Bytes datagram)
                implements Comparable<Arrival> {
            @Override public int compareTo(Arrival o) {
                return at.equals(o.at) ? Long.compare(order, o.order) : at.compareTo(o.at);
            }
        }

        final List<Session> sessions = new ArrayList<>();
        final PriorityQueue<Arrival> air = new PriorityQueue<>();
        final List<String> log = new ArrayList<>();
        final RandomGenerator random;
        Instant now = Instant.EPOCH;
        long order;
        double octets;
        int byes;

        Simulation(long seed) { random = new SplittableRandom(seed); }

        void join(int count) {
            for (int i = 0; i < count; i++) {
                sessions.add(new Session(new Parameters(Set.of(0), BITS_PER_SECOND, 8000,
                        "member" + sessions.size() + "@host"), random));
                tell(sessions.size() - 1, new Input.Join());
            }
        }

        void tell(int who, Input input) { carry(who, sessions.get(who).handle(input, now)); }

        void carry(int who, List<Output> outputs) {
            for (var output : outputs) {
                if (!(output instanceof Output.SendRtcp(var datagram))) continue;
                octets += datagram.size() + 28;
                var packets = CompoundPacket.parse(datagram.buffer()).packets();
                if (packets.getLast() instanceof RtcpPacket.Bye) byes++;
                log.add(now.toEpochMilli() + " " + who + " " + datagram.size());
                air.add(new Arrival(now.plusMillis(10), order++, who, datagram));
            }
        }

        void run(Duration span) {
            var end = now.plus(span);
            while (true) {
                int first = -1;
                var due = end;
                for (int i = 0; i < sessions.size(); i++)
                    if (sessions.get(i).deadline().isBefore(due)) {
                        due = sessions.get(i).deadline();
                        first = i;
                    }
                if (!air.isEmpty() && !air.peek().at.isAfter(due)) {
                    var arrival = air.poll();
                    now = arrival.at;
                    var from = new InetSocketAddress(
                            InetAddress.ofLiteral("192.0.2.1"), 1000 + arrival.from);
                    for (int i = 0; i < sessions.size(); i++)
                        if (i != arrival.from)
                            tell(i, new Input.RtcpReceived(arrival.datagram, from));
                } else if (first >= 0) {
                    now = due;
                    carry(first, sessions.get(first).wake(now));
                } else {
                    now = end;
                    return;
                }
            }
        }

        double octetsPerSecond(int seconds) {
            octets = 0;
            run(Duration.ofSeconds(seconds));
            return octets / seconds;
        }
    }

    private final Simulation all = new Simulation(42);

    /// Seeds R3, R4: intervals too short by a hundred, bits taken for octets.
    //= rfc3550#6.2-8 control traffic stays a small fraction, however many there are
    //= rfc3550#6.2-1 the rate is scaled down as the group grows
    @Test void rtcp_stays_within_its_share() {
        all.join(60);
        all.run(Duration.ofSeconds(60));
        // receivers have three quarters; intervals come out a little longer than the mean
        assertThat(all.octetsPerSecond(120)).isBetween(0.5 * RTCP_OCTETS, 0.85 * RTCP_OCTETS);
    }

    //= rfc3550#6.2-19 a delay before the first packet, so no burst when all begin at once
    @Test void sixty_who_join_at_once_do_not_flood() {
        all.join(60);
        assertThat(all.sessions).noneMatch(s -> s.deadline().isBefore(all.now.plusSeconds(1)));
        assertThat(all.octetsPerSecond(10)).isLessThan(3 * RTCP_OCTETS);
    }

    //= rfc3550#6.3.7-1 more than fifty who leave at once do it one after the other
    //= rfc3550#6.2-30 the back-off algorithm avoids a flood of BYE packets
    @Test void sixty_who_leave_at_once_do_not_flood() {
        all.join(60);
        all.run(Duration.ofSeconds(90));
        all.octets = 0;
        for (int i = 0; i < 60; i++) all.tell(i, new Input.Leave(""));
        all.run(Duration.ofSeconds(1));
        assertThat(all.octets).isLessThan(5 * RTCP_OCTETS);
        all.run(Duration.ofSeconds(600));
        assertThat(all.byes).isEqualTo(60);
        assertThat(all.sessions).allMatch(Session::terminated);
    }

    /// Seed R8: integer division made the interval zero, or left it as it was.
    //= rfc3550#6.3.4-1 reverse reconsideration: who remains sends sooner
    //= rfc3550#6.2-28 the interval decreases as the group does
    @Test void those_who_remain_soon_know_it() {
        all.join(40);
        all.run(Duration.ofSeconds(120));
        var due = all.sessions.get(39).deadline();
        for (int i = 0; i < 39; i++) all.tell(i, new Input.Leave(""));
        all.run(Duration.ofMillis(20));
        assertThat(all.sessions.get(39).deadline()).isBefore(due).isAfter(all.now);
        assertThat(Duration.between(all.now, all.sessions.get(39).deadline()))
                .isLessThan(Duration.between(all.now, due).dividedBy(10));
        all.log.clear();
        all.run(Duration.ofSeconds(60));
        assertThat(all.log).as("about every five seconds").hasSizeBetween(8, 24);
    }

    @Test void one_seed_is_one_run() {
        var runs = Stream.of(7, 7, 8).map(seed -> {
            var simulation = new Simulation(seed);
            simulation.join(10);
            simulation.run(Duration.ofSeconds(60));
            return simulation.log;
        }).toList();
        assertThat(runs.get(0)).hasSizeGreaterThan(50).isEqualTo(runs.get(1))
                .isNotEqualTo(runs.get(2));
    }
}
