package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8445.Puppet.*;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc8445.Agent.*;
import p2psip.std.rfc8445.IceAttributes.*;
import p2psip.std.rfc8445.Puppet.Sent;

/// How both sides come to use one pair, and what becomes of all others.
class NominationTest {
    private static final Priority PRIORITY = new Priority(1_000_000);
    private static final InetSocketAddress RELAY = at("192.0.2.10", 7000);

    private static Puppet nominated(boolean controlling) {
        var puppet = Puppet.full(controlling).ready();
        puppet.success(puppet.last());
        if (controlling) {
            puppet.millis(50);
            puppet.success(puppet.last());
        } else {
            puppet.ask(PEER, PRIORITY, new IceControlling(1), new UseCandidate());
        }
        return puppet;
    }

    //= rfc8445#8.1.1-2 one pair and only one is checked with USE-CANDIDATE
    //= rfc8445#8.1.1-3 no other is nominated in this session
    //= rfc8839#4.3.4-4 nor in its lifetime, until a restart
    @Test void one_pair_is_nominated_and_no_other() {
        var puppet = Puppet.full(true).ready();
        puppet.candidate(1, 1, OTHER, 99);
        puppet.millis(60);
        puppet.success(puppet.requests.get(1));
        puppet.millis(60);
        puppet.success(puppet.requests.get(0));
        puppet.millis(30_000);
        assertThat(puppet.requests.stream().filter(Sent::nominates).map(Sent::to).distinct())
                .containsExactly(OTHER);
        assertThat(puppet.requests.stream().filter(Sent::nominates).map(Sent::bytes).distinct())
                .hasSize(1);
    }

    //= rfc8445#11-13 and a connectivity check is received while there are only keepalives
    //= rfc8445#8.1.2-2 requests for the nominated pair are still answered
    @Test void when_one_is_selected_the_others_are_gone() {
        var puppet = Puppet.full(true).ready();
        for (int i = 1; i < 9; i++) puppet.candidate(1, 1, at("203.0.113." + (10 + i), 6000), 50);
        puppet.success(puppet.requests.getFirst());
        puppet.millis(50);
        assertThat(puppet.last().nominates()).isTrue();
        puppet.success(puppet.last());
        int sent = puppet.requests.size();
        puppet.millis(3900);
        assertThat(puppet.requests).hasSize(sent);
        assertThat(puppet.agent.state()).isEqualTo(State.COMPLETED);
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(PEER);
        assertThat(puppet.ask(PEER, PRIORITY, new IceControlled(1)).error()).isEmpty();
        int records = puppet.agent.records().size();
        puppet.ask(OTHER, PRIORITY, new IceControlled(1));
        assertThat(puppet.agent.records()).as("who comes too late").hasSize(records);
    }

    //= rfc8445#8.1.2-1 all other pairs of the component are removed from list and queue
    //= rfc8445#5.1.1.1-2,3 RTCP is a separate component: 2, behind 1
    @Test void a_component_that_has_its_pair_is_checked_no_more() {
        var puppet = Puppet.full(true);
        puppet.tell(new Input.Stream(1, 2));
        puppet.tell(new Input.Host(1, 1, List.of(BASE)));
        puppet.tell(new Input.Host(1, 2, List.of(at("198.51.100.1", 5001))));
        puppet.met().candidate(1, 1, PEER, 100);
        puppet.success(puppet.last());
        for (int component = 1; component <= 2; component++) for (int i = 1; i < 5; i++)
            puppet.candidate(1, component, at("203.0.113." + (10 + i), 6000 + component), 50);
        puppet.millis(50);
        puppet.success(puppet.requests.stream().filter(Sent::nominates).findFirst().orElseThrow());
        int sent = puppet.requests.size();
        puppet.millis(5000);
        assertThat(puppet.requests.subList(sent, puppet.requests.size())).isNotEmpty()
                .allMatch(one -> one.base().getPort() == 5001 || one.to().equals(PEER));
        puppet.success(puppet.requests.stream().filter(one -> one.base().getPort() == 5001)
                .findFirst().orElseThrow());
        puppet.millis(100);
        assertThat(puppet.last().nominates()).isTrue();
        assertThat(puppet.last().base().getPort()).isEqualTo(5001);
    }

