package p2psip.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.*;
import p2psip.app.host.*;
import p2psip.std.rfc3261.*;

/// The page that is a telephone, as it is served: over loopback, asked by bytes.
class PhonePageTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final PhonePage page = PhonePage.here(0);
    private final String host = page.origins().getFirst().substring("http://".length());
    private final int port = Integer.parseInt(host.substring(host.indexOf(':') + 1));

    @BeforeEach void ready() { page.ready(points("192.0.2.1", "127.0.0.1")); }

    @AfterEach void close() { page.close(); }

    private static List<ListeningPoint> points(String... ips) {
        return Arrays.stream(ips).flatMap(ip -> Stream.of(Transport.UDP, Transport.WS,
                Transport.WSS).map(by -> new ListeningPoint(by, new InetSocketAddress(
                        InetAddress.ofLiteral(ip), by == Transport.WSS ? 5069 : 5068), ip)))
                .toList();
    }

    private String get(String path) throws IOException {
        return Wire.say(port, "GET " + path + " HTTP/1.1\nHost: " + host + "\n\n");
    }

    @ParameterizedTest @ValueSource(strings = {"/", "/index.html", "/phone.css", "/phone.js",
            "/sip.js", "/sound.js", "/favicon.svg", "/node.json"})
    void all_that_it_needs_is_there_and_may_do_no_more(String path) throws IOException {
        assertThat(get(path)).startsWith("HTTP/1.1 200 ").contains("default-src 'none'",
                "script-src 'self'", "connect-src 'self' ws://127.0.0.1:5068;",
                "frame-ancestors 'none'").containsIgnoringCase("x-content-type-options: nosniff");
    }

    @Test void no_script_or_style_stands_in_the_page_itself() throws IOException {
        var html = get("/");
        assertThat(html).doesNotContain("<style", "style=", "onclick", "onload", "http://",
                "https://");
        assertThat(Pattern.compile("<script[^>]*>(.*?)</script>").matcher(html).results()
                .map(found -> found.group(1))).isNotEmpty().allMatch(String::isEmpty);
    }

    @Test void it_says_where_the_node_takes_websockets() throws IOException {
        assertThat(get("/node.json")).endsWith("{\"sip\":\"ws://127.0.0.1:5068\"}\n");
    }

    /// A name of somebody else's that leads here is none of ours.
    @Test void who_asks_by_another_name_is_refused() throws IOException {
        for (var name : List.of("evil.example:" + port, "127.0.0.1", host + "\nHost: " + host))
            assertThat(Wire.say(port, "GET / HTTP/1.1\nHost: " + name + "\n\n"))
                    .startsWith("HTTP/1.1 403 ");
        assertThat(Wire.say(port, "GET / HTTP/1.1\nHost: LOCALHOST:" + port + "\n\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest @CsvSource({"GET /peers, 404", "GET /../phone.js, 400",
            "GET /%2e%2e/phone.js, 400", "GET /phone/phone.js, 404", "GET /a?b, 400",
            "GET /PhonePage.class, 404", "POST /, 405", "PUT /settings/policy, 405"})
    void nothing_else_is_there(String asked, int status) throws IOException {
        assertThat(Wire.say(port, asked + " HTTP/1.1\nHost: " + host
                + "\nContent-Length: 0\n\n")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test void before_the_node_is_there_it_says_so() throws IOException {
        try (var early = PhonePage.here(0)) {
            var at = URI.create(early.address());
            assertThat(Wire.say(at.getPort(), "GET / HTTP/1.1\nHost: " + at.getAuthority()
                    + "\n\n")).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test void a_port_that_is_taken_is_passed_over() {
        try (var other = PhonePage.here(port)) {
            assertThat(other.address()).startsWith("http://127.0.0.1:")
                    .isNotEqualTo(page.address());
        }
    }

    @Test void with_a_certificate_it_has_its_name_and_speaks_over_tls() throws Exception {
        var authority = new Authority();
        try (var secure = PhonePage.elsewhere(HERE, 0, authority.certify("localhost"))) {
            secure.ready(points("127.0.0.1"));
            var at = URI.create(secure.address());
            assertThat(secure.transport()).isEqualTo(Transport.WSS);
            assertThat(secure.origins()).containsExactly("https://localhost:" + at.getPort());
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", authority.certificate());
            var trust = javax.net.ssl.TrustManagerFactory.getInstance(
                    javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = javax.net.ssl.SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            try (var http = java.net.http.HttpClient.newBuilder().sslContext(context).build()) {
                assertThat(http.send(java.net.http.HttpRequest.newBuilder(
                        at.resolve("node.json")).build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString()).body())
                        .contains("wss://localhost:5069");
            }
        }
    }
}
