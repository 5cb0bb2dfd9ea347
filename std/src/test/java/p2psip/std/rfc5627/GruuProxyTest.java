package p2psip.std.rfc5627;

import static org.assertj.core.api.Assertions.*;
import static p2psip.std.rfc5627.GruuHome.*;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3327.*;
import p2psip.std.rfc5626.*;

/// Where a proxy sends what is for a GRUU.
class GruuProxyTest {
    private final GruuHome home = new GruuHome();

    @BeforeEach void phones() {
        for (var host : List.of("alice", "bob", "desk", "old"))
            home.net.phone(host, (host.equals("alice") ? "alice@elsewhere" : "bob@home"),
                    List.of());
    }

    private String host(String name) { return home.net.address(name).getHostString(); }

    private Response register(String phone, Instance instance) {
        return home.register(phone, phone, contact(host(phone), instance));
    }

    private Request arrived(String phone, String method) {
        return (Request) home.net.last("home -> " + phone + " " + method);
    }

    @Test void one_instance_alone_is_reached() {
        register("bob", ONE);
        var hidden = hidden(register("desk", TWO));
        assertThat(home.ask("alice", "OPTIONS", SHOWN + ONE.urn()).status()).isEqualTo(200);
        //= rfc5627#6.1¶3 rewritten with the contact that is registered, without gr
        assertThat(arrived("bob", "OPTIONS").uri()).isEqualTo("sip:bob@" + host("bob"));
        assertThat(home.passed).doesNotContain("home -> desk OPTIONS");
        assertThat(home.ask("alice", "OPTIONS", hidden).status()).isEqualTo(200);
        assertThat(arrived("desk", "OPTIONS").uri()).isEqualTo("sip:bob@" + host("desk"));
        //  the value of gr is compared as that of any parameter
        assertThat(home.ask("alice", "OPTIONS", SHOWN + ONE.urn().toUpperCase(Locale.ROOT))
                .status()).isEqualTo(200);
    }

    @Test void what_is_none_is_not_found() {
        var hidden = hidden(register("bob", ONE));
        //= rfc5627#6.1-1 gr, but not equivalent to a valid GRUU: 404
        for (var uri : List.of("sip:bob@home.example;gr", "sip:bob@home.example;gr=1",
                hidden.replace("tgruu.", "tgruu.A"), "sip:tgruu.x@home.example;gr",
                //  an instance that has never been there
                SHOWN + ONE.urn().replace("0001", "0003")))
            assertThat(home.ask("alice", "OPTIONS", uri).status()).as(uri).isEqualTo(404);
        //= rfc5627#6.1-2 no contact bound to it: 480
        assertThat(home.ask("alice", "OPTIONS", SHOWN + TWO.urn()).status()).isEqualTo(480);
        //  a temporary one without gr is no address of record
        assertThat(home.ask("alice", "OPTIONS", hidden.replace(";gr", "")).status())
                .isEqualTo(480);
    }

    /// A phone that was started again with another contact, and is bound twice.
    @Test void the_contact_refreshed_last_is_tried_first() {
        register("old", ONE);
        register("bob", ONE);
        register("old", ONE);
        //= rfc5627#6.1-3 the most recently refreshed contact is selected
        assertThat(home.ask("alice", "OPTIONS", SHOWN + ONE.urn()).status()).isEqualTo(200);
        assertThat(home.passed).contains("home -> old OPTIONS")
                .doesNotContain("home -> bob OPTIONS");
        home.net.kill("old");
        //= rfc5627#6.1-4 the next most recently refreshed, where the first times out with 408
        assertThat(home.ask("alice", "OPTIONS", SHOWN + ONE.urn()).status()).isEqualTo(200);
        assertThat(home.passed).contains("home -> bob OPTIONS");
    }

    @Test void a_refusal_of_the_first_is_the_answer() {
        register("old", ONE);
        register("bob", ONE);
        //= rfc5627#6.1-5 no other contact of the instance after any other response
        assertThat(home.ask("alice", "NOTHING", SHOWN + ONE.urn()).status()).isEqualTo(501);
        assertThat(home.passed).contains("home -> bob NOTHING")
                .doesNotContain("home -> old NOTHING");
    }

    @Test void q_values_of_others_do_not_count() {
        home.register("old", "o", contact(host("old"), ONE) + ";q=0.9");
        home.register("bob", "b", contact(host("bob"), ONE) + ";q=0.1");
        home.ask("alice", "OPTIONS", SHOWN + ONE.urn());
        assertThat(home.passed).contains("home -> bob OPTIONS")
                .doesNotContain("home -> old OPTIONS");
    }

