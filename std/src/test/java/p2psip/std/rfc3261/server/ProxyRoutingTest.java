package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.*;
import p2psip.std.rfc3261.server.LocationService.Event;
import org.junit.jupiter.api.Test;

/// What the proxy makes of single requests: refusals, routes, the fields it changes.
class ProxyRoutingTest {
    private final ProxyPlay play = new ProxyPlay("desk");

    private Request forwarded(Request request) { return forwarded(request, ProxyPlay.CALLER); }

    private Request forwarded(Request request, Flow flow) {
        return play.tell(request, flow).stream()
                .filter(o -> o instanceof Output.Send).map(o -> ((Output.Send) o).request())
                .findFirst().orElseThrow();
    }

    private Response refused(Request request) {
        var outputs = play.tell(request, ProxyPlay.CALLER);
        assertThat(outputs).noneMatch(o -> o instanceof Output.Send);
        return ((Output.Respond) outputs.getLast()).response();
    }

    //= rfc3261#16.6-8,10,13 the order of the fields is kept, and the body; Max-Forwards is one less
    @Test void what_a_phone_gets() {
        //= rfc3261#16.6-6 all header fields of the request received are there
        //= rfc3261#16.6-7 none of them is removed
        //= rfc3261#16.6-11 but the Request-URI is that of the target
        var copy = forwarded(ProxyPlay.invite().with("X-Strange", "yes; no, <maybe"));
        assertThat(copy.toString().replaceAll("sip:[0-9a-f]{20}@", "sip:CODE@"))
                .isEqualToNormalizingNewlines("""
                INVITE sip:bob@desk SIP/2.0
                Record-Route: <sip:CODE@192.0.2.1:5060;lr>
                Via: SIP/2.0/UDP 192.0.2.99;branch=z9hG4bKa1
                Max-Forwards: 69
                From: <sip:alice@far.example>;tag=a
                To: <sip:bob@example.com>
                Call-ID: c1@far.example
                CSeq: 1 INVITE
                Contact: <sip:alice@192.0.2.99>
                Content-Type: text/plain
                X-Strange: yes; no, <maybe
                Max-Breadth: 60
                Content-Length: 7

                hello
                """);
    }

    /// The ancestor sent a request with Max-Forwards 0 on with -1 (S4).
    //= rfc3261#16.3-9,11 a request without hops left is not forwarded, but answered with 483
    @Test void no_hops_left() {
        assertThat(refused(ProxyPlay.invite().with("Max-Forwards", "0")).status()).isEqualTo(483);
        assertThat(forwarded(ProxyPlay.invite().with("Max-Forwards", "1")).need("Max-Forwards"))
                .isEqualTo("0");
    }

    //= rfc5393#5.3.3-4 exactly one Max-Breadth, down to 1
    @Test void the_last_breadth() {
        assertThat(forwarded(ProxyPlay.invite().with("Max-Breadth", "1")).all("Max-Breadth"))
                .containsExactly("1");
    }

    //= rfc3261#16.6-14 without a count it gets 70
    @Test void a_request_without_max_forwards() {
        assertThat(forwarded(ProxyPlay.invite().without("Max-Forwards")).need("Max-Forwards"))
                .isEqualTo("70");
    }

    //= rfc3261#16.3-8 a scheme that leads nowhere gets 416
    @Test void neither_a_telephone_number_nor_what_is_to_be_secure_is_ours_to_route() {
        assertThat(refused(ProxyPlay.invite().withUri("tel:+12015550123")).status()).isEqualTo(416);
        for (var uri : List.of("sips:bob@example.com", "sips:bob@elsewhere.example"))
            assertThat(refused(ProxyPlay.invite().withUri(uri)).status()).as(uri).isEqualTo(416);
    }

    //= rfc3261#16.3-16 all option-tags that are not understood
    @Test void an_extension_is_required_of_the_proxy() {
        var refusal = refused(ProxyPlay.invite().with("Proxy-Require", "foo, bar"));
        assertThat(refusal.status()).isEqualTo(420);
        assertThat(refusal.need("Unsupported")).isEqualTo("foo, bar");
    }

    //= rfc3261#16.3-7 a method nobody has heard of is forwarded all the same
    @Test void an_unknown_method() {
        var dance = new Request("DANCE", "sip:bob@example.com",
                ProxyPlay.invite().headers(), ProxyPlay.invite().body()).with("CSeq", "1 DANCE");
        assertThat(forwarded(dance).method()).isEqualTo("DANCE");
    }

