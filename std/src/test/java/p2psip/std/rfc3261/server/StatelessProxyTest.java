package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.ua.*;

/// §16.11: a proxy that forwards what comes, as often as it comes.
class StatelessProxyTest {
    private final SipNet net = new SipNet();

    @BeforeEach void begin() {
        net.home("home", List.of(), domains -> new StatelessProxy(
                domains, Guard.OPEN, List.of(), Proxy.secret(net.random), net.random));
        net.phone("ua1", "ua1@home", List.of());
        net.phone("ua2", "ua2@elsewhere", List.of("home"));
        net.register("ua1");
    }

    private Request invite(String uri) {
        return (Request) Message.parse("""
                INVITE %s SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKi;rport
                Max-Forwards: 70
                From: <sip:ua2@elsewhere.example>;tag=1
                To: <sip:ua1@home.example>
                Call-ID: c
                CSeq: 1 INVITE
                Contact: <sip:ua2@192.0.2.3>

                """.formatted(uri));
    }

    private List<String> sent(Request request) {
        net.send("ua2", "home", request);
        return net.run(Duration.ofMillis(100));
    }

    private static String branch(Message message) { return message.topVia().branch(); }

    //= rfc3261#16.11-1 no 100 of its own, nor any other provisional response
    //= rfc3261#16.11-3 the request is processed as by 16.4 and 16.5: where is the user?
    @Test void a_call_passes() {
        net.ask("ua2", new Call.Command.Invite(1, "sip:ua1@home.example",
                Optional.of(Content.sdp("offer")), List.of()));
        assertThat(net.run(Duration.ofMillis(300))).startsWith("ua2 -> home INVITE",
                "home -> ua1 INVITE").contains("ua1 -> home 200", "home -> ua2 200",
                "ua2 -> home ACK", "home -> ua1 ACK").doesNotContain("home -> ua2 100");
        //= rfc3261#16.11-8 and by 16.6, with a Record-Route and a hop less
        assertThat(net.last("home -> ua1 INVITE").need("Max-Forwards")).isEqualTo("69");
        net.ask("ua2", new Call.Command.HangUp(1));
        assertThat(net.run(Duration.ofMillis(300))).containsExactly("ua2 -> home BYE",
                "home -> ua1 BYE", "ua1 -> home 200", "home -> ua2 200");
    }

    @Test void what_comes_again_goes_again_and_is_the_same() {
        assertThat(sent(invite("sip:ua1@home.example"))).contains("home -> ua1 INVITE");
        var first = net.last("home -> ua1 INVITE");
        assertThat(sent(invite("sip:ua1@home.example"))).contains("home -> ua1 INVITE");
        //= rfc3261#16.11-6 a retransmitted request goes to the same destination
        //= rfc3261#16.11-9,10 its branch is the same, a function of what it brings again
        //= rfc3261#16.11-13,14 the same transformation of a retransmitted request: Record-Route
        assertThat(net.last("home -> ua1 INVITE").encode()).isEqualTo(first.encode());
        var other = invite("sip:ua1@home.example").with("Via",
                "SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKj;rport");
        sent(other);
        //= rfc3261#16.11-12 the recommended procedure: another branch received, another one sent
        assertThat(branch(net.last("home -> ua1 INVITE"))).isNotEqualTo(branch(first));
    }

    @Test void a_client_of_rfc_2543_has_no_cookie() {
        var old = invite("sip:ua1@home.example").with("Via", "SIP/2.0/UDP 192.0.2.3");
        sent(old);
        var first = branch(net.last("home -> ua1 INVITE"));
        sent(old);
        assertThat(branch(net.last("home -> ua1 INVITE"))).isEqualTo(first);
        sent(old.with("CSeq", "2 INVITE"));
        // the CSeq number is among what is hashed then
        assertThat(branch(net.last("home -> ua1 INVITE"))).isNotEqualTo(first);
    }

    @Test void a_cancel_and_an_ack_go_the_way_of_their_invite() {
        sent(invite("sip:ua1@home.example"));
        var branch = branch(net.last("home -> ua1 INVITE"));
        var cancel = Cancel.of(invite("sip:ua1@home.example")).change(list -> list.addFirst(
                new Header("Via", invite("sip:a@b").topVia().toString())));
        //= rfc3261#16.11-16 a CANCEL is not special: it is forwarded
        assertThat(sent(cancel)).contains("home -> ua1 CANCEL");
        //= rfc3261#16.11-7 to where the INVITE went, and with its branch it finds it
        assertThat(branch(net.last("home -> ua1 CANCEL"))).isEqualTo(branch);
        var refused = invite("sip:ua1@home.example");
        var ack = new Request("ACK", refused.uri(), refused.headers(), refused.body())
                .with("CSeq", "1 ACK").with("To", "<sip:ua1@home.example>;tag=x");
        sent(ack);
        assertThat(branch(net.last("home -> ua1 ACK"))).isEqualTo(branch);
    }

    @Test void a_cancel_is_let_pass() {
        var proxy = new StatelessProxy(ProxyPlay.HOME,
                (_, _, _, _) -> Optional.of(Refusal.of(407)), List.of(),
                Proxy.secret(net.random), net.random);
        var asked = new Output.Resolve(1, "sip:bob@192.0.2.77", true);
        var invite = invite("sip:bob@192.0.2.77");
        assertThat(proxy.handle(new Input.Received(new TransactionId("b", "s", "INVITE"), invite,
                ProxyPlay.CALLER), Instant.EPOCH)).doesNotContain(asked);
        // a CANCEL is never challenged
        assertThat(proxy.handle(new Input.Received(new TransactionId("b", "s", "CANCEL"),
                Cancel.of(invite).change(list -> list.addFirst(new Header("Via",
                        invite.topVia().toString()))), ProxyPlay.CALLER), Instant.EPOCH))
                .containsExactly(asked);
    }

