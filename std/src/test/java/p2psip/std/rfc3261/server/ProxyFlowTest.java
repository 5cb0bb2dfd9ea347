package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc5626.FlowTokens;
import org.junit.jupiter.api.Test;

/// Phones that are reached by their own flow alone: what is said in a dialog follows it.
class ProxyFlowTest {
    private static final InetSocketAddress SELF = ProxyPlay.address("192.0.2.1", 5060);
    private static final Flow ALICE = Flow.udp(SELF, ProxyPlay.address("203.0.113.1", 40_001)),
            BOB = Flow.udp(SELF, ProxyPlay.address("203.0.113.2", 40_002)),
            TCP_BOB = new Flow(Transport.TCP, SELF, ProxyPlay.address("203.0.113.2", 40_003), 7);
    private static final String ALICES = "sip:alice@10.0.0.5:5060",
            BOBS = "sip:bob@192.168.1.7:5060";

    private final ProxyPlay play = new ProxyPlay();

    private static Request invite(String contact) {
        return ProxyPlay.invite().with("Contact", "<" + contact + ">").with("Via",
                "SIP/2.0/UDP " + SipUri.parse(contact).host() + ";branch=z9hG4bKi;rport");
    }

    private Output.Send send(Request request, Flow flow) {
        return play.tell(request, flow).stream().filter(o -> o instanceof Output.Send)
                .map(o -> (Output.Send) o).findFirst().orElseThrow();
    }

    private void bob(String uri, Flow flow) {
        play.bob.add(new Destination(SipUri.parse(uri), 1, Optional.of(Target.of(flow))));
    }

    /// What one of the two says in the dialog, by the route set that the other's INVITE gave.
    private static Request next(String method, String uri, List<String> routes) {
        return new Request(method, uri, ProxyPlay.invite().headers(), Bytes.EMPTY)
                .without("Content-Type").with("To", "<sip:bob@example.com>;tag=b")
                .with("CSeq", "2 " + method).change(list -> routes.forEach(
                        route -> list.add(new Header("Route", route))));
    }

    @Test void both_behind_a_nat() {
        bob(BOBS, BOB);
        var invite = send(invite(ALICES), ALICE);
        assertThat(invite.target()).isEqualTo(Target.of(BOB));
        var routes = invite.request().list("Record-Route");
        //= rfc5626#5.3¶3 the flow in the token matches the source: it is outgoing
        //= rfc5626#5.3.1¶3 the Route is removed and it is forwarded over the flow of the other
        var fromBob = send(next("BYE", ALICES, routes), BOB);
        assertThat(fromBob.target()).isEqualTo(Target.of(ALICE));
        assertThat(fromBob.request().has("Route")).isFalse();
        assertThat(fromBob.request().uri()).isEqualTo(ALICES);
        assertThat(send(next("BYE", BOBS, routes.reversed()), ALICE).target())
                .isEqualTo(Target.of(BOB));
    }

    @Test void an_ack_follows_the_flow_as_well() {
        bob(BOBS, BOB);
        var routes = send(invite(ALICES), ALICE).request().list("Record-Route");
        int before = play.proxy.pending();
        assertThat(play.proxy.handle(new Input.Acknowledged(
                next("ACK", BOBS, routes.reversed()), ALICE), Instant.EPOCH))
                .singleElement().isInstanceOfSatisfying(Output.SendAck.class, sent ->
                        assertThat(sent.target()).isEqualTo(Target.of(BOB)));
        assertThat(play.proxy.pending()).isEqualTo(before);
    }

    @Test void one_behind_a_nat_whose_mapping_has_changed_still_speaks_to_the_other() {
        play.bob.add(Destination.of(SipUri.parse("sip:bob@203.0.113.9")));
        var routes = send(invite(ALICES), ALICE).request().list("Record-Route");
        assertThat(routes).hasSize(2);
        var moved = Flow.udp(SELF, ProxyPlay.address("203.0.113.1", 50_000));
        var bye = send(next("BYE", "sip:bob@203.0.113.9", routes.reversed()), moved);
        assertThat(bye.target().flow()).isEmpty();
        assertThat(send(next("BYE", ALICES, routes), Flow.udp(
                SELF, ProxyPlay.address("203.0.113.9", 5060))).target())
                .isEqualTo(Target.of(ALICE));
    }

    @Test void phones_that_can_be_reached_have_no_token() {
        play.bob.add(Destination.of(SipUri.parse("sip:bob@203.0.113.9")));
        assertThat(send(ProxyPlay.invite(), ProxyPlay.CALLER).request().list("Record-Route"))
                .singleElement().asString().doesNotContain("-");
    }

    @Test void a_connection_that_has_ended_is_said_to_have_failed() {
        bob(BOBS + ";transport=tcp", TCP_BOB);
        var routes = send(invite(ALICES), ALICE).request().list("Record-Route");
        var bye = send(next("BYE", BOBS + ";transport=tcp", routes.reversed()), ALICE);
        assertThat(bye.target()).isEqualTo(Target.of(TCP_BOB));
        //= rfc5626#5.3.1-2 the flow exists no longer: 430
        assertThat(play.proxy.handle(new Input.Failed(bye.transaction(), Failure.TRANSPORT),
                Instant.EPOCH)).anySatisfy(output -> assertThat(output)
                .isInstanceOfSatisfying(Output.Respond.class, answer ->
                        assertThat(answer.response().status()).isEqualTo(430)));
    }

    @Test void a_token_that_was_tampered_with_leads_nowhere() {
        bob(BOBS, BOB);
        var routes = send(invite(ALICES), ALICE).request().list("Record-Route");
        var elsewhere = new FlowTokens(ProxyPlay.HOME.listeners(), Bytes.utf8("another secret"))
                .of("", Optional.of(Flow.udp(SELF, ProxyPlay.address("203.0.113.66", 5060))))
                .replaceFirst("^.*?-", "-");
        var changed = routes.stream()
                .map(route -> route.replaceAll("-[^@]+@", elsewhere + "@")).toList();
        for (var list : List.of(changed, routes.stream()
                .map(route -> route.replaceFirst("sip:.", "sip:x")).toList())) {
            //= rfc5626#5.3.1-1 the token has been tampered with: 403
            assertThat(play.tell(next("BYE", ALICES, list), BOB)).singleElement()
                    .isInstanceOfSatisfying(Output.Respond.class, answer ->
                            assertThat(answer.response().status()).isEqualTo(403));
        }
    }

    @Test void the_token_of_another_dialog_leads_nowhere() {
        bob(BOBS, BOB);
        var routes = send(invite(ALICES), ALICE).request().list("Record-Route");
        for (var more : List.of(List.<String>of(), List.of("<sip:192.0.2.1;lr>"))) {
            var all = Stream.concat(routes.stream(), more.stream()).toList();
            assertThat(play.tell(next("BYE", ALICES, all).with("Call-ID", "other"), BOB))
                    .singleElement().isInstanceOfSatisfying(Output.Respond.class, answer ->
                            assertThat(answer.response().status()).isEqualTo(403));
        }
    }
}
