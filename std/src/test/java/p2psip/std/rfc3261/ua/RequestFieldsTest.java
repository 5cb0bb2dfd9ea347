package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import p2psip.std.rfc3261.*;
import org.junit.jupiter.api.Test;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.Message.Request;

/// §8.1.1 and §8.1.2: what the requests of a user agent say, and where they go.
class RequestFieldsTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 5060);

    /// S11: the ancestor's tags had a hundred values.
    //= rfc3261#19.3-1 tags are random, 32 bits at least: 1,000 of them are all different
    @Test void tags_and_call_ids_are_new_each_time() {
        var seen = new HashSet<String>();
        var random = new SplittableRandom(7);
        for (int i = 0; i < 1000; i++) seen.add(Tokens.token(random).substring(0, 7));
        assertThat(seen).hasSize(1000);
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com
                    0 TU    -> alice invite 2 sip:bob@biloxi.com
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com
                """);
        //= rfc3261#8.1.1.3-2 a new tag in From
        assertThat(flow.all("INVITE").stream().map(r -> r.from().tag().orElseThrow()))
                .doesNotHaveDuplicates();
        //= rfc3261#8.1.1-1 and all fields that are mandatory in requests, but Via, the transport's
        assertThat(flow.sent("INVITE").headers()).extracting(Header::name)
                .contains("To", "From", "CSeq", "Call-ID", "Max-Forwards");
        //= rfc3261#8.1.1.4-3 and a new Call-ID for each request outside of a dialog
        assertThat(flow.all("INVITE").stream().map(Message::callId)).doesNotHaveDuplicates();
        //= rfc3261#8.1.1.2-4 and no tag in To
        assertThat(flow.all("INVITE")).allMatch(r -> r.to().tag().isEmpty());
    }

    @Test void what_an_invite_says_of_us() {
        var flow = play(List.of("<sip:p1;lr>", "<sip:p2;lr>"), """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com route=<sip:p1;lr> \
                        route=<sip:p2;lr> sdp1
                   50 p1    -> alice 407 Proxy-Authenticate=Digest_realm="r",nonce="n"
                   50 alice -> bob   INVITE 2 sip:bob@biloxi.com route=<sip:p1;lr> \
                        route=<sip:p2;lr> proxy-authorization sdp1
                """);
        var invite = flow.sent("INVITE");
        //= rfc3261#20.5-1 all methods that are understood, ACK and CANCEL too
        //= rfc3261#20-1 are in a header field that should be sent
        assertThat(invite.list("Allow"))
                .containsExactly("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "MESSAGE");
        //= rfc3261#20.37-1 no option tag that is not of a standards-track RFC: none at all
        assertThat(invite.need("Supported")).isEmpty();
        //= rfc3261#20.41-1 User-Agent is as configured
        assertThat(invite.need("User-Agent")).isEqualTo("test");
        //= rfc3261#7.4-1 the request has a body
        assertThat(invite.body().utf8()).isEqualTo("sdp1");
        //= rfc3261#7.3.1-1 what proxies need is at the top
        assertThat(invite.headers().subList(0, 4)).map(Header::name).containsExactly(
                "Proxy-Authorization", "Route", "Route", "Max-Forwards");
    }

    @Test void an_invite() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                """);
        var invite = flow.sent("INVITE");
        //= rfc3261#8.1.1.1-1 the Request-URI is the URI of To
        assertThat(invite.uri()).isEqualTo(invite.to().uri().toString());
        //= rfc3261#8.1.1.8-1 Contact has one SIP URI
        assertThat(invite.list("Contact")).containsExactly("<sip:alice@127.0.0.1:5060>");
        //= rfc3261#13.2.1-3 Supported is there
        //= rfc3261#8.1.1.9-2 without option tags that no standard defines
        assertThat(invite.need("Supported")).isEmpty();
        //= rfc3261#13.2.1-2 the methods of extensions are allowed, too
        assertThat(invite.list("Allow")).contains("MESSAGE");
        //= rfc3261#13.1-1 and ACK, CANCEL and BYE
        assertThat(invite.list("Allow")).contains("ACK", "CANCEL", "BYE");
    }

    @Test void its_body_and_its_number() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                """);
        var invite = flow.sent("INVITE");
        //= rfc3261#8.1.1.10-1 a request may have a body
        //= rfc3261#13.2.1-8 and so an INVITE
        assertThat(invite.body().utf8()).isEqualTo("sdp1");
        assertThat(invite.need("Content-Type")).isEqualTo("application/sdp");
        //= rfc3261#8.1.1.5-1 the method in CSeq is that of the request
        assertThat(invite.cseq().method()).isEqualTo(invite.method());
        //= rfc3261#8.1.1.5-2 and the number is below 2^31, with room for many more
        assertThat(invite.cseq().number()).isLessThan(1L << 30);
    }

    //= rfc3261#8.1.1.8-2 requests outside of any dialog are welcome at the Contact, too
    @Test void a_contact_is_valid_outside_of_the_dialog() {
        var contact = Address.parse(play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                """).sent("INVITE").need("Contact")).uri();
        play("""
                    0 bob   -> alice OPTIONS 1 uri=%s
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                """.formatted(contact));
    }

    @Test void a_call_by_sips() {
        var flow = play("""
                    0 TU    -> alice invite 1 sips:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sips:bob@biloxi.com sdp1
                  100 b1    -> alice 200 sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                """);
        var sips = "<sips:alice@127.0.0.1:5060>";
        //= rfc5630#5.1.1-2 the Contact for a SIPS Request-URI is a SIPS URI
        //= rfc3261#8.1.1.8-3 a SIPS Request-URI asks for a SIPS Contact
        //= rfc3261#12.1.2-2 as the Contact of a request that makes a dialog
        assertThat(flow.all("INVITE").getFirst().list("Contact")).containsExactly(sips);
        //= rfc5630#5.1.1.2-2 in a target refresh, if the original request used SIPS
        //= rfc3261#12.2.1.1-18 in a secure dialog every Contact is a SIPS URI
        assertThat(flow.all("INVITE").getLast().list("Contact")).containsExactly(sips);
        var routed = play(List.of("<sips:outbound.com;lr>"), """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com route=<sips:outbound.com;lr> sdp1
                """);
        //= rfc3261#12.1.2-2 so does a SIPS URI in the topmost Route
        assertThat(routed.sent("INVITE").list("Contact")).containsExactly(sips);
    }

    //= rfc3261#8.1.1.1-2 an outbound proxy is a route set of one URI
    //= rfc3261#8.1.2-7,8 the request is sent to the topmost Route, which is the outbound proxy
    @Test void an_outbound_proxy() {
        play(List.of("<sip:far;lr>"), """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com route=<sip:far;lr> sdp1 at \
                        127.0.0.4
                """);
    }

    //= rfc3261#8.1.1.1-3 the rules of 12.2.1.1 are followed: the URI that is called is the target
    //= rfc3261#8.1.2-6 the Request-URI leads to the proxy, and not a destination beside it
    @Test void an_outbound_proxy_that_routes_strictly() {
        play(List.of("<sip:far>"), """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:far route=<sip:bob@biloxi.com> sdp1 at 127.0.0.4
                """);
    }

    //= rfc3261#8.1.2-3 a SIPS Request-URI makes the way to the proxy SIPS
    @Test void sips_goes_by_sips_even_through_a_proxy() {
        var invite = new Request("INVITE", "sips:bob@biloxi.com", List.of(), Bytes.EMPTY);
        var routes = RouteSet.parse(List.of("<sip:outbound.com;lr>"));
        assertThat(routes.route(invite, "sips:bob@biloxi.com").nextHop())
                .isEqualTo("sips:outbound.com;lr");
        //= rfc5630#5.1.1-5 the SIP URIs of the route set are changed to SIPS URIs
        assertThat(routes.route(invite, "sips:bob@biloxi.com").request().list("Route"))
                .containsExactly("<sips:outbound.com;lr>");
        //= rfc5630#5.1.1-1 the SIPS URI itself is not changed to a SIP URI
        assertThat(routes.route(invite, "sips:bob@biloxi.com").request().uri())
                .isEqualTo("sips:bob@biloxi.com");
        //= rfc5630#5.1.1-6 over TLS, by a SIP Request-URI, where the topmost Route is SIPS with lr
        var secured = RouteSet.parse(List.of("<sips:outbound.com;lr>"))
                .route(invite, "sip:bob@biloxi.com");
        assertThat(secured.nextHop()).isEqualTo("sips:outbound.com;lr");
        assertThat(secured.request().uri()).isEqualTo("sip:bob@biloxi.com");
        //= rfc5630#5.1.1-7 or the SIPS Request-URI of the topmost entry, without lr
        assertThat(RouteSet.parse(List.of("<sips:outbound.com>"))
                .route(invite, "sip:bob@biloxi.com").nextHop()).isEqualTo("sips:outbound.com");
        assertThat(routes.route(invite, "sip:bob@biloxi.com").nextHop())
                .isEqualTo("sip:outbound.com;lr");
    }

    //= rfc3261#12.2.1.1-12 without a route set there is no Route
    //= rfc3261#7.3.1-1 and with one there is no other, on top of all
    @Test void a_route_set_is_all_there_is_of_routes() {
        var invite = new Request("INVITE", "sip:bob@biloxi.com", List.of(
                new Header("Subject", "x"), new Header("Route", "<sip:old;lr>")), Bytes.EMPTY);
        assertThat(RouteSet.parse(List.of()).route(invite, "sip:b@there").request().headers())
                .containsExactly(new Header("Subject", "x"));
        assertThat(RouteSet.parse(List.of("<sip:p1;lr>", "<sip:p2;lr>"))
                .route(invite, "sip:b@there").request().headers()).containsExactly(
                new Header("Route", "<sip:p1;lr>"), new Header("Route", "<sip:p2;lr>"),
                new Header("Subject", "x"));
    }

    //= rfc3261#8.1.1.2-1 To may have a URI of another scheme than SIP
    @Test void a_telephone_number_is_called() {
        var flow = play(List.of("<sip:outbound.com;lr>"), """
                    0 TU    -> alice invite 1 tel:+12015550123 sdp1
                    0 alice -> bob   INVITE 1 tel:+12015550123 route=<sip:outbound.com;lr> sdp1
                """);
        assertThat(flow.sent("INVITE").to()).hasToString("<tel:+12015550123>");
    }

    //= rfc3261#8.1.1.7-4 no two requests have the same branch
    @Test void branches() {
        var random = new SplittableRandom(1);
        var branches = Stream.generate(() -> TransactionId.client("OPTIONS", random).branch())
                .limit(1000).toList();
        assertThat(branches).doesNotHaveDuplicates();
        //= rfc3261#8.1.1.7-5 all begin with the magic cookie
        assertThat(branches).allMatch(branch -> branch.startsWith("z9hG4bK"));
    }

    @Test void a_request_that_requires_something_is_cancelled_and_refused() {
        var invite = new Request("INVITE", "sip:bob@127.0.0.2", List.of(
                new Header("Via", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKa"),
                new Header("From", "<sip:alice@127.0.0.1>;tag=1"),
                new Header("To", "<sip:bob@127.0.0.2>"), new Header("Call-ID", "c"),
                new Header("CSeq", "1 INVITE"), new Header("Require", "x"),
                new Header("Proxy-Require", "y")), Bytes.EMPTY);
        //= rfc3261#9.1-6 no Require or Proxy-Require in the CANCEL
        assertThat(cancel(invite).headers()).extracting(Header::name)
                .doesNotContain("Require", "Proxy-Require");
        //= rfc3261#8.2.2.3-3 and none in the ACK of a refusal
        assertThat(ack(invite).headers()).extracting(Header::name)
                .doesNotContain("Require", "Proxy-Require");
    }

    //= rfc3261#13.2.2.1¶1 each tag makes an early dialog, up to a limit
    //= rfc3261#13.2.2.4-2 but whoever takes the call has a dialog of its own, even so
    @Test void there_is_a_limit_to_early_dialogs() {
        var self = self();
        var forks = new Forks();
        var invite = self.request("INVITE", "sip:bob@biloxi.com").with("CSeq", "1 INVITE");
        for (int i = 0; i < Forks.LIMIT; i++)
            assertThat(forks.answered(invite, Reply.to(invite, 180, "b" + i))).isPresent();
        assertThat(forks.answered(invite, Reply.to(invite, 180, "more"))).isEmpty();
        assertThat(forks.answered(invite, Reply.to(invite, 200, "more"))).isPresent();
        assertThat(forks.answered(invite, Reply.to(invite, 180, "b0"))).isPresent();
    }

    private static Self self() {
        var profile = new Profile(Address.parse("sip:alice@127.0.0.1"), SipUri.of("alice", HERE),
                List.of(), Optional.empty(), "test", CallRules.PLAIN, Optional.empty());
        return new Self(profile, UserAgent.abilities(profile, List.of()),
                new Dialogs(new Outbox<>()), new SplittableRandom(1));
    }

    //= rfc3261#13.2.2.4¶6 64*T1 after the 2xx the request is over
    @Test void after_its_2xx_a_request_waits_for_others_and_is_over() {
        var client = new Uac(self(), new Usage.Output.Ask(1, self().request("INVITE",
                "sip:bob@biloxi.com")), new SequenceNumbers(0));
        client.begin(Instant.EPOCH);
        client.handle(new Input.Resolved(1, List.of(Target.of(Transport.UDP, HERE))),
                Instant.EPOCH);
        client.handle(new Input.Stray(Reply.to(client.request(), 200, "b1"),
                Flow.udp(HERE, HERE)), Instant.EPOCH);
        assertThat(client.deadline()).isEqualTo(Instant.ofEpochSecond(32));
        assertThat(client.terminated()).isFalse();
        client.wake(client.deadline());
        assertThat(client.terminated()).isTrue();
    }

    private static Request cancel(Request invite) {
        var client = new Uac(self(), new Usage.Output.Ask(1, invite), new SequenceNumbers(0));
        client.begin(Instant.EPOCH);
        client.handle(new Input.Resolved(1, List.of(Target.of(Transport.UDP, HERE))),
                Instant.EPOCH);
        client.handle(new Input.Stray(Reply.to(client.request(), 180, "b1"),
                Flow.udp(HERE, HERE)), Instant.EPOCH);
        return client.cancel(Optional.empty(), Instant.EPOCH).stream()
                .map(output -> output instanceof Uac.Output.Do(Output.Send(_, var cancel, _))
                        ? Optional.of(cancel) : Optional.<Request>empty())
                .flatMap(Optional::stream).findFirst().orElseThrow();
    }

    private static Request ack(Request invite) {
        var transaction = new InviteClientTransaction(
                invite.encode(), Flow.udp(HERE, HERE));
        transaction.handle(new ClientTransaction.Input.Begin(), Instant.EPOCH);
        return transaction.handle(new ClientTransaction.Input.Received(
                Reply.to(invite, 486, "b1")), Instant.EPOCH).stream()
                .filter(Transaction.Output.Send.class::isInstance)
                .map(output -> (Request) Message.parse(
                        ((Transaction.Output.Send) output).message()))
                .findFirst().orElseThrow();
    }
}