    @Test void it_chooses_one_of_several() {
        net.phone("cell", "ua1@home", List.of());
        var register = net.last("ua1 -> home REGISTER").with("Call-ID", "cell")
                .with("Contact", "<sip:cell@" + net.address("cell").getHostString() + ">;q=0.4")
                .with("Via", "SIP/2.0/UDP 192.0.2.4;branch=z9hG4bKr");
        net.send("cell", "home", register);
        net.run(Duration.ofMillis(100));
        //= rfc3261#16.11-4 one target only, that which is preferred
        assertThat(sent(invite("sip:ua1@home.example"))).contains("home -> ua1 INVITE")
                .doesNotContain("home -> cell INVITE");
    }

    @Test void refusals_are_its_own_and_as_stateless() {
        //= rfc3261#16.11-2 the request is validated as by 16.3
        assertThat(sent(invite("sip:ua1@home.example").with("Max-Forwards", "0")))
                .containsExactly("ua2 -> home INVITE", "home -> ua2 483");
        var tag = net.last("home -> ua2 483").to().tag();
        sent(invite("sip:ua1@home.example").with("Max-Forwards", "0"));
        assertThat(net.last("home -> ua2 483").to().tag()).isEqualTo(tag).isPresent();
        var ack = invite("sip:ua1@home.example").with("Max-Forwards", "0");
        assertThat(sent(new Request("ACK", ack.uri(), ack.headers(), ack.body())
                .with("CSeq", "1 ACK"))).containsExactly("ua2 -> home ACK");
        assertThat(sent(invite("sip:nobody@home.example"))).contains("home -> ua2 480");
    }

    @Test void from_tcp_to_udp_it_does_not_forward() {
        var proxy = new StatelessProxy(ProxyPlay.HOME, Guard.OPEN, List.of(),
                Proxy.secret(net.random), net.random);
        var flow = new Flow(Transport.TCP, ProxyPlay.address("192.0.2.1", 5060),
                ProxyPlay.address("203.0.113.9", 40_000), 7);
        assertThat(proxy.handle(new Input.Received(new TransactionId("b", "s", "INVITE"),
                invite("sip:bob@192.0.2.77"), flow), Instant.EPOCH)).containsExactly(
                        new Output.Resolve(1, "sip:bob@192.0.2.77", true));
        //= rfc3261#16.1-7 the TU would have to ensure delivery: only a stateful proxy can
        assertThat(proxy.handle(new Input.Resolved(1, List.of(Target.of(Transport.UDP,
                ProxyPlay.address("192.0.2.77", 5060)))), Instant.EPOCH)).singleElement()
                .isInstanceOfSatisfying(Output.Reply.class, refused ->
                        assertThat(refused.response().status()).isEqualTo(503));
    }

    /// By a connection, whatever its Via says.
    @Test void a_response_goes_the_way_its_request_came() {
        var proxy = new StatelessProxy(ProxyPlay.HOME, Guard.OPEN, List.of(),
                Proxy.secret(net.random), net.random);
        var flow = new Flow(Transport.TCP, ProxyPlay.address("192.0.2.1", 5060),
                ProxyPlay.address("203.0.113.9", 40_000), 7);
        var invite = invite("sip:bob@192.0.2.77");
        var there = ProxyPlay.address("192.0.2.77", 5060);
        proxy.handle(new Input.Received(new TransactionId("b", "s", "INVITE"), invite, flow),
                Instant.EPOCH);
        assertThat(proxy.pending()).isOne();
        var pass = (Output.Pass) proxy.handle(new Input.Resolved(1, List.of(Target.of(
                Transport.TCP, there))), Instant.EPOCH).getFirst();
        assertThat(proxy.pending()).isZero();
        var response = Reply.to(pass.request().change(list -> list.addFirst(new Header("Via",
                "SIP/2.0/UDP 192.0.2.1;branch=" + pass.branch()))), 486, "t")
                .with("Reason", "kept");
        var reply = (Output.Reply) proxy.handle(
                new Input.Stray(response, ProxyPlay.CALLER), Instant.EPOCH).getFirst();
        //= rfc3261#16.1-6 down the same connection that the request arrived on
        assertThat(reply.flow()).isEqualTo(flow);
        //= rfc3261#16.11-18 our Via is removed, what is left leads on
        assertThat(reply.response().topVia().branch()).isEqualTo("z9hG4bKi");
        //= rfc3261#16.11-19,20 nothing else is removed or modified
        assertThat(reply.response().change(list -> list.addFirst(
                new Header("Via", response.topVia().toString())))).isEqualTo(response);
        //= rfc3261#16.11-17,21 a Via that this proxy has not made is discarded silently
        for (var forged : List.of("z9hG4bKx", pass.branch().replace("-A", "-B"), "z9hG4bKa.b.c"))
            assertThat(proxy.handle(new Input.Stray(response.change(list -> list.set(0,
                    new Header("Via", "SIP/2.0/UDP 192.0.2.1;branch=" + forged))),
                    ProxyPlay.CALLER), Instant.EPOCH)).as(forged).isEmpty();
    }
}
