package p2psip.app.sip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.Id;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;
import p2psip.std.Machine;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.ListeningPoint;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Stack;
import p2psip.std.rfc3261.TimerValues;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc8489.BindingServer;

/// SIP on a host: opens its sockets, then carries between the host and a [Stack]. Who asks by STUN
/// from which address it is seen is answered, too.
///
/// A node, a registrar and a phone each have one, and give it those of the host's events whose id
/// says that they are its.
public final class SipPort implements Machine<SipPort.Input, SipPort.Output> {
    /// How many ports are tried when the one wished for is in use.
    static final int ATTEMPTS = 20;

    /// Where to take in messages.
    ///
    /// @param places    port 0 is any that is free, the same for all
    /// @param otherPort whether other ports will do if one is in use: the next even ones
    public record Wish(List<InetSocketAddress> places, boolean otherPort,
            Set<Transport> transports) {
        public Wish {
            places = List.copyOf(places);
            transports = Collections.unmodifiableSet(EnumSet.copyOf(transports));
        }

        /// One port on each of some addresses.
        public Wish(List<InetAddress> addresses, int port, boolean otherPort,
                Set<Transport> transports) {
            this(addresses.stream().map(a -> new InetSocketAddress(a, port)).toList(), otherPort,
                    transports);
        }
    }

    /// What can happen to it.
    public sealed interface Input {
        /// First of all: open the sockets.
        record Open() implements Input {}

        /// The host says something to this port.
        record Happened(Event event) implements Input {}

        /// A command for the core, once [Output.Ready] was heard.
        record Asked(Core.Command command) implements Input {}
    }

    /// What it asks for or tells.
    public sealed interface Output {
        /// For the host.
        record Do(Effect effect) implements Output {}

        /// An event of the core.
        record Told(Core.Event event) implements Output {}

        /// All sockets are open.
        record Ready(List<ListeningPoint> points) implements Output {}

        /// The sockets cannot be opened: port in use, no such address ...
        record NotReady(InetSocketAddress wanted, String why) implements Output {}
    }

    private static final BindingServer STUN = new BindingServer("p2psip", false);

    private final Wish wish;
    private final Id id;
    private final Function<List<ListeningPoint>, Stack> maker;
    private final List<ListeningPoint> points = new ArrayList<>();
    /// None until the sockets are open, and one from then on.
    private final List<Stack> stack = new ArrayList<>(1);
    private int attempt;

    /// @param child which port of its node this is
    /// @param core  makes the core when it is known where this port listens
    public SipPort(Wish wish, int child, Function<List<ListeningPoint>, Core> core,
            TimerValues times, RandomGenerator random, boolean traced) {
        this.wish = wish;
        this.id = new Id(Id.Part.SIP, child, 0);
        this.maker = points -> new Stack(points, core.apply(points), times, random, traced);
    }

    /// How many transactions there are.
    public int transactions() { return stack.stream().mapToInt(Stack::transactions).sum(); }

    /// How many connections there are.
    public int connections() { return stack.stream().mapToInt(Stack::connections).sum(); }

    @Override public Instant deadline() {
        return stack.isEmpty() ? Instant.MAX : stack.getFirst().deadline();
    }

