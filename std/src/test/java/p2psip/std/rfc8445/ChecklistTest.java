package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8445.Puppet.*;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc8445.Agent.*;
import p2psip.std.rfc8445.IceAttributes.*;

/// Which pairs there are, which waits for which, and when none is left.
class ChecklistTest {
    private static final Duration LONG = Duration.ofSeconds(80);

    /// Two streams of two components, as RTP and RTCP of sound and picture.
    private static Puppet streams(Settings settings) {
        var puppet = Puppet.full(true, settings);
        for (int stream = 1; stream <= 2; stream++) {
            puppet.tell(new Input.Stream(stream, 2));
            for (int component = 1; component <= 2; component++)
                puppet.tell(new Input.Host(stream, component, List.of(
                        at("198.51.100.1", 5000 + 10 * stream + component))));
            puppet.tell(new Input.Remote(stream, Description.of(PUPPET)));
        }
        return puppet;
    }

    private static String states(Puppet puppet) {
        return puppet.agent.records().stream().map(one -> one.stream() + "." + one.component() + " "
                + one.remote().foundation() + " " + one.state()).collect(Collectors.joining("\n"));
    }

    //= rfc8445#6.1.2.6¶12 of each foundation one pair waits, the first
    //= rfc8445#7.2.5.3.3-1 when it succeeds all others of the foundation wait, in all checklists
    @Test void pairs_of_one_foundation_wait_for_the_first() {
        var puppet = streams(Settings.DEFAULT);
        for (int stream = 1; stream <= 2; stream++) for (int component = 1; component <= 2;
                component++) puppet.candidate(stream, component, at("203.0.113.1", 6000 + 10
                * stream + component), 100);
        assertThat(states(puppet)).isEqualTo("""
                1.1 f20301131 IN_PROGRESS
                1.2 f20301131 FROZEN
                2.1 f20301131 FROZEN
                2.2 f20301131 FROZEN""");
        puppet.millis(200);
        assertThat(puppet.requests).hasSize(1);
        puppet.success(puppet.last());
        //= rfc8838#12¶9 one that comes when others have succeeded waits for none
        puppet.candidate(2, 2, at("203.0.113.1", 6999), 99);
        assertThat(states(puppet)).endsWith("""
                1.2 f20301131 WAITING
                2.1 f20301131 IN_PROGRESS
                2.2 f20301131 WAITING
                2.2 f20301131 WAITING""");
    }

    //= rfc8445#6.1.4.2¶1 whenever Ta fires another checklist has its turn
    @Test void checklists_take_turns_at_each_ta() {
        var puppet = streams(Settings.DEFAULT);
        for (int i = 1; i <= 3; i++) for (int stream = 1; stream <= 2; stream++)
            puppet.candidate(stream, 1, at("203.0.113." + (10 * stream + i), 6000), 100 - i);
        puppet.millis(300);
        assertThat(puppet.requests).extracting(one -> one.when().toEpochMilli() + " "
                + one.to().getAddress().getHostAddress()).startsWith("0 203.0.113.11",
                "50 203.0.113.21", "100 203.0.113.12", "150 203.0.113.22", "200 203.0.113.13",
                "250 203.0.113.23");
    }

    //= rfc8445#14.2-2 the Ta that is proposed is told the peer
    //= rfc8445#14.2-3 of both the higher value is used
    @Test void the_slower_side_sets_the_pace() {
        var puppet = Puppet.full(true).alone();
        assertThat(puppet.all(Output.Described.class).getFirst().description().pacing())
                .contains(Duration.ofMillis(50));
        puppet.tell(new Input.Remote(1, new Description(PUPPET, false, List.of(),
                Optional.of(Duration.ofMillis(200)))));
        for (int i = 1; i <= 3; i++) puppet.candidate(1, 1, at("203.0.113." + i, 6000), 100);
        puppet.millis(450);
        assertThat(puppet.requests).extracting(one -> one.when().toEpochMilli())
                .containsExactly(0L, 200L, 400L);
    }

    //= rfc8445#14.2-4 agents of one process together begin one transaction every 5 ms at most
    @Test void many_agents_share_a_pace() {
        var pacer = new Pacer();
        var agents = IntStream.range(0, 20).mapToObj(i -> new Puppet(new FullAgent(true,
                Settings.DEFAULT, pacer, new SplittableRandom(i))).ready()).toList();
        for (int ms = 0; ms < 400; ms++) for (var one : agents) one.millis(1);
        var times = agents.stream().flatMap(one -> one.requests.stream().limit(1))
                .map(one -> one.when().toEpochMilli()).sorted().toList();
        assertThat(times).hasSize(20);
        for (int i = 1; i < times.size(); i++)
            assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(5);
    }

