package p2psip.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.google.gson.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.*;
import p2psip.app.crypto.*;
import p2psip.app.dht.RingView;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;

/// The page of the console, over loopback, asked by bytes: what everybody on the machine may have,
/// and how it comes by the token.
class ConsolePageTest {
    @TempDir Path home, site;

    private Control control;
    private String token = "";

    @BeforeEach void open() throws IOException {
        control = new Control(home, 0, Stream.concat(ConsolePage.all().stream(), Stream.of(
                new SitePages(site), new Views(List.of("ring"), true))).toList());
        token = Files.readString(home.resolve(Plate.TOKEN)).strip();
    }

    @AfterEach void close() { control.close(); }

    private String say(String method, String path, String more, String body) throws IOException {
        return Wire.say(control.port(), method + " " + path + " HTTP/1.1\nHost: 127.0.0.1:"
                + control.port() + "\n" + more + (body.isEmpty() ? ""
                : "Content-Length: " + body.length() + "\n") + "\n" + body);
    }

    private String bearer() { return "Authorization: Bearer " + token + "\n"; }

    @ParameterizedTest @ValueSource(strings = {"/console", "/console/console.js",
        "/console/channel.js", "/console/dom.js", "/console/ring.js", "/console/calls.js",
        "/console/tables.js", "/console/stage.js", "/console/console.css", "/console/favicon.svg"})
    void its_files_are_there_for_who_has_no_token_and_may_do_little(String path)
            throws IOException {
        var answer = say("GET", path, "", "");
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("charset=utf-8",
                "Content-security-policy: default-src 'none'; script-src 'self';",
                "frame-ancestors 'none'", "X-content-type-options: nosniff",
                "Cross-origin-opener-policy: same-origin",
                "Cross-origin-resource-policy: same-origin", "Referrer-policy: no-referrer")
                .doesNotContain(token).doesNotContainIgnoringCase("Access-Control");
        //  what strangers have written never becomes markup
        assertThat(answer.replace("sets innerHTML", ""))
                .doesNotContain("innerHTML", "insertAdjacent", "document.write", "eval(");
    }

    @ParameterizedTest @ValueSource(strings = {"Origin: http://x.example\n", "Origin: null\n",
        "Sec-Fetch-Site: cross-site\n", "Sec-Fetch-Site: same-site\n"})
    void pages_of_other_sites_have_none_of_them(String field) throws IOException {
        for (var path : List.of("/console", "/console/ring.js", "/site/source/rfc3261/17.html"))
            assertThat(say("GET", path, field, "")).startsWith("HTTP/1.1 403 ");
        var ticket = ticket();
        assertThat(say("POST", "/enter", field, "{\"ticket\":\"" + ticket + "\"}"))
                .startsWith("HTTP/1.1 403 ").doesNotContain(token);
    }

    @Test void what_it_shows_needs_the_token() throws IOException {
        assertThat(say("GET", "/views", "", "")).startsWith("HTTP/1.1 401 ");
        assertThat(say("GET", "/views", bearer(), "")).contains(
                "{\"views\":[\"ring\"],\"site\":true}");
        assertThat(say("POST", "/tickets", "", "{}")).startsWith("HTTP/1.1 401 ");
        for (var path : List.of("/console/index.html", "/console/x", "/console/phone.js"))
            assertThat(say("GET", path, "", "")).startsWith("HTTP/1.1 404 ");
    }

    private String ticket() throws IOException {
        var address = JsonParser.parseString(say("POST", "/tickets", bearer(), "{}")
                .replaceFirst("(?s).*\r\n\r\n", "")).getAsJsonObject().get("address").getAsString();
        assertThat(address).startsWith("http://127.0.0.1:" + control.port() + "/console#")
                .doesNotContain(token);
        return address.replaceFirst(".*#", "");
    }

