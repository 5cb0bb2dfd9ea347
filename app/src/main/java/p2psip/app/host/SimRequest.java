package p2psip.app.host;

import module java.base;
import p2psip.app.host.SimHost.Life;
import p2psip.std.Bytes;

/// A request from a simulated host to a [SimSite], and the reply to it: the round trips of TCP and
/// TLS, what the wire takes, and that either may never get there.
public final class SimRequest {
    private final SimHost host;
    private final Life life;
    private final Effect.Http http;
    private Optional<Network.Route> route = Optional.empty();
    private final Deque<Runnable> crossing = new ArrayDeque<>();
    private boolean begun, heldUp;
    private Instant lastArrival = Instant.MIN;

    SimRequest(SimHost host, Life life, Effect.Http http) {
        this.host = host;
        this.life = life;
        this.http = http;
        var network = host.network;
        network.in(http.patience(), () -> {
            if (!begun) end(new Event.NoReply(http.id(), "timed out"));
        });
        network.in(Network.DNS, () -> network.resolve(http.url().getHost()).stream().findFirst()
                .ifPresentOrElse(this::connect, () -> end(
                        new Event.NoReply(http.id(), "there is no such host"))));
    }

    private boolean secure() { return http.url().getScheme().equals("https"); }

    /// TCP has one round trip before anything is said, TLS one more.
    private void connect(InetAddress ip) {
        int port = http.url().getPort() >= 0 ? http.url().getPort() : secure() ? 443 : 80;
        var local = new InetSocketAddress(host.source(ip), host.freePort());
        route = host.network.route(host, local, new InetSocketAddress(ip, port));
        if (route.isEmpty()) return;   // nobody says anything
        var site = host.network.site(route.get().at());
        if (site.isEmpty()) after(2, () -> end(new Event.NoReply(http.id(), "no connection")));
        else if (secure() && route.get().there().shown(http.url().getHost()).isEmpty())
            after(4, () -> end(new Event.NoReply(http.id(), TlsFailure.OTHER_NAME.why(
                    http.url().getHost(), ""))));
        else after(secure() ? 5 : 3, () -> route.get().there().unlessPaused(
                () -> site.get().asked(http, this)));
    }

    /// After so many segments, if they all arrive.
    private void after(int segments, Runnable next) {
        if (segments == 0) next.run();
        else host.network.in(takes(), () -> {
            if (connected()) after(segments - 1, next);
        });
    }

    private Duration takes() { return route.orElseThrow().wire().segment(host.network.random()); }

    private boolean connected() {
        return host.network.connected(host, route.orElseThrow().there());
    }

    /// That there will be a reply, by lines.
    public void begin() { cross(() -> begun = true); }

    /// The whole reply, or the end of one by lines.
    public void reply(int status, String body) {
        var bytes = Bytes.utf8(body);
        cross(() -> end(bytes.size() > Host.REPLY
                ? new Event.NoReply(http.id(), Host.LONG_REPLY)
                : new Event.Replied(http.id(), status, bytes)));
    }

    /// One more line of a good reply.
    public void line(String line) {
        var bytes = Bytes.utf8(line);
        cross(() -> {
            begun = true;
            if (bytes.size() > Host.REPLY_LINE)
                end(new Event.NoReply(http.id(), Host.LONG_LINE));
            else host.tell(life, new Event.ReplyLine(http.id(), bytes));
        });
    }

    /// Its server has gone before the reply had ended.
    public void cut() { cross(() -> end(new Event.NoReply(http.id(), "reset by the peer"))); }

    /// Whether anybody still waits for more of it.
    public boolean awaited() { return life.requests.get(http.id()) == this; }

    private void cross(Runnable arrival) {
        crossing.add(arrival);
        pump();
    }

    /// In order, as a stream has it; what a partition holds up is sent again later.
    private void pump() {
        var network = host.network;
        while (awaited() && !crossing.isEmpty() && !heldUp) {
            if (!connected()) {
                heldUp = true;
                network.in(SimStream.AGAIN, () -> {
                    heldUp = false;
                    pump();
                });
                return;
            }
            var arrival = crossing.remove();
            var at = network.now().plus(takes());
            lastArrival = at.isAfter(lastArrival) ? at : lastArrival;
            network.at(lastArrival, () -> host.unlessPaused(() -> {
                if (awaited()) arrival.run();
            }));
        }
    }

    private void end(Event event) {
        if (life.requests.remove(http.id(), this)) host.tell(life, event);
    }
}
