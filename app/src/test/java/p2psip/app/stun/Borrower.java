package p2psip.app.stun;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8656.*;

/// Somebody on a host who borrows an address of a TURN server, and tells what his client tells.
public final class Borrower implements Machine<Event, Effect> {
    private final InetSocketAddress server;
    private final Optional<Way> way;
    private final InetAddress self;
    private final TurnClient client;
    private InetSocketAddress local = new InetSocketAddress(0);
    private boolean begun, there;

    public Borrower(InetSocketAddress server, Optional<Way> way, InetAddress self, Credential user,
            RandomGenerator random) {
        this.server = server;
        this.way = way;
        this.self = self;
        this.client = new TurnClient(server, Wish.IPV4, new Authentication.LongTerm(user),
                way.isPresent() ? Timing.TCP : Timing.UDP, "test", random);
    }

    @Override public Instant deadline() {
        return !begun ? Instant.MIN : there ? client.deadline() : Instant.MAX;
    }

    @Override public List<Effect> wake(Instant now) {
        if (begun) return effects(client.wake(now));
        begun = true;
        return List.of(way.<Effect>map(w -> new Effect.Open(Id.PROGRAM, w, server))
                .orElseGet(() -> new Effect.Bind(Id.PROGRAM, new InetSocketAddress(self, 0))));
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Bound(_, var at) -> {
                local = at;
                there = true;
                yield List.of();
            }
            case Event.Connected _ -> {
                there = true;
                yield List.of();
            }
            case Event.Closed(_, var why, _) ->
                    effects(client.handle(new TurnClient.Input.TransportError(why), now));
            case Event.Datagram(_, _, var from, var bytes) ->
                    effects(client.handle(new TurnClient.Input.Received(from, bytes), now));
            case Event.Received(_, var bytes) ->
                    effects(client.handle(new TurnClient.Input.Received(server, bytes), now));
            case Event.Command(var command) ->
                    effects(client.handle((TurnClient.Input) command, now));
            default -> List.of();
        };
    }

    private List<Effect> effects(List<TurnClient.Output> outputs) {
        return outputs.stream().<Effect>map(output -> switch (output) {
            case TurnClient.Output.Send(var to, var bytes) -> way.isPresent()
                    ? new Effect.Write(Id.PROGRAM, bytes)
                    : new Effect.Datagram(local, to, bytes);
            default -> new Effect.Tell(output);
        }).toList();
    }
}
