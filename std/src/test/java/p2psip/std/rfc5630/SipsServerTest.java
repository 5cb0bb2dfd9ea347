package p2psip.std.rfc5630;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.Found;

/// What a server does with SIPS.
class SipsServerTest {
    private static final InetSocketAddress HERE = at("192.0.2.1"), PHONE = at("192.0.2.9");
    private static final Domains HOME = new Domains(
            List.of(new ListeningPoint(Transport.TLS, HERE)), List.of("home.example"));

    private final SipsProxy proxy = new SipsProxy(HOME);

    private static InetSocketAddress at(String host) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), 5061);
    }

    private static Destination contact(String uri, Transport... by) {
        return new Destination(Uri.parse(uri), 1, Stream.of(by).map(
                transport -> Target.of(new Flow(transport, HERE, PHONE, 1))).toList(), false,
                        List.of());
    }

    private Found found(String uri, Destination... all) {
        var request = (Request) Message.parse("OPTIONS " + uri + " SIP/2.0\n\n");
        return proxy.found(request, new Found(1, true, List.of(all)));
    }

    private static List<String> uris(Found found) {
        return found.destinations().stream().map(to -> "" + to.uri()).toList();
    }

    @Test void what_is_for_sips_goes_to_sips_alone() {
        //= rfc5630#5.3-2 only forwarded to a SIPS Request-URI
        //= rfc5630#5.3-1 without exception of the last hop
        assertThat(uris(found("sips:bob@home.example", contact("sip:bob@a", Transport.TLS),
                contact("sips:bob@b")))).containsExactly("sips:bob@b");
        //= rfc5630#5.3-3 not forwarded to the SIP contact that was registered
        var none = found("sips:bob@home.example", contact("sip:bob@a", Transport.TLS));
        //= rfc5630#5.3-4,5 but rejected: 480, with a Warning 380, SIPS Not Allowed
        assertThat(none.destinations()).isEmpty();
        assertThat(none.known()).isTrue();
        assertThat(none.headers()).containsExactly(
                new Header("Warning", "380 home.example \"SIPS Not Allowed\""));
        assertThat(found("sips:bob@home.example").headers()).isEmpty();
    }

    @Test void what_is_for_sip_goes_to_a_sips_contact_as_sip_by_tls() {
        var found = found("sip:bob@home.example", contact("sip:bob@a"),
                contact("sips:bob@b;x=1", Transport.TLS));
        //= rfc5630#5.3-7,8 not to a SIPS Request-URI: the scheme is replaced, the rest left as is
        assertThat(uris(found)).containsExactly("sip:bob@a", "sip:bob@b;x=1");
        //= rfc5630#5.3-9 TLS is used to forward it
        assertThat(found.destinations().getLast().hops().getFirst().transport())
                .isEqualTo(Transport.TLS);
        //= rfc5630#5.3-10 or else it may be rejected with 480 and 381, SIPS Required
        for (var contact : List.of(contact("sips:bob@b"), contact("sips:bob@b", Transport.TCP)))
            assertThat(found("sip:bob@home.example", contact).headers()).containsExactly(
                    new Header("Warning", "381 home.example \"SIPS Required\""));
    }

    private static OptionalInt registers(String uri, String... more) {
        var register = (Request) Message.parse("REGISTER " + uri + " SIP/2.0\n"
                + String.join("\n", more) + "\n\n");
        return new SipsRegistrar().refuses(register, Flow.udp(HERE, PHONE)).stream()
                .mapToInt(Guard.Refusal::status).findFirst();
    }

    @Test void a_sips_contact_needs_a_secure_way() {
        //= rfc5630#5.2-2 only if all the URIs are SIPS, of Contact and Path too
        assertThat(registers("sips:home.example", "Contact: <sips:bob@b>",
                "Path: <sips:edge;lr>")).isEmpty();
        //= rfc5630#5.2-3 else it is rejected with a 400
        assertThat(registers("sip:home.example", "Contact: <sips:bob@b>")).hasValue(400);
        assertThat(registers("sips:home.example", "Contact: <sips:bob@b>, <sip:bob@c>"))
                .hasValue(400);
        assertThat(registers("sips:home.example", "Contact: <sips:bob@b>", "Path: <sip:e;lr>"))
                .hasValue(400);
        assertThat(registers("sip:home.example", "Contact: <sip:bob@b>")).isEmpty();
        assertThat(registers("sips:home.example", "Contact: *")).isEmpty();
        //= rfc5630#5.2-1 addresses identical but for the scheme are equivalent
        assertThat(HOME.aor(SipUri.parse("sips:bob@home.example")))
                .isEqualTo(HOME.aor(SipUri.parse("sip:bob@home.example")));
    }

    @Test void it_is_reached_by_the_tls_that_it_came_by() {
        for (var by : List.of("TLS", "WSS", "TCP")) {
            var register = (Request) Message.parse("REGISTER sips:home.example SIP/2.0\n"
                    + "Via: SIP/2.0/" + by + " x.invalid;branch=z9hG4bK1\n\n");
            assertThat(new SipsRegistrar().byFlow(register, Address.parse("<sips:bob@x>")))
                    .as(by).isEqualTo(!by.equals("TCP"));
            assertThat(new SipsRegistrar().byFlow(register, Address.parse("<sip:bob@x>")))
                    .isFalse();
        }
    }
}