    @Override public List<Output> wake(Instant now) {
        return stack.isEmpty() ? List.of() : effects(stack.getFirst().wake(now));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Open _ -> next();
            case Input.Asked(var command) -> tell(new Core.Input.Asked(command), now);
            case Input.Happened(var event) -> happened(event, now);
        };
    }

    private List<Output> happened(Event event, Instant now) {
        return switch (event) {
            case Event.Bound(_, var local) -> bound(local);
            case Event.NotBound(_, var wanted, var why) -> notBound(wanted, why);
            case Event.Datagram datagram -> datagram(datagram, now);
            case Event.Accepted(var flow, var local, var remote) ->
                    tell(new Stack.Input.Accepted(
                            flow.number(), Transport.TCP, local, remote), now);
            case Event.Connected(var flow, _, _) ->
                    tell(new Stack.Input.Connected(flow.number()), now);
            case Event.Received(var flow, var bytes) ->
                    tell(new Stack.Input.Received(flow.number(), bytes), now);
            case Event.Closed(var flow, _) ->
                    tell(new Stack.Input.Closed(flow.number()), now);
            case Event.Resolved(var question, var addresses) ->
                    tell(new Stack.Input.Resolved(question.number(), addresses), now);
            case Event.OfDisk _, Event.OfKeys _, Event.Heard _, Event.Command _ -> List.of();
        };
    }

    /// Two protocols share the port: what is STUN begins with two bits of zero, no text does.
    private List<Output> datagram(Event.Datagram asked, Instant now) {
        return STUN.answer(asked.bytes(), asked.remote()).map(answer -> List.<Output>of(
                new Output.Do(new Effect.Datagram(asked.local(), asked.remote(), answer))))
                .orElseGet(() -> tell(new Stack.Input.Datagram(asked.local(), asked.remote(),
                        asked.bytes()), now));
    }

    // Opening

    /// Asks for the next socket: all places by one transport, then by the other.
    private List<Output> next() {
        if (points.size() == wish.places.size() * wish.transports.size()) {
            stack.add(maker.apply(List.copyOf(points)));
            return List.of(new Output.Ready(List.copyOf(points)));
        }
        var place = wish.places.get(points.size() % wish.places.size());
        //= rfc3261#18-3 UDP and TCP are there for all to choose
        //= rfc3261#18.2.1-3 TCP listens on the port and interface of UDP
        return List.of(open(new InetSocketAddress(place.getAddress(), port(place))));
    }

    private int port(InetSocketAddress place) {
        if (place.getPort() != 0) return place.getPort() + 2 * attempt;
        return points.isEmpty() ? 0 : points.getFirst().address().getPort();
    }

    private Transport transport() {
        return List.copyOf(wish.transports).get(points.size() / wish.places.size());
    }

    private Output open(InetSocketAddress local) {
        return new Output.Do(transport() == Transport.UDP ? new Effect.Bind(id, local)
                : new Effect.Listen(id, local));
    }

    private List<Output> bound(InetSocketAddress local) {
        points.add(new ListeningPoint(transport(), local));
        return next();
    }

    private List<Output> notBound(InetSocketAddress wanted, String why) {
        var out = new ArrayList<Output>();
        for (var p : points) out.add(new Output.Do(new Effect.Unbind(p.address())));
        points.clear();
        boolean anyPort = wish.places.stream().anyMatch(p -> p.getPort() == 0);
        boolean again = (wish.otherPort || anyPort) && ++attempt < ATTEMPTS
                && wish.places.stream().allMatch(p -> port(p) < 65_536);
        if (again) out.addAll(next());
        else out.add(new Output.NotReady(wanted, why));
        return out;
    }

    // Carrying

    private List<Output> tell(Stack.Input input, Instant now) {
        return stack.isEmpty() ? List.of() : effects(stack.getFirst().handle(input, now));
    }

    private List<Output> effects(List<Stack.Output> outputs) {
        var out = new ArrayList<Output>(outputs.size());
        for (var output : outputs) out.add(switch (output) {
            case Core.Output.Told(var event) -> new Output.Told(event);
            case Stack.Output.SendDatagram(var local, var remote, var bytes) ->
                    new Output.Do(new Effect.Datagram(local, remote, bytes));
            case Stack.Output.Open(long flow, _, var remote, _) ->
                    new Output.Do(new Effect.Open(id.with(flow), remote));
            case Stack.Output.Write(long flow, var bytes) ->
                    new Output.Do(new Effect.Write(id.with(flow), bytes));
            case Stack.Output.Close(long flow) ->
                    new Output.Do(new Effect.Close(id.with(flow)));
            case Stack.Output.ResolveName(long question, var name) ->
                    new Output.Do(new Effect.Resolve(id.with(question), name));
            case Stack.Output.Carried(boolean sent, var flow, var bytes) -> note(
                    new Trace.What.Message(sent, "SIP", flow.local(), flow.remote(),
                            summary(bytes), bytes.utf8()));
            case Core.Output.Changed(var machine, var state) ->
                    note(new Trace.What.State(machine, state));
            case Stack.Output.Remark(var text, var citation) ->
                    note(new Trace.What.Remark(text, citation));
        });
        return out;
    }

    private static Output note(Trace.What what) {
        return new Output.Do(new Effect.Note(what));
    }

    /// One line for a ladder: `INVITE sip:bob@example.com`, `200 OK (INVITE)`.
    static String summary(Bytes bytes) {
        try {
            return switch (Message.parse(bytes)) {
                case Request request -> request.method() + " " + request.uri();
                case Response response -> response.status() + " " + response.reason() + " ("
                        + response.first("CSeq").orElse("").replaceAll("^\\S*\\s*", "") + ")";
            };
        } catch (IllegalArgumentException e) {
            return "not SIP: " + bytes.size() + " bytes";
        }
    }
}
