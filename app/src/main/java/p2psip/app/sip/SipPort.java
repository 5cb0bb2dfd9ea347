package p2psip.app.sip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
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
/// A node, a registrar and a phone each have one, and give it those of the host's events that it
/// [#owns].
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

        /// The host says something that this port [SipPort#owns].
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

    /// Numbers of flows and questions that belong to one port.
    private static final long RANGE = 1L << 40;

    private static final BindingServer STUN = new BindingServer("p2psip", false);

    private final Wish wish;
    private final long first;
    private final Function<List<ListeningPoint>, Stack> maker;
    private final List<ListeningPoint> points = new ArrayList<>();
    private final Set<Long> accepted = new HashSet<>();
    /// None until the sockets are open, and one from then on.
    private final List<Stack> stack = new ArrayList<>(1);
    private int attempt;

    /// @param number of this port on its node, from 1: its flows and questions are told by it
    /// @param core   makes the core when it is known where this port listens
    public SipPort(Wish wish, int number, Function<List<ListeningPoint>, Core> core,
            TimerValues times, RandomGenerator random, boolean traced) {
        this.wish = wish;
        this.first = number * RANGE;
        this.maker = points -> new Stack(points, core.apply(points), times, random, traced);
    }

    /// Whether an event of the host is for this port.
    public boolean owns(Event event) {
        return switch (event) {
            case Event.Datagram(var local, _, _) -> listensAt(Transport.UDP, local);
            case Event.Accepted(_, var local, _) -> listensAt(Transport.TCP, local);
            case Event.Bound(long id, _) -> ours(id);
            case Event.NotBound(long id, _, _) -> ours(id);
            case Event.Resolved(long id, _) -> ours(id);
            case Event.Connected(long flow, _, _) -> ours(flow);
            case Event.Received(long flow, _) -> ours(flow) || accepted.contains(flow);
            case Event.Closed(long flow, _) -> ours(flow) || accepted.contains(flow);
            default -> false;
        };
    }

    private boolean ours(long number) { return number >= first && number < first + RANGE; }

    private boolean listensAt(Transport transport, InetSocketAddress local) {
        for (var p : points)
            if (p.transport() == transport && p.address().equals(local)) return true;
        return false;
    }

    /// The answer to who asks by STUN from which address it is seen; nothing to all else. A node
    /// has other ports on which this is asked.
    public static Optional<Effect> stun(Event.Datagram asked) {
        return STUN.answer(asked.bytes(), asked.remote()).map(answer ->
                new Effect.Datagram(asked.local(), asked.remote(), answer));
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
            case Input.Asked(var command) -> tell(new Stack.Input.Asked(command), now);
            case Input.Happened(var event) -> happened(event, now);
        };
    }

    private List<Output> happened(Event event, Instant now) {
        return switch (event) {
            case Event.Bound(_, var local) -> bound(local);
            case Event.NotBound(_, var wanted, var why) -> notBound(wanted, why);
            case Event.Datagram datagram -> stun(datagram)
                    .map(answer -> List.<Output>of(new Output.Do(answer)))
                    .orElseGet(() -> tell(new Stack.Input.Datagram(datagram.local(),
                            datagram.remote(), datagram.bytes()), now));
            case Event.Accepted(long flow, var local, var remote) -> {
                accepted.add(flow);
                yield tell(new Stack.Input.Accepted(flow, local, remote), now);
            }
            case Event.Connected(long flow, _, _) ->
                    tell(new Stack.Input.Connected(inside(flow)), now);
            case Event.Received(long flow, var bytes) ->
                    tell(new Stack.Input.Received(inside(flow), bytes), now);
            case Event.Closed(long flow, _) -> {
                accepted.remove(flow);
                yield tell(new Stack.Input.Closed(inside(flow)), now);
            }
            case Event.Resolved(long id, var addresses) ->
                    tell(new Stack.Input.Resolved(inside(id), addresses), now);
            default -> throw new IllegalArgumentException("not for this port: " + event);
        };
    }

    /// Numbers of the host are negative; ours begin with the first of this port.
    private long inside(long number) { return number < 0 ? number : number - first; }

    private long outside(long number) { return number < 0 ? number : number + first; }

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
        return new Output.Do(transport() == Transport.UDP ? new Effect.Bind(first, local)
                : new Effect.Listen(first, local));
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
            case Stack.Output.Told(var event) -> new Output.Told(event);
            case Stack.Output.SendDatagram(var local, var remote, var bytes) ->
                    new Output.Do(new Effect.Datagram(local, remote, bytes));
            case Stack.Output.Open(long flow, var remote) ->
                    new Output.Do(new Effect.Open(outside(flow), remote));
            case Stack.Output.Write(long flow, var bytes) ->
                    new Output.Do(new Effect.Write(outside(flow), bytes));
            case Stack.Output.Close(long flow) ->
                    new Output.Do(new Effect.Close(outside(flow)));
            case Stack.Output.ResolveName(long id, var name) ->
                    new Output.Do(new Effect.Resolve(outside(id), name));
            case Stack.Output.Carried(boolean sent, var flow, var bytes) -> note(
                    new Trace.What.Message(sent, "SIP", flow.local(), flow.remote(),
                            summary(bytes), bytes.utf8()));
            case Stack.Output.Changed(var machine, var state) ->
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