    //= rfc8445#12.1-2 on the selected pair only, not on one that was valid, nor without consent
    @Test void what_was_selected_is_used_and_nothing_else() {
        var puppet = Puppet.full(false).alone().met();
        puppet.candidate(1, 1, OTHER, 60_000);
        puppet.candidate(1, 1, PEER, 30_000);
        puppet.millis(60);
        puppet.requests.forEach(puppet::success);
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(OTHER);
        puppet.ask(PEER, PRIORITY, new IceControlling(1), new UseCandidate());
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(PEER);
        puppet.millis(30_000);
        assertThat(puppet.all(Output.ConsentExpired.class)).hasSize(1);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
    }

    //= rfc8445#12.1-1 data may go on a valid pair before one is selected
    //= rfc7675#5.1-1 not before somebody has consented to receive
    @Test void what_is_valid_may_be_used() {
        var puppet = Puppet.full(false).ready();
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
        puppet.success(puppet.last());
        assertThat(puppet.agent.path(1, 1, puppet.now)).isPresent();
        puppet.millis(29_999);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isPresent();
        puppet.millis(1);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
    }

    //= rfc8863#4-5,6 the controlling agent decides how long to wait before it nominates
    @Test void a_path_over_a_relay_waits_for_a_direct_one() {
        for (boolean direct : List.of(true, false)) {
            var puppet = Puppet.full(true).alone();
            puppet.tell(new Input.Relayed(1, 1, RELAY, RELAY, Wire.STUN));
            puppet.met().candidate(1, 1, PEER, 100);
            puppet.millis(60);
            var relayed = puppet.requests.stream().filter(one -> one.base().equals(RELAY))
                    .findFirst().orElseThrow();
            puppet.success(relayed);
            puppet.millis(90);
            assertThat(puppet.requests).noneMatch(Sent::nominates);
            if (direct) puppet.success(puppet.requests.getFirst());
            puppet.millis(60);
            assertThat(puppet.last().nominates()).isTrue();
            assertThat(puppet.last().base()).isEqualTo(direct ? BASE : RELAY);
        }
    }

    @Test void a_relay_is_taken_at_once_when_nothing_else_is_left() {
        var puppet = Puppet.full(true).alone();
        puppet.tell(new Input.Relayed(1, 1, RELAY, RELAY, Wire.STUN));
        puppet.met().candidate(1, 1, PEER, 100);
        puppet.millis(60);
        puppet.tell(new Input.Unreachable(BASE, PEER, "no route"));
        puppet.success(puppet.last());
        puppet.millis(50);
        assertThat(puppet.last().nominates()).isTrue();
    }

    //= rfc8445#7.2.5.3.4-1 a nomination that fails: pair and checklist are Failed, nothing is valid
    @Test void a_nomination_may_fail() {
        var puppet = Puppet.full(true, Settings.DEFAULT.withPac(Duration.ofSeconds(10))).ready();
        puppet.success(puppet.last());
        puppet.millis(50);
        puppet.error(puppet.last(), 400);
        assertThat(puppet.state()).isEqualTo(Pair.State.FAILED);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
        assertThat(puppet.all(Output.Failed.class)).isEmpty();
        puppet.millis(10_000);
        assertThat(puppet.all(Output.Failed.class)).singleElement()
                .satisfies(one -> assertThat(one.why()).contains("nominated"));
        assertThat(puppet.agent.deadline()).isEqualTo(Instant.MAX);
    }

    //= rfc8445#12.1-4 one component has a valid pair, the other none: data go on neither
    @Test void a_component_without_a_pair_silences_the_other() {
        var puppet = Puppet.full(false, Settings.DEFAULT.withPac(Duration.ofSeconds(10)));
        puppet.tell(new Input.Stream(1, 2));
        puppet.tell(new Input.Host(1, 1, List.of(BASE)));
        puppet.tell(new Input.Host(1, 2, List.of(at("198.51.100.1", 5001))));
        puppet.met().candidate(1, 1, PEER, 100);
        puppet.success(puppet.last());
        puppet.candidate(1, 2, OTHER, 100);
        puppet.millis(60);
        puppet.error(puppet.last(), 400);
        puppet.tell(new Input.Gathered());
        assertThat(puppet.agent.path(1, 1, puppet.now)).isPresent();
        puppet.millis(10_000);
        assertThat(puppet.agent.state()).isEqualTo(State.FAILED);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
    }

