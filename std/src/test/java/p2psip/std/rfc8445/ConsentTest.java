package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8445.Puppet.*;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc8445.Agent.*;
import p2psip.std.rfc8445.IceAttributes.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// Nobody is sent anything who does not want it any more.
class ConsentTest {

    private static Puppet connected() {
        var puppet = Puppet.full(true).ready();
        puppet.success(puppet.last());
        puppet.millis(50);
        puppet.success(puppet.last());
        puppet.requests.clear();
        return puppet;
    }

    //= rfc7675#5.1-2 30 seconds without a valid response: transmission ceases
    @Test void consent_ends_thirty_seconds_after_the_last_answer() {
        var puppet = connected();
        puppet.millis(10_000);
        puppet.success(puppet.last());
        puppet.millis(29_999);
        assertThat(puppet.all(Output.ConsentExpired.class)).isEmpty();
        assertThat(puppet.agent.path(1, 1, puppet.now)).isPresent();
        puppet.millis(1);
        assertThat(puppet.all(Output.ConsentExpired.class)).hasSize(1);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
        //= rfc7675#5.1-8 transactions that are outstanding are discarded
        var late = puppet.last();
        assertThat(puppet.agent.awaits(late.message().id())).isFalse();
        puppet.success(late);
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
        //= rfc7675#5.1-13 the same credentials are not used again
        var request = sealed(puppet.request(new Priority(1), new IceControlled(1)),
                puppet.theirs.get(1));
        puppet.receive(BASE, PEER, request);
        assertThat(puppet.answers.getLast().error()).isEqualTo("401");
        //= rfc7675#5.1-12 consent has to be regained before data are sent again
        assertThat(puppet.agent.path(1, 1, puppet.now)).isEmpty();
        int sent = puppet.requests.size();
        puppet.millis(60_000);
        assertThat(puppet.requests).hasSize(sent);
    }

    //= rfc7675#5.1-3,4 each interval is randomized around 5 seconds, between 4 and 6
    //= rfc7675#5.1-5 none is less than 4 seconds
    //= rfc7675#5.1-6,9 a new transaction identifier each time, of nobody else's choice
    @Test void the_peer_is_asked_every_five_seconds_or_so() {
        var puppet = connected();
        for (int i = 0; i < 600; i++) {
            puppet.millis(1000);
            if (!puppet.requests.isEmpty()) puppet.success(puppet.last());
        }
        assertThat(puppet.requests).hasSizeBetween(100, 150);
        var gaps = new TreeSet<Long>();
        for (int i = 1; i < puppet.requests.size(); i++)
            gaps.add(Duration.between(puppet.requests.get(i - 1).when(),
                    puppet.requests.get(i).when()).toMillis());
        assertThat(gaps).hasSizeGreaterThan(50).allMatch(gap -> gap >= 4000 && gap <= 6000);
        assertThat(gaps.getFirst()).isLessThan(4200);
        assertThat(gaps.getLast()).isGreaterThan(5800);
        assertThat(puppet.requests.stream().map(one -> one.message().id()).distinct())
                .hasSameSizeAs(puppet.requests);
        assertThat(puppet.all(Output.ConsentExpired.class)).isEmpty();
        //= rfc8445#11-1,3,4 what keeps a session alive are STUN requests, more often than Tr
        assertThat(gaps.getLast()).isLessThan(15_000);
        //= rfc8839#6-1 keepalives are sent by the procedures of RFC 8445
        assertThat(puppet.requests).allMatch(one -> one.to().equals(PEER));
    }

    //= rfc7675#5.1-7 a response is awaited, also to a request before the last
    @Test void an_answer_may_be_late() {
        var puppet = connected();
        puppet.millis(6000);
        var first = puppet.last();
        puppet.millis(15_000);
        assertThat(puppet.requests.size()).isGreaterThan(2);
        puppet.success(first);
        puppet.millis(15_000);
        assertThat(puppet.all(Output.ConsentExpired.class)).isEmpty();
    }

    @Test void only_the_peers_own_success_is_consent() {
        var puppet = connected();
        for (int i = 0; i < 40; i++) {
            puppet.millis(1000);
            if (puppet.requests.isEmpty()) continue;
            var ask = puppet.last();
            var success = ask.message().response(Kind.SUCCESS,
                    List.of(new XorMappedAddress(BASE)));
            puppet.receive(BASE, PEER, sealed(success, puppet.theirs.get(1)));
            puppet.receive(BASE, OTHER, sealed(success, PUPPET));
            puppet.receive(OTHER, PEER, sealed(success, PUPPET));
            puppet.receive(BASE, PEER, Fingerprints.append(success.encode()));
            puppet.error(ask, 400);
            puppet.receive(BASE, PEER, Fingerprints.append(new Message(Kind.INDICATION,
                    Message.BINDING, ask.message().id(), List.of()).encode()));
        }
        assertThat(puppet.all(Output.ConsentExpired.class)).hasSize(1);
    }

    @Property(tries = 30) void two_that_hear_each_other_consent_for_ever(@ForAll long seed) {
        var wire = new Wire(seed);
        var a = wire.full("alice", true, Settings.DEFAULT);
        var b = wire.full("bob", false, Settings.DEFAULT);
        for (var side : List.of(a, b)) {
            side.tell(new Input.Stream(1, 1));
            side.host(1, 1, side == a ? BASE : PEER);
        }
        wire.run(Duration.ofSeconds(300));
        assertThat(a.agent.path(1, 1, wire.now)).isPresent();
        b.drops = bytes -> Message.parse(bytes).kind() == Kind.SUCCESS;
        wire.run(Duration.ofSeconds(329));
        assertThat(b.agent.path(1, 1, wire.now)).as("who is answered").isPresent();
        wire.run(Duration.ofSeconds(331));
        assertThat(a.agent.path(1, 1, wire.now)).isEmpty();
        assertThat(a.all(Output.ConsentExpired.class)).hasSize(1);
    }
}
