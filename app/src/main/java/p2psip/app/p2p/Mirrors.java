package p2psip.app.p2p;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.why.OfWay;
import p2psip.std.*;
import p2psip.std.rfc8489.*;

/// Asks STUN servers from where they see this node, by the overlay's own socket: beside all else,
/// so that one that does not answer delays nothing.
final class Mirrors {
    /// Servers that are asked; more are not.
    static final int MAX = 4;

    /// How long after an answer a server is asked again, so that a router keeps the way open, and
    /// how long after there was none.
    static final Duration AGAIN = Duration.ofSeconds(25), LATER = Duration.ofMinutes(1);

    /// The number under which the first one's name is resolved; the others have those below.
    private static final long NUMBER = -10;

    private static final class Server {
        final Place place;
        Optional<InetSocketAddress> at = Optional.empty(), seen = Optional.empty();
        Optional<Client> client = Optional.empty();
        Instant next = Instant.MAX;

        Server(Place place) { this.place = place; }
    }

    private final Id ours;
    private final List<Server> servers;
    private final Journal journal;
    private final RandomGenerator random;

    /// @param ours whose part and child the effects have
    Mirrors(Id ours, List<Place> places, Journal journal, RandomGenerator random) {
        this.ours = ours;
        this.servers = places.stream().limit(MAX).map(Server::new).toList();
        this.journal = journal;
        this.random = random;
    }

    /// The socket is open.
    void open(Instant now) { servers.forEach(server -> server.next = now); }

    /// What they see, of those that have answered.
    List<Vantage.Seen> seen() {
        return servers.stream().flatMap(server -> server.seen.stream().map(as ->
                new Vantage.Seen(server.at.orElseThrow(), as))).toList();
    }

    Instant deadline() {
        var first = Instant.MAX;
        for (var server : servers) first = Timers.earliest(first,
                server.client.map(Client::deadline).orElse(server.next));
        return first;
    }

    /// @param socket the overlay's
    void wake(InetSocketAddress socket, Instant now) {
        for (int i = 0; i < servers.size(); i++) {
            var server = servers.get(i);
            if (server.client.isPresent()) said(server, socket, server.client.get().wake(now), now);
            else if (!server.next.isAfter(now)) {
                server.next = now.plus(LATER);
                server.place.literal().ifPresentOrElse(ip -> ask(server, ip, socket, now),
                        resolve(i, server.place));
            }
        }
    }

    private Runnable resolve(int i, Place place) {
        return () -> journal.act(new Effect.Resolve(ours.with(NUMBER - i), place.host()));
    }

    /// Whether it was one of them that was resolved.
    boolean resolved(Event.Resolved resolved, InetSocketAddress socket, Instant now) {
        long i = NUMBER - resolved.id().number();
        if (i < 0 || i >= servers.size()) return false;
        var server = servers.get((int) i);
        if (resolved.addresses().isEmpty()) failed(server, "the name has no address", now);
        else ask(server, resolved.addresses().getFirst(), socket, now);
        return true;
    }

    private void ask(Server server, InetAddress ip, InetSocketAddress socket, Instant now) {
        var at = new InetSocketAddress(ip, server.place.port());
        server.at = Optional.of(at);
        //= rfc8489#6.2-2 one request is outstanding to each server
        server.client = Optional.of(new Client(at, Message.BINDING, List.of(),
                new Authentication.None(), Timing.UDP, random));
        said(server, socket, server.client.get().wake(now), now);
    }

    /// Whether a datagram was the answer of one of them.
    boolean heard(InetSocketAddress from, Bytes datagram, InetSocketAddress socket, Instant now) {
        var asked = servers.stream().filter(server -> server.client.isPresent()
                && server.at.equals(Optional.of(from))).findFirst();
        asked.ifPresent(server -> said(server, socket, server.client.get().handle(
                new Client.Input.Received(from, datagram), now), now));
        return asked.isPresent();
    }

    private void said(Server server, InetSocketAddress socket, List<Client.Output> outputs,
            Instant now) {
        for (var output : outputs) switch (output) {
            case Client.Output.Send(var to, var bytes) ->
                    journal.act(new Effect.Datagram(socket, to, bytes));
            case Client.Output.Succeeded(var response) -> Client.mapped(response)
                    .ifPresentOrElse(as -> answered(server, as, now),
                            () -> failed(server, "an answer without an address", now));
            case Client.Output.Failed(_, var why) -> failed(server, why, now);
        }
    }

    private void answered(Server server, InetSocketAddress as, Instant now) {
        server.client = Optional.empty();
        server.next = now.plus(AGAIN);
        if (!server.seen.equals(Optional.of(as))) journal.fact(
                new OfWay.Stun("" + server.place, Optional.of(as), ""));
        server.seen = Optional.of(as);
    }

    private void failed(Server server, String why, Instant now) {
        server.client = Optional.empty();
        server.seen = Optional.empty();
        server.next = now.plus(LATER);
        journal.fact(new OfWay.Stun("" + server.place, Optional.empty(), why));
    }
}
