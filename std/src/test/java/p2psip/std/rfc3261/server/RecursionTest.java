package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// §16.7 step 4: a proxy that goes itself where a 3xx leads.
class RecursionTest {

    @Test void a_call_follows_who_has_moved() {
        var play = ProxyPlay.recursing("desk");
        play.moved.put("desk", "<sip:bob@cell>;q=0.5, <sip:bob@car>");
        play.plays("""
                 0 alice -> proxy INVITE
                 0 proxy -> alice 100
                 0 proxy -> desk  INVITE
                 5 desk  -> proxy 302
                 5 proxy -> car   INVITE
                 9 car   -> proxy 486
                 9 proxy -> cell  INVITE
                12 cell  -> proxy 180
                12 proxy -> alice 180
                20 cell  -> proxy 200
                20 proxy -> alice 200
                """);
        //= rfc3261#16.5-10,11 contacts of a redirect response become targets of the set
        assertThat(play.sent.get("cell INVITE").uri()).isEqualTo("sip:bob@cell");
    }

    @Test void where_all_was_tried_the_redirection_is_not_seen() {
        var play = ProxyPlay.recursing("desk");
        play.moved.put("desk", "<sip:bob@car>");
        play.plays("""
                 0 alice -> proxy INVITE
                 0 proxy -> alice 100
                 0 proxy -> desk  INVITE
                 5 desk  -> proxy 301
                 5 proxy -> car   INVITE
                 9 car   -> proxy 486
                 9 proxy -> alice 486
                """);
        //= rfc3261#16.7-9 the response without contacts is not in the response context
        assertThat(play.answers.getLast().has("Contact")).isFalse();
    }

    @Test void what_it_cannot_follow_is_left_to_the_caller() {
        var play = ProxyPlay.recursing("desk");
        play.moved.put("desk", "<mailto:bob@example.com>, <sip:bob@car>, <sips:bob@safe>, <sip:");
        play.plays("""
                 0 alice -> proxy INVITE
                 0 proxy -> alice 100
                 0 proxy -> desk  INVITE
                 5 desk  -> proxy 300
                 5 proxy -> car   INVITE
                 9 car   -> proxy 486
                 9 proxy -> alice 300
                """);
        //= rfc3261#16.7-7 the contacts that the proxy recurses on are removed from the response
        assertThat(play.answers.getLast().list("Contact")).containsExactly(
                "<mailto:bob@example.com>", "<sips:bob@safe>", "<sip:");
    }

    /// Two phones that send each other's calls to and fro.
    @Test void nobody_is_tried_twice() {
        var play = ProxyPlay.recursing("desk");
        play.moved.put("desk", "<sip:bob@car>, <sip:bob@desk>");
        play.moved.put("car", "<sip:bob@desk>");
        play.plays("""
                 0 alice -> proxy INVITE
                 0 proxy -> alice 100
                 0 proxy -> desk  INVITE
                 5 desk  -> proxy 302
                 5 proxy -> car   INVITE
                 9 car   -> proxy 302
                 9 proxy -> alice 480
                """);
        //= rfc3261#16.5-14 any URI is added to the set once: so no recursion is infinite
        assertThat(play.branches).hasSize(2);
    }

    @Test void who_redirects_to_ever_new_ones_ends() {
        var home = ProxyPlay.HOME;
        var recursion = Recursion.of(ProxyPlay.invite(), home);
        var many = Reply.to(ProxyPlay.invite(), 302, "x").with("Contact", IntStream.range(0, 40)
                .mapToObj(i -> "<sip:bob@host" + i + ">").collect(Collectors.joining(", ")));
        var result = recursion.apply(many, 3);
        assertThat(result.added()).hasSize(3);
        assertThat(result.left().orElseThrow().list("Contact")).hasSize(37);
        assertThat(recursion.apply(many, 0).left()).contains(many);
    }

    @Test void sips_stays_sips() {
        var here = ProxyPlay.address("192.0.2.1", 5061);
        var home = new Domains(List.of(new ListeningPoint(Transport.TLS, here)), List.of());
        var moved = Reply.to(ProxyPlay.invite(), 302, "x")
                .with("Contact", "<sip:bob@a>, <sips:bob@b>");
        //= rfc3261#16.7-8 no recursion to a non-SIPS URI if the original one was a SIPS URI
        assertThat(Recursion.of(ProxyPlay.invite().withUri("sips:bob@example.com"), home)
                .apply(moved, 9).added()).extracting(to -> to.uri().toString())
                .containsExactly("sips:bob@b");
        //= rfc5630#5.3-13 a SIP Contact in the response is not recursed on where it was SIPS
        //= rfc5630#5.3-15 and a SIPS Contact not where it was SIP
        var plain = Recursion.of(ProxyPlay.invite(), home).apply(moved, 9);
        assertThat(plain.added()).extracting(to -> to.uri().toString())
                .containsExactly("sip:bob@a");
        //= rfc5630#5.3-14,16 but forwarded, for the UAC to take action
        assertThat(plain.left().orElseThrow().list("Contact")).containsExactly("<sips:bob@b>");
    }

    @Test void other_redirections_are_the_callers_business() {
        var recursion = Recursion.of(ProxyPlay.invite(), ProxyPlay.HOME);
        for (int status : List.of(305, 380, 404)) {
            var response = Reply.to(ProxyPlay.invite(), status, "x")
                    .with("Contact", "<sip:bob@a>");
            assertThat(recursion.apply(response, 9).left()).as("" + status).contains(response);
        }
    }

    //= rfc3261#16.5-9 for a Request-URI of another domain no targets are added
    @Test void for_other_domains_it_does_not_recurse() {
        var play = ProxyPlay.recursing().with(ProxyPlay.invite().withUri("sip:carol@elsewhere"));
        play.moved.put("elsewhere", "<sip:bob@car>");
        play.plays("""
                 0 alice     -> proxy     INVITE
                 0 proxy     -> alice     100
                 0 proxy     -> elsewhere INVITE
                 5 elsewhere -> proxy     302
                 5 proxy     -> alice     302
                """);
    }

    @Test void once_the_caller_has_given_up_nothing_is_followed() {
        var play = ProxyPlay.recursing("desk");
        play.moved.put("desk", "<sip:bob@car>");
        play.plays("""
                 0 alice -> proxy INVITE
                 0 proxy -> alice 100
                 0 proxy -> desk  INVITE
                 3 desk  -> proxy 180
                 3 proxy -> alice 180
                 4 alice -> proxy CANCEL
                 4 proxy -> alice 200 CANCEL
                 4 proxy -> desk  CANCEL
                 5 desk  -> proxy 302
                 5 proxy -> alice 302
                """);
    }
}
