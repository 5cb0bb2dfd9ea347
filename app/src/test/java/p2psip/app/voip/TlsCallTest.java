package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Sipd;
import p2psip.app.trace.Trace;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;

/// Whole calls whose SIP goes over TLS, as simulated hosts have it: nobody but the transport knows.
class TlsCallTest {
    private static final int SIPS = 5061;

    private final List<String> sip = new ArrayList<>();
    private final Set<String> plain = new TreeSet<>();
    private final Network network = new Network(7, this::note);

    /// What is said in SIP, by which transport, and who has said it otherwise.
    private void note(Trace trace) {
        switch (trace.what()) {
            case Trace.What.Message(boolean sent, var protocol, _, var to, _, var text)
                    when sent && protocol.equals("SIP") -> {
                var message = Message.parse(Bytes.utf8(text));
                sip.add(trace.node() + " > " + message.topVia().transport() + " "
                        + message.summary().replaceAll(" .*", ""));
            }
            case Trace.What.Wire(Kind kind, boolean sent, var from, var to, _)
                    when sent && kind == Kind.DATAGRAM && (from.getPort() < 5070
                            || to.getPort() < 5070) -> plain.add(trace.node() + " to " + to);
            default -> { }
        }
    }

    private SimHost host(String address, String... names) {
        var host = network.host(address);
        for (var name : names) network.name(name, address);
        host.certify(names);
        host.certify(address);
        return host;
    }

    private static PhoneSetup setup(String aor, Optional<SipUri> proxy) {
        var setup = PhoneSetup.of(aor).by(Transport.TLS).port(5060).recording();
        return proxy.map(setup::through).orElse(setup);
    }

    private static Telephone phone(SimHost host, String aor, Optional<SipUri> proxy) {
        return Telephone.start(host, aor, setup(aor, proxy));
    }

    private void talk(Telephone alice, Telephone bob, String uri) {
        var call = alice.call(uri);
        var taken = bob.answer(Duration.ofSeconds(5)).orElseThrow();
        call.talk(Duration.ofSeconds(1));
        taken.hangUp();
        call.talk(Duration.ofSeconds(5));
        assertThat(call.hangUp().received()).isGreaterThan(40);
    }

    @Test void two_phones_that_know_each_others_names() {
        var a = host("10.0.0.1", "alice.example");
        var b = host("10.0.0.2", "bob.example");
        try (var alice = phone(a, "sip:alice@alice.example", Optional.empty());
                var bob = phone(b, "sip:bob@bob.example", Optional.empty())) {
            talk(alice, bob, "<sip:bob@bob.example;transport=tls>");
        }
        assertThat(sip).startsWith(
                "sip:alice@alice.example > TLS INVITE", "sip:bob@bob.example > TLS 180",
                "sip:bob@bob.example > TLS 200", "sip:alice@alice.example > TLS ACK",
                "sip:bob@bob.example > TLS BYE", "sip:alice@alice.example > TLS 200");
        assertThat(plain).isEmpty();
    }

    @Test void two_phones_of_a_server() {
        var at = host("10.0.0.9", "example.com");
        var line = at.start("server", room -> new Sipd(new Sipd.Options(new SipPort.Wish(
                List.of(room.addresses().get(1)), 5060, false,
                EnumSet.of(Transport.UDP, Transport.TCP, Transport.TLS))
                .in("example.com"), List.of("example.com"), Optional.empty(), true), room));
        assertThat(line.told(Duration.ofSeconds(5))).hasSize(1).first()
                .isInstanceOf(Sipd.Ready.class);
        var proxy = Optional.of(SipUri.of("", "example.com", OptionalInt.of(SIPS)));
        var a = host("10.0.0.1", "alice.example");
        var b = host("10.0.0.2", "bob.example");
        try (var alice = phone(a, "sip:alice@example.com", proxy);
                var bob = phone(b, "sip:bob@example.com", proxy)) {
            alice.register();
            bob.register();
            sip.clear();
            talk(alice, bob, "sip:bob@example.com");
        }
        assertThat(sip).contains("server > TLS INVITE").allMatch(said -> said.contains("> TLS"));
        assertThat(plain).isEmpty();
    }

    @Test void who_cannot_prove_the_name_is_not_called() {
        var a = host("10.0.0.1", "alice.example");
        var b = host("10.0.0.2", "bob.example");
        network.name("carol.example", "10.0.0.2");
        try (var alice = phone(a, "sip:alice@alice.example", Optional.empty());
                var bob = phone(b, "sip:bob@bob.example", Optional.empty())) {
            assertThatThrownBy(() -> alice.call("<sip:carol@carol.example;transport=tls>"))
                    .hasMessage("503 Service Unavailable");
            assertThat(bob.answer(Duration.ofSeconds(1))).isEmpty();
        }
        assertThat(sip).containsExactly("sip:alice@alice.example > TLS INVITE");
        assertThat(plain).isEmpty();
    }
}
