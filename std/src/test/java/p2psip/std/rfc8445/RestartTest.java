package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8445.Puppet.*;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc8445.Agent.*;
import p2psip.std.rfc8445.IceAttributes.*;

/// All anew, while data go on as before.
class RestartTest {
    private static final Credentials NEW = Credentials.random(new SplittableRandom(99));

    private static Puppet connected() {
        var puppet = Puppet.full(true).ready();
        puppet.success(puppet.last());
        puppet.millis(50);
        puppet.success(puppet.last());
        return puppet;
    }

    //= rfc8445#9-3 password and username fragment are both changed
    //= rfc8445#9-1,2 destinations change by a restart
    //= rfc8839#4.4.1.1.1-3,5 so do ice-pwd and ice-ufrag; the candidates may be the same
    @Test void a_restart_has_other_credentials_and_the_same_candidates() {
        var puppet = connected();
        var before = puppet.theirs.get(1);
        var locals = puppet.all(Output.Local.class);
        //= rfc8839#4.4.1.1.1-1 ICE is restarted for an existing data stream
        puppet.tell(new Input.Restart(1));
        assertThat(puppet.theirs.get(1).ufrag()).isNotEqualTo(before.ufrag());
        assertThat(puppet.theirs.get(1).pwd()).isNotEqualTo(before.pwd());
        assertThat(puppet.all(Output.Local.class)).hasSize(2).endsWith(locals.getFirst());
        //= rfc8839#4.4.1.1.1-7 ice-options and ice-pacing are what they were
        assertThat(puppet.all(Output.Described.class)).extracting(one ->
                one.description().options() + "" + one.description().pacing())
                //= rfc8839#4.4.2.1-3 nor does an answer modify them
                .hasSize(2).containsOnly("[ice2, trickle]Optional[PT0.05S]");
        //= rfc8445#10-1 'ice2' is among the options
        assertThat(puppet.all(Output.Described.class).getFirst().description().options())
                .contains(Description.ICE2);
    }

    //= rfc8839#4.4.3.1.1-1 the previous selected pair is remembered, and used
    //= rfc8839#4.4.3.1.1-2 valid list and checklist are flushed, and checks begin anew
    @Test void data_go_on_until_a_new_pair_is_selected() {
        var puppet = connected();
        var old = puppet.theirs.get(1);
        puppet.tell(new Input.Restart(1));
        assertThat(puppet.agent.state()).isEqualTo(State.RUNNING);
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(PEER);
        int asked = puppet.requests.size();
        puppet.millis(10_000);
        //= rfc7675#5.1-10,11 consent checks are performed during a restart on the previous pair
        assertThat(puppet.requests.subList(asked, puppet.requests.size())).isNotEmpty()
                .allMatch(one -> one.base().equals(BASE) && one.to().equals(PEER)
                        && Agent.addressee(one.bytes()).equals(Optional.of(PUPPET.ufrag())));
        puppet.success(puppet.last());
        puppet.receive(BASE, PEER, sealed(named(old.ufrag() + ":" + PUPPET.ufrag()), old));
        assertThat(puppet.answers.getLast().error()).isEmpty();
        puppet.tell(new Input.Remote(1, Description.of(NEW)));
        puppet.candidate(1, 1, OTHER, 100);
        assertThat(puppet.last().to()).isEqualTo(OTHER);
        assertThat(puppet.agent.path(1, 1, puppet.now).map(Path::to)).contains(PEER);
    }

    @Test void a_restart_that_fails_ends_the_session() {
        var puppet = connected();
        puppet.tell(new Input.Restart(1));
        puppet.tell(new Input.Gathered());
        puppet.tell(new Input.Remote(1, Description.of(NEW)));
        for (int i = 0; i < 39; i++) {
            puppet.millis(1000);
            if (!puppet.requests.isEmpty()) puppet.success(puppet.last());
        }
        assertThat(puppet.agent.path(1, 1, puppet.now)).isPresent();
        puppet.millis(1000);
        assertThat(puppet.agent.state()).isEqualTo(State.FAILED);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
        //= rfc8445#11-8 the session is terminated: no keepalives
        assertThat(puppet.agent.deadline()).as("nothing is kept alive").isEqualTo(Instant.MAX);
    }

    //= rfc8839#4.4.3.1-1 other credentials of the peer's: a restart here as well
    //= rfc8839#4.4.2.1-1 the answer has another ice-pwd and ice-ufrag, too
    //= rfc8445#6.1.1-4 the role is not redetermined
    @Test void the_peer_may_restart() {
        var puppet = connected();
        var before = puppet.theirs.get(1);
        //= rfc8839#4.4.3.1-5 the same description again changes nothing: it remains Completed
        puppet.tell(new Input.Remote(1, Description.of(PUPPET)));
        assertThat(puppet.agent.state()).isEqualTo(State.COMPLETED);
        puppet.tell(new Input.Remote(1, Description.of(NEW)));
        assertThat(puppet.theirs.get(1)).isNotEqualTo(before);
        assertThat(puppet.agent.state()).isEqualTo(State.RUNNING);
        //= rfc8445#9-4 by no restart a role changes
        assertThat(puppet.agent.role()).isEqualTo(Role.CONTROLLING);
    }

    @Test void what_was_said_of_another_session_teaches_nothing() {
        var puppet = connected();
        puppet.tell(new Input.Restart(1));
        puppet.tell(new Input.Remote(1, Description.of(NEW)));
        int records = puppet.agent.records().size();
        puppet.ask(OTHER, new Priority(1), new IceControlled(1));
        assertThat(puppet.agent.records()).hasSize(records);
    }

    @Property(tries = 30) void who_moves_is_found_again(@ForAll long seed) {
        var wire = new Wire(seed);
        wire.loss = new SplittableRandom(seed).nextDouble(0.2);
        var a = wire.full("alice", true, Settings.DEFAULT);
        var b = wire.full("bob", false, Settings.DEFAULT);
        for (var side : List.of(a, b)) {
            side.tell(new Input.Stream(1, 1));
            side.host(1, 1, side == a ? BASE : PEER);
        }
        assertThat(wire.until(Duration.ofSeconds(60), wire::agreed)).isTrue();
        var moved = at("198.51.100.77", 7777);
        b.tell(new Input.Gone(PEER));
        b.sockets.clear();
        b.host(1, 1, moved);
        (seed % 2 == 0 ? a : b).tell(new Input.Restart(1));
        wire.run(Duration.between(Instant.EPOCH, wire.now.plusMillis(200)));
        assertThat(wire.until(Duration.ofSeconds(150), wire::agreed))
                .as(() -> a.agent.records() + "\n" + b.agent.records()).isTrue();
        assertThat(a.agent.path(1, 1, wire.now).map(Path::to)).contains(moved);
        assertThat(b.agent.path(1, 1, wire.now).map(Path::base)).contains(moved);
    }
}