    @Test void a_ticket_is_good_once() throws IOException {
        var ticket = ticket();
        var body = "{\"ticket\":\"" + ticket + "\"}";
        assertThat(say("POST", "/enter", "Origin: http://127.0.0.1:" + control.port() + "\n", body))
                .startsWith("HTTP/1.1 200 ").contains("{\"token\":\"" + token + "\"}");
        assertThat(say("POST", "/enter", "", body)).startsWith("HTTP/1.1 403 ")
                .contains("that ticket was used").doesNotContain(token);
        assertThat(say("POST", "/enter", "", body.replace(ticket, token)))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test void a_ticket_is_good_for_ten_minutes_and_so_many_wait() {
        var now = new long[1];
        var entrance = new Entrance(new Token(new SplittableRandom(1)), "p",
                new SplittableRandom(2), () -> now[0]);
        var first = entrance.address();
        assertThat(enters(entrance, first)).isTrue();
        var late = entrance.address();
        now[0] = Entrance.GOOD.toNanos();
        assertThat(enters(entrance, late)).isFalse();
        var oldest = entrance.address();
        for (int i = 0; i < Entrance.TICKETS - 1; i++) entrance.address();
        var newest = entrance.address();
        assertThat(enters(entrance, oldest)).isFalse();
        assertThat(enters(entrance, newest)).isTrue();
    }

    private static boolean enters(Entrance entrance, String address) {
        var body = new Values().with("ticket", address.replaceFirst(".*#", "")).json();
        try {
            entrance.resources().getLast().answer(
                    new Resource.Request(Resource.Method.POST, "", body));
            return true;
        } catch (Refused e) {
            return false;
        }
    }

    @Test void the_annotated_pages_are_there_and_nothing_beside_them() throws IOException {
        Files.createDirectories(site.resolve("source/rfc3261"));
        Files.writeString(site.resolve("source/rfc3261/17.html"), "the rules");
        Files.writeString(home.resolve("secret.html"), "secret");
        Files.createSymbolicLink(site.resolve("out.html"), home.resolve("secret.html"));
        assertThat(say("GET", "/site/source/rfc3261/17.html", "", ""))
                .startsWith("HTTP/1.1 200 ").contains("text/html", "frame-ancestors 'none'")
                .endsWith("the rules");
        for (var path : List.of("/site/out.html", "/site/source/rfc3261/18.html", "/site/source",
                "/site/a/%2e%2e/out.html", "/site", "/site/source/rfc3261"))
            assertThat(say("GET", path, "", "")).doesNotContain("secret", " 200 ");
        Files.delete(site.resolve("out.html"));
    }

    /// A node that sees one other.
    private static Reply node(Question question) {
        return switch (question) {
            case Question.Peers _ -> new Reply.Peers(Optional.of(NodeId.of("me")),
                    Optional.empty(), true, List.of());
            case Question.Ring _ -> new Reply.Ring(new RingView(List.of(
                    new Peer(NodeId.of("you"), new InetSocketAddress(
                            InetAddress.ofLiteral("192.0.2.1"), 5062))), List.of(), 3));
            default -> new Reply.Declined("no");
        };
    }

    @Test void the_ring_is_as_the_node_sees_it() throws Exception {
        var all = RingShape.of(ConsolePageTest::node);
        var ring = "" + ((Resource.Answer.Json) all.getFirst().answer(new Resource.Request(
                Resource.Method.GET, "", new JsonObject()))).object();
        assertThat(ring).isEqualTo(("{\"self\":\"ME\",\"nodes\":[{\"id\":\"ME\",\"role\":\"self\","
                + "\"onRing\":true},{\"id\":\"YOU\",\"address\":\"192.0.2.1:5062\",\"role\":"
                + "\"super-node\",\"onRing\":true}]}").replace("ME", "" + NodeId.of("me"))
                .replace("YOU", "" + NodeId.of("you")));
        var seen = "" + ((Resource.Answer.Json) all.getLast().answer(new Resource.Request(
                Resource.Method.GET, "" + NodeId.of("me"), new JsonObject())))
                .object();
        assertThat(seen).contains("\"leaves\":[{\"id\":\"" + NodeId.of("you"), "\"records\":3");
        assertThatThrownBy(() -> all.getLast().answer(
                new Resource.Request(Resource.Method.GET, "" + NodeId.of("you"),
                        new JsonObject()))).isInstanceOf(Refused.class);
    }
}
