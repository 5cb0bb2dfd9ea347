package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.LocationService.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The way of a response through the proxy, rule by rule.
class ProxyResponseTest {
    private final ProxyPlay play = new ProxyPlay("desk", "cell");
    private final List<Output.Send> sent = new ArrayList<>();
    private Response trying;

    @BeforeEach void two_phones_ring() {
        begin(ProxyPlay.invite().with("Via",
                "SIP/2.0/UDP a.example;branch=z9hG4bKa1;received=192.0.2.99;rport=5060"));
    }

    private void begin(Request invite) {
        sent.clear();
        for (var output : play.tell(invite, ProxyPlay.CALLER)) switch (output) {
            case Output.Send send -> sent.add(send);
            case Output.Respond(_, var response) -> trying = response;
            default -> throw new AssertionError(output);
        }
    }

    /// What a phone says, with the proxy's Via on top.
    private Response says(int phone, int status, String tag) {
        return Reply.to(sent.get(phone).request(), status, tag).change(list -> list.addFirst(
                new Header("Via", "SIP/2.0/UDP 192.0.2.1;branch="
                        + sent.get(phone).transaction().branch())));
    }

    /// What comes of a response, but for the trace.
    private List<Output> answered(int phone, Response response) {
        return play.proxy.handle(new Input.Answered(sent.get(phone).transaction(), response,
                ProxyPlay.CALLER), Instant.EPOCH).stream()
                .filter(output -> !(output instanceof Output.Changed)).toList();
    }

    private Response forwarded(int phone, Response response) {
        return ((Output.Respond) answered(phone, response).getFirst()).response();
    }

