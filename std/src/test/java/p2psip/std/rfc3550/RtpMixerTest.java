package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtpMixer.*;
import p2psip.std.rfc3550.RtcpPacket.*;

/// A conference of three, each in a cloud of its own.
class RtpMixerTest {
    private static final Bytes VOICE = Bytes.wrap(new byte[160]);

    private final RtpMixer mixer = new RtpMixer(new SplittableRandom(7));
    private final List<Session> parties = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_000_000);

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), port);
    }

    private static Session.Parameters parameters(String cname) {
        return new Session.Parameters(Set.of(0), 160_000, 8000, cname);
    }

    @BeforeEach void three_join() {
        for (int i = 0; i < 3; i++) {
            mixer.handle(new Input.Attach(i, parameters("mixer@" + i)), now);
            parties.add(new Session(parameters("party@" + i), new SplittableRandom(i)));
            parties.get(i).handle(new Session.Input.Join(), now);
        }
    }

    private static <T> List<T> only(Class<T> type, List<?> outputs) {
        return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<Session.Output> from(int cloud, List<Output> outputs) {
        return only(Output.From.class, outputs).stream().filter(f -> f.cloud() == cloud)
                .map(Output.From::output).toList();
    }

    /// Carries what is to be sent to where it goes; answers all that the mixer says.
    private List<Output> carry(List<Output> outputs) {
        for (var from : only(Output.From.class, outputs)) {
            if (from.output() instanceof Session.Output.SendRtcp(var datagram))
                parties.get(from.cloud()).handle(
                        new Session.Input.RtcpReceived(datagram, at(7)), now);
            if (from.output() instanceof Session.Output.SendRtp(var datagram))
                parties.get(from.cloud()).handle(
                        new Session.Input.RtpReceived(datagram, at(6)), now);
        }
        return outputs;
    }

    private List<Output> received(int cloud, Session.Output output) {
        return switch (output) {
            case Session.Output.SendRtp(var d) -> mixer.handle(new Input.Tell(cloud,
                    new Session.Input.RtpReceived(d, at(100 + cloud))), now);
            case Session.Output.SendRtcp(var d) -> mixer.handle(new Input.Tell(cloud,
                    new Session.Input.RtcpReceived(d, at(200 + cloud))), now);
            default -> List.of();
        };
    }

    private List<Output> speak(int party, int n) {
        var all = new ArrayList<Output>();
        for (var output : parties.get(party).handle(
                new Session.Input.Send(n == 0, 0, n * 160L, VOICE), now))
            all.addAll(carry(received(party, output)));
        return all;
    }

    /// Lets time pass for all of them, and answers what the mixer has said to whom.
    private List<Output> pass(Duration time) {
        var end = now.plus(time);
        var all = new ArrayList<Output>();
        while (true) {
            var due = Stream.concat(Stream.of(mixer.deadline()),
                    parties.stream().map(Session::deadline)).min(Comparator.naturalOrder())
                    .orElseThrow();
            if (due.isAfter(end)) break;
            now = due;
            all.addAll(carry(mixer.wake(now)));
            for (int i = 0; i < parties.size(); i++)
                for (var output : parties.get(i).wake(now))
                    all.addAll(carry(received(i, output)));
        }
        now = end;
        return all;
    }

    private static List<RtcpPacket> rtcp(int cloud, List<Output> outputs) {
        return only(Session.Output.SendRtcp.class, from(cloud, outputs)).stream().flatMap(o ->
                CompoundPacket.parse(o.datagram().buffer()).packets().stream()).toList();
    }

    private List<Output> mix(int cloud, boolean own, Long... contributors) {
        return carry(mixer.handle(new Input.Mixed(cloud, false, 0, 0, VOICE,
                List.of(contributors), own), now));
    }

    private static RtpPacket packet(int cloud, List<Output> outputs) {
        return RtpPacket.parse(only(Session.Output.SendRtp.class, from(cloud, outputs))
                .getFirst().datagram());
    }

    //= rfc3550#7.1-11 what it forwards has the mixer's own SSRC
    //= rfc3550#7.1-12 and in the CSRC list the identifiers of the sources
    @Test void a_mixture_says_who_has_contributed() {
        var packet = packet(2, mix(2, false, parties.get(0).ssrc(), parties.get(1).ssrc()));
        assertThat(packet.csrcs())
                .containsExactly(parties.get(0).ssrc(), parties.get(1).ssrc());
        assertThat(packet.ssrc()).isNotIn(parties.stream().map(Session::ssrc).toList());
        //= rfc3550#7.1-13 a mixer that is itself a contributing source is in the list
        var own = packet(2, mix(2, true, 5L));
        assertThat(own.csrcs()).containsExactly(own.ssrc(), 5L);
        assertThat(own.ssrc()).isEqualTo(packet.ssrc());
        assertThat(packet(2, mix(2, true, LongStream.range(1, 40).boxed().toArray(Long[]::new)))
                .contributors()).isEqualTo(15);
    }

    //= rfc3550#7.4-3 of mixed packets the CSRC identifiers, of others the SSRC
    @Test void a_cascade_keeps_who_was_first() {
        var plain = RtpPacket.of(false, 0, new SequenceNumber(1), 0, 7, VOICE);
        assertThat(RtpMixer.contributors(plain)).containsExactly(7L);
        var mixed = new RtpPacket(false, 0, new SequenceNumber(1), 0, 7, List.of(8L, 9L),
                RtpPacket.Extension.NONE, VOICE, 0);
        assertThat(RtpMixer.contributors(mixed)).containsExactly(8L, 9L);
    }

    //= rfc3550#7.3-4 the CNAMEs are forwarded to the other clouds
    //= rfc3550#6.1-19 combined into one compound packet
    @Test void each_learns_the_names_of_all() {
        pass(Duration.ofSeconds(20));
        for (int i = 0; i < 3; i++) {
            var names = parties.get(i).names();
            for (int other = 0; other < 3; other++) if (other != i)
                assertThat(names).containsEntry(parties.get(other).ssrc(), "party@" + other);
            //= rfc3550#7.3-5 and its own CNAME
            assertThat(names).containsValue("mixer@" + i).hasSize(3);
        }
    }

    //= rfc3550#7.3-1 sender reports of its own, about the mixed stream
    //= rfc3550#7.3-2 reception reports stay in their cloud
    @Test void it_reports_to_each_cloud_on_that_cloud_alone() {
        for (int n = 0; n < 200; n++) {
            speak(0, n);
            mix(1, false, parties.get(0).ssrc());
            now = now.plusMillis(20);
        }
        var said = pass(Duration.ofSeconds(15));
        assertThat(rtcp(1, said)).anyMatch(p -> p instanceof SenderReport sr
                && sr.packets() == 200 && sr.octets() == 200 * 160);
        assertThat(rtcp(0, said)).anyMatch(p -> p instanceof ReceiverReport rr
                && rr.blocks().stream().anyMatch(b -> b.ssrc() == parties.get(0).ssrc()));
        for (int cloud = 0; cloud < 3; cloud++) {
            long heard = parties.get(cloud).ssrc();
            assertThat(rtcp(cloud, said).stream()
                    .filter(p -> p instanceof Report).map(Report.class::cast)
                    .flatMap(r -> r.blocks().stream())).allMatch(b -> b.ssrc() == heard);
        }
    }

    //= rfc3550#7.3-9 a BYE is forwarded
    //= rfc3550#6.6-2 with the identifier unchanged
    @Test void who_leaves_leaves_all() {
        pass(Duration.ofSeconds(20));
        long gone = parties.get(0).ssrc();
        for (var output : parties.get(0).handle(new Session.Input.Leave("tired"), now))
            carry(received(0, output));
        var said = pass(Duration.ofSeconds(15));
        for (int other : List.of(1, 2)) {
            assertThat(rtcp(other, said)).contains(new Bye(List.of(gone), "tired"));
            assertThat(parties.get(other).names()).doesNotContainKey(gone);
        }
        var late = pass(Duration.ofSeconds(15));
        assertThat(rtcp(1, late)).noneMatch(p -> p instanceof SourceDescription sdes
                && sdes.chunks().stream().anyMatch(c -> c.ssrc() == gone));
    }

    @Test void who_is_shown_out_leaves_all() {
        pass(Duration.ofSeconds(20));
        long gone = parties.get(0).ssrc();
        assertThat(rtcp(0, mixer.handle(new Input.Detach(0, "removed"), now)))
                .anyMatch(p -> p instanceof Bye);
        assertThat(rtcp(1, pass(Duration.ofSeconds(15))))
                .contains(new Bye(List.of(gone), "removed"));
        assertThat(mixer.handle(new Input.Tell(0, new Session.Input.Leave("")), now)).isEmpty();
    }

    //= rfc3550#6.6-3 a mixer that shuts down lists all it handles, itself as well
    //= rfc3550#7.3-10 to each cloud all that were forwarded there
    @Test void a_mixer_says_goodbye_for_all() {
        pass(Duration.ofSeconds(20));
        var said = mixer.handle(new Input.Close("over"), now);
        for (int i = 0; i < 3; i++) {
            var byes = only(Bye.class, rtcp(i, said));
            assertThat(byes).hasSize(1);
            assertThat(byes.getFirst().ssrcs()).hasSize(3).containsAll(List.of(
                    parties.get((i + 1) % 3).ssrc(), parties.get((i + 2) % 3).ssrc()));
        }
        assertThat(mixer.terminated()).isTrue();
        assertThat(mixer.deadline()).isEqualTo(Instant.MAX);
    }

    //= rfc3550#7.1-3,4,5 and what a mixer in parallel would bring, as clouds are distinct
    @Test void what_comes_round_by_another_cloud_is_not_used() {
        speak(0, 0);
        assertThat(from(0, speak(0, 1))).hasAtLeastOneElementOfType(Session.Output.Deliver.class);
        var copy = RtpPacket.of(false, 0, new SequenceNumber(9), 0, parties.get(0).ssrc(), VOICE);
        assertThat(received(1, new Session.Output.SendRtp(copy.encode())))
                .containsExactly(new Output.Looped(1, parties.get(0).ssrc()));
        var parallel = new RtpPacket(false, 0, new SequenceNumber(9), 0, 4711,
                List.of(parties.get(0).ssrc()), RtpPacket.Extension.NONE, VOICE, 0);
        assertThat(received(1, new Session.Output.SendRtp(parallel.encode())))
                .containsExactly(new Output.Looped(1, 4711));
        var back = packet(2, mix(2, false));
        assertThat(received(1, new Session.Output.SendRtp(back.encode())))
                .containsExactly(new Output.Looped(1, back.ssrc()));
    }

    @Test void there_is_a_limit_to_clouds() {
        for (int i = 3; i < RtpMixer.MAX_CLOUDS; i++)
            assertThat(from(i, mixer.handle(new Input.Attach(i, parameters("m")), now)))
                    .isNotEmpty();
        assertThat(mixer.handle(new Input.Attach(1000, parameters("m")), now))
                .containsExactly(new Output.Full(1000));
        assertThat(mixer.handle(new Input.Attach(5, parameters("twice")), now)).isEmpty();
    }
}
