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
import p2psip.std.rfc8489.Message.Kind;

/// Agents that only answer.
class LiteTest {
    private static final InetSocketAddress SIX = at("2001:db8::1", 5000);
    private static final Description LITE = new Description(PUPPET, true,
            List.of(Description.ICE2), Optional.empty());

    //= rfc8445#12.1.1-1 no data before the valid list has a pair for each component
    @Test void one_component_of_two_is_not_enough() {
        var puppet = Puppet.lite(true);
        var second = at("198.51.100.1", 5001);
        puppet.tell(new Input.Stream(1, 2));
        puppet.tell(new Input.Host(1, 1, List.of(BASE)));
        puppet.tell(new Input.Host(1, 2, List.of(second)));
        puppet.met();
        puppet.ask(PEER, new Priority(1), new IceControlling(1), new UseCandidate());
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
        puppet.receive(second, OTHER, sealed(puppet.request(
                new Priority(1), new IceControlling(1), new UseCandidate()), puppet.theirs.get(1)));
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(PEER);
    }

    //= rfc8445#12.1.1-2 data are sent when there is a valid pair, and not before
    @Test void a_lite_agent_follows() {
        var puppet = Puppet.lite(true).ready();
        assertThat(puppet.agent.role()).isEqualTo(Role.CONTROLLED);
        assertThat(puppet.ask(PEER, new Priority(1), new IceControlling(1)).message().kind())
                .isEqualTo(Kind.SUCCESS);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
        puppet.ask(PEER, new Priority(1), new IceControlling(1), new UseCandidate());
        puppet.ask(PEER, new Priority(1), new IceControlling(1), new UseCandidate());
        assertThat(puppet.all(Output.Selected.class)).hasSize(1);
        assertThat(puppet.agent.state()).isEqualTo(State.COMPLETED);
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(PEER);
        //= rfc8445#8.3.2¶1 candidates that were not selected are given back at once
        assertThat(puppet.all(Output.Free.class)).isEmpty();
    }

    //= rfc8445#11-2 a keepalive in a format that each peer supports: a Binding indication
    //= rfc8445#11-11,12 it has a FINGERPRINT and no other attribute, so no authentication
    //= rfc8445#11-9,14 STUN keepalives are the default, the value of Tr its owner's configuration
    @Test void it_keeps_its_pair_alive() {
        var puppet = Puppet.lite(false).ready();
        puppet.ask(PEER, new Priority(1), new IceControlling(1), new UseCandidate());
        puppet.millis(15_000);
        assertThat(puppet.requests).singleElement().satisfies(one -> {
            assertThat(one.message().kind()).isEqualTo(Kind.INDICATION);
            assertThat(one.message().attributes()).hasSize(1);
            assertThat(Fingerprints.isRight(one.bytes())).isTrue();
            assertThat(one.to()).isEqualTo(PEER);
        });
        puppet.tell(new Input.Remove(1));
        assertThat(puppet.agent.deadline()).isEqualTo(Instant.MAX);
    }

    //= rfc8445#6.1.1-2,5 the full agent is controlling, also when the other has become lite
    @Test void a_full_agent_decides_for_a_lite_one() {
        var puppet = Puppet.full(false).alone();
        puppet.tell(new Input.Remote(1, LITE));
        assertThat(puppet.agent.role()).isEqualTo(Role.CONTROLLING);
        puppet.candidate(1, 1, PEER, 100);
        puppet.success(puppet.last());
        puppet.millis(50);
        puppet.success(puppet.last());
        assertThat(puppet.agent.state()).isEqualTo(State.COMPLETED);
    }

    //= rfc8445#6.1.1-3 of two lite agents the initiating one controls
    @Test void two_lite_agents_take_the_only_pair() {
        for (boolean initiating : List.of(true, false)) {
            var puppet = Puppet.lite(initiating).alone();
            puppet.tell(new Input.Remote(1, LITE));
            assertThat(puppet.agent.role())
                    .isEqualTo(initiating ? Role.CONTROLLING : Role.CONTROLLED);
            puppet.candidate(1, 1, PEER, 100);
            puppet.tell(new Input.RemoteDone(1));
            assertThat(puppet.agent.state()).isEqualTo(State.COMPLETED);
        }
    }

