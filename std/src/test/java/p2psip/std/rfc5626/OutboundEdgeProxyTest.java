package p2psip.std.rfc5626;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3327.*;
import p2psip.std.rfc5626.server.*;

/// A phone that registers a flow at the proxy of its house.
class OutboundEdgeProxyTest {
    private final SipNet net = new SipNet();
    private Bindings bindings;

    @BeforeEach void begin() {
        net.proxy("edge", new PathEdgeProxy(false), new OutboundEdgeProxy());
        net.proxy("inner", new PathEdgeProxy(false), new OutboundEdgeProxy());
        bindings = net.home("home", List.of(new PathRegistrar(false)),
                List.of(new PathHomeProxy()));
        net.phone("bob", "bob@home", List.of());
        net.phone("alice", "alice@elsewhere", List.of());
    }

    /// The Path that comes of a REGISTER with this Contact parameter and these option tags.
    private List<SipUri> path(String parameter, String supported) {
        var register = (Request) Message.parse("""
                REGISTER sip:home.example SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK%s;rport
                Route: <sip:edge.example;lr>, <sip:inner.example;lr>
                From: <sip:bob@home.example>;tag=1
                To: <sip:bob@home.example>
                Call-ID: nat
                CSeq: 1 REGISTER
                Contact: <sip:bob@10.0.0.7>;+sip.instance="<urn:uuid:1>"%s
                Supported: %s

                """.formatted(parameter.length() + supported.length(), parameter, supported));
        net.send("bob", "edge", register);
        net.run(Duration.ofSeconds(1));
        return net.last("inner -> home REGISTER").list("Path").stream()
                .map(value -> (SipUri) Address.parse(value).uri()).toList();
    }

    private static List<String> texts(List<SipUri> path) {
        return path.stream().map(uri ->
                uri.host() + (uri.params().has("ob") ? " ob" : "")).toList();
    }

    @Test void the_first_hop_says_that_it_has_the_flow() {
        var path = path(";reg-id=1", "path, outbound");
        //= rfc5626#5.1-1,5 its URI is in a Path value, with the parameter ob
        //= rfc5626#5.1-6 who is not the first node after the UAC places none
        assertThat(texts(path)).containsExactly("192.0.2.2", "192.0.2.1 ob");
        //= rfc5626#5.1-2,4 with a flow token in the userpart
        assertThat(path.getLast().user()).contains("-");
        assertThat(path.getFirst().user()).doesNotContain("-");
        net.call("alice", "sip:bob@home.example");
        assertThat(net.last("edge -> bob INVITE")).isNotNull();
    }

    @Test void each_flow_has_a_token_of_its_own() {
        var first = path(";reg-id=1", "path, outbound").getLast();
        var register = net.last("bob -> edge REGISTER").with("Call-ID", "other")
                .with("Via", "SIP/2.0/UDP 10.0.0.8;branch=z9hG4bKother;rport");
        net.send("alice", "edge", register);
        net.run(Duration.ofSeconds(1));
        //= rfc5626#5.1-3 an identifier that is unique to this network flow
        assertThat(net.last("inner -> home REGISTER").list("Path").getLast())
                .doesNotContain(first.user()).contains(";ob");
    }

    @Test void who_registers_no_flow_has_a_path_without() {
        assertThat(texts(path("", "path, outbound"))).containsExactly("192.0.2.2", "192.0.2.1");
    }

    //= rfc5626#5.1-1 as the first hop it must insert its URI
    @Test void a_flow_has_a_path_even_if_the_phone_does_not_ask_for_one() {
        assertThat(texts(path(";reg-id=1", "outbound"))).containsExactly("192.0.2.1 ob");
        //  which the registrar refuses as long as the phone knows of none
        assertThat(bindings.of(new Aor("bob", "home.example"))).isEmpty();
    }
}
