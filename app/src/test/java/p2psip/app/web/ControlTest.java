package p2psip.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.host.*;
import p2psip.app.node.Question;
import p2psip.app.trace.Trace;

/// The server alone, over loopback, asked by bytes.
class ControlTest {
    @TempDir Path home;

    private final List<Question> asked = new CopyOnWriteArrayList<>();
    private final Events events = new Events().of(question -> {
        asked.add(question);
        return new Question.Reply.Agreed();
    });
    private final CountDownLatch begun = new CountDownLatch(Control.REQUESTS),
            go = new CountDownLatch(1);
    private Control control;
    private String token = "";

    /// A resource that answers with what it was asked.
    private record Echo(String path, List<Resource.Method> methods) implements Resource {
        @Override public Answer answer(Request request) {
            return new Values().with("method", request.method())
                    .with("variable", request.variable()).with("body", request.body()).answer();
        }
    }

    /// One that works until it may go on.
    private record Slow(CountDownLatch begun, CountDownLatch go) implements Resource {
        @Override public String path() { return "/slow"; }

        @Override public List<Method> methods() { return List.of(Method.GET); }

        @Override public Answer answer(Request request) {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new Refused(503, "interrupted");
            }
            return new Answer.Json(new JsonObject());
        }
    }

    /// A node that never answers.
    private static final Host.Line DEAF = new Host.Line() {
        @Override public void command(Object command) { }

        @Override public List<Object> told(Duration patience) { return List.of(); }

        @Override public Instant now() { return Instant.EPOCH; }

        @Override public boolean ended() { return false; }
    };

    @BeforeEach void open() throws IOException {
        control = new Control(home, 0, List.of(
                new Echo("/echo", List.of(Resource.Method.GET, Resource.Method.PUT)),
                new Echo("/echo/*", List.of(Resource.Method.GET)), new Slow(begun, go),
                new Calls(Asker.of(DEAF, Duration.ofMillis(10))), events));
        token = Files.readString(home.resolve(Plate.TOKEN)).strip();
    }

    @AfterEach void close() {
        go.countDown();
        control.close();
    }

    private String say(String text) throws IOException {
        return Wire.say(control.port(), text.replace("PORT", "" + control.port())
                .replace("TOKEN", "Authorization: Bearer " + token).replace("HALF",
                        "Authorization: Bearer " + token.substring(0, 20))
                .replace("LONG", "x".repeat(Control.BODY + 1)).replace("|", "\n"));
    }

    /// Each is answered at once: what is refused is not waited for.
    ///
    /// `HOST` is a good Host field, `TOKEN` a good Authorization field, `GOOD` both behind the
    /// version, `OURS` a good Origin, `|` the end of a line.
    @Timeout(8) @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
        "good; GET /echo GOOD||; 200",
        "by the other names; GET /echo HTTP/1.1|Host: localhost:PORT|TOKEN||; 200",
        "by the other family; GET /echo HTTP/1.1|Host: [::1]:PORT|TOKEN||; 200",
        "no token; GET /echo HTTP/1.1|HOST||; 401",
        "another token; GET /echo HTTP/1.1|HOST|Authorization: Bearer AAAA||; 401",
        "a part of it; GET /echo HTTP/1.1|HOST|HALF||; 401",
        "another scheme; GET /echo HTTP/1.1|HOST|Authorization: Basic AAAA||; 401",
        "two tokens; GET /echo GOOD|TOKEN||; 401",
        "no token, unknown path; GET /none HTTP/1.1|HOST||; 401",
        "no host; GET /echo HTTP/1.1|TOKEN||; 400",
        "two hosts; GET /echo HTTP/1.1|HOST|HOST|TOKEN||; 400",
        "a rebound name; GET /echo HTTP/1.1|Host: evil.example:PORT|TOKEN||; 403",
        "without our port; GET /echo HTTP/1.1|Host: 127.0.0.1|TOKEN||; 403",
        "another address; GET /echo HTTP/1.1|Host: 127.0.0.2:PORT|TOKEN||; 403",
        "a page of another site; GET /echo GOOD|Origin: http://x.example||; 403",
        "a page of no site; GET /echo GOOD|Origin: null||; 403",
        "another port's page; GET /echo GOOD|Origin: http://127.0.0.1:1||; 403",
        "two origins; GET /echo GOOD|OURS|OURS||; 403",
        "our own page; GET /echo GOOD|OURS||; 200",
        "cross-site; GET /echo GOOD|SITE: cross-site||; 403",
        "same-site; GET /echo GOOD|SITE: same-site||; 403",
        "same-origin; GET /echo GOOD|SITE: same-origin||; 200",
        "typed into the browser; GET /echo GOOD|SITE: none||; 200",
        "preflight; OPTIONS /echo HTTP/1.1|HOST|OURS|TOKEN||; 405",
        "unknown; GET /none GOOD||; 404",
        "the root; GET / GOOD||; 404",
        "below what has none; GET /slow/x GOOD||; 404",
        "too deep; GET /echo/x/y GOOD||; 404",
        "another method; DELETE /echo GOOD||; 405",
        "another method of one; PUT /echo/x GOOD|LENGTH: 0||; 405",
        "no method; get /echo GOOD||; 405",
        "one of them; GET /echo/sip:a@b GOOD||; 200",
        "two slashes; GET /echo//x GOOD||; 400",
        "a slash at the end; GET /echo/ GOOD||; 400",
        "two at the beginning; GET //echo/x GOOD||; 400",
        "a host alone; GET //echo GOOD||; 404",
        "dots; GET /slow/../echo GOOD||; 400",
        "a dot; GET /./echo GOOD||; 400",
        "escaped dots; GET /slow/%2e%2e/echo GOOD||; 400",
        "escaped slash; GET /echo%2Fx GOOD||; 400",
        "escaped slash, small; GET /echo/%2fx GOOD||; 400",
        "escaped backslash; GET /echo/%5Cx GOOD||; 400",
        "escaped control; GET /echo/%00 GOOD||; 400",
        "a needless escape; GET /%65cho GOOD||; 400",
        "half an escape; GET /echo/%2 GOOD||; 400",
        "a bad octet; GET /echo/%FF GOOD||; 400",
        "a needful escape; GET /echo/%C3%A4 GOOD||; 200",
        "a query; GET /echo?x GOOD||; 400",
        "a whole address; GET http://127.0.0.1:PORT/echo GOOD||; 400",
        "a body; PUT /echo GOOD|LENGTH: 2||{}; 200",
        "too long a body; PUT /echo GOOD|LENGTH: 65537||; 413",
        "far too long a body; PUT /echo GOOD|LENGTH: 999999999999||; 413",
        "too long, in pieces; PUT /echo GOOD|CHUNKED||10001|LONG|0||; 413",
        "no JSON; PUT /echo GOOD|LENGTH: 4||{x:1; 400",
        "no object; PUT /echo GOOD|LENGTH: 2||[]; 400",
        "nothing; PUT /echo GOOD|LENGTH: 0||; 400",
        "no UTF-8; PUT /echo GOOD|LENGTH: 9||{\"a\":\"\u00ff\"}; 400",
        "more than one; PUT /echo GOOD|LENGTH: 4||{}{}; 400",
        "a name twice; PUT /echo GOOD|LENGTH: 13||{\"a\":1,\"a\":2}; 400",
        "a deaf node; GET /calls GOOD||; 504",
        "no HTTP; hello|HOST|TOKEN||; 400",
        "another HTTP; GET /echo HTTP/9.9|HOST|TOKEN||; 200",
        "no such length; PUT /echo GOOD|LENGTH: -5||; 400",
        "an unknown coding; PUT /echo GOOD|Transfer-Encoding: gzip||; 501"})
    void each_request_has_its_status(String name, String request, int status) throws IOException {
        var answer = say(request.replace("GOOD", "HTTP/1.1|HOST|TOKEN")
                .replace("HOST", "Host: 127.0.0.1:PORT").replace("SITE", "Sec-Fetch-Site")
                .replace("LENGTH", "Content-Length")
                .replace("OURS", "Origin: http://127.0.0.1:PORT")
                .replace("CHUNKED", "Transfer-Encoding: chunked"));
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ")
                .doesNotContainIgnoringCase("Access-Control").doesNotContain(token);
        boolean ours = !answer.contains("Content-Type: text/html");
        if (ours) assertThat(answer).containsIgnoringCase("Content-type: application/json\r\n")
                .contains("Cache-control: no-store\r\n", "X-content-type-options: nosniff\r\n",
                        "Connection: close\r\n");
        if (ours && status != 200) assertThat(answer).matches("(?s).*\\{\"error\":\"[^\\n]*\"}\n");
        if (status == 405) assertThat(answer).contains("Allow: ");
        if (status == 401) assertThat(answer).containsIgnoringCase("WWW-Authenticate: Bearer");
    }

    private String get(String path) {
        return "GET " + path + " HTTP/1.1|Host: 127.0.0.1:PORT|TOKEN||";
    }

    @Test void what_is_in_the_path_and_the_body_arrives() throws IOException {
        assertThat(say(get("/echo/sip:%C3%A4@example.com")))
                .endsWith("{\"method\":\"get\",\"variable\":\"sip:ä@example.com\",\"body\":{}}\n");
        assertThat(say("PUT /echo HTTP/1.1|Host: 127.0.0.1:PORT|TOKEN|Transfer-Encoding: chunked||"
                + "3|{\"a|5|\":1}||0||")).doesNotContain("500");
        assertThat(say("PUT /echo HTTP/1.1|Host: 127.0.0.1:PORT|TOKEN|Transfer-Encoding: chunked||"
                + "3|{\"a|4|\":1}|0||")).endsWith("\"body\":{\"a\":1}}\n");
    }

    /// A second request in the same bytes is never answered.
    @Test void a_connection_carries_one_request() throws IOException {
        assertThat(say(get("/echo") + get("/echo")).split("HTTP/1.1 ")).hasSize(2);
    }

    @Test void it_listens_on_loopback_alone() throws IOException {
        var elsewhere = RealHost.Options.of(Optional.empty()).addresses().stream()
                .filter(a -> !a.isLoopbackAddress()).findFirst();
        assertThat(elsewhere.map(this::answers)).isNotEqualTo(Optional.of(true));
        assertThat(answers(InetAddress.ofLiteral("127.0.0.2"))).isFalse();
    }

    private boolean answers(InetAddress at) {
        try (var _ = new Socket(at, control.port())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test void the_plate_is_for_its_owner_and_goes_with_the_node() throws IOException {
        assertThat(token).matches("[\\w-]{43}");
        for (var name : List.of(Plate.TOKEN, Plate.PORT))
            assertThat(PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(home.resolve(name)))).isEqualTo("rw-------");
        assertThat(Plate.read(home)).contains(new Plate(control.port(), token));
        assertThat("" + Plate.read(home) + new Token(new SplittableRandom(1)))
                .doesNotContain(token, new Token(new SplittableRandom(1)).text());
        control.close();
        assertThat(home).isEmptyDirectory();
    }

    @Test void each_start_has_another_token_and_a_taken_port_is_no_hindrance(@TempDir Path other)
            throws IOException {
        try (var second = new Control(other, control.port(), List.of())) {
            assertThat(second.port()).isNotEqualTo(control.port());
            assertThat(Files.readString(other.resolve(Plate.TOKEN)).strip()).isNotEqualTo(token);
        }
    }

    @Test void many_at_once_are_told_so_and_then_there_is_room_again() throws Exception {
        var busy = new ArrayList<Socket>();
        for (int i = 0; i < Control.REQUESTS; i++)
            busy.add(Wire.open(control.port(), request("/slow")));
        begun.await();
        assertThat(say(get("/echo"))).contains(" 503 ", "Retry-after: 1");
        go.countDown();
        for (var each : busy) {
            assertThat(new String(each.getInputStream().readAllBytes())).contains(" 200 ");
            each.close();
        }
        while (!say(get("/echo")).contains(" 200 ")) Thread.onSpinWait();
    }

    private String request(String path) {
        return get(path).replace("PORT", "" + control.port())
                .replace("TOKEN", "Authorization: Bearer " + token).replace("|", "\n");
    }

    @Test void who_does_not_finish_asking_is_in_nobodys_way() throws IOException {
        var slow = new ArrayList<Socket>();
        for (int i = 0; i < 40; i++) slow.add(Wire.open(control.port(), "GET /echo HT"));
        assertThat(say(get("/echo"))).contains(" 200 ");
        for (var each : slow) each.close();
    }

    private static Trace remark(String text) {
        return new Trace("node", Instant.EPOCH,
                new Trace.What.Remark(Trace.Subject.SIP, text, "rfc3261#17"));
    }

    @Test void what_happens_is_told_to_who_listens_without_secrets() throws IOException {
        events.accept(remark("nobody listens"));
        try (var socket = Wire.open(control.port(), request("/events"))) {
            var in = socket.getInputStream();
            assertThat(Wire.until(in, ": listening\n\n")).contains("text/event-stream",
                    "Cache-control: no-store");
            events.accept(remark("dropped"));
            assertThat(Wire.until(in, "\n\n")).contains("id: 1\nevent: remark\ndata: {\"at\":"
                    + "\"1970-01-01T00:00:00Z\",\"node\":\"node\",\"about\":\"sip\",\"text\":"
                    + "\"dropped\",\"citation\":\"rfc3261#17\"}\n\n");
            var at = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5062);
            events.accept(new Trace("node", Instant.EPOCH, new Trace.What.Sealed(
                    p2psip.std.Bytes.utf8("sealed"), p2psip.std.Bytes.utf8("open"))));
            events.accept(new Trace("node", Instant.EPOCH, new Trace.What.Message(true, "SIP", at,
                    at, "REGISTER sip:b", """
                    REGISTER sip:b SIP/2.0
                    Authorization: Digest username="alice", response="5ec3e7"

                    """)));
            assertThat(Wire.until(in, "\n\n")).contains("id: 2\nevent: message",
                    "username=\\\"alice\\\"").doesNotContain("5ec3e7", "sealed");
            assertThat(asked).containsExactly(new Question.Watch(true));
            control.close();
            assertThat(new String(in.readAllBytes())).doesNotContain("event", "data");
        }
    }

    @Test void so_many_may_listen_and_one_more_is_told_so() throws IOException {
        var all = new ArrayList<Socket>();
        for (int i = 0; i < Events.STREAMS; i++) {
            all.add(Wire.open(control.port(), request("/events")));
            Wire.until(all.getLast().getInputStream(), ": listening");
        }
        assertThat(say(get("/events"))).contains(" 503 ");
        assertThat(say(get("/echo"))).contains(" 200 ");
        all.removeFirst().close();
        for (int i = 0; events.size() == Events.STREAMS; i++) events.accept(remark("beat " + i));
        all.add(Wire.open(control.port(), request("/events")));
        Wire.until(all.getLast().getInputStream(), ": listening");
        for (var each : all) each.close();
        while (events.size() > 0) events.accept(remark("beat"));
        while (asked.size() < 2) Thread.onSpinWait();
        assertThat(asked).containsExactly(new Question.Watch(true), new Question.Watch(false));
    }

    /// The node's thread never waits for who does not read: what is too much is not kept.
    @Test void who_reads_too_slowly_hears_that_he_has_missed_something() throws IOException {
        try (var socket = Wire.open(control.port(), request("/events"))) {
            var in = socket.getInputStream();
            Wire.until(in, ": listening\n\n");
            var text = "x".repeat(10_000);
            for (int i = 0; i < 3 * Events.WAITING; i++) events.accept(remark(text));
            var heard = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(heard).contains("event: lost\ndata: {\"why\":\"too slow: more than 1000"
                    + " events have waited\"}");
            assertThat(heard.split("event: remark")).hasSizeBetween(
                    Events.WAITING, 2 * Events.WAITING);
        }
    }
}
