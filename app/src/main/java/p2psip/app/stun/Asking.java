package p2psip.app.stun;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc8489.Attribute.Software;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8656.StreamFraming;

/// Asks a STUN server by which address it sees us, tells the answer, and ends: finds the server's
/// address, binds a socket or opens a stream, and is a client of RFC 8489 there.
public final class Asking implements Machine<Event, Effect> {
    /// What it tells: the address, or why there is none.
    public record Answer(Optional<InetSocketAddress> mapped, String why) {}

    /// Whom to ask.
    ///
    /// @param host the server's name or address
    /// @param way  nothing for UDP
    public record Server(String host, int port, Optional<Way> way) {}

    private final Server wanted;
    private final Approach approach;
    private final Authentication authentication;
    private final RandomGenerator random;
    private Optional<Client> client = Optional.empty();
    private InetSocketAddress server = new InetSocketAddress(0), local = server;
    private StreamFraming framing = StreamFraming.ofStun();
    private long flow;

    /// By UDP.
    public Asking(String host, int port, Authentication authentication, RandomGenerator random) {
        this(new Server(host, port, Optional.empty()), authentication, random);
    }

    public Asking(Server server, Authentication authentication, RandomGenerator random) {
        this.wanted = server;
        this.approach = new Approach(server.host, server.port);
        this.authentication = authentication;
        this.random = random;
    }

    @Override public Instant deadline() {
        return client.map(Client::deadline).orElseGet(approach::deadline);
    }

    @Override public List<Effect> wake(Instant now) {
        return client.isPresent() ? effects(client.get().wake(now)) : approach.begin();
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Resolved resolved -> approach.found(resolved).map(this::reach)
                    .orElseGet(() -> end(new Answer(Optional.empty(), Approach.NOWHERE)));
            case Event.NotBound(_, _, var why) -> end(new Answer(Optional.empty(), why));
            case Event.Bound(_, var bound) -> {
                local = bound;
                yield begin(Timing.UDP, now);
            }
            case Event.Datagram(_, _, var from, var bytes) -> received(from, bytes, now);
            case Event.Connected _ when client.isEmpty() -> begin(Timing.TCP, now);
            case Event.Received(var id, var bytes) when id.equals(id()) -> {
                var effects = new ArrayList<Effect>();
                for (var message : framing.feed(bytes))
                    effects.addAll(received(server, message, now));
                if (framing.broken()) effects.addAll(failed("an answer that is no STUN", now));
                yield effects;
            }
            //= rfc8489#6.2.2¶4 no connection, or its end before an answer: the request has failed
            case Event.Closed(var id, var why, _) when id.equals(id()) -> failed(why, now);
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> List.of();
        };
    }

    private Id id() { return Id.PROGRAM.with(flow); }

    private List<Effect> reach(InetSocketAddress at) {
        server = at;
        //= rfc8489#6.2.2¶1 the client opens the connection, which carries STUN alone
        return List.of(wanted.way.<Effect>map(way -> new Effect.Open(id(), way, at))
                .orElseGet(() -> Approach.bind(id(), at)));
    }

    private List<Effect> begin(Timing timing, Instant now) {
        //= rfc8489#6.2-2 one transaction is outstanding to the server, of ten
        client = Optional.of(new Client(server, Message.BINDING,
                //= rfc8489#6.1-3 requests say which SOFTWARE they are from
                //= rfc8489#14.14-1 its manufacturer and version
                // twelve bytes: servers of RFC 3489 do not read what needs padding
                List.of(new Software("p2psip 0.1.0")), authentication, timing, random));
        return effects(client.get().wake(now));
    }

    private List<Effect> received(InetSocketAddress from, Bytes message, Instant now) {
        return client.map(c -> effects(
                c.handle(new Client.Input.Received(from, message), now))).orElse(List.of());
    }

    private List<Effect> failed(String why, Instant now) {
        return client.map(c -> effects(
                c.handle(new Client.Input.TransportError(why), now)))
                .orElseGet(() -> end(new Answer(Optional.empty(), why)));
    }

    private List<Effect> effects(List<Client.Output> outputs) {
        return outputs.stream().flatMap(output -> switch (output) {
            case Client.Output.Send(var to, var bytes) -> send(to, bytes);
            case Client.Output.Succeeded(var response) -> {
                var mapped = Client.mapped(response);
                yield end(new Answer(mapped, "an answer without an address")).stream();
            }
            case Client.Output.Failed(int code, var why) -> end(new Answer(Optional.empty(),
                    code == 0 ? why : code + " " + why)).stream();
        }).toList();
    }

    /// The same server is asked by the same stream, another one by a new one.
    private Stream<Effect> send(InetSocketAddress to, Bytes bytes) {
        if (wanted.way.isEmpty()) return Stream.of(new Effect.Datagram(local, to, bytes));
        //= rfc8489#6.2.2-4 open until there is no more to ask
        if (to.equals(server)) return Stream.of(new Effect.Write(id(), bytes));
        var old = id();
        flow++;
        server = to;
        framing = StreamFraming.ofStun();
        return Stream.of(new Effect.Close(old), new Effect.Open(id(), redirected(), to),
                new Effect.Write(id(), bytes));
    }

    private Way redirected() {
        return switch (wanted.way.orElseThrow()) {
            //= rfc8489#10-6,7 the certificate of another server is for the domain that was said
            //= rfc8489#10-8 or, if none was, for the same domain as that of the first
            case Way.Tls(var domain, _, _) -> new Way.Tls(
                    client.flatMap(Client::alternateDomain).orElse(domain));
            case Way.Tcp tcp -> tcp;
            case Way.Keyed keyed -> keyed;
        };
    }

    private static List<Effect> end(Answer answer) {
        return List.of(new Effect.Tell(answer), new Effect.Exit());
    }
}
