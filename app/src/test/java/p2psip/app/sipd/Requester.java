package p2psip.app.sipd;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// Sends a server what no phone would send, and tells the status of each answer, as `OPTIONS 200`.
final class Requester implements Machine<Event, Effect> {

    /// A command: send a request to the server.
    record Send(String method, String uri, List<Header> headers) implements Core.Command {
        Send(String method, String uri) { this(method, uri, List.of()); }
    }

    private record Heard(String line) implements Core.Event {}

    private final SipPort port;
    private final Function<ListeningPoint, Core> core;
    private boolean begun;

    Requester(Host.Room room, String user, InetSocketAddress server) {
        port = new SipPort(new SipPort.Wish(List.of(room.addresses().get(1)), 5060, true,
                EnumSet.of(Transport.UDP)), 1, room.random(), false);
        core = at -> new Client(user, at, Target.of(Transport.UDP, server), room.random());
    }

    @Override public Instant deadline() { return port.deadline(); }

    @Override public List<Effect> wake(Instant now) {
        if (begun) return effects(port.wake(now), now);
        begun = true;
        return effects(port.handle(new SipPort.Input.Open(), now), now);
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return effects(port.handle(event instanceof Event.Command(Core.Command command)
                ? new SipPort.Input.Asked(command) : new SipPort.Input.Happened(event), now), now);
    }

    private List<Effect> effects(List<SipPort.Output> outputs, Instant now) {
        return outputs.stream().map(o -> switch (o) {
            case SipPort.Output.Do(var effect) -> effect;
            case SipPort.Output.Told(Heard(var line)) -> new Effect.Tell(line);
            case SipPort.Output.Told(var foreign) -> throw new AssertionError(foreign);
            case SipPort.Output.Send send -> throw new AssertionError(send);
            case SipPort.Output.Ready(var points) -> {
                port.handle(new SipPort.Input.Serve(core.apply(points.getFirst())), now);
                yield new Effect.Tell("ready");
            }
            case SipPort.Output.NotReady(_, var why) -> new Effect.Tell(why);
        }).toList();
    }

    private record Client(String user, ListeningPoint point, Target server, RandomGenerator random)
            implements Core {
        @Override public Instant deadline() { return Instant.MAX; }

        @Override public List<Output> wake(Instant now) { return List.of(); }

        @Override public List<Output> handle(Input input, Instant now) {
            return switch (input) {
                case Input.Asked(Send(var method, var uri, var headers)) ->
                        List.of(new Output.Send(TransactionId.client(method, random),
                                request(method, uri, headers), server));
                case Input.Answered(var id, var response, _) when !response.provisional() ->
                        List.of(new Output.Told(
                                new Heard(id.method() + " " + response.status())));
                case Input.Failed(var id, var why) ->
                        List.of(new Output.Told(new Heard(id.method() + " " + why)));
                default -> List.of();
            };
        }

        private Request request(String method, String uri, List<Header> more) {
            var from = "<sip:" + user + "@example.com>";
            var usual = Stream.of(new Header("Max-Forwards", "70"),
                    new Header("Contact", "<sip:" + user + "@" + point.address().getHostString()
                            + ">"),
                    new Header("From", from + ";tag=" + Tokens.token(random)),
                    new Header("To", method.equals("REGISTER") ? from : "<" + uri + ">"),
                    new Header("Call-ID", Tokens.token(random)),
                    new Header("CSeq", "1 " + method));
            return new Request(method, uri, Stream.concat(usual.filter(header ->
                    more.stream().noneMatch(other -> other.name().equals(header.name()))),
                    more.stream()).toList(), Bytes.EMPTY);
        }
    }
}
