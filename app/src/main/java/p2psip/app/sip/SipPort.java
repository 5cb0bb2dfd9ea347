package p2psip.app.sip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3263.Locator;
import p2psip.std.rfc8489.BindingServer;

/// SIP on a host: opens its sockets, then carries between the host and a [Stack]. Who asks by STUN
/// from which address it is seen is answered, too.
///
/// A node, a registrar and a phone each have one, and give it those of the host's events whose id
/// says that they are its.
public final class SipPort implements Machine<SipPort.Input, SipPort.Output> {
    /// How many ports are tried when the one wished for is in use.
    static final int ATTEMPTS = 20;

    private static final int LAST_PORT = 65_535;

    /// Where to take in messages.
    ///
    /// @param places    port 0 is any that is free, the same for all; what is secure has the next
    /// @param otherPort whether other ports will do if one is in use: the next even ones
    /// @param domain    whose certificate is shown by what is secure; none: the address's
    /// @param origins   from where pages of browsers may come in by WebSocket, as their browser
    ///                  says it: `https://example.com`; who is no browser may
    /// @param calling   of the transports, those by which it only calls where it cannot listen: as
    ///                  by TLS who has no certificate
    public record Wish(List<InetSocketAddress> places, boolean otherPort,
            Set<Transport> transports, Optional<String> domain, Set<String> origins,
            Set<Transport> calling) {
        public Wish {
            places = List.copyOf(places);
            calling = Set.copyOf(calling);
            origins = Set.copyOf(origins);
            transports = Collections.unmodifiableSet(EnumSet.copyOf(transports));
        }

        public Wish(List<InetSocketAddress> places, boolean otherPort,
                Set<Transport> transports) {
            this(places, otherPort, transports, Optional.empty(), Set.of(), Set.of());
        }

        /// One port on each of some addresses.
        public Wish(List<InetAddress> addresses, int port, boolean otherPort,
                Set<Transport> transports) {
            this(addresses.stream().map(a -> new InetSocketAddress(a, port)).toList(), otherPort,
                    transports);
        }

        /// The same with a certificate.
        public Wish in(String domain) {
            return new Wish(places, otherPort, transports, Optional.of(domain), origins, calling);
        }

        /// The same for pages from there.
        public Wish from(Collection<String> pages) {
            return new Wish(places, otherPort, transports, domain, Set.copyOf(pages), calling);
        }

        /// The same, which calls by this also where it cannot listen.
        public Wish calling(Transport transport) {
            return new Wish(places, otherPort, transports, domain, origins, Set.of(transport));
        }
    }

    /// What can happen to it.
    public sealed interface Input {
        /// First of all: open the sockets.
        record Open() implements Input {}

        /// All sockets are open: this stands behind them. What comes before is dropped.
        ///
        /// @param others where messages come in that are none of the host's: the node's Links
        record Serve(Core core, List<ListeningPoint> others) implements Input {
            public Serve(Core core) { this(core, List.of()); }
        }

        /// A message by a Link, from the node of this address.
        record Message(InetSocketAddress remote, Bytes bytes) implements Input {}

        /// There is no Link to the node of this address.
        record Gone(InetSocketAddress remote) implements Input {}

        /// The host says something to this port.
        record Happened(Event event) implements Input {}

        /// A command for the core, once there is one.
        record Asked(Core.Command command) implements Input {}
    }

    /// What it asks for or tells.
    public sealed interface Output {
        /// For the host.
        record Do(Effect effect) implements Output {}

        /// Send a message by a Link to the node of this address.
        record Send(InetSocketAddress remote, Bytes message) implements Output {}

        /// An event of the core.
        record Told(Core.Event event) implements Output {}

        /// All sockets are open; to be answered by [Input.Serve].
        record Ready(List<ListeningPoint> points) implements Output {}

        /// The sockets cannot be opened: port in use, no such address ...
        record NotReady(InetSocketAddress wanted, String why) implements Output {}
    }

    private static final Pattern ORIGIN = Pattern.compile(
            "https?://[a-z0-9.-]+(:[0-9]+)?|https?://\\[[0-9a-f:]+](:[0-9]+)?");

    /// Whether a text is where a page may be from, as browsers write it.
    public static boolean isOrigin(String text) { return ORIGIN.matcher(text).matches(); }

    private static final BindingServer STUN = new BindingServer("p2psip", false);