    //= rfc5393#4.2.2-4 what comes back as it was is in a loop
    //= rfc5393#4.1-1 a request that loops through this proxy is not forked
    //= rfc5393#4.2.2-1 the test comes before it is forwarded
    @Test void a_loop() {
        assertThat(refused(comeBack(ProxyPlay.invite(), "sip:bob@example.com")).status())
                .isEqualTo(482);
    }

    //= rfc5393#4.2.1-5 with another Request-URI it only passes by again
    @Test void a_spiral() {
        var back = comeBack(ProxyPlay.invite().withUri("sip:robert@example.com"),
                "sip:bob@example.com");
        assertThat(forwarded(back).uri()).isEqualTo("sip:bob@desk");
    }

    @Test void an_empty_element_before_a_route_is_none() {
        var proxy = new Proxy(ProxyPlay.HOME, Guard.OPEN, List.of(), false,
                Proxy.secret(new SplittableRandom(2)), new SplittableRandom(2));
        var invite = ProxyPlay.invite().withUri("sip:carol@far.example")
                .with("Route", ",<sip:198.51.100.9;lr>");
        assertThat(proxy.handle(new Input.Received(
                ProxyPlay.id(invite), invite, ProxyPlay.CALLER), Instant.EPOCH))
                .anyMatch(o -> o instanceof Output.Resolve(_, var uri, _)
                        && uri.equals("sip:198.51.100.9;lr"));
    }

    /// The copy as it comes back to the proxy after others have had it.
    private Request comeBack(Request request, String uri) {
        var proxy = new Proxy(ProxyPlay.HOME, Guard.OPEN, List.of(), false,
                Proxy.secret(new SplittableRandom(2)), new SplittableRandom(2));
        var find = proxy.handle(new Input.Received(
                ProxyPlay.id(request), request, ProxyPlay.CALLER), Instant.EPOCH);
        long id = ((Event.Find) ((Output.Told) find.getLast()).event()).id();
        var hop = Optional.of(Target.of(Transport.UDP, ProxyPlay.address("203.0.113.5", 5060)));
        var sent = (Output.Send) proxy.handle(new Input.Asked(
                new LocationService.Found(id, true, List.of(
                        new Destination(SipUri.parse(uri), 1, hop)))), Instant.EPOCH).getLast();
        return sent.request().change(list -> list.addAll(0, List.of(
                new Header("Via", "SIP/2.0/UDP other.example;branch=z9hG4bKo;weird=\"a,b;c\""),
                new Header("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch="
                        + sent.transaction().branch()))));
    }

    //= rfc3261#16.4-6 a Route that names this proxy is removed
    //= rfc3261#16.6-49 and the first that is left says where the request goes
    //= rfc3261#16.6-41 with lr in the URI of the first value nothing is modified
    @Test void a_loose_route() {
        var bye = inDialog("BYE", "sip:carol@198.51.100.7", "<sip:192.0.2.1;lr>",
                "<sip:p2.example;lr>, <sip:p3.example;lr>");
        var copy = forwarded(bye);
        assertThat(copy.uri()).isEqualTo("sip:carol@198.51.100.7");
        assertThat(copy.list("Route"))
                .containsExactly("<sip:p2.example;lr>", "<sip:p3.example;lr>");
        assertThat(resolved(bye)).isEqualTo("sip:p2.example;lr");
    }

    /// The example of §16.12.1.2, at P4: the next element is a strict router.
    //= rfc3261#16.6-43 the Request-URI goes to the end of the routes
    //= rfc3261#16.6-44 and the strict router's own URI takes its place
    //= rfc3261#16.6-42 for its URI has no lr parameter
    @Test void towards_a_strict_router() {
        var bye = inDialog("BYE", "sip:caller@u1.example.com", "<sip:192.0.2.1:5060;lr>",
                "<sip:p3.middle.com>", "<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>");
        var copy = forwarded(bye);
        assertThat(copy.uri()).isEqualTo("sip:p3.middle.com");
        assertThat(copy.list("Route")).containsExactly("<sip:p2.example.com;lr>",
                "<sip:p1.example.com;lr>", "<sip:caller@u1.example.com>");
        //= rfc3261#16.6-48 the request goes where its new Request-URI leads
        assertThat(resolved(bye)).isEqualTo("sip:p3.middle.com");
    }

