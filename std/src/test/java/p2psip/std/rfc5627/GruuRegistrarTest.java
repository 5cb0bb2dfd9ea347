package p2psip.std.rfc5627;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc5627.GruuHome.*;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.server.*;

/// What a registrar gives to instances, and when it ends.
class GruuRegistrarTest {
    private final GruuHome home = new GruuHome();

    @BeforeEach void phones() {
        for (var host : List.of("alice", "bob", "desk", "old"))
            home.net.phone(host, (host.equals("alice") ? "alice@elsewhere" : "bob@home"),
                    List.of());
    }

    private String host(String name) { return home.net.address(name).getHostString(); }

    private Response register(String callId) {
        return home.register("bob", callId, contact(host("bob"), ONE));
    }

    private int status(String uri) { return home.ask("alice", "OPTIONS", uri).status(); }

    @Test void an_instance_gets_one_that_stays_and_one_more_each_time() {
        var first = register("a");
        //= rfc5627#5.4-7 with the host of the address, by which the registrar is found
        //= rfc5627#5.1-5 made of the address of record by adding gr, with a value
        //= rfc5627#5.2-3 as the value of pub-gruu
        assertThat(said(first, "pub-gruu")).contains(SHOWN + ONE.urn());
        //= rfc5627#5.4-2 another instance ID has a different one
        assertThat(Gruu.shown(SipUri.parse("sip:bob@home.example"), TWO.urn()).toString())
                .isNotEqualTo(SHOWN + ONE.urn());
        //= rfc5627#5.1-4 a public GRUU is constructed if there is none, and is the same if there is
        assertThat(said(register("a"), "pub-gruu")).isEqualTo(said(first, "pub-gruu"));
    }

    @Test void each_register_makes_a_temporary_one() {
        var first = register("a");
        var second = register("a");
        //= rfc5627#5.1-8 a new temporary GRUU for the address and instance ID
        assertThat(hidden(second)).isNotEqualTo(hidden(first)).startsWith("sip:tgruu.")
                .endsWith("@home.example;gr");
        //= rfc5627#5.2-1,2 who only asks is told the most recently created temporary one
        var asked = home.register("bob", "x", "");
        assertThat(hidden(asked)).isEqualTo(hidden(second));
        //= rfc5627#5.2-4 the option tag is in neither Require nor Supported of the response
        assertThat(first.has("Require") || first.has("Supported")).isFalse();
    }

    @Test void one_who_does_not_know_of_it_is_told_nothing() {
        var ok = home.register("bob", "a", contact(host("bob"), ONE), "timer");
        assertThat(said(ok, "pub-gruu")).isEmpty();
        assertThat(said(ok, "temp-gruu")).isEmpty();
        assertThat(said(home.register("bob", "a", "<sip:bob@a>"), "pub-gruu")).isEmpty();
        //= rfc5627#5.1¶1 a REGISTER may have gruu in Require
        assertThat(home.register("bob", "a", contact("b", ONE), "gruu", "Require: gruu")
                .status()).isEqualTo(200);
    }

    @Test void nobody_suggests_his_own() {
        var ok = home.register("bob", "a", contact(host("bob"), ONE)
                + ";pub-gruu=\"sip:mine@home.example;gr=1\";temp-gruu=\"sip:t@home.example;gr\"");
        //= rfc5627#5.1-6,12 both parameters of the contact are ignored
        assertThat(said(ok, "pub-gruu")).contains(SHOWN + ONE.urn());
        assertThat(hidden(ok)).startsWith("sip:tgruu.");
        assertThat(home.bound().getFirst().contact().params().has("pub-gruu")).isFalse();
    }

    @Test void a_contact_that_leads_back_is_refused() {
        var hidden = hidden(register("a"));
        var instance = ";+sip.instance=" + TWO.quoted();
        //= rfc5627#5.1-1 a contact equivalent to the address of record: 403
        for (var uri : List.of("sip:bob@home.example", "sip:%62ob@HOME.example",
                //= rfc5627#5.1-2 one that is a GRUU for it: 403
                SHOWN + TWO.urn(), SHOWN + "urn:x:1", hidden,
                //= rfc5627#5.1-3 and one that is not a SIP URI: 403
                "tel:+1234"))
            assertThat(home.register("bob", "b", "<" + uri + ">" + instance).status())
                    .as(uri).isEqualTo(403);
        assertThat(home.bound()).hasSize(1);
        assertThat(home.register("bob", "b", "<tel:+1>;expires=0" + instance).status())
                .isEqualTo(200);
    }

