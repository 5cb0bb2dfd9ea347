package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc5626.*;

/// A phone that is registered through two servers at the edge, in virtual time: one of them dies.
class OutboundPhoneTest {
    private static final Instance BOB =
            new Instance("urn:uuid:00000000-0000-4000-8000-000000000001");

    private final Network network = new Network(12);

    private SimHost server(String ip, List<String> edge) {
        var host = network.host(ip);
        var line = host.start("sipd", room -> new Sipd(new Sipd.Options(
                new SipPort.Wish(room.addresses(), 5060, false,
                        EnumSet.of(Transport.UDP, Transport.TCP)), List.of(), Optional.empty(),
                edge, List.of(), Server.Mode.PROXY, false), room));
        assertThat(line.told(Duration.ofSeconds(1)))
                .singleElement().isInstanceOf(Sipd.Ready.class);
        return host;
    }

    private PhoneSetup setup(String user, String proxy, Transport by) {
        return PhoneSetup.of("sip:" + user + "@10.0.0.1")
                .through(SipUri.parse("sip:" + proxy)).by(by).port(5060).calls(10)
                .untraced();
    }

    //= rfc5626#4.4.1-3 by CRLF over TCP
    // by STUN over UDP
    @ParameterizedTest @EnumSource(names = {"UDP", "TCP"})
    void it_is_called_by_the_edge_that_is_left(Transport by) {
        server("10.0.0.1", List.of());
        var first = server("10.0.0.2", List.of("10.0.0.1"));
        server("10.0.0.3", List.of("10.0.0.1"));
        var bob = Telephone.start(network.host("10.0.0.11"), "bob",
                setup("bob", "10.0.0.2", by).withOutbound(new Outbound(BOB,
                        List.of(Address.parse("sip:10.0.0.2"), Address.parse("sip:10.0.0.3")))));
        var alice = Telephone.start(network.host("10.0.0.12"), "alice",
                setup("alice", "10.0.0.1", Transport.UDP));
        bob.register();
        network.run(Duration.ofMinutes(5));
        first.kill();
        network.run(Duration.ofMinutes(5));
        alice.register();
        var call = alice.call("sip:bob@10.0.0.1");
        assertThat(bob.answer(Duration.ofSeconds(2))).isPresent();
        call.hangUp();
    }
}