    //= rfc8445#7.2.5.3.4-2 the check that a nomination has triggered fails, and so the checklist
    //= rfc8445#7.3.1.5-1 the pair is Failed and not valid for the controlled agent
    @Test void a_nomination_may_fail_on_the_other_side() {
        var puppet = Puppet.full(false, Settings.DEFAULT.withPac(Duration.ofSeconds(10))).ready();
        puppet.ask(PEER, PRIORITY, new IceControlling(1), new UseCandidate());
        puppet.millis(60_000);
        assertThat(puppet.state()).isEqualTo(Pair.State.FAILED);
        assertThat(puppet.all(Output.Selected.class)).isEmpty();
        assertThat(puppet.all(Output.Failed.class)).singleElement()
                .satisfies(one -> assertThat(one.why()).contains("nominated"));
    }

    @Test void the_controlled_agent_follows_now_or_after_its_own_check() {
        assertThat(nominated(false).all(Output.Selected.class)).hasSize(1);
        var puppet = Puppet.full(false).ready();
        puppet.ask(PEER, PRIORITY, new IceControlling(1), new UseCandidate());
        assertThat(puppet.all(Output.Selected.class)).isEmpty();
        puppet.millis(50);
        puppet.success(puppet.last());
        assertThat(puppet.all(Output.Selected.class)).hasSize(1);
        assertThat(puppet.agent.state()).isEqualTo(State.COMPLETED);
    }

    //= rfc8445#8.1.1-4 of several that the peer nominates the one with the highest priority is used
    @Test void a_peer_of_the_old_rfc_may_nominate_twice() {
        for (int preference : List.of(1, 60000)) {
            var puppet = Puppet.full(false).alone().met();
            puppet.candidate(1, 1, OTHER, preference);
            puppet.candidate(1, 1, PEER, 30000);
            puppet.millis(60);
            puppet.requests.forEach(puppet::success);
            puppet.ask(PEER, PRIORITY, new IceControlling(1), new UseCandidate());
            puppet.ask(OTHER, PRIORITY, new IceControlling(1), new UseCandidate());
            puppet.millis(60);
            puppet.success(puppet.last());
            assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to))
                    .contains(preference > 30000 ? OTHER : PEER);
        }
    }

    //= rfc8445#8.3.1-1 three seconds later all other candidates are given back, and answer no more
    @Test void what_was_not_selected_is_given_back() {
        var second = at("198.51.100.2", 5000);
        var puppet = Puppet.full(true).alone();
        puppet.tell(new Input.Host(1, 1, List.of(second)));
        puppet.met().candidate(1, 1, PEER, 100);
        puppet.success(puppet.requests.getFirst());
        puppet.millis(50);
        puppet.success(puppet.last());
        var request = sealed(puppet.request(PRIORITY, new IceControlled(1)), puppet.theirs.get(1));
        puppet.millis(2999);
        //= rfc8445#12.2-1 until then data may come to any of the candidates
        assertThat(puppet.all(Output.Free.class)).isEmpty();
        puppet.receive(second, PEER, request);
        assertThat(puppet.answers).hasSize(1);
        puppet.millis(1);
        assertThat(puppet.all(Output.Free.class)).containsExactly(new Output.Free(1, second));
        puppet.receive(second, PEER, request);
        assertThat(puppet.answers).hasSize(1);
        puppet.receive(BASE, PEER, request);
        assertThat(puppet.answers).hasSize(2);
    }

    /// The flow that a call waits for: from the description to the pair in two round trips and a
    /// tick.
    @Test void a_path_is_agreed_in_two_round_trips() {
        var wire = new Wire(1);
        wire.delay = Duration.ofMillis(100);
        wire.signalling = Duration.ofMillis(100);
        var a = wire.full("alice", true, Settings.DEFAULT);
        var b = wire.full("bob", false, Settings.DEFAULT);
        for (var side : List.of(a, b)) {
            side.tell(new Input.Stream(1, 1));
            side.host(1, 1, side == a ? BASE : PEER);
            side.tell(new Input.Gathered());
        }
        wire.run(Duration.ofSeconds(2));
        assertThat(List.of(a.first, a.selectedAt, b.first, b.selectedAt))
                .extracting(Instant::toEpochMilli).containsExactly(300L, 500L, 300L, 400L);
    }
}
