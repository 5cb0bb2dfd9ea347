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

/// What is answered to the peer's checks, and what follows from them.
class ServerTest {
    private static final Priority PRIORITY = new Priority(1_000_000);

    //= rfc8445#7.3-1 on the base of a candidate requests are received
    //= rfc8445#7.3-3 the response is authenticated by the short-term credential
    @Test void a_check_is_answered_with_a_proof() {
        var puppet = Puppet.full(false).ready();
        var answer = puppet.ask(PEER, PRIORITY, new IceControlling(1));
        assertThat(answer.message().kind()).isEqualTo(Kind.SUCCESS);
        assertThat(answer.to()).isEqualTo(PEER);
        assertThat(answer.the(XorMappedAddress.class).address()).isEqualTo(PEER);
        assertThat(Integrity.SHA_1.verify(answer.bytes(), puppet.theirs.get(1).key())).isTrue();
        assertThat(Fingerprints.isRight(answer.bytes())).isTrue();
    }

    private static String refused(Puppet puppet, Bytes request) {
        int before = puppet.answers.size();
        puppet.receive(BASE, PEER, request);
        return puppet.answers.size() == before ? "nothing"
                : puppet.answers.getLast().error();
    }

    //= rfc8445#7.3-4 valid is a username of two values with a colon, the first ours
    //= rfc8445#7.3-7 no message of RFC 3489 is answered, none without fingerprint
    //= rfc8445#7-1 compliant to STUN, who proves nothing is refused
    @Test void strangers_are_refused_and_change_nothing() {
        var puppet = Puppet.full(false).ready();
        var records = puppet.agent.records().size();
        //= rfc8445#7.2.4-1 compatibility with RFC 3489 is not assumed of anybody
        var ours = puppet.theirs.get(1);
        //= rfc8445#7.3-2,8 a short-term credential and a FINGERPRINT are required
        for (var name : List.of("x:" + PUPPET.ufrag(), ours.ufrag(), PUPPET.ufrag() + ":x"))
            assertThat(refused(puppet, sealed(named(name, PRIORITY), ours))).isEqualTo("401");
        assertThat(refused(puppet, sealed(puppet.request(PRIORITY), PUPPET))).isEqualTo("401");
        assertThat(refused(puppet, Fingerprints.append(puppet.request(PRIORITY)
                .encode(IceAttributes.TABLE)))).isEqualTo("400");
        assertThat(refused(puppet, Integrity.SHA_1.append(puppet.request(PRIORITY)
                .encode(IceAttributes.TABLE), ours.key()))).isEqualTo("nothing");
        var classic = new Message(Kind.REQUEST, Message.BINDING, new TransactionId(
                Bytes.hex("00".repeat(16))), puppet.request(PRIORITY).attributes());
        assertThat(refused(puppet, sealed(classic, ours))).isEqualTo("nothing");
        assertThat(puppet.agent.records()).hasSize(records);
        assertThat(refused(puppet, sealed(puppet.request(new Unknown(0x7777, Bytes.EMPTY)), ours)))
                .isEqualTo("420");
    }

    //= rfc8445#7.3-5 a response immediately, without the peer's password
    //= rfc8445#7.3-6 the remaining steps when its description has come
    //= rfc8445#5.3-7 as soon as candidates have been sent STUN is expected
    @Test void a_check_may_come_before_the_description() {
        var puppet = Puppet.full(true).alone();
        //= rfc8839#4.2.4-1 once provided to the peer, candidates are there to be checked
        assertThat(puppet.ask(PEER, PRIORITY, new IceControlled(1)).message().kind())
                .isEqualTo(Kind.SUCCESS);
        puppet.millis(1000);
        assertThat(puppet.requests).isEmpty();
        puppet.met();
        assertThat(puppet.last().to()).isEqualTo(PEER);
    }

