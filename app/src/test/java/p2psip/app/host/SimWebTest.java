package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.app.host.HostContract.at;
import static p2psip.app.host.HostContract.id;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;

class SimWebTest extends WebContract {
    private final Network network = new Network(1);
    private final SimHost host = network.host("10.0.0.1"), web = network.host("10.0.0.2");

    {
        network.name("web.example", "10.0.0.2");
        network.site(at("10.0.0.2", 80), this::serve);
        network.site(at("10.0.0.2", 443), this::serve);
    }

    @Override String server() { return "http://web.example"; }

    @Override Host host() { return host; }

    private void serve(Effect.Http http, SimRequest request) {
        switch (http.url().getPath()) {
            case MUCH -> request.reply(200, "x".repeat(Host.REPLY + 1));
            case MISSING -> request.reply(404, "nothing here");
            case SILENT -> { }
            case LINES -> {
                for (var line : List.of("one", "", "three")) request.line(line);
                request.reply(200, "");
            }
            case ENDLESS -> tick(request);
            case LONG_LINE -> request.line("x".repeat(Host.REPLY_LINE + 1));
            case CUT -> {
                request.line("one");
                request.cut();
            }
            default -> request.reply(200, http.method() + " " + http.url().getPath()
                    + (http.url().getQuery() == null ? "" : "?" + http.url().getQuery())
                    + (http.body().isEmpty() ? "" : " " + http.body().utf8()));
        }
    }

    private void tick(SimRequest request) {
        if (!request.awaited()) return;
        request.line("tick");
        network.in(Duration.ofMillis(20), () -> tick(request));
    }

    private Event.OfWeb asked(String url) {
        var alice = new Strings(host, "alice of " + url);
        alice.pull(new Effect.Http(id(1), "GET", URI.create(url), Bytes.EMPTY,
                Duration.ofSeconds(5), false));
        return alice.hear(Event.OfWeb.class);
    }

    /// By the wire of half a millisecond: a round trip, and half of one each way; by TLS one more.
    @Test void a_request_takes_the_round_trips_of_what_carries_it() {
        for (int more : List.of(0, 1)) {
            var begin = network.now();
            if (more > 0) web.certify("web.example");
            asked((more > 0 ? "https" : "http") + "://web.example/");
            assertThat(Duration.between(begin.plus(Network.DNS), network.now()))
                    .isEqualTo(Duration.ofMillis(2 + more));
        }
    }

    @Test void a_server_that_does_not_prove_its_name_is_not_asked() {
        web.certify("other.example");
        assertThat(asked("https://web.example/")).isEqualTo(
                new Event.NoReply(id(1), "its certificate is not for web.example"));
    }

    @Test void who_is_cut_off_hears_nothing_and_lines_go_on_when_that_is_over() {
        var alice = new Strings(host, "alice");
        alice.pull(new Effect.Http(id(1), "GET", URI.create("http://web.example/endless"),
                Bytes.EMPTY, Duration.ofSeconds(5), true));
        alice.hear(Event.ReplyLine.class);
        network.cut(host);
        alice.rest(Duration.ofSeconds(1));
        assertThat(asked("http://web.example/")).isEqualTo(new Event.NoReply(id(1), "timed out"));
        assertThat(alice.rest(Duration.ZERO)).isEmpty();
        network.heal();
        assertThat(alice.hear(Event.OfWeb.class)).isInstanceOf(Event.ReplyLine.class);
    }
}
