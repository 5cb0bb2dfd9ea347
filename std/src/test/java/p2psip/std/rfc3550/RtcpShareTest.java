package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.Session.*;

/// How much of a session's bandwidth RTCP takes, from two members to a thousand: everybody joins
/// at once, half of them send data, and everybody hears everybody after 10 ms.
class RtcpShareTest {
    private static final boolean NIGHT = Integer.getInteger("tries.least", 0) > 0;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    /// At night all sizes.
    static IntStream sizes() {
        return NIGHT ? IntStream.of(2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
                : IntStream.of(2, 3, 10, 40);
    }

    /// A session in virtual time, and what it has sent.
    private static final class Air {
        private record Event(Instant at, long order, int member, Optional<Bytes> rtcp)
                implements Comparable<Event> {
            @Override public int compareTo(Event o) {
                return at.equals(o.at) ? Long.compare(order, o.order) : at.compareTo(o.at);
            }
        }

        private record Sent(Instant at, int octets, boolean sender) {}

        final List<Session> sessions = new ArrayList<>();
        private final List<InetSocketAddress> addresses = new ArrayList<>();
        private final PriorityQueue<Event> events = new PriorityQueue<>();
        final List<Sent> sent = new ArrayList<>();
        private final int senders;
        /// So often a sender says something: more often than it reports, so it is known for one.
        private final Duration pause;
        private long order;

        Air(int members, int senders, double bitsPerSecond, long seed) {
            this.senders = senders;
            this.pause = Duration.ofSeconds(4 + senders / 5);
            var random = new SplittableRandom(seed);
            for (int i = 0; i < members; i++) {
                sessions.add(new Session(new Parameters(Set.of(0), (long) bitsPerSecond, 8000,
                        "%016x".formatted(random.nextLong())), random));
                addresses.add(new InetSocketAddress(
                        InetAddress.ofLiteral("192.0.2.1"), 1000 + i));
            }
            for (int i = 0; i < members; i++) {
                carry(i, sessions.get(i).handle(new Input.Join(), Instant.EPOCH), Instant.EPOCH);
                if (i < senders) add(Instant.EPOCH.plusMillis(i), ~i, Optional.empty());
            }
        }

        private void add(Instant at, int member, Optional<Bytes> rtcp) {
            events.add(new Event(at, order++, member, rtcp));
        }

        private void carry(int who, List<Output> outputs, Instant now) {
            for (var output : outputs) if (output instanceof Output.SendRtcp(var datagram)) {
                sent.add(new Sent(now, datagram.size() + Schedule.OVERHEAD, who < senders));
                add(now.plusMillis(10), who, Optional.of(datagram));
            }
            add(sessions.get(who).deadline(), who, Optional.empty());
        }

        void run(Instant end) {
            while (events.peek().at.isBefore(end)) {
                var event = events.poll();
                if (event.member < 0) speak(~event.member, event.at);
                else if (event.rtcp.isPresent()) hear(event);
                else if (sessions.get(event.member).deadline().equals(event.at))
                    carry(event.member, sessions.get(event.member).wake(event.at), event.at);
            }
        }

        private void hear(Event event) {
            for (int i = 0; i < sessions.size(); i++) {
                if (i == event.member) continue;
                var due = sessions.get(i).deadline();
                sessions.get(i).handle(new Input.RtcpReceived(event.rtcp.orElseThrow(),
                        addresses.get(event.member)), event.at);
                if (!sessions.get(i).deadline().equals(due))
                    add(sessions.get(i).deadline(), i, Optional.empty());
            }
        }

        private void speak(int who, Instant now) {
            for (var output : sessions.get(who).handle(new Input.Send(
                    false, 0, now.toEpochMilli() * 8, Bytes.EMPTY), now))
                if (output instanceof Output.SendRtp(var datagram))
                    for (int i = 0; i < sessions.size(); i++) if (i != who)
                        hear(sessions.get(i), datagram, addresses.get(who), now);
            add(now.plus(pause), ~who, Optional.empty());
        }

        private void hear(Session session, Bytes rtp, InetSocketAddress from, Instant now) {
            if (session.receive(rtp, from, now) == Session.Hearing.HANDLE)
                session.handle(new Input.RtpReceived(rtp, from), now);
        }

        /// The most and the least that was sent in any ten minutes, in bits a second.
        DoubleSummaryStatistics windows(Instant from) {
            var rates = new DoubleSummaryStatistics();
            long sum = 0;
            int first = 0;
            for (int last = 0; last < sent.size(); last++) {
                sum += sent.get(last).octets;
                while (sent.get(first).at.plus(WINDOW).isBefore(sent.get(last).at))
                    sum -= sent.get(first++).octets;
                if (!sent.get(last).at.isBefore(from.plus(WINDOW)))
                    rates.accept(sum * 8.0 / WINDOW.toSeconds());
            }
            return rates;
        }
    }

    /// Two kilobits a second for each are so little that no interval is the least one. Of a
    /// thousand each has half of it, so that there is less to hear, and no less to see.
    //= rfc3550#6.2-8 a fraction of the bandwidth that is known: never more than a twentieth of it
    //= rfc3550#6.2-9 and not much less than the 5 % either
    @ParameterizedTest @MethodSource("sizes")
    void in_any_ten_minutes_rtcp_takes_at_most_a_twentieth_and_not_much_less(int members) {
        double bandwidth = members * 2000.0 / (1 + members / 1000);
        var air = new Air(members, (members + 1) / 2, bandwidth, members);
        air.run(Instant.EPOCH.plusSeconds(1300));
        var all = air.windows(Instant.EPOCH);
        assertThat(all.getMax() / bandwidth).isBetween(0.04, 0.05);
        assertThat(all.getMin() / bandwidth).isBetween(0.04, 0.05);
    }

    /// With the bandwidth of a telephone call the least interval binds below some fifty members.
    //= rfc3550#6.2-18 the lower bound: few participants do not use what they might
    //= rfc3550#6.2-21 each sends once in five seconds at the most often, on average
    @ParameterizedTest @MethodSource("sizes")
    void where_the_least_interval_binds_rtcp_takes_less(int members) {
        var air = new Air(members, members, 160_000, members);
        air.run(Instant.EPOCH.plusSeconds(1300));
        assertThat(air.windows(Instant.EPOCH).getMax() / 160_000).isLessThan(0.05);
        double each = 1300.0 * members / air.sent.size();
        assertThat(each).isGreaterThan(4.6);
        if (members < 40) assertThat(each).isLessThan(5.4);
    }

    /// A quarter of RTCP is theirs, and the others do not touch it.
    //= rfc3550#6.2-10 a quarter is dedicated to those who send data
    //= rfc3550#6.3.1¶2 one sender among many receivers
    @Test void few_senders_have_a_quarter_to_themselves() {
        int members = NIGHT ? 200 : 40;
        double bandwidth = members * 1000.0;
        var air = new Air(members, 3, bandwidth, 7);
        air.run(Instant.EPOCH.plusSeconds(1300));
        var receivers = air.windows(Instant.EPOCH);
        assertThat(receivers.getMax() / bandwidth).isLessThan(0.05);
        long reports = air.sent.stream().filter(s -> s.sender).count();
        assertThat(1300.0 * 3 / reports).as("a sender's interval").isBetween(4.6, 8.0);
        assertThat(1300.0 * (members - 3) / (air.sent.size() - reports))
                .as("a receiver's").isGreaterThan(12);
    }
}