    //= rfc3261#16.6-51 a set without an address is as good as one that does not answer: 503
    //= rfc3261#16.5-2 and of another domain the Request-URI is a target, which fails by itself
    @Test void what_leads_nowhere_is_a_failure_of_the_server() {
        new ProxyPlay("desk").addresses("desk").with(ProxyPlay.invite()).plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> alice 500
                """);
        new ProxyPlay().with(ProxyPlay.invite().withUri("sip:carol@far.example")).plays("""
                     0 alice       -> proxy       INVITE
                     0 proxy       -> alice       100
                     0 proxy       -> far.example INVITE
                     9 far.example -> proxy       500
                     9 proxy       -> alice       500
                """);
    }

    //= rfc3261#16.7-3 this is done to each response forwarded
    //= rfc3261#16.7-42 the body is not modified
    //= rfc3261#16.7-44 nor is received taken from the next Via
    @Test void one_via_goes_and_nothing_else() {
        for (int status : new int[] {180, 200}) {
            var response = says(0, status, "d").withBody("text/plain", Bytes.utf8("here I am"))
                    .change(list -> list.addAll(List.of(new Header("X-Strange", "yes"),
                            new Header("WWW-Authenticate", "Digest realm=\"r\", x=\"y\""),
                            new Header("Authentication-Info", "nextnonce=\"n\""))));
            //= rfc3261#16.7-43 the proxy's own Via is removed
            var expected = response.change(List::removeFirst);
            assertThat(forwarded(0, response)).isEqualTo(expected);
            assertThat(expected.topVia().params().get("received")).contains("192.0.2.99");
        }
    }

    /// It is between the phones, or a phone and its server: a proxy only carries it.
    //= rfc7616#3.6-7,8 a proxy, transparent to Digest, forwards it all
    //= rfc2617#3.3-9,10 Authorization, WWW-Authenticate and Authentication-Info go untouched
    //= rfc2617#1.2-18 and forwards it in any scheme, untouched
    @Test void what_they_prove_to_each_other_is_not_touched() {
        var shown = List.of("Digest  username=\"a, b\",realm=R , nonce=n", "Basic YTpi");
        begin(ProxyPlay.invite().change(list -> shown.forEach(v ->
                list.add(new Header("Authorization", v)))));
        assertThat(sent).hasSize(2).allSatisfy(send ->
                assertThat(send.request().all("Authorization")).isEqualTo(shown));
        assertThat(forwarded(0, says(0, 180, "d").with("Authentication-Info", "qop=auth , nc=1"))
                .all("Authentication-Info")).containsExactly("qop=auth , nc=1");
        var asked = List.of("Basic realm=R", "Digest  nonce=n,realm=\"r, s\" , x=y");
        assertThat(answered(0, says(0, 401, "d").change(list -> asked.forEach(v ->
                list.add(new Header("WWW-Authenticate", v)))))).isEmpty();
        assertThat(forwarded(1, says(1, 486, "c")).all("WWW-Authenticate")).isEqualTo(asked);
    }

    //= rfc3261#16.7-6 no Via is left: it is not forwarded
    @Test void a_response_that_was_meant_for_the_proxy() {
        for (int status : new int[] {183, 200, 486})
            assertThat(answered(0, says(0, status, "d").change(list -> {
                list.removeIf(h -> h.is("Via"));
                list.addFirst(new Header("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx"));
            }))).isEmpty();
    }

    //= rfc3261#16.7-30 no tag is inserted into a 1xx or a 2xx
    @Test void phones_that_know_no_tags() {
        assertThat(trying.to().tag()).isEmpty();
        assertThat(forwarded(0, says(0, 180, "")).to().tag()).isEmpty();
        assertThat(forwarded(0, says(0, 200, "")).to().tag()).isEmpty();
    }

    //= rfc3261#16.7-32 the To tag of a refusal is preserved
    //= rfc3261#16.7-22 the response is one of those that are stored
    @Test void a_refusal_is_passed_on() {
        assertThat(answered(0, says(0, 486, "d"))).isEmpty();
        var refusal = forwarded(1, says(1, 404, "c").with("Error-Info", "<sip:who@example.com>"));
        assertThat(refusal.to().tag()).contains("d");
        assertThat(refusal.status()).isEqualTo(486);
    }

    //= rfc3261#16.7-33 the To tag that the request had is in every response
    @Test void a_refusal_in_a_dialog() {
        for (int status : new int[] {486, 503}) {
            begin(ProxyPlay.invite().with("To", "<sip:bob@example.com>;tag=known"));
            answered(0, says(0, status, "other"));
            assertThat(forwarded(1, says(1, 599, "other")).to().tag()).contains("known");
        }
    }

    //= rfc3261#16.7-47 the context stays after the final response, until the last transaction ends
    @Test void a_context_outlives_its_answer() {
        answered(0, says(0, 180, "d"));
        answered(1, says(1, 200, "c"));
        assertThat(play.proxy.size()).isEqualTo(1);
        play.proxy.wake(Instant.EPOCH.plusSeconds(31));
        assertThat(play.proxy.size()).isEqualTo(1);
        assertThat(answered(0, says(0, 200, "d"))).as("it still knows its branches").hasSize(1);
        play.proxy.wake(Instant.EPOCH.plusSeconds(33));
        assertThat(play.proxy.size()).isZero();
    }

    //= rfc3261#16.9-2 that a response could not be sent cancels no client transaction
    @Test void the_caller_cannot_be_reached() {
        answered(0, says(0, 180, "d"));
        var caller = new TransactionId(Via.MAGIC + "1", "", "INVITE");
        assertThat(play.proxy.handle(new Input.Failed(caller, Failure.TRANSPORT),
                Instant.EPOCH)).isEmpty();
        assertThat(forwarded(0, says(0, 200, "d")).status()).isEqualTo(200);
    }

    //= rfc6026#8.2-1 a response for which nothing is found is not forwarded
    //= rfc6026#7.3-2 a 2xx of an INVITE without a transaction is not forwarded
    @Test void strays() {
        assertThat(play.proxy.handle(new Input.Stray(says(0, 200, "d"), ProxyPlay.CALLER),
                Instant.EPOCH)).isEmpty();
    }
}
