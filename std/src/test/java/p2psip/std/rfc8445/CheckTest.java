package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8445.Puppet.*;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8445.Agent.*;
import p2psip.std.rfc8445.IceAttributes.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// What a check says, and what becomes of a pair by its answer, or without one.
class CheckTest {
    private static final InetSocketAddress MAPPED = at("192.0.2.77", 40000);

    //= rfc8445#7.1.1-1 PRIORITY is the base's, with the type preference of peer-reflexive
    //= rfc8445#7.1.3-1 ICE-CONTROLLING is what the controlling agent includes
    //= rfc8445#7.2.2-1 the short-term credential: both names, and the peer's password
    @Test void a_check_says_who_asks_and_proves_it() {
        var puppet = Puppet.full(true).ready();
        var check = puppet.last();
        assertThat(check.base()).isEqualTo(BASE);
        assertThat(check.to()).isEqualTo(PEER);
        assertThat(check.the(Priority.class).unsigned())
                .isEqualTo(CandidateType.PEER_REFLEXIVE.priority(65535, 1));
        assertThat(check.message().has(IceControlling.class)).isTrue();
        assertThat(check.message().has(IceControlled.class)).isFalse();
        assertThat(check.the(Username.class).value())
                .isEqualTo(PUPPET.ufrag() + ":" + puppet.theirs.get(1).ufrag());
        assertThat(Integrity.SHA_1.verify(check.bytes(), PUPPET.key())).isTrue();
        //= rfc8445#7.2.4-2 the FINGERPRINT mechanism is used
        assertThat(Fingerprints.isRight(check.bytes())).isTrue();
        assertThat(Message.isStun(check.bytes())).isTrue();
    }

    //= rfc8445#7.1.3-2 ICE-CONTROLLED is what the controlled agent includes
    //= rfc8445#7.1.2-2 it does not include USE-CANDIDATE in a request
    @Test void the_controlled_agent_never_nominates() {
        var puppet = Puppet.full(false).ready();
        puppet.success(puppet.last());
        puppet.ask(PEER, new Priority(1), new IceControlling(1));
        puppet.millis(1000);
        assertThat(puppet.requests).isNotEmpty().allSatisfy(check -> {
            assertThat(check.message().has(IceControlled.class)).isTrue();
            assertThat(check.nominates()).isFalse();
        });
    }

    //= rfc8445#7.1.2-1 USE-CANDIDATE in the request that nominates
    @Test void the_controlling_agent_nominates_what_is_valid() {
        var puppet = Puppet.full(true).ready();
        assertThat(puppet.last().nominates()).isFalse();
        puppet.millis(20);
        puppet.success(puppet.last());
        puppet.millis(100);
        assertThat(puppet.last().nominates()).isTrue();
        assertThat(puppet.all(Output.Selected.class)).isEmpty();
        puppet.success(puppet.last());
        assertThat(puppet.all(Output.Selected.class)).singleElement()
                .satisfies(one -> assertThat(one.path().to()).isEqualTo(PEER));
        //= rfc8445#16.1-1,3 the same number in all requests of the session
        assertThat(puppet.requests).extracting(one -> one.the(IceControlling.class))
                .containsOnly(puppet.last().the(IceControlling.class));
    }

    //= rfc8445#7.2.5.2.3-1 a transaction that times out: the pair is Failed
    @Test void silence_is_a_failure_in_the_end() {
        var puppet = Puppet.full(true).ready();
        puppet.millis(39_499);
        assertThat(puppet.state()).isEqualTo(Pair.State.IN_PROGRESS);
        assertThat(puppet.requests).hasSize(7);
        //= rfc8445#14.3-4 the RTO is 500 ms at least
        assertThat(puppet.requests.get(1).when()).isEqualTo(Instant.ofEpochMilli(500));
        puppet.millis(1);
        assertThat(puppet.state()).isEqualTo(Pair.State.FAILED);
        assertThat(puppet.agent.records().getLast().toString()).contains("no answer", "sent 7");
    }

    //= rfc8445#14.3-3 another mechanism: each open check has its share of the time
    @Test void many_checks_are_repeated_less_often() {
        var puppet = Puppet.full(true).alone().met();
        for (int i = 0; i < 30; i++)
            puppet.candidate(1, 1, at("203.0.113." + (1 + i), 7000 + i), 1000 - i);
        puppet.millis(5000);
        var firsts = puppet.requests.stream().filter(one -> one.to().getPort() == 7005)
                .map(Sent::when).toList();
        assertThat(Duration.between(firsts.get(0), firsts.get(1))).isBetween(
                Duration.ofMillis(1000), Duration.ofMillis(2000));
    }

    //= rfc8445#7.2.5.2.1-1,2 the response has to come from where the request went to
    //= rfc8445#7.2.5.2.1-3 one that does not makes the pair Failed
    @Test void an_answer_from_elsewhere_fails_the_pair() {
        for (boolean source : List.of(true, false)) {
            var puppet = Puppet.full(true).ready();
            var check = puppet.last();
            puppet.receive(source ? BASE : at("198.51.100.2", 1), source ? OTHER : PEER,
                    sealed(check.message().response(Kind.SUCCESS,
                            List.of(new XorMappedAddress(BASE))), PUPPET));
            assertThat(puppet.state()).isEqualTo(Pair.State.FAILED);
        }
    }