    //= rfc8445#7.3.1.3¶1 a source that nobody told is a peer-reflexive candidate
    @Test void who_is_heard_is_checked() {
        var puppet = Puppet.full(true).ready();
        puppet.ask(OTHER, PRIORITY, new IceControlled(1));
        puppet.millis(50);
        assertThat(puppet.last().to()).isEqualTo(OTHER);
        var learned = puppet.agent.records().getLast().remote();
        assertThat(learned.type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
        assertThat(learned.priority()).isEqualTo(1_000_000);
        //= rfc8838#11-2 told later, it has the priority that it is told with
        puppet.candidate(1, 1, OTHER, 7);
        assertThat(puppet.agent.records().getLast().remote().priority())
                .isEqualTo(CandidateType.HOST.priority(7, 1));
        puppet.success(puppet.last());
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(OTHER);
    }

    //= rfc8445#7.3.1.4-2 the pair is enqueued and checked next, before all that wait
    @Test void who_is_heard_comes_before_who_waits() {
        var puppet = Puppet.full(true).ready();
        for (int i = 1; i < 9; i++)
            puppet.candidate(1, 1, at("203.0.113." + (10 + i), 6000), 60_000);
        puppet.ask(OTHER, PRIORITY, new IceControlled(1));
        puppet.millis(50);
        assertThat(puppet.last().to()).isEqualTo(OTHER);
    }

    //= rfc8445#7.3.1.4-1 a pair in progress is checked anew, without waiting
    //= rfc8445#7.3.1.4¶4 the old transaction is cancelled, but a response is waited for
    @Test void what_is_in_progress_is_checked_anew() {
        var puppet = Puppet.full(true).ready();
        var first = puppet.last();
        puppet.millis(100);
        puppet.ask(PEER, PRIORITY, new IceControlled(1));
        assertThat(puppet.requests).hasSize(2);
        assertThat(puppet.last().message().id()).isNotEqualTo(first.message().id());
        puppet.millis(450);
        assertThat(puppet.requests).as("the first is not sent again").hasSize(2);
        puppet.success(first);
        assertThat(puppet.agent.path(1, 1, puppet.now)).as("but may be answered").isPresent();
    }

    @Test void the_silence_of_what_was_cancelled_is_no_failure() {
        var puppet = Puppet.full(true).ready();
        puppet.millis(100);
        puppet.ask(PEER, PRIORITY, new IceControlled(1));
        puppet.millis(39_450);
        assertThat(puppet.state()).isEqualTo(Pair.State.IN_PROGRESS);
        puppet.millis(100);
        assertThat(puppet.state()).isEqualTo(Pair.State.FAILED);
    }

    @Test void what_has_succeeded_is_not_checked_again() {
        var puppet = Puppet.full(false).ready();
        puppet.success(puppet.last());
        for (int i = 0; i < 10; i++) {
            puppet.ask(PEER, PRIORITY, new IceControlling(1));
            puppet.millis(100);
        }
        assertThat(puppet.requests).hasSize(1);
        assertThat(puppet.answers).hasSize(10);
    }

    //= rfc8445#7.3.1.1-2,3 procedures for a request with ICE-CONTROLLING or ICE-CONTROLLED
    @Test void the_greater_tiebreaker_controls() {
        record Conflict(boolean controlling, Attribute says, String error, Role then) {}
        long least = 0, most = -1;
        for (var c : List.of(
                new Conflict(true, new IceControlling(least), "487", Role.CONTROLLING),
                new Conflict(true, new IceControlling(most), "", Role.CONTROLLED),
                new Conflict(false, new IceControlled(least), "", Role.CONTROLLING),
                new Conflict(false, new IceControlled(most), "487", Role.CONTROLLED),
                new Conflict(true, new IceControlled(most), "", Role.CONTROLLING),
                new Conflict(false, new IceControlling(least), "", Role.CONTROLLED))) {
            var puppet = Puppet.full(c.controlling).ready();
            assertThat(puppet.ask(PEER, PRIORITY, c.says).error()).isEqualTo(c.error);
            //= rfc8445#6.1.1-6 a redetermination of roles is accepted, without any criterion
            assertThat(puppet.agent.role()).isEqualTo(c.then);
        }
    }

    @Test void roles_that_change_change_what_pairs_are_worth() {
        var puppet = Puppet.full(true).ready();
        puppet.success(puppet.last());
        puppet.ask(PEER, PRIORITY, new IceControlling(-1));
        puppet.millis(500);
        assertThat(puppet.requests).as("who follows does not nominate")
                .noneMatch(Sent::nominates);
        puppet.ask(PEER, PRIORITY, new IceControlling(-1), new UseCandidate());
        puppet.millis(50);
        puppet.success(puppet.last());
        assertThat(puppet.all(Output.Selected.class)).hasSize(1);
    }

    @Test void strangers_that_are_let_in_are_counted() {
        var puppet = Puppet.full(false).ready();
        for (int i = 0; i < 1000; i++)
            puppet.ask(at("203.0.113.9", 1000 + i), PRIORITY, new IceControlling(1));
        assertThat(puppet.agent.records()).hasSize(1 + Checklist.LEARNED);
        var early = Puppet.full(false).alone();
        for (int i = 0; i < 1000; i++)
            early.ask(at("203.0.113.9", 1000 + i), PRIORITY, new IceControlling(1));
        early.met();
        assertThat(early.agent.records()).hasSize(Checklist.EARLY);
    }

    @Test void a_priority_that_none_may_have_teaches_nothing() {
        var puppet = Puppet.full(false).ready();
        for (int bad : List.of(0, -1, Integer.MIN_VALUE))
            puppet.ask(OTHER, new Priority(bad), new IceControlling(1));
        puppet.ask(OTHER, new IceControlling(1));
        assertThat(puppet.answers).hasSize(4);
        assertThat(puppet.agent.records()).hasSize(1);
    }
}