    //= rfc8445#6.1.2.5-1,2 100 pairs in all checklists by default, and configurable
    //= rfc8445#6.1.2.5-3 what is discarded is so evenly, from each checklist
    //= rfc8445#19.5.1-1,2 the number of checks is limited, and that of candidates accepted
    @Test void there_are_so_many_pairs_and_no_more() {
        for (int limit : List.of(100, 10)) {
            var puppet = streams(Settings.DEFAULT.withPairs(limit));
            for (int i = 0; i < 200; i++) for (int stream = 1; stream <= 2; stream++)
                puppet.candidate(stream, 1, at("203.0." + stream + "." + i, 6000), 1000 - i);
            for (int stream = 1; stream <= 2; stream++) {
                int wanted = stream;
                assertThat(puppet.agent.records().stream().filter(one -> one.stream() == wanted))
                        .hasSize(limit / 2);
            }
            assertThat(puppet.all(Output.Remark.class)).as("too many candidates").hasSize(2);
            puppet.advance(LONG);
            assertThat(puppet.requests.stream().map(Sent::to).distinct()).hasSize(limit);
            assertThat(puppet.agent.records().size()).isLessThanOrEqualTo(Session.RECORDS);
        }
    }

    //= rfc8838#10-3 what has failed goes first
    //= rfc8838#11-3 whoever's new candidate it is
    //= rfc8838#10-4 and else what has lower priority
    @Test void a_better_pair_takes_the_place_of_a_worse() {
        var puppet = Puppet.full(true, Settings.DEFAULT.withPairs(2)).alone().met();
        for (int i = 1; i <= 4; i++) puppet.candidate(1, 1, at("203.0.113." + i, 6000), 100 + i);
        //= rfc8838#11-4 lower than the new one, as long as there is such a pair
        puppet.candidate(1, 1, at("203.0.113.9", 6000), 1);
        puppet.millis(60);
        assertThat(puppet.requests).extracting(one ->
                one.to().getAddress().getHostAddress()).containsExactly("203.0.113.1",
                "203.0.113.4");
        puppet.tell(new Input.Unreachable(BASE, at("203.0.113.1", 6000), "no"));
        puppet.candidate(1, 1, at("203.0.113.8", 6000), 1);
        assertThat(puppet.agent.records().getLast().remote().address().getAddress()
                .getHostAddress()).isEqualTo("203.0.113.8");
    }

    //= rfc8445#6.1.2.4-1 a reflexive candidate is replaced by its base, which is there already
    //= rfc8838#10-2 the local candidate that is server-reflexive, when it is trickled later
    //= rfc8838#11-1 its base stands for it when a remote one is, too
    @Test void what_is_sent_from_one_base_is_one_pair() {
        var puppet = Puppet.full(true).ready();
        puppet.tell(new Input.Reflexive(1, 1, at("192.0.2.77", 4000), BASE, Wire.STUN));
        assertThat(puppet.all(Output.Local.class)).hasSize(2);
        assertThat(puppet.agent.records()).hasSize(1);
        puppet.candidate(1, 1, OTHER, 1);
        assertThat(puppet.agent.records()).hasSize(2);
        var remote = Candidate.remote(CandidateType.HOST, "1", 1, 1, PEER);
        assertThat(puppet.all(Output.Local.class).stream().map(one -> new Pair(
                1, one.candidate(), remote, Role.CONTROLLING, puppet.now).key()).distinct())
                .hasSize(1);
    }

    //= rfc8838#10-1 no local candidate is paired before it was trickled
    @Test void a_candidate_is_told_before_it_is_used() {
        var puppet = Puppet.full(true);
        puppet.tell(new Input.Stream(1, 1));
        puppet.met().candidate(1, 1, PEER, 100);
        puppet.tell(new Input.Host(1, 1, List.of(BASE)));
        var kinds = puppet.said.stream().map(Object::getClass).toList();
        assertThat(kinds.indexOf(Output.Local.class))
                .isBetween(0, kinds.indexOf(Output.Send.class));
        //= rfc8838#13-1,2 the end of candidates names the session
        puppet.tell(new Input.Gathered());
        assertThat(puppet.all(Output.LocalDone.class)).containsExactly(
                new Output.LocalDone(1, puppet.theirs.get(1).ufrag()));
        //= rfc8838#13-6,8 after that no candidates are conveyed
        puppet.tell(new Input.Host(1, 1, List.of(at("198.51.100.9", 5000))));
        assertThat(puppet.all(Output.Local.class)).hasSize(1);
    }

    //= rfc8838#14-2 what comes after the end of candidates is ignored
    @Test void after_the_end_there_are_no_candidates() {
        var puppet = Puppet.full(true).ready();
        puppet.tell(new Input.RemoteDone(1));
        puppet.candidate(1, 1, OTHER, 99);
        assertThat(puppet.agent.records()).hasSize(1);
        assertThat(puppet.all(Output.Remark.class)).hasSize(1);
    }

