package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import p2psip.std.rfc3261.Header;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Message.*;

/// §8.1.3.4: calls that go on elsewhere after a 3xx.
class RedirectionTest {

    //= rfc3261#8.1.3.4-2,7 no URI is tried a second time, when a contact fails the next is tried
    //= rfc3261#21.3.3-1 the request is tried again at the new address
    @Test void redirected() {
        //= rfc3261#21.3.1-3,4 there may be several Contacts, and the user is not asked
        //= rfc3261#19.1.1-13 components that are disallowed in a Request-URI are ignored
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 302 Contact=<sip:bob@c1;method=INVITE?Subject=x>,<sip:bob@c2>
                  100 alice -> bob   INVITE 2 sip:bob@c1 sdp1
                  200 b1    -> alice 302 Contact=<sip:bob@biloxi.com>,<sip:bob@c1>
                  200 alice -> bob   INVITE 3 sip:bob@c2 sdp1
                  300 b2    -> alice 486
                  300 alice -> TU    Ended 1 486
                """);
    }

    //= rfc3261#21.3.2-1 moved permanently: the request goes to the new address
    //= rfc3261#21.3.3-3 but no address is kept for a future call
    @Test void moved() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 301 Contact=<sip:bob@new.com>
                  100 alice -> bob   INVITE 2 sip:bob@new.com sdp1
                  200 b2    -> alice 486
                  200 alice -> TU    Ended 1 486
                  300 TU    -> alice invite 2 sip:bob@biloxi.com sdp1
                  300 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                """);
    }

    //= rfc3261#21.3.4-1 the request goes through the proxy that Contact names
    @Test void use_proxy() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 305 Contact=<sip:gate.com;transport=tcp>
                  100 alice -> bob   INVITE 2 sip:bob@biloxi.com \
                        route=<sip:gate.com;transport=tcp;lr> sdp1
                  200 b1    -> alice 305 Contact=<sip:gate.com;transport=tcp>
                  200 alice -> TU    Ended 1 305
                """);
    }

    //= rfc3261#8.1.3.4-1 the Contact URIs of the 3xx make new requests
    //= rfc3261#8.1.3.4-4 that with the preferred URI first
    //= rfc3261#8.1.3.4-5 serially, one after the other
    @Test void the_preferred_address_comes_first() {
        //= rfc3261#8.1.3.4-6 a code above 399 is a failure
        //= rfc3261#13.2.2.2-1 the new addresses of a call are tried by INVITE
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p1    -> alice 301 Contact=<sip:bob@c1>;q=0.1,<tel:+12015550123>,<sip:bob@c2>
                  100 alice -> bob   INVITE 2 sip:bob@c2 sdp1
                  200 b2    -> alice 404
                  200 alice -> bob   INVITE 3 sip:bob@c1 sdp1
                  300 b3    -> alice 200 sdp2
                  300 alice -> b3    ACK 3 sip:b3@127.0.0.2
                  300 alice -> TU    Answered 1 sdp2
                """);
    }

    @Test void what_stays_and_what_is_new() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p1    -> alice 302 Contact=<sip:bob@c1>
                  100 alice -> bob   INVITE 2 sip:bob@c1 sdp1
                """);
        var before = flow.all("INVITE").getFirst();
        var after = flow.all("INVITE").getLast();
        //= rfc3261#8.1.3.4-11 To, From and Call-ID stay
        for (var name : List.of("To", "From", "Call-ID"))
            assertThat(after.need(name)).isEqualTo(before.need(name));
        //= rfc3261#8.1.3.4-13 and the other fields and the body
        assertThat(after.without("CSeq")).isEqualTo(before.without("CSeq").withUri("sip:bob@c1"));
        //= rfc3261#8.1.3.4-12 the branch is a new one
        assertThat(flow.branches("INVITE")).doesNotHaveDuplicates();
    }

    //= rfc3261#8.1.3.4-3 a call by SIPS does not go on without it
    @Test void sips_stays_sips() {
        play("""
                    0 TU    -> alice invite 1 sips:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sips:bob@biloxi.com sdp1
                  100 p1    -> alice 302 Contact=<sip:bob@c1>,<sips:bob@c2>
                  100 alice -> bob   INVITE 2 sips:bob@c2 sdp1
                """);
    }

    @Test void the_uri_may_bring_header_fields() {
        var invite = new Request("INVITE", "sip:bob@biloxi.com", List.of(
                new Header("In-Reply-To", "a"), new Header("Subject", "old"),
                new Header("Route", "<sip:p1;lr>"), new Header("Priority", "normal")), Bytes.EMPTY);
        var redirections = new RedirectionSet(
                invite, new RouteSet(List.of(Address.parse("<sip:p1;lr>"))));
        assertThat(redirections.next().orElseThrow().request()).isEqualTo(invite);
        redirections.add(redirect("<sip:bob@c1;method=BYE;x=y?Subject=new%20one"
                + "&In-Reply-To=b&Route=%3Csip:mallory%3E&Priority=emergency"
                + "&In-Reply-To=c%0d%0aFrom:m>"));
        var to = redirections.next().orElseThrow();
        var applied = to.request();
        //= rfc3261#8.1.3.4-8 the entire URI but for method and header fields
        assertThat(applied.uri()).isEqualTo("sip:bob@c1;x=y");
        //= rfc3261#8.1.3.4-9 a list is appended to
        assertThat(applied.all("In-Reply-To")).as("with no line break").containsExactly("a", "b");
        //= rfc3261#8.1.3.4-10 any other value is overwritten
        assertThat(applied.need("Subject")).isEqualTo("new one");
        assertThat(applied.all("Route")).as("who redirects steers nothing")
                .containsExactly("<sip:p1;lr>");
        assertThat(to.routes()).hasToString("RouteSet[routes=[<sip:p1;lr>]]");
        assertThat(applied.need("Priority")).as("and alarms nobody").isEqualTo("normal");
    }

    //= rfc3261#8.1.3.4-2 no URI twice, and not any number of them
    @Test void there_is_a_limit_to_redirections() {
        var invite = new Request("INVITE", "sip:bob@biloxi.com", List.of(), Bytes.EMPTY);
        var redirections = new RedirectionSet(invite, new RouteSet(List.of()));
        for (int i = 0; i < 2 * RedirectionSet.LIMIT; i++)
            redirections.add(redirect("<sip:bob@c" + i / 2 + ">"));
        for (int i = 0; i < 9; i++) redirections.add(redirect("<sip:bob@more" + i + ">"));
        var tried = Stream.generate(redirections::next).takeWhile(Optional::isPresent).count();
        assertThat(tried).isEqualTo(RedirectionSet.LIMIT);
    }

    @Test void who_is_busy_everywhere_is_not_tried_elsewhere() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p1    -> alice 302 Contact=<sip:bob@c1>,<sip:bob@c2>
                  100 alice -> bob   INVITE 2 sip:bob@c1 sdp1
                  200 b2    -> alice 600
                  200 alice -> TU    Ended 1 600
                """);
    }

    private static Response redirect(String contact) {
        return new Response(302, "Moved Temporarily", List.of(new Header("Contact", contact)),
                Bytes.EMPTY);
    }
}