    /// The same example at P2: a strict router has put our own value into the Request-URI.
    //= rfc3261#16.4-2 the last Route value was the Request-URI
    @Test void from_a_strict_router() {
        var copy = forwarded(inDialog("BYE", "sip:x@192.0.2.1:5060;lr",
                "<sip:p1.example.com;lr>", "<sip:caller@u1.example.com>"));
        assertThat(copy.uri()).isEqualTo("sip:caller@u1.example.com");
        assertThat(copy.list("Route")).containsExactly("<sip:p1.example.com;lr>");
    }

    //= rfc3261#16.4-4 is the value of maddr one of the addresses that are ours?
    //= rfc3261#16.4-5 a maddr that names us, with our port and transport, means nothing
    //= rfc3261#16.5-1 with any other maddr the Request-URI is the only target
    @Test void maddr() {
        assertThat(forwarded(ProxyPlay.invite().withUri("sip:bob@example.com;maddr=192.0.2.1"))
                .uri()).isEqualTo("sip:bob@desk");
        assertThat(forwarded(ProxyPlay.invite().withUri("sip:bob@example.com;maddr=192.0.2.7"))
                .uri()).isEqualTo("sip:bob@example.com;maddr=192.0.2.7");
        assertThat(forwarded(ProxyPlay.invite().withUri("sip:carol@far.example:5060"
                + ";maddr=192.0.2.1;transport=udp;lr")).uri())
                .isEqualTo("sip:carol@far.example;lr");
    }

    //= rfc3261#16.6-15,19 before the values of those who had it earlier, with the lr parameter
    @Test void record_route_goes_on_top() {
        var copy = forwarded(ProxyPlay.invite().with("Record-Route", "<sip:p0.example;lr>"));
        assertThat(copy.list("Record-Route")).hasSize(2);
        assertThat(copy.list("Record-Route").getFirst()).endsWith("@192.0.2.1:5060;lr>");
        assertThat(forwarded(inDialog("BYE", "sip:c@far.example")).list("Record-Route")).isEmpty();
    }

    /// RFC 5658: either side gets a value it can use.
    //= rfc3261#16.6-21 the transport is named to the side that speaks it
    //= rfc3261#16.6-52 the message is formatted for the address it goes to
    //= rfc3261#16.6-20 and the URI different for other destinations
    @Test void a_call_from_tcp_to_udp() {
        var tcp = new Flow(Transport.TCP, ProxyPlay.address("192.0.2.1", 5060),
                ProxyPlay.address("192.0.2.99", 41234), 7);
        var values = forwarded(ProxyPlay.invite(), tcp).list("Record-Route");
        assertThat(values).hasSize(2);
        assertThat(values.get(0)).endsWith("@192.0.2.1:5060;lr>");
        assertThat(values.get(1)).endsWith("@192.0.2.1:5060;transport=tcp;lr>");
        // and the routes that come of it are both taken off
        var bye = inDialog("BYE", "sip:c@198.51.100.7", values.toArray(String[]::new));
        assertThat(forwarded(bye).has("Route")).isFalse();
    }

    //= rfc3261#16.6-30 only the dialog it was made for may pass by it
    @Test void a_record_route_is_no_ticket_for_others() {
        var purposes = new ArrayList<Purpose>();
        Guard guard = (_, _, purpose, _) -> {
            purposes.add(purpose);
            return purpose == Purpose.OUTBOUND ? Optional.of(Refusal.of(403)) : Optional.empty();
        };
        var guarded = new ProxyPlay(guard, "desk");
        var route = guarded.tell(ProxyPlay.invite(), ProxyPlay.CALLER).stream()
                .filter(o -> o instanceof Output.Send).map(o -> ((Output.Send) o).request())
                .findFirst().orElseThrow().need("Record-Route");
        var bye = inDialog("BYE", "sip:c@198.51.100.7", route);
        assertThat(guarded.tell(bye, ProxyPlay.CALLER).getFirst()).isInstanceOf(Output.Send.class);
        assertThat(guarded.tell(bye.with("Call-ID", "other"), ProxyPlay.CALLER).getFirst())
                .isInstanceOf(Output.Respond.class);
        assertThat(purposes).containsExactly(
                Purpose.INBOUND, Purpose.IN_DIALOG, Purpose.OUTBOUND);
        //= rfc3261#16.4-1 whether it came by its Route or, from a strict router, as Request-URI
        purposes.clear();
        var strict = inDialog("BYE", Address.parse(route).uri().toString(), "<sip:c@198.51.100.7>");
        guarded.tell(strict, ProxyPlay.CALLER);
        guarded.tell(strict.with("Call-ID", "other"), ProxyPlay.CALLER);
        assertThat(purposes).containsExactly(Purpose.IN_DIALOG, Purpose.OUTBOUND);
        purposes.clear();
        guarded.tell(inDialog("BYE", "sip:c@198.51.100.7", route, "<sip:192.0.2.1;lr>"),
                ProxyPlay.CALLER);
        assertThat(purposes).as("also with one behind it that says nothing")
                .containsExactly(Purpose.IN_DIALOG);
    }

