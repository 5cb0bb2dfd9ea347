package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;

/// Whole servers that forward, that follow, and that only say where somebody is.
class ModesTest {
    private final Network network = new Network(5);

    private SimHost server(String ip, Server.Mode mode) {
        var host = network.host(ip);
        var line = host.start("sipd", room -> new Sipd(new Sipd.Options(
                new SipPort.Wish(List.of(InetAddress.ofLiteral(ip)), 5060, false,
                        EnumSet.of(Transport.UDP)), List.of(), Optional.empty(), List.of(),
                List.of(), mode, false), room));
        assertThat(line.told(Duration.ofSeconds(1)))
                .singleElement().isInstanceOf(Sipd.Ready.class);
        return host;
    }

    private Telephone phone(String user, String ip, String proxy) {
        return Telephone.start(network.host(ip), user, PhoneSetup.of("sip:" + user + "@" + proxy)
                .through(SipUri.of("", new InetSocketAddress(InetAddress.ofLiteral(proxy), 5060)))
                .port(5060).calls(10).untraced());
    }

    private static void talk(Telephone from, Telephone to, String uri, Runnable meanwhile) {
        var call = from.call(uri);
        var taken = to.answer(Duration.ofSeconds(2)).orElseThrow();
        meanwhile.run();
        call.hangUp();
        assertThat(taken.talk(Duration.ofSeconds(2))).as("hung up").isTrue();
    }

    /// The call is bob's and alice's alone: the server may end.
    @Test void a_redirect_server_takes_itself_out() {
        var server = server("10.0.0.1", Server.Mode.REDIRECT);
        var bob = phone("bob", "10.0.0.11", "10.0.0.1");
        bob.register();
        var alice = Telephone.start(network.host("10.0.0.12"), "alice",
                PhoneSetup.at("sip:alice@10.0.0.12").calls(10).untraced());
        talk(alice, bob, "sip:bob@10.0.0.1", server::kill);
    }

    @Test void a_stateless_proxy_forwards_and_forgets() {
        server("10.0.0.1", Server.Mode.STATELESS);
        var bob = phone("bob", "10.0.0.11", "10.0.0.1");
        var alice = phone("alice", "10.0.0.12", "10.0.0.1");
        //  the registrar beside it has its transactions
        bob.register();
        alice.register();
        talk(alice, bob, "sip:bob@10.0.0.1", () -> { });
    }

    /// Bob is forwarded to a server that says where he is today.
    @Test void a_proxy_that_recurses_goes_where_it_is_sent() {
        forwarded(Server.Mode.RECURSING);
        var bob = phone("bob", "10.0.0.11", "10.0.0.2");
        bob.register();
        talk(phone("alice", "10.0.0.12", "10.0.0.1"), bob, "sip:bob@10.0.0.1", () -> { });
    }

    @Test void a_proxy_that_does_not_leaves_it_to_the_caller() {
        forwarded(Server.Mode.PROXY);
        phone("bob", "10.0.0.11", "10.0.0.2").register();
        //  who follows through the proxy, which relays for nobody
        assertThatThrownBy(() -> phone("alice", "10.0.0.12", "10.0.0.1").call("sip:bob@10.0.0.1"))
                .isInstanceOfSatisfying(Telephone.Failed.class,
                        failed -> assertThat(failed.status()).isEqualTo(403));
    }

    private void forwarded(Server.Mode mode) {
        server("10.0.0.1", mode);
        server("10.0.0.2", Server.Mode.REDIRECT);
        var line = network.host("10.0.0.13").start("bob", room -> new Requester(room, "bob",
                new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060)));
        line.told(Duration.ofSeconds(1));
        line.command(new Requester.Send("REGISTER", "sip:10.0.0.1", List.of(
                new Header("To", "<sip:bob@10.0.0.1>"),
                new Header("Contact", "<sip:bob@10.0.0.2>"))));
        assertThat(line.told(Duration.ofSeconds(1))).containsExactly("REGISTER 200");
    }
}
