package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.LocationService.Event;
import org.junit.jupiter.api.Test;

/// The way of a request through the proxy, rule by rule: validation, targets, copies.
class ProxyRequestTest {
    private static final String OURS = "<sip:192.0.2.1:5060;lr>";

    private ProxyPlay play = new ProxyPlay("desk");

    private static Request request(String method, String uri, String... more) {
        return new Request(method, uri, ProxyPlay.invite().headers(), ProxyPlay.invite().body())
                .with("CSeq", "1 " + method).change(list -> {
                    for (int i = 0; i < more.length; i += 2)
                        list.add(new Header(more[i], more[i + 1]));
                });
    }

    private List<Request> copies(Request request) {
        return play.tell(request, ProxyPlay.CALLER).stream()
                .filter(o -> o instanceof Output.Send)
                .map(o -> ((Output.Send) o).request()).toList();
    }

    private Request copy(Request request) {
        var copies = copies(request);
        assertThat(copies).hasSize(1);
        return copies.getFirst();
    }

    private Response refusal(Request request) {
        var outputs = play.tell(request, ProxyPlay.CALLER);
        assertThat(outputs).noneMatch(o -> o instanceof Output.Send);
        return ((Output.Respond) outputs.getLast()).response();
    }

    //= rfc3261#16.2-3 every step is taken for a request with an unknown method too
    @Test void an_unknown_method_takes_all_steps() {
        //= rfc3261#16.3-1 its validity is verified
        assertThat(refusal(request("DANCE", "sip:bob@example.com").with("Max-Forwards", "0"))
                .status()).isEqualTo(483);
        var copy = copy(request("DANCE", "sip:bob@example.com", "Route", OURS));
        assertThat(copy.has("Route")).as("routes are preprocessed").isFalse();
        assertThat(copy.uri()).as("targets are determined").isEqualTo("sip:bob@desk");
        //= rfc3261#16.6-28 a method that may have dialog semantics gets a Record-Route value
        assertThat(copy.has("Record-Route")).isTrue();
    }

    //= rfc3261#16.3-2 an error is answered as a user agent server answers
    //= rfc3261#16.1-2 as Section 8.2 says: with a tag of its own in To
    @Test void a_refusal_is_that_of_a_user_agent_server() {
        var message = request("MESSAGE", "sip:bob@example.com", "Via", "SIP/2.0/UDP first.example")
                .with("Max-Forwards", "0");
        var refusal = refusal(message);
        assertThat(refusal.to().tag()).isPresent();
        for (var name : List.of("Via", "From", "Call-ID", "CSeq"))
            assertThat(refusal.all(name)).isEqualTo(message.all(name));
        assertThat(refusal.body().isEmpty()).isTrue();
    }

    //= rfc3261#16.3-5 what is needed to forward must be well-formed
    //= rfc3261#16.1-1 else the proxy responds with an error code
    @Test void a_count_of_hops_that_is_none() {
        assertThat(refusal(request("MESSAGE", "sip:bob@example.com")
                .with("Max-Forwards", "many")).status()).isEqualTo(400);
    }

    //= rfc3261#16.3-15 an option-tag that is not understood: 420
    @Test void proxy_require() {
        assertThat(refusal(request("MESSAGE", "sip:bob@example.com", "Proxy-Require", "gin"))
                .status()).isEqualTo(420);
        assertThat(copies(request("MESSAGE", "sip:bob@example.com", "Require", "gin")))
                .as("Require is for the other end").hasSize(1);
    }

    /// The user agent behind both will find out.
    //= rfc3261#16.3-3 a merged request is no error
    @Test void the_same_request_by_two_ways() {
        assertThat(copies(ProxyPlay.invite())).hasSize(1);
        assertThat(copies(ProxyPlay.invite().with("Via",
                "SIP/2.0/UDP 192.0.2.98;branch=z9hG4bKother"))).hasSize(1);
        assertThat(play.proxy.size()).isEqualTo(2);
    }

