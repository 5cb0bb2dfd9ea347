package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.LocationService.*;

/// §8.3: what is asked of a redirect server, and where it sends.
class RedirectServerTest {
    private RedirectServer server = new RedirectServer(
            ProxyPlay.HOME, Guard.OPEN, new SplittableRandom(1));

    private List<Output> hear(Request request) {
        return server.handle(new Input.Received(
                ProxyPlay.id(request), request, ProxyPlay.CALLER), Instant.EPOCH);
    }

    private static Response answer(List<Output> outputs) {
        return ((Output.Respond) outputs.getLast()).response();
    }

    /// What comes of a request when these are bound.
    private Response redirected(Request request, String... contacts) {
        var find = (LocationService.Event.Find) ((Output.Told) hear(request).getFirst()).event();
        assertThat(find.aor()).hasToString("sip:bob@example.com");
        var found = new Found(find.id(), true, Arrays.stream(contacts).map(Address::parse)
                .map(contact -> new Destination(contact.uri(), contact.q(), Optional.empty()))
                .toList(), List.of(new Header("Warning", "399 here \"x\"")));
        var response = answer(server.handle(new Input.Asked(found), Instant.EPOCH));
        assertThat(server.pending()).isZero();
        return response;
    }

    private static String text(Response response) {
        return response.status() + " " + String.join(" ", response.list("Contact"));
    }

    @Test void one_contact_or_several_in_the_order_of_preference() {
        assertThat(text(redirected(ProxyPlay.invite(), "<sip:bob@desk;x=y>")))
                .isEqualTo("302 <sip:bob@desk;x=y>");
        //= rfc3261#8.3-3 a Contact may be any resource, not only one of SIP
        assertThat(text(redirected(ProxyPlay.invite(), "<mailto:bob@b>;q=0.1", "<sip:bob@desk>",
                "<sip:bob@cell>;q=0.5"))).isEqualTo(
                "300 <sip:bob@desk> <sip:bob@cell>;q=0.5 <mailto:bob@b>;q=0.1");
        assertThat(redirected(ProxyPlay.invite(), "<sip:bob@desk>").has("Warning")).isTrue();
    }

    @Test void never_to_where_it_was_sent() {
        //= rfc3261#8.3-2 not to a URI equal to the Request-URI: a 404 where there is no other
        assertThat(text(redirected(ProxyPlay.invite(), "<sip:bob@EXAMPLE.com>")))
                .isEqualTo("404 ");
        assertThat(text(redirected(ProxyPlay.invite(), "<sip:bob@example.com>", "<sip:b@c>")))
                .isEqualTo("302 <sip:b@c>");
    }

    @Test void who_is_away_or_unknown() {
        assertThat(text(redirected(ProxyPlay.invite()))).isEqualTo("480 ");
        hear(ProxyPlay.invite());
        assertThat(answer(server.handle(new Input.Asked(new Found(2, false, List.of())),
                Instant.EPOCH)).status()).isEqualTo(404);
        assertThat(answer(hear(ProxyPlay.invite().withUri("sip:bob@elsewhere"))).status())
                .isEqualTo(404);
        assertThat(answer(hear(ProxyPlay.invite().withUri("tel:+1"))).status()).isEqualTo(404);
    }

    //= rfc3261#8.3-5 features that are not understood are ignored, methods and option tags too
    @Test void whatever_is_required_it_redirects() {
        var strange = new Request("DANCE", "sip:bob@example.com", ProxyPlay.invite().headers(),
                Bytes.EMPTY).with("CSeq", "1 DANCE").with("Require", "shoes")
                .with("Proxy-Require", "music");
        assertThat(text(redirected(strange, "<sip:bob@desk>"))).isEqualTo("302 <sip:bob@desk>");
    }

    @Test void a_cancel_is_answered_and_ends_the_search() {
        var invite = ProxyPlay.invite();
        hear(invite);
        var cancel = Cancel.of(invite).change(list ->
                list.add(0, new Header("Via", "" + invite.topVia())));
        //= rfc3261#8.3-1 a well-formed CANCEL gets a 2xx
        assertThat(hear(cancel).stream().map(output -> ((Output.Respond) output))
                .map(sent -> sent.response().status() + " " + sent.transaction().method()))
                .containsExactly("200 CANCEL", "487 INVITE");
        assertThat(server.pending()).isZero();
        assertThat(hear(cancel)).singleElement().isInstanceOf(Output.Respond.class);
        assertThat(server.handle(new Input.Asked(new Found(1, true, List.of())), Instant.EPOCH))
                .isEmpty();
    }

    @Test void who_may_not_ask_is_told() {
        server = new RedirectServer(ProxyPlay.HOME, (_, _, purpose, _) ->
                purpose == Guard.Purpose.INBOUND ? Optional.of(Guard.Refusal.of(407))
                        : Optional.empty(), new SplittableRandom(1));
        assertThat(answer(hear(ProxyPlay.invite())).status()).isEqualTo(407);
    }
}
