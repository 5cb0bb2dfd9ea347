package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import p2psip.std.rfc3261.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.std.rfc2396.SyntaxException;

/// §19.1.5: requests that are made from URIs, of strangers too.
class FormedRequestTest {

    //= rfc3261#19.1.5-1 transport, maddr, ttl and user go into the Request-URI
    //= rfc3261#19.1.5-3 method does not
    //= rfc3261#19.1.5-4 and what is unknown does
    @Test void parameters_of_the_request_uri() {
        assertThat(FormedRequest.of("INVITE",
                "sip:+1@gate;user=phone;method=INVITE;maddr=239.1.2.3;"
                + "transport=udp;ttl=15;strange=yes?Subject=x").uri()).isEqualTo(
                "sip:+1@gate;user=phone;maddr=239.1.2.3;transport=udp;ttl=15;strange=yes");
        assertThat(FormedRequest.of("INVITE", "tel:+1-201;x=y").uri()).isEqualTo("tel:+1-201;x=y");
    }

    //= rfc3261#19.1.5-5,6,7 some headers are honoured; none that is dangerous; no Route
    @Test void header_fields() {
        var formed = FormedRequest.of("INVITE", "sip:bob@biloxi.com?subject=Lunch%3f&In-Reply-To=x"
                + "&From=%3Csip:m%40m%3E&Call-ID=1&CSeq=1&Via=v&Record-Route=r&Route=%3Csip:evil%3E"
                + "&Accept=a&Allow=BYE&Contact=%3Csip:m%40m%3E&Supported=s&User-Agent=u&i=2&m=*"
                + "&Content-Type=x/y&Content-Length=9&Date=today&Timestamp=5&Priority=emergency");
        //= rfc3261#19.1.5-8 none that advertises capabilities
        //= rfc3261#19.1.5-9 none that is descriptive, whatever its accuracy
        assertThat(formed.headers()).containsExactly(
                new Header("Subject", "Lunch?"), new Header("In-Reply-To", "x"));
    }

    //= rfc3261#19.1.5-2 the method of the URI is not the one of the request
    //= rfc3261#19.1.5-11 which is refused then
    //= rfc3261#19.1.5-12 as is one that requires an extension
    @ParameterizedTest
    @ValueSource(strings = {"sip:b@c;method=BYE", "sip:b@c?Require=100rel",
        "sip:b@c?proxy-require=x", "sip:b@c?Subject=a%0d%0aVia:%20x", "sip:b@c?Sub%0aject=a",
        "sip:b@c?a%3ab=c", "sip:", "nonsense"})
    void is_refused(String uri) {
        //= rfc3261#19.1.5-10 and one that would smuggle in a line of its own is not transmitted
        assertThatThrownBy(() -> FormedRequest.of("INVITE", uri))
                .isInstanceOf(SyntaxException.class);
        play("""
                0 TU    -> alice invite 1 URI sdp1
                0 alice -> TU    Ended 1 400
                0 TU    -> alice send 2 OPTIONS URI
                0 alice -> TU    Result 2 400
                """.replace("URI", uri));
    }

    @Test void a_call_by_a_link_has_its_subject_and_the_uri_in_to_is_plain() {
        var flow = play("""
                0 TU    -> alice invite 1 \
                        sip:bob@biloxi.com;method=INVITE?Subject=Lunch%20at%20one&Route=x sdp1
                0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                1 TU    -> alice send 2 OPTIONS sip:bob@biloxi.com?Subject=Hello
                1 alice -> bob   OPTIONS 1 sip:bob@biloxi.com
                """);
        assertThat(flow.sent("INVITE").need("Subject")).isEqualTo("Lunch at one");
        assertThat(flow.sent("INVITE").need("To")).isEqualTo("<sip:bob@biloxi.com>");
        assertThat(flow.sent("OPTIONS").need("Subject")).isEqualTo("Hello");
    }
}