    //= rfc5627#5.4-3 what is equivalent to a temporary GRUU is no address of record
    @Test void nobody_registers_as_a_temporary_one() {
        var hidden = hidden(register("a"));
        assertThat(home.registerAs("old", hidden.replace(";gr", ""), "b", "<sip:x@y>").status())
                .isEqualTo(404);
    }

    @Test void those_of_one_registration_are_valid_as_long_as_it_lasts() {
        var all = Stream.generate(() -> hidden(register("a"))).limit(3).toList();
        //= rfc5627#5.4-4 valid until invalidated, each of them
        for (var gruu : all) assertThat(status(gruu)).isEqualTo(200);
        // the Call-ID was the same, so what was obtained before remains valid
        home.net.run(Duration.ofHours(2));
        assertThat(home.bound()).isEmpty();
        //= rfc5627#5.3-1 no contact is bound any more: the temporary ones are invalidated
        for (var gruu : all) assertThat(status(gruu)).isEqualTo(404);
        //= rfc5627#5.3-2,3 the public one is still valid, and answered 480
        //= rfc5627#5.4-5 for the address itself is valid
        assertThat(status(SHOWN + ONE.urn())).isEqualTo(480);
        var again = hidden(register("a"));
        assertThat(status(again)).isEqualTo(200);
        for (var gruu : all) assertThat(status(gruu)).isEqualTo(404);
    }

    @Test void a_star_ends_them_as_well() {
        var gruu = hidden(register("a"));
        home.register("bob", "a", "*\nExpires: 0");
        assertThat(status(gruu)).isEqualTo(404);
    }

    @Test void with_another_call_id_those_before_end() {
        var before = hidden(register("a"));
        var after = hidden(register("b"));
        //= rfc5627#5.1-7 all that were generated before are invalid
        assertThat(status(before)).isEqualTo(404);
        assertThat(status(after)).isEqualTo(200);
    }

    /// Two flows of an instance: what one of them ends is ended for both, and stays so.
    @Test void flows_have_their_temporary_ones_in_common() {
        var flow = contact(host("bob"), ONE) + ";reg-id=";
        var first = hidden(home.register("bob", "a", flow + 1));
        //  a second reg-id has a Call-ID of its own, which changes nothing
        var second = hidden(home.register("bob", "b", flow + 2));
        assertThat(status(first)).isEqualTo(200);
        assertThat(status(second)).isEqualTo(200);
        var third = hidden(home.register("bob", "c", flow + 1));
        assertThat(status(first)).isEqualTo(404);
        assertThat(status(second)).isEqualTo(404);
        assertThat(status(third)).isEqualTo(200);
        home.register("bob", "c", flow + 1 + ";expires=0");
        //= rfc5627#5.4-4 valid as long as any contact of the instance is, whichever was newest
        assertThat(status(third)).isEqualTo(200);
        assertThat(status(first)).isEqualTo(404);
    }

    //= rfc5630#5.2.1-1 a SIP and a SIPS GRUU for each instance
    //= rfc5630#5.2.1-2,3 in the response the version of the scheme of its contact
    @Test void the_scheme_is_that_of_the_contact() {
        var ok = home.register("bob", "a", contact("b", ONE).replace("sip:", "sips:"));
        assertThat(said(ok, "pub-gruu")).contains("sips:bob@home.example;gr=" + ONE.urn());
        assertThat(hidden(ok)).startsWith("sips:tgruu.");
    }

    @Test void an_instance_that_is_no_urn_has_none() {
        for (var name : List.of("1", "<urn:uuid:1", "<urn:a b>", "<urn:a>x", "<http://a>"))
            assertThat(said(home.register("bob", "a", "<sip:bob@a>;+sip.instance="
                    + Params.quoted(name)), "pub-gruu")).as(name).isEmpty();
        var odd = home.register("bob", "a", "<sip:bob@a>;+sip.instance=\"<urn:x:a;b?c>\"");
        assertThat(said(odd, "pub-gruu")).contains(SHOWN + "urn:x:a%3Bb%3Fc");
        assertThat(Gruu.instance(SipUri.parse(said(odd, "pub-gruu").orElseThrow())))
                .contains("urn:x:a;b?c");
    }
}
