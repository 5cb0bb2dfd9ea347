package p2psip.std.rfc3325;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// A proxy between alice (192.0.2.99) and a phone of bob's (203.0.113.1).
class TrustDomainTest {
    private static final String ASSERTED = TrustDomain.ASSERTED, PREFERRED = TrustDomain.PREFERRED;
    private static final InetAddress ALICE = InetAddress.ofLiteral("192.0.2.99"),
            BOB = InetAddress.ofLiteral("203.0.113.1");

    private final Set<InetAddress> inside = new HashSet<>();
    private final List<Address> proven = new ArrayList<>();

    private final TrustDomain domain = new TrustDomain(new TrustDomain.Members() {
        @Override public boolean trusts(InetSocketAddress remote) {
            return inside.contains(remote.getAddress());
        }

        @Override public List<Address> identities(Request request, Flow cameBy) {
            return proven;
        }
    });

    private ProxyPlay play(Header... fields) { return play(List.of(), fields); }

    private ProxyPlay play(List<Header> answered, Header... fields) {
        var play = new ProxyPlay(Guard.OPEN, List.of(domain), "desk");
        play.said.put("desk", answered);
        play.with(ProxyPlay.invite().change(list -> list.addAll(List.of(fields)))).plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 486
                   100 proxy -> alice 486
                """);
        return play;
    }

    private static Request sent(ProxyPlay play) { return play.sent.get("desk INVITE"); }

    private static Header field(String name, String value) { return new Header(name, value); }

    //= rfc3325#5-3,4 what an untrusted element says of a sip or tel URI is removed
    @Test void what_a_stranger_asserts_is_nothing() {
        assertThat(sent(play(field(ASSERTED, "<sip:boss@example.com>, <tel:+1>"))).has(ASSERTED))
                .isFalse();
    }

    //= rfc3325#5-1 the identity that results from authentication is inserted
    //= rfc3325#5-3 in place of a SIP URI that was there
    //= rfc3325#9.1-1 one name-addr
    @Test void who_was_authenticated_is_asserted() {
        proven.add(Address.parse("\"Alice\" <sip:alice@example.com>;tag=1"));
        assertThat(sent(play(field(ASSERTED, "<sip:boss@example.com>"))).all(ASSERTED))
                .containsExactly("\"Alice\" <sip:alice@example.com>");
    }

    //= rfc3325#6-1 P-Preferred-Identity is a hint which of the valid identities is asserted
    //= rfc3325#6-2 and is removed from what is forwarded
    @Test void of_several_identities_the_preferred_one_is_asserted() {
        proven.addAll(List.of(Address.parse("<sip:alice@example.com>"),
                Address.parse("<sip:sales@example.com>"), Address.parse("<tel:+15551234>")));
        var sent = sent(play(field(PREFERRED, "<sip:sales@example.com>")));
        //= rfc3325#9.1-2,3 two values: one a sip or sips URI, the other a tel URI
        //= rfc3325#5-2 no more than one SIP URI, nor than one tel URL
        assertThat(sent.list(ASSERTED))
                .containsExactly("<sip:sales@example.com>", "<tel:+15551234>");
        assertThat(sent.has(PREFERRED)).isFalse();
        assertThat(sent(play(field(PREFERRED, "<sip:boss@example.com>"))).list(ASSERTED))
                .startsWith("<sip:alice@example.com>");
        assertThat(sent(play(field(PREFERRED, "nobody <"))).list(ASSERTED))
                .startsWith("<sip:alice@example.com>");
    }

    @Test void what_a_server_of_the_domain_asserts_stands() {
        inside.add(ALICE);
        proven.add(Address.parse("<sip:other@example.com>"));
        var sent = sent(play(field(ASSERTED, "<sip:carol@example.com>"),
                field(PREFERRED, "<sip:x@example.com>")));
        assertThat(sent.all(ASSERTED)).containsExactly("<sip:carol@example.com>");
        //= rfc3325#6-2 removed from any message that is forwarded
        assertThat(sent.has(PREFERRED)).isFalse();
    }

    //= rfc3325#4-1 removed before it is forwarded to a UA that is not trusted
    //= rfc3325#7-1,7 all values, if the token id is there
    //= rfc3325#5-5 the Privacy field is examined
    @Test void what_is_to_be_private_does_not_leave() {
        inside.add(ALICE);
        var asserted = field(ASSERTED, "<sip:carol@example.com>, <tel:+1>");
        var left = sent(play(asserted, field("Privacy", "id;header")));
        assertThat(left.has(ASSERTED)).isFalse();
        assertThat(left.all("Privacy")).containsExactly("header");
        //  within the domain it goes on, and so does what is asked for
        inside.add(BOB);
        var within = sent(play(asserted, field("Privacy", "id")));
        assertThat(within.all(ASSERTED)).containsExactly(asserted.value());
        assertThat(within.all("Privacy")).containsExactly("id");
    }

    //= rfc3325#7-2 with none it must not be removed
    //= rfc3325#7-3,5 nor is it removed where there is no Privacy header field
    @Test void what_is_not_to_be_private_leaves() {
        inside.add(ALICE);
        var asserted = field(ASSERTED, "<sip:carol@example.com>");
        assertThat(sent(play(asserted)).has(ASSERTED)).isTrue();
        assertThat(sent(play(asserted, field("Privacy", "none"))).has(ASSERTED)).isTrue();
        assertThat(sent(play(asserted, field("Privacy", "none"))).has("Privacy")).isTrue();
    }

    @Test void who_answers_is_asserted_by_the_domain_alone() {
        var asserted = field(ASSERTED, "<sip:bob@example.com>");
        assertThat(play(List.of(asserted)).answers.getLast().has(ASSERTED)).isFalse();
        inside.add(BOB);
        assertThat(play(List.of(asserted)).answers.getLast().has(ASSERTED)).isTrue();
        var secret = List.of(asserted, field("Privacy", "id"));
        assertThat(play(secret).answers.getLast().has(ASSERTED)).isFalse();
        assertThat(play(secret).answers.getLast().has("Privacy")).isFalse();
        inside.add(ALICE);
        assertThat(play(secret).answers.getLast().has(ASSERTED)).isTrue();
        assertThat(play(secret).answers.getLast().all("Privacy")).containsExactly("id");
    }

    @Test void what_who_answers_prefers_is_no_business_of_the_caller() {
        var prefers = List.of(field(PREFERRED, "<sip:bob@example.com>"));
        assertThat(play(prefers).answers.getLast().has(PREFERRED)).isFalse();
        inside.addAll(List.of(ALICE, BOB));
        assertThat(play(prefers).answers.getLast().has(PREFERRED)).isFalse();
    }
}
