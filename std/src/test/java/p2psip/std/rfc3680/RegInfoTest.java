package p2psip.std.rfc3680;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3680.RegInfo.*;
import p2psip.std.rfc6665.EventPackage;

class RegInfoTest {
    /// The example of §5.3.
    @Test void the_example_of_the_rfc() {
        assertThat(parse("""
                <?xml version="1.0"?>
                <reginfo xmlns="urn:ietf:params:xml:ns:reginfo"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    version="0" state="full">
                  <registration aor="sip:user@example.com" id="as9" state="active">
                    <contact id="76" state="active" event="registered"
                        duration-registered="7322" q="0.8">
                      <uri>sip:user@pc887.example.com</uri>
                    </contact>
                    <contact id="77" state="terminated" event="expired"
                        duration-registered="3600" q="0.5">
                      <uri>sip:user@university.edu</uri>
                    </contact>
                  </registration>
                </reginfo>""")).isEqualTo(new RegInfo(0, true, List.of(new Registration(
                "sip:user@example.com", "as9", Status.ACTIVE, List.of(
                        new Contact("76", "sip:user@pc887.example.com", true, Cause.REGISTERED, "",
                                Optional.empty(), Optional.empty(), Optional.of(7322L),
                                Optional.of("0.8")),
                        new Contact("77", "sip:user@university.edu", false, Cause.EXPIRED, "",
                                Optional.empty(), Optional.empty(), Optional.of(3600L),
                                Optional.of("0.5")))))));
    }

    private static final String WHOLE = new RegInfo(1, true, List.of(new Registration("a", "r",
            Status.ACTIVE, List.of(new Contact("c", "u", true, Cause.SHORTENED, "",
                    Optional.of(9L), Optional.empty(), Optional.empty(), Optional.empty())))))
            .encode().utf8();

    //= rfc3680#5.1-5,6 two attributes, of which the version has 32 bits
    //= rfc3680#5.1-8 three attributes: aor, id and state
    @Test void what_must_be_there() {
        //= rfc3680#5.1-13 attributes of a contact: id, state and event
        //= rfc3680#5.1-19 and expires of what was shortened
        parse(WHOLE);
        for (var missing : List.of(" version=\"1\"", " state=\"full\"", " aor=\"a\"", " id=\"r\"",
                " state=\"active\"", " id=\"c\"", " event=\"shortened\"", "<uri>u</uri>",
                " expires=\"9\"")) {
            assertThat(WHOLE).contains(missing);
            assertRefused(WHOLE.replace(missing, ""));
        }
        assertRefused(WHOLE.replace("\"1\"", "\"4294967296\""));
    }

    //= rfc3680#5.1-9,14 registrations and contacts have ids of their own
    @Test void no_id_comes_twice() {
        var contact = WHOLE.substring(WHOLE.indexOf("<contact"), WHOLE.indexOf("</registration"));
        assertRefused(WHOLE.replace(contact, contact + contact));
        var registration = WHOLE.substring(WHOLE.indexOf("<registration"),
                WHOLE.indexOf("</reginfo"));
        assertRefused(WHOLE.replace(registration, registration + registration.replace("\"c\"",
                "\"d\"")));
        parse(WHOLE.replace(contact, contact + contact.replace("\"c\"", "\"d\"")));
    }

    //= rfc3680#5.1-21 who is on probation is told when to retry
    @Test void probation_needs_a_time() {
        assertRefused(WHOLE.replace("shortened", "probation"));
        parse(WHOLE.replace("shortened", "probation").replace("expires=", "retry-after="));
    }

    //= rfc3680#5.1-4,7,12 what is of another namespace is ignored, wherever it is
    @Test void what_is_of_elsewhere_is_not_looked_at() {
        assertThat(parse(WHOLE.replace("<registration", "<x:y xmlns:x='x'/><registration")
                .replace("<contact", "<x:y xmlns:x='x'/><contact")
                .replace("<uri", "<x:y xmlns:x='x'/><unknown-param name='q'/><uri")))
                .isEqualTo(parse(WHOLE));
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> parse(text)).as(text)
                .isInstanceOf(p2psip.std.SyntaxException.class);
    }

    private static RegInfo parse(String text) { return RegInfo.parse(Bytes.utf8(text)); }

    //= rfc3680#5.1-1,2 well-formed, in UTF-8
    @Property(tries = 200) void what_is_written_is_read(@ForAll("documents") RegInfo info) {
        assertThat(RegInfo.parse(info.encode())).isEqualTo(info);
    }

    @Provide Arbitrary<RegInfo> documents() {
        var text = Arbitraries.strings().withChars("aé<&>\"'x;").ofMaxLength(8);
        var number = Arbitraries.longs().between(0, 4294967295L);
        var contacts = Combinators.combine(text, text, Arbitraries.of(true, false),
                Arbitraries.of(Cause.class), text, number, number, number.optional()).as(
                        (id, uri, active, cause, name, expires, retry, registered) -> new Contact(
                                id, uri, active, cause, name, Optional.of(expires),
                                Optional.of(retry), registered, Optional.of("0.5")))
                .list().uniqueElements(Contact::id).ofMaxSize(3);
        var registrations = Combinators.combine(text, text, Arbitraries.of(Status.class), contacts)
                .as(Registration::new).list().ofMaxSize(1);
        return Combinators.combine(number, Arbitraries.of(true, false), registrations)
                .as(RegInfo::new);
    }

    //= rfc3680#4.5-4 in the one format
    //= rfc3680#4.7.2-3,4 the contacts that have changed; all for who fetches
    //= rfc3680#5.1-3,11 in one registration with one id
    @Test void documents_say_all_and_then_what_is_new() {
        var here = new Contact("1", "sip:a@here", true, Cause.REGISTERED);
        var there = new Contact("2", "sip:a@there", true, Cause.REGISTERED);
        var before = new State(new Registration("sip:a@b", "r", Status.ACTIVE,
                List.of(here, there)));
        var after = new State(new Registration("sip:a@b", "r", Status.ACTIVE, List.of(here)));
        assertThat(RegInfo.PACKAGE.bodies())
                .containsExactly(before.whole(0).orElseThrow().type());
        assertThat(RegInfo.parse(before.whole(0).orElseThrow().bytes())).isEqualTo(
                new RegInfo(0, true, List.of(before.registration())));
        assertThat(RegInfo.parse(after.news(before, 1).orElseThrow().bytes())).isEqualTo(
                new RegInfo(1, false, List.of(new Registration("sip:a@b", "r", Status.ACTIVE,
                        List.of(new Contact("2", "sip:a@there", false, Cause.EXPIRED))))));
    }

    //= rfc3680#4.5-1,2,3 the one format, in any Accept header field
    //= rfc3680#4.9-1 one dialog
    //= rfc3680#4.10-1 every five seconds
    @Test void its_package() {
        assertThat(PACKAGE.name()).isEqualTo("reg");
        assertThat(PACKAGE.expires()).isEqualTo(Duration.ofSeconds(3761));
        assertThat(PACKAGE.bodies()).containsExactly(RegInfo.TYPE);
        assertThat(PACKAGE.forking()).isEqualTo(EventPackage.Forking.FIRST);
        assertThat(PACKAGE.interval()).isEqualTo(Duration.ofSeconds(5));
    }

    private static final EventPackage PACKAGE = RegInfo.PACKAGE;
}
