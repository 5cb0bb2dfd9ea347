package p2psip.app.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sipd.Sipd;
import p2psip.app.voip.*;
import p2psip.std.rfc1035.*;
import p2psip.std.rfc1035.Question.Type;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;

/// Whole phones and servers that find each other by their domains, in virtual time: what the first
/// server of a domain does not do the second does.
class FailOverTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final String FIRST = "10.0.0.1", SECOND = "10.0.0.2";

    private final Network network = new Network(3);
    private SimHost first, second;

    @BeforeEach void zone() {
        first = network.host(FIRST);
        second = network.host(SECOND);
        zone("home.example", 5060);
    }

    /// A domain with two servers, the first of them to be preferred.
    private void zone(String domain, int port) {
        records(domain, Type.NAPTR, new ResourceRecord.Pointer(domain, TTL, 10, 10, "s",
                "SIP+D2U", "", "_sip._udp." + domain));
        records("_sip._udp." + domain, Type.SRV,
                new ResourceRecord.Server("_sip._udp." + domain, TTL, 0, 0, port, "one.example"),
                new ResourceRecord.Server("_sip._udp." + domain, TTL, 1, 0, port, "two.example"));
        address("one.example", FIRST);
        address("two.example", SECOND);
    }

    private static ResourceRecord server(String target, int priority) {
        return new ResourceRecord.Server(
                "_sip._udp.far.example", TTL, priority, 0, 5060, target);
    }

    private void records(String name, Type type, ResourceRecord... records) {
        network.zone(new Question(name, type), new Answer.Found(List.of(records)));
    }

    private void address(String name, String ip) {
        records(name, Type.A, new ResourceRecord.Address(name, TTL, InetAddress.ofLiteral(ip)));
    }

    private static Host.Line serve(SimHost host, String domain) {
        var line = host.start("sipd", room -> new Sipd(new Sipd.Options(new SipPort.Wish(
                List.of(room.addresses().getLast()), 5060, false, EnumSet.of(Transport.UDP)),
                List.of(domain), Optional.empty(), false), room));
        assertThat(line.told(Duration.ofSeconds(1))).hasOnlyElementsOfType(Sipd.Ready.class);
        return line;
    }

    private Telephone phone(String ip, String user) { return phone(ip, user, "home.example"); }

    private Telephone phone(String ip, String user, String domain) {
        return Telephone.start(network.host(ip), user, PhoneSetup.of("sip:" + user + "@" + domain)
                .through(SipUri.parse("sip:" + domain)).port(5060).calls(2).untraced());
    }

    private Duration takes(Runnable what) {
        var begin = network.now();
        what.run();
        return Duration.between(begin, network.now());
    }

    @Test void the_first_server_serves() {
        serve(first, "home.example");
        serve(second, "home.example");
        var bob = phone("10.0.1.2", "bob");
        var alice = phone("10.0.1.1", "alice");
        assertThat(takes(bob::register)).isLessThan(Duration.ofMillis(300));
        second.kill();
        alice.call("sip:bob@home.example").hangUp();
    }

    /// Nobody is at its port: its system says so to whoever asks a second time.
    @Test void a_server_that_has_died_is_passed_over_at_once() {
        serve(second, "home.example");
        var bob = phone("10.0.1.2", "bob");
        var alice = phone("10.0.1.1", "alice");
        assertThat(takes(bob::register))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(takes(() -> alice.call("sip:bob@home.example").hangUp()))
                .isLessThan(Duration.ofSeconds(5));
    }

    /// Its whole machine is gone: nothing says so but time.
    @Test void a_server_that_is_silent_is_passed_over_in_time() {
        serve(second, "home.example");
        network.cut(first);
        assertThat(takes(phone("10.0.1.2", "bob")::register))
                .isBetween(Duration.ofSeconds(32), Duration.ofSeconds(34));
    }

    @Test void a_proxy_passes_over_a_dead_server_of_another_domain() {
        records("_sip._udp.far.example", Type.SRV, server("one.example", 0),
                server("far.example", 1));
        records("far.example", Type.NAPTR, new ResourceRecord.Pointer("far.example", TTL, 10, 10,
                "s", "SIP+D2U", "", "_sip._udp.far.example"));
        address("far.example", "10.0.2.1");
        serve(network.host("10.0.2.1"), "far.example");
        serve(second, "home.example");
        var carol = phone("10.0.1.3", "carol", "far.example");
        carol.register();
        var alice = phone("10.0.1.1", "alice");
        alice.register();
        alice.call("sip:carol@far.example").hangUp();
    }

    @Test void where_no_name_server_answers_the_user_is_told() {
        serve(first, "home.example");
        network.dns(Duration.ofMillis(10), false);
        var bob = phone("10.0.1.2", "bob");
        assertThat(takes(() -> assertThatThrownBy(bob::register).hasMessageContaining("503")))
                .as("for NAPTR, SRV and A").isEqualTo(Duration.ofSeconds(15));
        network.dns(Duration.ofMillis(200), true);
        network.run(Duration.ofSeconds(6));
        assertThat(takes(bob::register)).isLessThan(Duration.ofSeconds(1));
    }

    @Test void a_domain_that_says_it_is_not_there_is_not_asked() {
        serve(first, "home.example");
        records("_sip._udp.home.example", Type.SRV, new ResourceRecord.Server(
                "_sip._udp.home.example", TTL, 0, 0, 0, "."));
        network.name("home.example", FIRST);
        assertThatThrownBy(phone("10.0.1.2", "bob")::register).hasMessageContaining("503");
    }
}
