package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose is a URI? The same answer for a REGISTER, for a call and for a route.
class DomainsTest {
    private static Domains at(String ip, int port, String... domains) {
        return new Domains(List.of(new ListeningPoint(Transport.UDP,
                ProxyPlay.address(ip, port))), List.of(domains));
    }

    private static String aor(Domains home, String uri) {
        var sip = SipUri.parse(uri);
        return home.hosts(sip) ? home.aor(sip).toString() : "not ours";
    }

    @Test void the_own_host_is_ours_with_the_own_port_or_with_none() {
        var home = at("127.0.0.1", 5070);
        for (var ours : List.of("127.0.0.1", "127.0.0.1:5070", "localhost", "LocalHost.:5070"))
            assertThat(aor(home, "sip:bo@" + ours)).as(ours).isEqualTo("sip:bo@127.0.0.1:5070");
        for (var other : List.of("127.0.0.1:5060", "127.0.0.1:507", "localhost:5060", "127.0.0.2",
                "[::1]", "example.com"))
            assertThat(aor(home, "sip:bo@" + other)).as(other).isEqualTo("not ours");
    }

    /// The Contact of a phone of this machine, at the port that none written means.
    @Test void within_a_dialog_a_uri_without_a_port_leads_to_the_usual_port() {
        assertThat(at("127.0.0.1", 5070).isNamed(SipUri.parse("sip:bo@127.0.0.1"))).isFalse();
        assertThat(at("127.0.0.1", 5060).isNamed(SipUri.parse("sip:bo@127.0.0.1"))).isTrue();
    }

    @Test void sips_is_spoken_where_there_is_tls() {
        var here = ProxyPlay.address("192.0.2.1", 5061);
        var udp = new ListeningPoint(Transport.UDP, here);
        var tls = new ListeningPoint(Transport.TLS, here);
        for (var text : List.of("sip:bo@example.com", "sips:bo@example.com", "tel:+1")) {
            var uri = Uri.parse(text);
            assertThat(new Domains(List.of(udp), List.of()).speaks(uri)).as(text)
                    .isEqualTo(text.startsWith("sip:"));
            assertThat(new Domains(List.of(udp, tls), List.of()).speaks(uri)).as(text)
                    .isEqualTo(text.startsWith("sip"));
        }
    }

    //= rfc3261#19.1.4¶3 hosts are compared by what they mean
    @ParameterizedTest
    @ValueSource(strings = {"[2001:DB8::7]", "[2001:db8:0:0:0:0:0:7]:5070", "[2001:db8::0.0.0.7]",
        "Example.COM", "example.com.", "example.com:9"})
    void one_host_in_several_spellings_is_one_domain(String host) {
        var home = at("2001:db8::7", 5070, "EXAMPLE.com.");
        assertThat(aor(home, "sip:bo@" + host)).isEqualTo("sip:bo@example.com");
        assertThat(aor(at("192.0.2.1", 5060, "*"), "sip:bo@EXAMPLE.com."))
                .isEqualTo("sip:bo@example.com");
    }

    @Test void a_route_may_name_our_domain() {
        var home = at("192.0.2.1", 5070, "example.com");
        for (var ours : List.of("192.0.2.1:5070", "example.com", "EXAMPLE.com:5070"))
            assertThat(home.isRoute(SipUri.parse("sip:" + ours + ";lr"))).as(ours).isTrue();
        for (var other : List.of("192.0.2.1", "example.com:5060", "example.org"))
            assertThat(home.isRoute(SipUri.parse("sip:" + other + ";lr"))).as(other).isFalse();
        //  whoever takes in all names is not meant by each of them
        assertThat(at("192.0.2.1", 5060, Domains.ANY_NAME).isRoute(SipUri.parse("sip:a.b;lr")))
                .isFalse();
    }

    @Test void a_route_that_spells_our_address_in_another_way_leads_here() {
        var home = at("2001:db8::7", 5070);
        assertThat(home.listensAt(SipUri.parse("sip:[2001:0db8::0007]:5070;lr"))).isTrue();
        assertThat(home.listensAt(SipUri.parse("sip:[2001:db8::8]:5070;lr"))).isFalse();
    }
}
