package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;

/// Transfers with real phones: baresip is transferred and transfers, blindly, each phone at a node;
/// sipp takes somebody's place, is asked to, and is refused as a stranger.
class TransferPeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40), TALK = Duration.ofSeconds(2);

    @TempDir Path folder;

    // baresip

    private interface Act {
        void play(Telephone alice, Telephone carol, Baresip bob) throws Exception;
    }

    /// Alice and bob are at the first of two nodes, carol at the second.
    private void withBaresip(boolean following, Act act) throws Exception {
        Programs.assumeNight();
        Baresip.assumeThere();
        try (var here = new RealHost(RealHost.Options.of(Optional.empty()));
                var there = new RealHost(RealHost.Options.of(Optional.empty()));
                var home = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var first = FirstCallTest.node(here, "first", List.of());
            var second = FirstCallTest.node(there, "second", List.of(first.overlay()));
            var setup = PhoneSetup.of("sip:alice@example.com", first.sip());
            try (var alice = Telephone.start(home, "alice", following ? setup.following() : setup);
                    var carol = Telephone.start(home, "carol",
                            PhoneSetup.of("sip:carol@example.com", second.sip()));
                    var bob = new Baresip(folder.resolve("bob"), "sip:bob@example.com",
                            FirstCallTest.proxy(first, "udp"), 1000)) {
                alice.register();
                carol.register();
                first.publishes(2);
                second.publishes(1);
                act.play(alice, carol, bob);
            }
        }
    }

    @Test void baresip_is_transferred() throws Exception {
        withBaresip(false, (alice, carol, bob) -> {
            var call = alice.call("sip:bob@example.com");
            call.talk(TALK);
            call.transfer("sip:carol@example.com");
            assertThat(call.end()).isPresent();
            var taken = carol.answer(PATIENCE).orElseThrow();
            assertThat(taken.peer().orElseThrow().uri()).hasToString("sip:bob@example.com");
            taken.talk(TALK);
            assertThat(taken.hears()).isTrue();
            assertThat(taken.hangUp().received()).isGreaterThan(50);
        });
    }

    @Test void baresip_transfers() throws Exception {
        withBaresip(true, (alice, carol, bob) -> {
            bob.dial("sip:alice@example.com");
            var call = alice.answer(PATIENCE).orElseThrow();
            call.talk(TALK);
            bob.transfer("sip:carol@example.com");
            assertThat(call.talk(PATIENCE)).as("baresip hangs up when it is done").isTrue();
            var next = call.next().orElseThrow();
            assertThat(next.peer().orElseThrow().uri()).hasToString("sip:carol@example.com");
            next.talk(TALK);
            assertThat(next.hears()).isTrue();
            assertThat(carol.answer(PATIENCE)).isPresent();
            assertThat(next.hangUp().received()).isGreaterThan(50);
        });
    }

    // sipp

    private Telephone phone(Host host, String name, int calls) {
        return Telephone.start(host, name, PhoneSetup.of("sip:" + name + "@127.0.0.1")
                .local(InetAddress.ofLiteral("127.0.0.1")).calls(calls).untraced().following());
    }

    private Sipp sipp(Programs programs, String scenario, String... more) throws IOException {
        return Sipp.play(programs, folder, scenario, Stream.concat(
                Stream.of("-timeout", "30s"), Stream.of(more)).toArray(String[]::new));
    }

    private String uri(Telephone phone, String name) {
        return "sip:" + name + "@" + HostName.text(phone.address());
    }

    @Test void sipp_takes_the_place_of_the_peer() throws Exception {
        try (var programs = new Programs(folder);
                var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var target = phone(host, "target", 1)) {
            var sipp = sipp(programs, "replaces.xml", "-s", "target",
                    HostName.text(target.address()));
            var call = target.answer(PATIENCE).orElseThrow();
            assertThat(call.talk(PATIENCE)).isTrue();
            var next = call.next().orElseThrow();
            assertThat(next.peer().orElseThrow().uri().toString()).startsWith("sip:transferee@");
            assertThat(next.talk(PATIENCE)).isTrue();
            sipp.succeeds(PATIENCE);
        }
    }

    @Test void sipp_is_asked_to_take_our_place() throws Exception {
        int port = Ports.pair();
        try (var programs = new Programs(folder);
                var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var alice = phone(host, "alice", 2); var carol = phone(host, "carol", 1)) {
            var sipp = sipp(programs, "transferee.xml", "-p", "" + port);
            var bob = alice.call("sip:bob@127.0.0.1:" + port);
            bob.transfer(alice.call(uri(carol, "carol")));
            assertThat(bob.end()).isPresent();
            sipp.succeeds(PATIENCE);
        }
    }

    @Test void a_stranger_is_refused() throws Exception {
        try (var programs = new Programs(folder);
                var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var target = phone(host, "target", 1)) {
            sipp(programs, "stranger.xml", "-s", "target", HostName.text(target.address()))
                    .succeeds(PATIENCE);
            assertThat(target.answer(Duration.ZERO)).isEmpty();
        }
    }
}
