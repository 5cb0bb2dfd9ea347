package p2psip.app.api;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.Domains;

/// A [Desk] on a host.
final class DeskNode implements Machine<Event, Effect> {
    /// Told when it takes in messages.
    record Ready(InetSocketAddress address) {}

    /// Told when it cannot, just before it ends.
    record NotReady(String why) {}

    private final List<String> domains;
    private final RandomGenerator random;
    private final SipPort port;
    private final Outbox<Effect> out = new Outbox<>();
    private boolean begun;

    DeskNode(InetSocketAddress at, List<String> domains, Host.Room room) {
        this.domains = List.copyOf(domains);
        this.random = room.random();
        port = new SipPort(new SipPort.Wish(List.of(at), false,
                EnumSet.of(Transport.UDP, Transport.TCP)), 0, random, false);
    }

    @Override public Instant deadline() { return begun ? port.deadline() : Instant.MIN; }

    @Override public List<Effect> wake(Instant now) {
        carry(begun ? port.wake(now) : port.handle(new SipPort.Input.Open(), now), now);
        begun = true;
        return out.take();
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        switch (event) {
            case Event.Command(Core.Command asked) -> {
                carry(port.handle(new SipPort.Input.Asked(asked), now), now);
                if (asked instanceof Desk.Close) out.add(new Effect.Exit());
            }
            default -> carry(port.handle(new SipPort.Input.Happened(event), now), now);
        }
        return out.take();
    }

    private void carry(List<SipPort.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case SipPort.Output.Do(var effect) -> out.add(effect);
            case SipPort.Output.Told(var event) -> out.add(new Effect.Tell(event));
            case SipPort.Output.Ready(var points) -> {
                carry(port.handle(new SipPort.Input.Serve(
                        new Desk(new Domains(points, domains), random)), now), now);
                out.add(new Effect.Tell(new Ready(points.getFirst().address())));
            }
            case SipPort.Output.Send send ->
                    throw new IllegalStateException("there are no Links here: " + send);
            case SipPort.Output.NotReady(var wanted, var why) -> {
                out.add(new Effect.Tell(new NotReady(HostName.text(wanted) + ": " + why)));
                out.add(new Effect.Exit());
            }
        }
    }
}
