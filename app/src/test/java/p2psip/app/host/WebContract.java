package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p2psip.app.host.HostContract.id;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;

/// What a node may rely on that asks servers of the web, whichever host it lives on.
abstract class WebContract {
    private static final Duration PATIENCE = Duration.ofSeconds(15), LITTLE = Duration.ofMillis(80);

    /// What the server does, by the path that it is asked for: an echo of what was sent, and
    static final String MUCH = "/much", MISSING = "/missing", SILENT = "/silent",
            LINES = "/lines", ENDLESS = "/endless", LONG_LINE = "/long", CUT = "/cut";

    /// How its address begins: `http://127.0.0.1:8080`.
    abstract String server();

    abstract Host host();

    private final AtomicLong ids = new AtomicLong();
    private Strings node;

    private Strings node() {
        if (node == null) node = new Strings(host(), "alice");
        return node;
    }

    private Effect.Http http(String method, String path, String body, Duration patience,
            boolean lines) {
        return new Effect.Http(id(ids.incrementAndGet()), method, URI.create(server() + path),
                Bytes.utf8(body), patience, lines);
    }

    private Event.OfWeb ask(Effect.Http http) {
        node().pull(http);
        return node().hear(Event.OfWeb.class);
    }

    private Event.OfWeb get(String path) { return ask(http("GET", path, "", PATIENCE, false)); }

    @Test void what_is_sent_gets_there_and_the_reply_comes_back() {
        var reply = (Event.Replied) ask(http("POST", "/echo?x=1", "hello, äöü", PATIENCE, false));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(Bytes.utf8("POST /echo?x=1 hello, äöü"));
    }

    @Test void a_refusal_is_a_reply_by_lines_too() {
        for (boolean lines : List.of(false, true)) {
            var reply = (Event.Replied) ask(http("GET", MISSING, "", PATIENCE, lines));
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.body()).isEqualTo(Bytes.utf8("nothing here"));
        }
    }

    @Test void a_server_that_is_silent_is_not_waited_for() {
        for (boolean lines : List.of(false, true))
            assertThat(ask(http("GET", SILENT, "", LITTLE, lines)))
                    .isEqualTo(new Event.NoReply(id(ids.get()), "timed out"));
    }

    @Test void a_reply_that_is_too_long_is_none() {
        assertThat(get(MUCH)).isEqualTo(new Event.NoReply(id(1),
                "the reply is longer than 1048576 bytes"));
    }

    @Test void lines_come_as_they_are_said_and_then_the_end() {
        var asked = http("GET", LINES, "", PATIENCE, true);
        node().pull(asked);
        for (var line : List.of("one", "", "three"))
            assertThat(node().hear(Event.ReplyLine.class))
                    .isEqualTo(new Event.ReplyLine(asked.id(), Bytes.utf8(line)));
        assertThat(node().hear(Event.Replied.class))
                .isEqualTo(new Event.Replied(asked.id(), 200, Bytes.EMPTY));
    }

    @Test void lines_without_end_are_heard_beyond_all_patience() {
        var asked = http("GET", ENDLESS, "", LITTLE, true);
        node().pull(asked);
        assertThat(node().hear(Event.OfWeb.class)).isInstanceOf(Event.ReplyLine.class);
        assertThat(node().rest(LITTLE.multipliedBy(3))).allMatch(Event.ReplyLine.class::isInstance);
    }

    @Test void of_what_was_abandoned_nothing_more_is_heard() {
        var asked = http("GET", ENDLESS, "", PATIENCE, true);
        node().pull(asked);
        node().hear(Event.ReplyLine.class);
        node().pull(new Effect.Abandon(asked.id()), new Effect.Abandon(id(77)));
        assertThat(get("/echo")).isInstanceOf(Event.Replied.class);
        assertThat(node().rest(LITTLE.multipliedBy(3))).isEmpty();
    }

    @Test void a_line_that_is_too_long_ends_it() {
        assertThat(ask(http("GET", LONG_LINE, "", PATIENCE, true))).isEqualTo(
                new Event.NoReply(id(1), "a line is longer than 65536 bytes"));
    }

    @Test void lines_that_are_cut_off_have_no_end() {
        node().pull(http("GET", CUT, "", PATIENCE, true));
        assertThat(node().hear(Event.ReplyLine.class).line()).isEqualTo(Bytes.utf8("one"));
        assertThat(node().hear(Event.OfWeb.class)).isInstanceOf(Event.NoReply.class);
    }

    @ParameterizedTest @CsvSource({"http://127.0.0.1:9/, no connection",
        "http://no-name-is-as-long-as-this-one-which-has-more-than-sixty-three-letters.invalid/,"
            + " there is no such host"})
    void what_cannot_be_asked_is_said_in_a_few_words(String url, String why) {
        var reply = (Event.NoReply) ask(new Effect.Http(id(1), "GET", URI.create(url), Bytes.EMPTY,
                PATIENCE, false));
        assertThat(reply.why()).isEqualTo(why);
    }

    @Test void what_is_not_of_the_web_cannot_be_asked_for() {
        for (var url : List.of("ftp://127.0.0.1/", "http:///key", "key"))
            assertThatThrownBy(() -> new Effect.Http(id(1), "GET", URI.create(url), Bytes.EMPTY,
                    PATIENCE, false)).hasMessage("not of the web: " + url);
    }

    @Test void more_requests_than_may_be_are_refused_until_others_have_ended() {
        var all = Stream.generate(() -> http("GET", SILENT, "", PATIENCE, false))
                .limit(Host.REQUESTS).toList();
        all.forEach(node()::pull);
        assertThat(get("/echo")).isEqualTo(
                new Event.NoReply(id(ids.get()), "too many requests at once"));
        node().pull(new Effect.Abandon(all.getFirst().id()));
        assertThat(get("/echo")).isInstanceOf(Event.Replied.class);
    }
}