    //= rfc8445#8.2-1 of more than one pair that which RFC 6724 selects
    //= rfc8445#8.2-2 and then the candidates are exchanged once more
    @Test void two_lite_agents_may_have_a_choice() {
        var puppet = Puppet.lite(true);
        puppet.tell(new Input.Stream(1, 1));
        puppet.tell(new Input.Host(1, 1, List.of(BASE, SIX)));
        for (int round = 0; round < 2; round++) {
            assertThat(puppet.agent.state()).isEqualTo(State.RUNNING);
            puppet.tell(new Input.Remote(1, LITE));
            puppet.candidate(1, 1, PEER, 35);
            puppet.candidate(1, 1, at("2001:db8::2", 6000), 40);
            puppet.tell(new Input.RemoteDone(1));
        }
        assertThat(puppet.agent.state()).isEqualTo(State.COMPLETED);
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::base)).contains(SIX);
        assertThat(puppet.all(Output.Free.class)).containsExactly(new Output.Free(1, BASE));
        //= rfc8839#4.4.2.2-1 the loser of a race takes the role of controlled
        puppet.agent.race(1, 1, BASE, PEER);
        assertThat(puppet.agent.role()).isEqualTo(Role.CONTROLLED);
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::base)).contains(BASE);
    }

    //= rfc8839#4.2.1.4-1 it says that it is lite
    //= rfc8839#4.3.1-4 and no pacing
    //= rfc8839#4.3.2-4 in answers neither
    @Test void it_says_what_it_is() {
        var puppet = Puppet.lite(true).alone();
        var says = puppet.all(Output.Described.class).getFirst().description();
        assertThat(SdpSection.session(says)).extracting(Object::toString)
                .containsExactly("ice-lite", "ice-options:ice2");
        //= rfc8839#4.4.1.3-2,3 later no candidates are added but by a restart
        puppet.tell(new Input.Gathered());
        puppet.tell(new Input.Host(1, 1, List.of(SIX)));
        assertThat(puppet.all(Output.Local.class)).hasSize(1);
        assertThat(puppet.all(Output.Described.class)).isNotEmpty()
                .allMatch(one -> one.description().pacing().isEmpty());
    }

    //= rfc8839#4.4.3.2-1,2 a restart has a new valid list, and the previous pair is used on
    //= rfc8839#4.4.3.2-3 the state is Running
    @Test void it_restarts() {
        var puppet = Puppet.lite(false).ready();
        puppet.ask(PEER, new Priority(1), new IceControlling(1), new UseCandidate());
        var before = puppet.theirs.get(1);
        puppet.tell(new Input.Restart(1));
        assertThat(puppet.agent.state()).isEqualTo(State.RUNNING);
        assertThat(puppet.theirs.get(1).ufrag()).isNotEqualTo(before.ufrag());
        assertThat(puppet.theirs.get(1).pwd()).isNotEqualTo(before.pwd());
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(PEER);
        puppet.tell(new Input.Remote(1, Description.of(PUPPET)));
        puppet.ask(OTHER, new Priority(1), new IceControlling(1), new UseCandidate());
        assertThat(puppet.agent.state()).isEqualTo(State.COMPLETED);
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(OTHER);
    }

    @Test void it_is_as_careful_with_strangers() {
        var puppet = Puppet.lite(false).ready();
        puppet.receive(BASE, PEER, sealed(puppet.request(new UseCandidate()), PUPPET));
        assertThat(puppet.answers.getLast().error()).isEqualTo("401");
        puppet.receive(BASE, PEER, Bytes.hex("00010000"));
        assertThat(puppet.agent.state()).isEqualTo(State.RUNNING);
    }
}