    //= rfc3261#16.6-12 header fields have no place in a Request-URI
    @Test void a_contact_with_header_fields() {
        play.bob.clear();
        play.bob.add(Destination.of(SipUri.parse("sip:bob@desk;user=phone?subject=x")));
        assertThat(forwarded(ProxyPlay.invite()).uri()).isEqualTo("sip:bob@desk;user=phone");
    }

    //= rfc3261#16.5-8,14 an equal URI is not added to the set again, nor more than once
    @Test void contacts_that_are_equal() {
        play.bob.add(Destination.of(SipUri.parse("SIP:%62ob@DESK;foo=1")));
        assertThat(play.tell(ProxyPlay.invite(), ProxyPlay.CALLER))
                .filteredOn(o -> o instanceof Output.Send).hasSize(1);
    }

    /// A phone behind a NAT is reached over the way it came.
    @Test void a_contact_with_a_flow_of_its_own() {
        var flow = Flow.udp(ProxyPlay.address("192.0.2.1", 5060),
                ProxyPlay.address("198.51.100.9", 61000));
        play.bob.clear();
        play.bob.add(new Destination(SipUri.parse("sip:bob@10.0.0.9"), 1,
                Optional.of(Target.of(flow))));
        var send = (Output.Send) play.tell(ProxyPlay.invite(), ProxyPlay.CALLER).getLast();
        assertThat(send.target()).isEqualTo(Target.of(flow));
    }

    @Test void an_ack_is_forwarded_and_forgotten() {
        var ack = inDialog("ACK", "sip:bob@198.51.100.7", "<sip:192.0.2.1;lr>",
                "<sip:p2.example;lr>");
        var outputs = play.proxy.handle(
                new Input.Acknowledged(ack, ProxyPlay.CALLER), Instant.EPOCH);
        var resolve = (Output.Resolve) outputs.getFirst();
        assertThat(resolve.uri()).isEqualTo("sip:p2.example;lr");
        var p2 = Target.of(Transport.UDP, ProxyPlay.address("203.0.113.2", 5060));
        var sent = (Output.SendAck) play.proxy.handle(
                new Input.Resolved(resolve.id(), List.of(p2)), Instant.EPOCH).getFirst();
        assertThat(sent.target()).isEqualTo(p2);
        assertThat(sent.ack().need("Max-Forwards")).isEqualTo("69");
        assertThat(sent.ack().list("Route")).containsExactly("<sip:p2.example;lr>");
        assertThat(sent.ack().has("Record-Route")).isFalse();
        assertThat(sent.ack().has("Max-Breadth")).isFalse();
        assertThat(play.proxy.pending()).isZero();
    }

    @Test void nonsense_in_a_route_is_a_bad_request() {
        assertThat(refused(inDialog("BYE", "sip:c@far.example", "<sip:")).status()).isEqualTo(400);
        assertThat(play.proxy.size()).isZero();
        assertThat(play.proxy.pending()).isZero();
    }

    private String resolved(Request request) {
        var other = new TransactionId("z9hG4bKother", "", request.method());
        return play.proxy.handle(new Input.Received(other, request, ProxyPlay.CALLER),
                Instant.EPOCH).stream().filter(o -> o instanceof Output.Resolve)
                .map(o -> ((Output.Resolve) o).uri()).findFirst().orElseThrow();
    }

    private static Request inDialog(String method, String uri, String... routes) {
        return new Request(method, uri, ProxyPlay.invite().headers(), p2psip.std.Bytes.EMPTY)
                .without("Content-Type").with("To", "<sip:bob@example.com>;tag=b")
                .with("CSeq", "2 " + method)
                .with("Via", "SIP/2.0/UDP 192.0.2.99;branch=z9hG4bK" + method)
                .change(list -> {
                    for (var route : routes) list.add(new Header("Route", route));
                });
    }
}
