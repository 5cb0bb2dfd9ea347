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

/// Whole servers in virtual time: one at the edge, through which the phones of its house register
/// at the server of their domain, far away and behind no NAT of theirs.
class EdgeTest {
    private final Network network = new Network(11);

    private SimHost server(String ip, List<String> edge, String... users) {
        var host = network.host(ip);
        start(host, edge, users);
        return host;
    }

    private static void start(SimHost host, List<String> edge, String... users) {
        var line = host.start("sipd", room -> new Sipd(new Sipd.Options(
                new SipPort.Wish(room.addresses(), 5060, false,
                        EnumSet.of(Transport.UDP, Transport.TCP)), List.of(),
                users.length == 0 ? Optional.empty() : Optional.of(Users.parse(List.of(users))),
                edge, users.length == 0 ? List.of() : List.of(SipUri.parse("sip:10.0.0.1")),
                Server.Mode.PROXY, false), room));
        assertThat(line.told(Duration.ofSeconds(1)))
                .singleElement().isInstanceOf(Sipd.Ready.class);
    }

    private Telephone phone(String user, String ip, String proxy, Transport by) {
        return Telephone.start(network.host(ip), user, PhoneSetup.of("sip:" + user + "@10.0.0.1")
                .through(SipUri.of("", new InetSocketAddress(InetAddress.ofLiteral(proxy), 5060)))
                .by(by).withLogin(user, "secret").port(5060).calls(10).untraced());
    }

    private static void talk(Telephone from, Telephone to, String uri) {
        var call = from.call(uri);
        var taken = to.answer(Duration.ofSeconds(2)).orElseThrow();
        call.hangUp();
        assertThat(taken.talk(Duration.ofSeconds(2))).as("hung up").isTrue();
    }

    @Test void phones_register_and_are_called_through_the_edge() {
        server("10.0.0.1", List.of(), "alice:secret", "bob:secret");
        server("10.0.0.2", List.of("10.0.0.1"));
        var bob = phone("bob", "10.0.0.11", "10.0.0.2", Transport.TCP);
        var alice = phone("alice", "10.0.0.12", "10.0.0.1", Transport.UDP);
        bob.register();
        alice.register();
        //= rfc3327#5.4¶2 the call goes by the stored path, and by the connection bob has opened
        talk(alice, bob, "sip:bob@10.0.0.1");
        talk(bob, alice, "sip:alice@10.0.0.1");
    }

    @Test void a_path_outlives_the_registrar() {
        var home = server("10.0.0.1", List.of());
        server("10.0.0.2", List.of("10.0.0.1"));
        var bob = phone("bob", "10.0.0.11", "10.0.0.2", Transport.TCP);
        bob.register();
        home.kill();
        start(home, List.of());
        var alice = phone("alice", "10.0.0.12", "10.0.0.1", Transport.UDP);
        //= rfc3327#5.3¶1 it is stored in association with the contact
        talk(alice, bob, "sip:bob@10.0.0.1");
    }

    @Test void calls_to_anywhere_go_by_the_own_server() {
        server("10.0.0.1", List.of(), "bob:secret");
        server("10.0.0.2", List.of("10.0.0.1"));
        var bob = phone("bob", "10.0.0.11", "10.0.0.2", Transport.UDP);
        var carol = Telephone.start(network.host("10.0.0.13"), "carol",
                PhoneSetup.at("sip:carol@10.0.0.13").calls(10).untraced());
        assertThatThrownBy(() -> bob.call("sip:carol@10.0.0.13"));
        bob.register();
        //= rfc3608#6.1-3 the service route is exercised: the server knows bob, and relays for him
        talk(bob, carol, "sip:carol@10.0.0.13");
    }

    @Test void the_edge_relays_to_its_domains_alone() {
        server("10.0.0.2", List.of("10.0.0.1"));
        server("10.0.0.3", List.of());
        var bob = phone("bob", "10.0.0.11", "10.0.0.2", Transport.UDP);
        assertThatThrownBy(() -> bob.call("sip:carol@10.0.0.3"))
                .isInstanceOfSatisfying(Telephone.Failed.class,
                        failed -> assertThat(failed.status()).isEqualTo(403));
    }
}