    @Test void a_path_leads_there_unless_the_request_has_a_way() {
        home.net.proxy("edge", new PathEdgeProxy(false));
        home.net.send("bob", "edge", Message.parse("""
                REGISTER sip:home.example SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK0;rport
                From: <sip:bob@home.example>;tag=1
                To: <sip:bob@home.example>
                Call-ID: p
                CSeq: 1 REGISTER
                Max-Forwards: 70
                Supported: path, gruu
                Contact: %s

                """.formatted(contact(host("bob"), ONE))));
        home.net.run(Duration.ofSeconds(1));
        home.ask("alice", "OPTIONS", SHOWN + ONE.urn());
        assertThat(arrived("edge", "OPTIONS").list("Route").getFirst())
                .contains(host("edge"));
        //= rfc5627#6.1-7 with Route values beyond our own the Path is discarded
        home.ask("alice", "OPTIONS", SHOWN + ONE.urn(), "Route: <sip:home.example;lr>",
                "Route: <sip:" + host("desk") + ";lr>");
        assertThat(arrived("desk", "OPTIONS").list("Route")).hasSize(1);
    }

    @Test void a_contact_that_is_the_gruu_of_somebody_else_is_refused() {
        var hidden = hidden(register("bob", ONE));
        for (var gruu : List.of(SHOWN + ONE.urn(), hidden)) {
            //= rfc5627#6.2-2 it does not match the identity of the requestor: 403
            assertThat(home.askAs("carol@home.example", "INVITE", "sip:bob@home.example",
                    "Contact: <" + gruu + ">").status()).isEqualTo(403);
            assertThat(home.askAs("bob@home.example", "SUBSCRIBE", "sip:bob@home.example",
                    "Contact: <" + gruu + ">").status()).isNotEqualTo(403);
            assertThat(home.askAs("alice@elsewhere.example", "SUBSCRIBE",
                    "sip:bob@home.example", "Contact: <" + gruu + ">").status())
                    .isNotEqualTo(403);
        }
    }

    /// Who redirects what was meant for him alone is not followed: the caller decides.
    //= rfc5627#6.1-10 no forwarding service for requests to a GRUU
    @Test void a_redirection_is_not_followed() {
        home.redirecting("moved", "sip:bob@" + host("desk"));
        home.register("bob", "m", contact(host("moved"), ONE));
        assertThat(home.ask("alice", "OPTIONS", SHOWN + ONE.urn()).status()).isEqualTo(302);
        assertThat(home.ask("alice", "OPTIONS", "sip:bob@home.example").status())
                .isEqualTo(200);
    }

    //= rfc5627#5.4-6 an address that is no longer valid: neither are its GRUUs
    @Test void of_an_address_that_is_not_there_none_is_valid() {
        var domains = new Domains(List.of(new ListeningPoint(Transport.UDP,
                new InetSocketAddress("127.0.0.1", 5060))), List.of("home.example"));
        var proxy = new GruuProxy(domains, Optional.empty(), (_, _) -> true);
        var request = (Request) Message.parse(
                "OPTIONS " + SHOWN + ONE.urn() + " SIP/2.0\n\n");
        for (boolean known : List.of(true, false))
            assertThat(proxy.found(request, new LocationService.Found(1, known, List.of()))
                    .known()).isEqualTo(known);
        //= rfc5627#10.1-2 SIPS leads somewhere where TLS is spoken, and only there
        assertThat(domains.speaks(Uri.parse("sips:a@b"))).isFalse();
        assertThat(new Domains(List.of(new ListeningPoint(Transport.TLS,
                new InetSocketAddress("127.0.0.1", 5061))), List.of())
                .speaks(Uri.parse("sips:a@b"))).isTrue();
    }

    @Test void a_stateless_proxy_finds_the_same() {
        var stateless = new SipNet();
        var bindings = stateless.home("home", domains -> List.of(new GruuRegistrar(
                domains, Optional.empty(), stateless.random)), (domains, random) ->
                new StatelessProxy(domains, Guard.OPEN,
                        List.of(new GruuProxy(domains, Optional.empty(), (_, _) -> false)),
                        Proxy.secret(random), random));
        for (var phone : List.of("bob", "desk")) stateless.phone(
                phone, "bob@home", List.of(), new GruuUserAgent(
                        phone.equals("bob") ? ONE : TWO, true));
        for (var phone : List.of("bob", "desk")) stateless.register(phone);
        stateless.phone("alice", "alice@elsewhere", List.of());
        stateless.call("alice", SHOWN + TWO.urn());
        assertThat(stateless.last("home -> desk INVITE")).isNotNull();
        assertThatThrownBy(() -> stateless.last("home -> bob INVITE"))
                .isInstanceOf(AssertionError.class);
        assertThat(stateless.last("desk -> home 200").list("Contact"))
                .containsExactly("<" + SHOWN + TWO.urn() + ">");
    }
}