    /// A context cannot take the place of another that is there.
    //= rfc3261#16.3-3 unlike a merged request the same transaction is no request of its own
    @Test void the_same_transaction_twice() {
        var id = ProxyPlay.id(ProxyPlay.invite());
        var received = new Input.Received(id, ProxyPlay.invite(), ProxyPlay.CALLER);
        play.proxy.handle(received, Instant.EPOCH);
        var refused = (Output.Respond) play.proxy.handle(received, Instant.EPOCH).getLast();
        assertThat(refused.response().status()).isEqualTo(503);
        assertThat(refused.response().need("Retry-After")).isEqualTo("10");
        assertThat(play.proxy.size()).isEqualTo(1);
    }

    //= rfc3261#16.3-17 credentials are required before the request is forwarded
    //= rfc3261#22.3-1,4 the originator is authenticated first, and the 407 goes upstream
    @Test void a_proxy_that_asks_for_credentials() {
        play = new ProxyPlay((request, _, _, _) -> request.has("Proxy-Authorization")
                ? Optional.empty() : Optional.of(Refusal.of(407,
                        new Header("Proxy-Authenticate", "Digest realm=\"r\", nonce=\"n\""))),
                "desk");
        assertThat(refusal(ProxyPlay.invite()).need("Proxy-Authenticate")).contains("\"r\"");
        //= rfc2617#1.2-17 the proxy is transparent regarding authentication
        //= rfc3261#22.3-3,11 it adds no value to Proxy-Authorization and consumes none of any realm
        var values = List.of("Digest realm=\"r\"", "Digest realm=\"other\"", "Digest realm=\"r\"");
        assertThat(copy(ProxyPlay.invite().change(list -> values.forEach(v ->
                list.add(new Header("Proxy-Authorization", v))))).all("Proxy-Authorization"))
                .isEqualTo(values);
    }

    //= rfc7616#3.6-7,8 a proxy forwards the Authorization of the Digest scheme untouched
    @Test void credentials_for_somebody_else() {
        var values = List.of("Digest realm=\"r\"", "Digest realm=\"other\"", "Digest realm=\"r\"");
        assertThat(copy(ProxyPlay.invite().change(list ->
                values.forEach(v -> list.add(new Header("Authorization", v)))))
                .all("Authorization")).isEqualTo(values);
    }

    //= rfc3261#22.1-9 an ACK is never challenged
    //= rfc3261#22.1-10 nor is a CANCEL
    //= rfc3261#22.1-11 which is accepted from the hop that sent the request
    @Test void what_is_not_challenged() {
        var open = new AtomicBoolean(true);
        play = new ProxyPlay((_, _, _, _) -> open.get() ? Optional.empty()
                : Optional.of(Refusal.of(407)), "desk");
        var id = ProxyPlay.id(ProxyPlay.invite());
        play.proxy.handle(new Input.Received(id, ProxyPlay.invite(), ProxyPlay.CALLER),
                Instant.EPOCH);
        open.set(false);
        assertThat(play.proxy.handle(new Input.Acknowledged(request("ACK",
                "sip:bob@example.com"), ProxyPlay.CALLER), Instant.EPOCH)).isEmpty();
        var cancel = new TransactionId(id.branch(), id.sentBy(), "CANCEL");
        var outputs = play.proxy.handle(new Input.Received(cancel, Cancel.of(
                ProxyPlay.invite()), ProxyPlay.CALLER), Instant.EPOCH);
        assertThat(((Output.Respond) outputs.getFirst()).response().status()).isEqualTo(200);
    }

    //= rfc3261#16.4-3 from there on it is as if it had come with the restored Request-URI
    //= rfc3261#16.4-1 which is seen by inspecting the Request-URI received
    @Test void a_strict_router_hides_a_uri_that_leads_nowhere() {
        assertThat(refusal(request("MESSAGE", "sip:192.0.2.1:5060;lr",
                "Route", "<tel:+12015550123>")).status()).isEqualTo(416);
        assertThat(copies(request("MESSAGE", "sip:192.0.2.1:5060;lr",
                "Route", "<sip:bob@example.com>"))).hasSize(1);
    }

