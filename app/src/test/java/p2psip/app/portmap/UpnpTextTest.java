package p2psip.app.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.std.Bytes;

/// What a router of UPnP says, or somebody who would like to be one.
class UpnpTextTest {
    private static final InetAddress ROUTER = InetAddress.ofLiteral("192.168.1.1");
    private static final Ssdp.Location AT = new Ssdp.Location(
            new InetSocketAddress(ROUTER, 5000), "/a/root.xml");
    private static final String TYPE = "urn:schemas-upnp-org:service:WANIPConnection:1";

    private static Bytes found(String location) {
        return Bytes.utf8("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: urn:schemas-upnp"
                + "-org:device:InternetGatewayDevice:1\r\nLOCATION: " + location + "\r\n\r\n");
    }

    @Test void a_description_is_where_the_router_says() {
        assertThat(Ssdp.location(ROUTER, found("http://192.168.1.1:5000/a/root.xml"))).contains(AT);
        assertThat(Ssdp.location(ROUTER, found("http://192.168.1.1"))).contains(
                new Ssdp.Location(new InetSocketAddress(ROUTER, 80), "/"));
    }

    @ParameterizedTest @ValueSource(strings = {"http://192.168.1.2:5000/", "https://192.168.1.1/",
            "http://router/", "http://192.168.1.1@203.0.113.1/", "http://127.0.0.1:9080/config",
            "http://192.168.1.1:99999/", "http://192.168.1.1:5000/a b", "http://192.168.001.1/",
            "file:///etc/passwd", "http://[::1]/", "http://192.168.1.1:0/"})
    void it_is_fetched_from_nowhere_else(String location) {
        assertThat(Ssdp.location(ROUTER, found(location))).isEmpty();
    }

    private static String described(String control) {
        return "<root xmlns='urn:schemas-upnp-org:device-1-0'><device><serviceList><service>"
                + "<serviceType>urn:other</serviceType><controlURL>/no</controlURL></service>"
                + "<service><controlURL>" + control + "</controlURL><serviceType>" + TYPE
                + "</serviceType></service></serviceList></device></root>";
    }

    @Test void its_service_is_found_whatever_the_order() {
        assertThat(Wan.of(described("/ctl"), AT)).contains(new Wan(TYPE, new Ssdp.Location(
                AT.at(), "/ctl")));
        assertThat(Wan.of(described("ctl"), AT).orElseThrow().at().path()).isEqualTo("/a/ctl");
        assertThat(Wan.of(described("http://192.168.1.1:80/x"), AT).orElseThrow().at().at()
                .getPort()).isEqualTo(80);
    }

    @ParameterizedTest @ValueSource(strings = {"http://203.0.113.1/ctl", "http://127.0.0.1/ctl",
            "/a\r\nHost: x", "https://192.168.1.1/"})
    void nor_is_it_spoken_to_elsewhere(String control) {
        assertThat(Wan.of(described(control), AT)).isEmpty();
    }

    @ParameterizedTest @ValueSource(strings = {"", "<a>", "<a></b>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "<!DOCTYPE a SYSTEM 'http://203.0.113.1/'><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "<a>&nbsp;</a>"})
    void xml_with_a_dtd_or_none_at_all_is_refused(String text) {
        assertThatThrownBy(() -> Xml.leaves(text)).isInstanceOf(SyntaxException.class);
    }

    @Test void so_is_too_much_of_it() {
        assertThatThrownBy(() -> Xml.leaves("<a>".repeat(Xml.DEPTH + 1)
                + "</a>".repeat(Xml.DEPTH + 1))).hasMessageContaining("too much");
        assertThatThrownBy(() -> Xml.leaves("<a>" + "<b/>".repeat(Xml.ELEMENTS) + "</a>"))
                .hasMessageContaining("too much");
    }

    private static Optional<Http.Reply> http(String text) {
        return new Http().take(Bytes.utf8(text));
    }

    @Test void an_answer_is_whole_when_it_says_so() {
        assertThat(http("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhix"))
                .contains(new Http.Reply(200, "hi"));
        assertThat(http("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nhi\r\n"))
                .isEmpty();
        assertThat(http("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nhi\r\n1\r\n!"
                + "\r\n0\r\n\r\n")).contains(new Http.Reply(200, "hi!"));
        var open = new Http();
        assertThat(open.take(Bytes.utf8("HTTP/1.0 500 No\r\n\r\nhi"))).isEmpty();
        assertThat(open.end()).contains(new Http.Reply(500, "hi"));
    }

    @Test void an_answer_without_end_is_cut_off() {
        var open = new Http();
        open.take(Bytes.utf8("HTTP/1.1 200 OK\r\n\r\n"));
        assertThatThrownBy(() -> {
            for (int i = 0; i < 100; i++) open.take(Bytes.wrap(new byte[1000]));
        }).isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> http("SSH-2.0\r\n\r\n")).isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> http("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"))
                .isInstanceOf(SyntaxException.class);
    }

    @Property(tries = 500) void nonsense_is_read_or_refused(@ForAll String text) {
        Ssdp.location(ROUTER, Bytes.utf8(text.codePoints().anyMatch(c -> c >= 0xd800
                && c <= 0xdfff) ? "" : text));
        for (Runnable each : List.<Runnable>of(() -> Wan.of(text, AT), () -> Xml.leaves(text),
                () -> http("HTTP/1.1 200 OK\r\n" + text + "\r\n\r\n" + text))) try {
            each.run();
        } catch (SyntaxException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
