package p2psip.std.rfc5626;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3327.*;
import p2psip.std.rfc5626.server.*;

/// Phones that register their flows, straight and through a proxy that keeps them, or does not.
class OutboundRegistrarTest {
    private static final String ONE = ";+sip.instance=\"<urn:uuid:1>\"";

    private final SipNet net = new SipNet();
    private Bindings bindings;
    private int cseq;

    @BeforeEach void begin() {
        bindings = net.home("home", List.of(new PathRegistrar(false), new OutboundRegistrar()),
                List.of(new PathHomeProxy()));
        net.proxy("edge", new PathEdgeProxy(false), new OutboundEdgeProxy());
        net.proxy("plain", new PathEdgeProxy(false));
        for (var phone : List.of("bob", "again")) net.phone(phone, "bob@home", List.of());
    }

    /// What comes of a REGISTER that a phone sends to a host, on its way to home.
    private Response register(String phone, String by, String contacts) {
        var register = (Request) Message.parse("""
                REGISTER sip:home.example SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK%d;rport
                From: <sip:bob@home.example>;tag=1
                To: <sip:bob@home.example>
                Call-ID: %s
                CSeq: %1$d REGISTER
                Contact: %s
                Supported: path, outbound

                """.formatted(++cseq, phone, contacts));
        net.send(phone, by, register);
        return (Response) net.last(net.run(Duration.ofMillis(200)).getLast());
    }

    private List<String> bound() {
        return bindings.of(new Aor("bob", "home.example")).stream()
                .map(binding -> binding.contact().uri().toString()).toList();
    }

    @Test void a_flow_made_anew_takes_the_place_of_the_one_before() {
        var ok = register("bob", "home", "<sip:bob@10.0.0.7>;reg-id=1" + ONE);
        //= rfc5626#6-11 the response has outbound in Require
        assertThat(ok.list("Require")).containsExactly("outbound");
        register("again", "home", "<sip:bob@10.0.0.8>;reg-id=1" + ONE);
        //= rfc5626#6-14 a re-registration of instance-id and reg-id has updated the flow
        assertThat(bound()).containsExactly("sip:bob@10.0.0.8");
        //= rfc5626#6-2,12 the first hop from the Via stores the flow of the request
        assertThat(bindings.of(new Aor("bob", "home.example")).getFirst().flow().orElseThrow()
                .remote()).isEqualTo(net.address("again"));
        net.call("bob", "sip:bob@home.example");
        //= rfc5626#7-4 the request is sent over the flow saved with the binding
        assertThat(net.last("home -> again INVITE")).isNotNull();
    }

    @Test void flows_of_one_instance_lie_side_by_side() {
        for (int id = 1; id <= 2; id++)
            register("bob", "home", "<sip:bob@10.0.0.7>;reg-id=" + id + ONE);
        //= rfc5626#6-8 beside them registrations without instance-id and reg-id
        register("again", "home", "<sip:bob@10.0.0.9>");
        assertThat(bound()).containsExactly(
                "sip:bob@10.0.0.7", "sip:bob@10.0.0.7", "sip:bob@10.0.0.9");
        //= rfc5626#6-10 with all parameters of the Contact header field
        assertThat(bindings.of(new Aor("bob", "home.example")).get(1).contact().params()
                .get("reg-id")).contains("2");
        register("bob", "home", "<sip:bob@10.0.0.7>;expires=0;reg-id=1" + ONE);
        assertThat(bound()).hasSize(2);
    }

    @Test void what_the_first_hop_keeps_is_known_by_its_path() {
        assertThat(register("bob", "edge", "<sip:bob@10.0.0.7>;reg-id=1" + ONE).status())
                .isEqualTo(200);
        register("again", "edge", "<sip:bob@10.0.0.8>;reg-id=1" + ONE);
        //= rfc5626#6-3,4 the Path of the request was examined: its first URI has ob
        assertThat(bound()).containsExactly("sip:bob@10.0.0.8");
        assertThat(register("bob", "plain", "<sip:bob@10.0.0.7>;reg-id=1" + ONE).status())
                .as("it has none").isEqualTo(439);
        //= rfc5626#6-1 the Path is stored as RFC 3327 has it
        assertThat(bindings.of(new Aor("bob", "home.example")).getFirst().notes())
                .extracting(Header::name).contains("Path");
    }

    @Test void a_first_hop_that_keeps_no_flow_is_told_of() {
        var refused = register("bob", "plain", "<sip:bob@10.0.0.7>;reg-id=1" + ONE);
        //= rfc5626#6-5 no ob in the Path, but reg-id and outbound in Supported: 439
        assertThat(refused.status()).isEqualTo(439);
        assertThat(bound()).isEmpty();
        //= rfc5626#11.6-1 without a reg-id parameter no 439 is sent
        assertThat(register("bob", "plain", "<sip:bob@10.0.0.7>" + ONE).status()).isEqualTo(200);
    }

    @Test void a_reg_id_without_an_instance_is_ignored() {
        var ok = register("bob", "home", "<sip:bob@10.0.0.7>;reg-id=1");
        //= rfc5626#6-7 then Require of the response does not include outbound
        assertThat(ok.has("Require")).isFalse();
        register("bob", "home", "<sip:bob@10.0.0.8>;reg-id=1");
        assertThat(bound()).hasSize(2);
    }

    @Test void one_contact_for_a_flow() {
        //= rfc5626#6-6 more than one header field value with a reg-id among them: 400
        assertThat(register("bob", "home", "<sip:bob@a>;reg-id=1" + ONE + ", <sip:bob@b>")
                .status()).isEqualTo(400);
        assertThat(register("bob", "home", "<sip:bob@a>;reg-id=1" + ONE
                + ", <sip:bob@b>;expires=0").status()).isEqualTo(200);
    }
}
