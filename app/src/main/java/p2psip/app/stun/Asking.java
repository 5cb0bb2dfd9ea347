package p2psip.app.stun;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.Machine;
import p2psip.std.rfc8489.Attribute.Software;
import p2psip.std.rfc8489.*;

/// Asks a STUN server by which address it sees us, tells the answer, and ends: finds the server's
/// address, binds a socket, and is a client of RFC 8489 there.
public final class Asking implements Machine<Event, Effect> {
    /// What it tells: the address, or why there is none.
    public record Answer(Optional<InetSocketAddress> mapped, String why) {}

    private final String host;
    private final int port;
    private final Authentication authentication;
    private final RandomGenerator random;
    private Optional<Client> client = Optional.empty();
    private InetSocketAddress server = new InetSocketAddress(0), local = server;
    private Instant begin = Instant.MIN;

    /// @param host the server's name or address
    public Asking(String host, int port, Authentication authentication, RandomGenerator random) {
        this.host = host;
        this.port = port;
        this.authentication = authentication;
        this.random = random;
    }

    @Override public Instant deadline() { return client.map(Client::deadline).orElse(begin); }

    @Override public List<Effect> wake(Instant now) {
        if (client.isPresent()) return effects(client.get().wake(now));
        begin = Instant.MAX;
        return List.of(new Effect.Resolve(Id.PROGRAM, host));
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Resolved(_, var addresses) when addresses.isEmpty() ->
                    end(new Answer(Optional.empty(), "no address is known for that name"));
            case Event.Resolved(_, var addresses) -> {
                server = new InetSocketAddress(addresses.getFirst(), port);
                var any = addresses.getFirst() instanceof Inet6Address ? "::" : "0.0.0.0";
                yield List.of(new Effect.Bind(Id.PROGRAM,
                        new InetSocketAddress(InetAddress.ofLiteral(any), 0)));
            }
            case Event.NotBound(_, _, var why) -> end(new Answer(Optional.empty(), why));
            case Event.Bound(_, var bound) -> {
                local = bound;
                //= rfc8489#6.2-2 one transaction is outstanding to the server, of ten
                client = Optional.of(new Client(server, Message.BINDING,
                        //= rfc8489#6.1-3 requests say which SOFTWARE they are from
                        //= rfc8489#14.14-1 its manufacturer and version
                        // twelve bytes: servers of RFC 3489 do not read what needs padding
                        List.of(new Software("p2psip 0.1.0")), authentication, Timing.UDP,
                        random));
                yield effects(client.get().wake(now));
            }
            case Event.Datagram(_, _, var from, var bytes) -> effects(client.orElseThrow()
                    .handle(new Client.Input.Received(from, bytes), now));
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> List.of();
        };
    }

    private List<Effect> effects(List<Client.Output> outputs) {
        return outputs.stream().flatMap(output -> switch (output) {
            case Client.Output.Send(var to, var bytes) ->
                    Stream.of(new Effect.Datagram(local, to, bytes));
            case Client.Output.Succeeded(var response) -> {
                var mapped = Client.mapped(response);
                yield end(new Answer(mapped, "an answer without an address")).stream();
            }
            case Client.Output.Failed(int code, var why) -> end(new Answer(Optional.empty(),
                    code == 0 ? why : code + " " + why)).stream();
        }).toList();
    }

    private static List<Effect> end(Answer answer) {
        return List.of(new Effect.Tell(answer), new Effect.Exit());
    }
}