    //= rfc3261#16.5-2 of another domain the Request-URI is the only target
    @Test void a_request_for_another_domain() {
        var outputs = play.proxy.handle(new Input.Received(ProxyPlay.id(ProxyPlay.invite()),
                request("MESSAGE", "sip:bob@elsewhere.example"), ProxyPlay.CALLER), Instant.EPOCH);
        assertThat(outputs).filteredOn(o -> !(o instanceof Output.Changed)).singleElement()
                .isInstanceOfSatisfying(Output.Resolve.class, resolve -> assertThat(resolve.uri())
                .isEqualTo("sip:bob@elsewhere.example"));
    }

    //= rfc3261#16.5-4 the Request-URI is canonicalized to be the index
    @Test void many_spellings_of_one_user() {
        for (var uri : List.of("sip:%62o%62@EXAMPLE.com", "sip:bob@example.com;user=ip;x=y",
                "sip:bob@192.0.2.1", "sip:bob@example.com:5060"))
            assertThat(copies(request("MESSAGE", uri).with("Call-ID", uri))).as(uri).hasSize(1);
        assertThat(refusal(request("MESSAGE", "sip:Bob@example.com")).status()).isEqualTo(404);
    }

    //= rfc3261#16.6-9 values of one field name keep their order
    @Test void the_order_of_values() {
        var copy = copy(request("MESSAGE", "sip:bob@example.com", "X-Way", "c", "Subject", "s",
                "X-Way", "a, b", "X-Way", "0"));
        assertThat(copy.all("X-Way")).containsExactly("c", "a, b", "0");
    }

    //= rfc3261#16.6-16 a proxy that wants to stay on the path asks in each request of the dialog
    //= rfc3261#16.6-18 by a SIP URI
    //= rfc3261#16.6-22 that resolves to the element that inserted it
    @Test void a_change_within_a_dialog_is_record_routed_again() {
        var copy = copy(ProxyPlay.invite().with("To", "<sip:bob@example.com>;tag=b")
                .with("Route", OURS).withUri("sip:bob@198.51.100.7"));
        var uri = (SipUri) Address.parse(copy.list("Record-Route").getFirst()).uri();
        assertThat(uri.secure()).isFalse();
        assertThat(ProxyPlay.HOME.listensAt(uri)).isTrue();
    }

    //= rfc5393#5.3.3-1 a request without Max-Breadth gets one
    //= rfc5393#5.3.3-2 sixty is the maximum allowed
    //= rfc5393#5.3.3-3 what exceeds it is overwritten
    @Test void breadth_is_what_was_received_up_to_sixty() {
        for (var received : List.of("60", "61", "999999999999", "x"))
            assertThat(copy(ProxyPlay.invite().with("Max-Breadth", received)).all("Max-Breadth"))
                    .containsExactly("60");
        //= rfc5393#5.3.3-9 no hop decrements it
        assertThat(copy(ProxyPlay.invite().with("Max-Breadth", "17")).all("Max-Breadth"))
                .containsExactly("17");
        //= rfc5393#5.3.3-4 a single value in each proxied request
        assertThat(copy(ProxyPlay.invite().change(list -> list.addAll(List.of(
                new Header("Max-Breadth", "5"), new Header("Max-Breadth", "9")))))
                .all("Max-Breadth")).containsExactly("5");
        assertThat(copy(ProxyPlay.invite()).all("Max-Breadth")).containsExactly("60");
    }

    //= rfc5393#5.3.3-7 it is distributed between the branches
    //= rfc5393#5.3.3-8 and no smaller amount used than was in the original request
    @Test void breadth_is_shared_out() {
        play = new ProxyPlay("one", "two", "three");
        assertThat(copies(ProxyPlay.invite().with("Max-Breadth", "8")))
                .extracting(c -> c.need("Max-Breadth")).containsExactly("3", "3", "2");
    }
}