    private final Wish wish;
    private final Id id;
    private final RandomGenerator random;
    private boolean traced;
    private final List<ListeningPoint> points = new ArrayList<>();
    private final WebSockets webSockets;
    private final FlowTests flowTests;
    private Optional<Stack> stack = Optional.empty();
    private int attempt;

    /// @param child which port of its node this is
    public SipPort(Wish wish, int child, RandomGenerator random, boolean traced) {
        this.wish = wish;
        this.id = new Id(Id.Part.SIP, child, 0);
        this.random = random;
        this.traced = traced;
        this.webSockets = new WebSockets(id, wish.origins, random);
        this.flowTests = new FlowTests(random);
    }

    /// Somebody listens to messages and states from now on, or nobody does any more.
    public void trace(boolean now) {
        traced = now;
        stack.ifPresent(s -> s.trace(now));
    }

    /// Whether a browser is at the other end of a flow.
    public boolean isPage(Flow flow) { return webSockets.isPage(flow.id()); }

    /// How many transactions there are.
    public int transactions() { return stack.map(Stack::transactions).orElse(0); }

    /// How many connections there are.
    public int connections() { return stack.map(Stack::connections).orElse(0); }

    @Override public Instant deadline() {
        return Timers.earliest(stack.map(Stack::deadline).orElse(Instant.MAX),
                webSockets.deadline(), flowTests.deadline());
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<>(said(webSockets.wake(now), now));
        out.addAll(tried(flowTests.wake(now), now));
        stack.ifPresent(s -> out.addAll(effects(s.wake(now), now)));
        return out;
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Open _ -> next();
            case Input.Serve(var core, var others) -> {
                var all = Stream.concat(points.stream(), others.stream()).toList();
                stack = Optional.of(new Stack(
                        all, core, new Locator(all, random), random, traced));
                yield List.of();
            }
            case Input.Message(var remote, var bytes) ->
                    tell(new Stack.Input.Message(remote, bytes), now);
            case Input.Gone(var remote) -> tell(new Stack.Input.Gone(remote), now);
            case Input.Asked(var command) -> tell(new Core.Input.Asked(command), now);
            case Input.Happened(var event) -> happened(event, now);
        };
    }

    private List<Output> happened(Event event, Instant now) {
        return switch (event) {
            case Event.Bound(_, var local) -> bound(local);
            case Event.NotBound(_, var wanted, var why) -> notBound(wanted, why);
            case Event.Datagram datagram -> datagram(datagram, now);
            case Event.Accepted(var flow, _, var local, var remote, var proven) -> accepted(
                    new Flow(transport(local), local, remote, flow.number()), proven, now);
            case Event.Connected(var flow, var way, var local, var remote, _)
                    when webSockets.has(flow.number()) -> said(webSockets.connected(
                            flow.number(), local, remote, name(way), now), now);
            case Event.Connected(var flow, _, _, _, _) ->
                    tell(new Stack.Input.Connected(flow.number()), now);
            case Event.Received(var flow, var bytes) when webSockets.has(flow.number()) ->
                    said(webSockets.received(flow.number(), bytes, now), now);
            case Event.Received(var flow, var bytes) ->
                    tell(new Stack.Input.Received(flow.number(), bytes), now);
            case Event.Closed(var flow, var why, var tls) -> {
                var out = new ArrayList<Output>();
                //  who runs this can do something about it, and else only sees a 503
                if (tls.isPresent()) out.add(note(new Trace.What.Remark(
                        Trace.Subject.SIP, "TLS is refused: " + why, "rfc5922#7.3")));
                out.addAll(webSockets.has(flow.number())
                        ? said(webSockets.closed(flow.number(), now), now)
                        : tell(new Stack.Input.Closed(flow.number()), now));
                yield out;
            }
            case Event.Answered(var question, var answer) ->
                    tell(new Stack.Input.Answered(question.number(), answer), now);
            case Event.Unreachable(_, var local, var remote) ->
                    tell(new Stack.Input.Unreachable(local, remote), now);
            case Event.Resolved _, Event.Routers _, Event.OfAssociation _, Event.OfWeb _,
                    Event.OfDisk _, Event.OfKeys _, Event.Heard _, Event.Command _ -> List.of();
        };
    }

    //= rfc5922#7.5-1,2 also for a proxy: clients as a server, servers as a client authenticates
    private List<Output> accepted(Flow flow, Optional<Proven> proven, Instant now) {
        return flow.transport().framed() ? said(webSockets.accepted(flow, now), now)
                : tell(new Stack.Input.Accepted(
                        flow.id(), flow.transport(), flow.local(), flow.remote(),
                        proven.map(SipPort::domains).orElse(List.of())), now);
    }

    private static List<String> domains(Proven proven) {
        return proven instanceof Proven.Name(_, var all) ? all : List.of();
    }

    /// Two protocols share the port: what is STUN begins with two bits of zero, no text does.
    private List<Output> datagram(Event.Datagram asked, Instant now) {
        //= rfc5626#5.4-1 STUN keep-alives are answered on the SIP port of UDP
        //= rfc5626#8-1,2 a limited STUN server on the same port: with XOR-MAPPED-ADDRESS
        var ask = STUN.answer(asked.bytes(), asked.remote());
        if (ask.isPresent()) return List.of(new Output.Do(
                new Effect.Datagram(asked.local(), asked.remote(), ask.get())));
        return p2psip.std.rfc8489.Message.isStun(asked.bytes())
                ? tried(flowTests.received(new FlowTests.Ends(
                        asked.local(), asked.remote()), asked.bytes(), now), now)
                : tell(new Stack.Input.Datagram(
                        asked.local(), asked.remote(), asked.bytes()), now);
    }

    private List<Output> tried(List<FlowTests.Output> outputs, Instant now) {
        var out = new ArrayList<Output>(outputs.size());
        for (var output : outputs) switch (output) {
            case FlowTests.Output.Send(var ends, var bytes) -> out.add(new Output.Do(
                    new Effect.Datagram(ends.local(), ends.remote(), bytes)));
            case FlowTests.Output.Tried(var ends, var mapped) -> out.addAll(tell(
                    new Stack.Input.Ponged(ends.local(), ends.remote(), mapped), now));
        }
        return out;
    }

    // Opening

    /// Asks for the next socket: all places by one transport, then by the other.
    private List<Output> next() {
        if (points.size() == wish.places.size() * wish.transports.size())
            return List.of(new Output.Ready(List.copyOf(points)));
        var place = wish.places.get(points.size() % wish.places.size());
        if (port(place) > LAST_PORT) return notBound(place, "there is no port beside it");
        //= rfc3261#18-3 UDP and TCP are there for all to choose
        //= rfc3261#18.2.1-1,3 the address, port and transport handed out, for UDP and TCP
        return List.of(open(new InetSocketAddress(place.getAddress(), port(place))));
    }

    private int port(InetSocketAddress place) {
        int plain = place.getPort() != 0 ? place.getPort() + 2 * attempt : points.isEmpty() ? 0
                : points.getFirst().address().getPort() - beside(points.getFirst().transport());
        return plain == 0 ? 0 : plain + beside(transport());
    }

    /// How far from the port of plain SIP another one is by default.
    private static int beside(Transport transport) {
        return switch (transport) {
            case UDP, TCP, LINK -> 0;
            case TLS -> 1;
            case WS -> 6;
            case WSS -> 7;
        };
    }

    private Transport transport() {
        return List.copyOf(wish.transports).get(points.size() / wish.places.size());
    }

    private Output open(InetSocketAddress local) {
        return new Output.Do(transport().connected()
                // who is in a browser has no certificate to choose
                ? new Effect.Listen(id, way(
                        transport(), local, wish.domain, !transport().framed()), local)
                : new Effect.Bind(id, local));
    }

    private static Way way(Transport transport, InetSocketAddress address,
            Optional<String> domain, boolean asks) {
        //= rfc3261#26.3.1-2 a UA too can initiate TLS
        //= rfc7118#9.1-1,2 secure WebSocket: TLS, in which the server's certificate is checked
        return transport.secure() ? new Way.Tls(domain.orElseGet(
                () -> HostName.text(address.getAddress())), asks,
                transport.framed() ? Way.Naming.USUAL : Way.Naming.SIP) : new Way.Tcp();
    }

    private static Optional<String> name(Way way) {
        return way instanceof Way.Tls(var domain, _, _) ? Optional.of(domain) : Optional.empty();
    }

    /// By what connections come in at this address.
    private Transport transport(InetSocketAddress local) {
        return points.stream().filter(point -> point.transport().connected()
                && point.address().equals(local)).findFirst().orElseThrow().transport();
    }

    private List<Output> bound(InetSocketAddress local) {
        var name = wish.domain.filter(_ -> transport().secure());
        points.add(new ListeningPoint(transport(), local,
                name.map(n -> n + ":" + local.getPort()).orElseGet(() -> HostName.text(local))));
        return next();
    }

    private List<Output> notBound(InetSocketAddress wanted, String why) {
        if (!points.isEmpty() && wish.calling.contains(transport())) return bound(wanted);
        var out = new ArrayList<Output>();
        for (var p : points) out.add(new Output.Do(new Effect.Unbind(p.address())));
        points.clear();
        boolean anyPort = wish.places.stream().anyMatch(p -> p.getPort() == 0);
        boolean again = (wish.otherPort || anyPort) && ++attempt < ATTEMPTS
                && wish.places.stream().allMatch(p -> port(p) <= LAST_PORT);
        if (again) out.addAll(next());
        else out.add(new Output.NotReady(wanted, why));
        return out;
    }

    // Carrying

    private List<Output> tell(Stack.Input input, Instant now) {
        return stack.map(s -> effects(s.handle(input, now), now)).orElse(List.of());
    }

    private List<Output> said(List<WebSockets.Output> outputs, Instant now) {
        var out = new ArrayList<Output>(outputs.size());
        for (var output : outputs) switch (output) {
            case WebSockets.Output.ToHost(var effect) -> out.add(new Output.Do(effect));
            case WebSockets.Output.ToStack(var input) -> out.addAll(tell(input, now));
        }
        return out;
    }

    private List<Output> effects(List<Stack.Output> outputs, Instant now) {
        var out = new ArrayList<Output>(outputs.size());
        for (var output : outputs) switch (output) {
            case Stack.Output.Write(long flow, var bytes) when webSockets.has(flow) ->
                    out.addAll(said(webSockets.write(flow, bytes, now), now));
            case Stack.Output.Ping(var local, var remote) -> out.addAll(tried(
                    flowTests.begin(new FlowTests.Ends(local, remote), now), now));
            case Stack.Output.Close(long flow) when webSockets.has(flow) ->
                    out.addAll(said(webSockets.close(flow, now), now));
            case Stack.Output other -> out.add(effect(other));
        }
        return out;
    }

    private Output effect(Stack.Output output) {
        return switch (output) {
            case Stack.Output.Ping _ -> throw new IllegalStateException("carried out above");
            case Core.Output.Told(var event) -> new Output.Told(event);
            case Stack.Output.SendDatagram(var local, var remote, var bytes) ->
                    new Output.Do(new Effect.Datagram(local, remote, bytes));
            case Stack.Output.SendMessage(var remote, var bytes) ->
                    new Output.Send(remote, bytes);
            case Stack.Output.Open(long flow, var transport, var remote, var domain) -> {
                if (transport.framed()) webSockets.opening(flow, transport);
                yield new Output.Do(new Effect.Open(
                        id.with(flow), way(transport, remote, domain, false), remote));
            }
            case Stack.Output.Write(long flow, var bytes) ->
                    new Output.Do(new Effect.Write(id.with(flow), bytes));
            case Stack.Output.Close(long flow) ->
                    new Output.Do(new Effect.Close(id.with(flow)));
            case Stack.Output.Query(long query, var question) ->
                    new Output.Do(new Effect.Query(id.with(query), question));
            case Stack.Output.Watch(var local, var remote, boolean matters) ->
                    new Output.Do(new Effect.Watch(local, remote, matters));
            case Stack.Output.Carried(boolean sent, var flow, var bytes) -> note(
                    new Trace.What.Message(sent, "SIP", flow.local(), flow.remote(),
                            summary(bytes), bytes.utf8()));
            case Core.Output.Changed(var machine, var state) ->
                    note(new Trace.What.State(machine, state));
            case Stack.Output.Remark(var text, var citation) ->
                    note(new Trace.What.Remark(Trace.Subject.SIP, text, citation));
        };
    }

    private static Output note(Trace.What what) {
        return new Output.Do(new Effect.Note(what));
    }

    private static String summary(Bytes bytes) {
        try {
            return Message.parse(bytes).summary();
        } catch (IllegalArgumentException e) {
            return "not SIP: " + bytes.size() + " bytes";
        }
    }
}