    //= rfc8445#7.2.5.2.2-1,2 a hard ICMP error: the pair is Failed
    @Test void who_cannot_be_reached_has_failed() {
        var puppet = Puppet.full(true).ready();
        puppet.tell(new Input.Unreachable(BASE, OTHER, "unreachable"));
        assertThat(puppet.state()).isEqualTo(Pair.State.IN_PROGRESS);
        puppet.tell(new Input.Unreachable(BASE, PEER, "port unreachable"));
        assertThat(puppet.state()).isEqualTo(Pair.State.FAILED);
        int sent = puppet.requests.size();
        puppet.millis(30_000);
        assertThat(puppet.requests).hasSize(sent);
    }

    //= rfc8445#7.2.5.2.4-1 an unrecoverable error: the pair is Failed
    @Test void an_error_fails_the_pair() {
        var puppet = Puppet.full(true).ready();
        puppet.error(puppet.last(), 400);
        assertThat(puppet.state()).isEqualTo(Pair.State.FAILED);
        assertThat(puppet.agent.records().getLast().last()).startsWith("400");
    }

    @Test void what_is_not_proved_changes_nothing() {
        var puppet = Puppet.full(true).ready();
        var check = puppet.last();
        var success = check.message().response(Kind.SUCCESS, List.of(new XorMappedAddress(BASE)));
        puppet.receive(BASE, PEER, sealed(success, puppet.theirs.get(1)));
        puppet.receive(BASE, PEER, Fingerprints.append(success.encode()));
        puppet.receive(BASE, PEER, Fingerprints.append(check.message().response(Kind.ERROR,
                List.of(new ErrorCode(487, "no"))).encode()));
        assertThat(puppet.state()).isEqualTo(Pair.State.IN_PROGRESS);
        assertThat(puppet.agent.role()).isEqualTo(Role.CONTROLLING);
        puppet.success(check);
        assertThat(puppet.agent.records().getLast().answers()).isEqualTo(1);
    }

    //= rfc8445#7.2.5.1-1,2 a 487 changes the role: to controlling, or to controlled
    //= rfc8445#7.2.5.1-3 and the pair is checked again, as the other
    //= rfc8445#7.2.5.1-4 with another tiebreaker
    @Test void a_role_conflict_changes_the_role() {
        for (boolean controlling : List.of(true, false)) {
            var puppet = Puppet.full(controlling).ready();
            var check = puppet.last();
            puppet.error(check, 487);
            assertThat(puppet.agent.role())
                    .isEqualTo(controlling ? Role.CONTROLLED : Role.CONTROLLING);
            assertThat(puppet.state()).isEqualTo(Pair.State.WAITING);
            puppet.millis(50);
            assertThat(puppet.state()).isEqualTo(Pair.State.IN_PROGRESS);
            long before = controlling ? check.the(IceControlling.class).tiebreaker()
                    : check.the(IceControlled.class).tiebreaker();
            long after = controlling ? puppet.last().the(IceControlled.class).tiebreaker()
                    : puppet.last().the(IceControlling.class).tiebreaker();
            assertThat(after).isNotEqualTo(before);
        }
    }

    //= rfc8445#7.2.5.3.1-1 the mapped address that is told is a candidate, if it was none
    @Test void what_the_peer_sees_is_the_local_candidate() {
        var puppet = Puppet.full(true).ready();
        puppet.success(puppet.last(), MAPPED);
        var path = puppet.agent.path(1, 1, puppet.now).orElseThrow();
        assertThat(path.local().type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
        assertThat(path.local().address()).isEqualTo(MAPPED);
        assertThat(path.base()).isEqualTo(BASE);
        assertThat(path.local().priority())
                .isEqualTo(puppet.requests.getFirst().the(Priority.class).unsigned());
    }

    //= rfc8445#7.2.5.3.2¶7 the valid pair may be another one of the checklist
    @Test void an_answer_may_make_another_pair_valid() {
        var puppet = Puppet.full(false);
        puppet.tell(new Input.Stream(1, 1));
        var second = at("198.51.100.2", 5000);
        puppet.tell(new Input.Host(1, 1, List.of(BASE, second)));
        puppet.met().candidate(1, 1, PEER, 100);
        puppet.success(puppet.requests.getFirst(), second);
        assertThat(puppet.agent.path(1, 1, puppet.now).orElseThrow().base()).isEqualTo(second);
        assertThat(puppet.agent.records()).extracting(CheckRecord::state)
                .containsOnly(Pair.State.SUCCEEDED);
    }

    //= rfc8445#7.2.1-1,2 by a relay: a permission for the remote candidate's IP address first
    @Test void a_relay_is_told_whom_to_let_in() {
        var puppet = Puppet.full(true).alone();
        var relay = at("192.0.2.10", 7000);
        puppet.tell(new Input.Relayed(1, 1, relay, MAPPED, Wire.STUN));
        puppet.met().candidate(1, 1, PEER, 100);
        puppet.millis(100);
        var permit = new Output.Permit(relay, PEER);
        int at = puppet.said.indexOf(permit);
        assertThat(puppet.said.get(at + 1)).isInstanceOfSatisfying(Output.Send.class, send ->
                assertThat(send.base()).isEqualTo(relay));
        assertThat(puppet.all(Output.Permit.class)).containsExactly(permit);
    }

    @Test void whoever_has_many_agents_on_a_socket_finds_the_right_one() {
        var puppet = Puppet.full(true).ready();
        var check = puppet.last();
        assertThat(Agent.addressee(check.bytes())).contains(PUPPET.ufrag());
        assertThat(puppet.agent.awaits(check.message().id())).isTrue();
        assertThat(Puppet.full(true).ready().agent.awaits(TransactionId.random(
                new SplittableRandom(9)))).isFalse();
        assertThat(Agent.addressee(Bytes.hex("80000000"))).isEmpty();
    }
}