    //= rfc8863#4-1,3 while the PAC timer runs nothing is Failed, though no pair is left
    //= rfc8863#4-2,4 the timer has the duration of a transaction, and then the checklist is Failed
    //= rfc8863#5-1 nor does the end of candidates change that
    @Test void nothing_is_given_up_in_haste() {
        var puppet = Puppet.full(true).alone().met();
        puppet.tell(new Input.Gathered());
        puppet.tell(new Input.RemoteDone(1));
        puppet.millis(39_499);
        assertThat(puppet.all(Output.Failed.class)).isEmpty();
        assertThat(puppet.agent.state()).isEqualTo(State.RUNNING);
        puppet.millis(1);
        //= rfc8445#8.1.1-1 the owner is told to inform the other side
        //= rfc8445#8.1.2-3 and to remove the stream
        assertThat(puppet.all(Output.Failed.class)).hasSize(1);
        //= rfc8445#8.1.2-4,5 no stream is left: the session is terminated
        assertThat(puppet.agent.state()).isEqualTo(State.FAILED);
        assertThat(puppet.agent.deadline()).isEqualTo(Instant.MAX);
        //= rfc8839#4.3.4-3 the checklist is Failed, its stream to be removed by an offer
        assertThat(puppet.all(Output.Failed.class).getFirst().stream()).isEqualTo(1);
    }

    @Test void a_late_peer_is_heard_while_patience_lasts() {
        var puppet = Puppet.full(false).alone().met();
        puppet.tell(new Input.Gathered());
        puppet.tell(new Input.RemoteDone(1));
        puppet.millis(39_000);
        puppet.ask(PEER, new Priority(1), new IceControlling(1));
        puppet.millis(50);
        puppet.success(puppet.last());
        puppet.millis(60_000);
        assertThat(puppet.all(Output.Failed.class)).isEmpty();
    }

    //= rfc8838#8-1 the checklist is Running as long as candidates may be added
    //= rfc8863#5-2,3 unless the end of candidates never comes: then the PAC timer stands for it
    @Test void who_trickles_is_waited_for() {
        for (boolean gathered : List.of(true, false)) {
            var puppet = Puppet.full(true, Settings.DEFAULT.withPac(Duration.ofSeconds(60)))
                    .ready();
            if (gathered) puppet.tell(new Input.Gathered());
            puppet.millis(59_000);
            assertThat(puppet.state()).isEqualTo(Pair.State.FAILED);
            assertThat(puppet.all(Output.Failed.class)).isEmpty();
            puppet.millis(1000);
            assertThat(puppet.all(Output.Failed.class)).hasSize(gathered ? 1 : 0);
            puppet.tell(new Input.Gathered());
            assertThat(puppet.all(Output.Failed.class)).hasSize(1);
        }
    }

    //= rfc8445#5.1.1.4-3 a base that has gone away takes its candidates with it
    @Test void an_interface_may_go() {
        var puppet = Puppet.full(true).ready();
        var second = at("198.51.100.2", 5000);
        puppet.tell(new Input.Host(1, 1, List.of(second)));
        puppet.tell(new Input.Gone(BASE));
        int sent = puppet.requests.size();
        puppet.millis(5000);
        assertThat(puppet.requests.subList(sent, puppet.requests.size()))
                .isNotEmpty().allMatch(one -> one.base().equals(second));
    }

    //= rfc8839#4.4.3.1-2,3 the list of a removed data stream is flushed, no transaction is left
    @Test void of_a_removed_stream_nothing_is_checked() {
        var puppet = Puppet.full(true).ready();
        puppet.tell(new Input.Remove(1));
        int sent = puppet.requests.size();
        puppet.millis(10_000);
        assertThat(puppet.requests).hasSize(sent);
    }

    //= rfc8839#4.4.3.1-4 one that is added has a checklist of its own
    //= rfc8445#11-7 no keepalives are sent for the removed stream
    @Test void streams_come_and_go() {
        var puppet = Puppet.full(true).ready();
        puppet.success(puppet.last());
        puppet.millis(50);
        puppet.success(puppet.last());
        puppet.tell(new Input.Remove(1));
        int sent = puppet.requests.size();
        puppet.millis(100_000);
        assertThat(puppet.requests).hasSize(sent);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
        puppet.tell(new Input.Stream(2, 1));
        assertThat(puppet.theirs).containsKey(2);
        //= rfc8839#5.4-2 streams with identical ufrag would have identical pwd: none have
        assertThat(puppet.theirs.get(2).ufrag()).isNotEqualTo(puppet.theirs.get(1).ufrag());
        for (int i = 3; i < 100; i++) puppet.tell(new Input.Stream(i, 1));
        assertThat(puppet.theirs).hasSize(1 + FullAgent.STREAMS);
    }

    //= rfc8838#13-10 after the nomination of a pair no new candidates are trickled
    @Test void what_is_found_too_late_is_not_told() {
        var puppet = Puppet.full(true).ready();
        puppet.success(puppet.last());
        puppet.millis(50);
        puppet.success(puppet.last());
        puppet.tell(new Input.Host(1, 1, List.of(at("198.51.100.2", 5000))));
        assertThat(puppet.all(Output.Local.class)).hasSize(1);
    }

    @Test void with_multiplexed_rtcp_one_component_is_enough() {
        var puppet = streams(Settings.DEFAULT);
        puppet.tell(new Input.Remove(2));
        puppet.candidate(1, 1, PEER, 100);
        puppet.success(puppet.last());
        puppet.millis(60);
        puppet.success(puppet.last());
        assertThat(puppet.agent.state()).isEqualTo(State.RUNNING);
        puppet.tell(new Input.Stream(1, 1));
        assertThat(puppet.agent.state()).isEqualTo(State.COMPLETED);
    }
}
