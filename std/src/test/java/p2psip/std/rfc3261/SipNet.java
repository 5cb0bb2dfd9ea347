package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc1035.Question;
import p2psip.std.rfc1035.ResourceRecord;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3263.Locator;
import p2psip.std.rfc5626.Outbound;

/// Phones and servers in a network that takes ten milliseconds for each message and loses nothing,
/// unless it is told to: what passes is a ladder. A host `p1` has the name `p1.example` in the DNS.
/// A name with a dot in it is that of a domain already: `atlanta.com`.
///
/// All speak one transport: UDP; or TCP, TLS, WS or WSS, whose streams may be cut into pieces, come
/// late and be reset. All have an address of IPv4, or all have one of IPv6.
public final class SipNet {
    static final Duration HOP = Duration.ofMillis(10);
    private static final Duration TTL = Duration.ofHours(1), STUN = Duration.ofMillis(39_500);

    /// A message that has passed.
    public record Passed(String from, String to, Message message) {
        @Override public String toString() {
            return from + " -> " + to + " " + switch (message) {
                case Request request -> request.method();
                case Response response -> "" + response.status();
            };
        }
    }

    record Host(String name, InetSocketAddress address, Stack stack,
            Consumer<Core.Event> heard) {}

    /// What arrives somewhere, some time; what arrives at the same time does so in its order.
    private record Flight(Instant at, long order, Runnable arrival) {}

    public final RandomGenerator random;

    /// The share of datagrams that are lost.
    public double loss;

    /// How much longer a datagram may take, so that others overtake it; or a piece of a stream,
    /// which then holds up those behind it.
    public Duration jitter = Duration.ZERO;

    /// As many bytes of a stream come at once.
    public int segment = Integer.MAX_VALUE;

    /// After so many messages the connection by which the last one came is reset.
    public int resetAfter = Integer.MAX_VALUE;

    /// When flows were tried.
    public final List<Instant> pings = new ArrayList<>();

    final Transport transport;
    private final boolean six;
    private final SequencedMap<String, Host> hosts = new LinkedHashMap<>();
    private final SequencedMap<String, List<String>> servers = new LinkedHashMap<>();
    private final Set<String> dead = new LinkedHashSet<>();
    private final PriorityQueue<Flight> air = new PriorityQueue<>(
            Comparator.comparing(Flight::at).thenComparing(Flight::order));
    private final Streams streams = new Streams(this);
    private final List<Passed> passed = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private long flights;
    private int port = 5060;

    public SipNet() { this(1); }

    public SipNet(long seed) { this(seed, Transport.UDP); }

    public SipNet(long seed, Transport transport) { this(seed, transport, false); }

    /// @param six whether the addresses are those of IPv6
    public SipNet(long seed, Transport transport, boolean six) {
        random = new SplittableRandom(seed);
        this.transport = transport;
        this.six = six;
    }

    /// A name in the DNS of several hosts that are added then, to be tried in this order.
    public void servers(String name, String... hosts) { servers.put(name, List.of(hosts)); }

    /// A host hears nothing any more, and says nothing; or does again.
    public void kill(String name) { dead.add(name); }

    public void revives(String name) { dead.remove(name); }

    /// From now on all are seen to come from another port: their NAT has forgotten them.
    public void forgets() { port++; }

    /// Puts a core there.
    public void add(String name, Function<Domains, Core> core, Consumer<Core.Event> heard) {
        var address = new InetSocketAddress(
                InetAddress.ofLiteral((six ? "2001:db8::" : "192.0.2.") + (hosts.size() + 1)),
                5060);
        var points = List.of(new ListeningPoint(transport, address));
        hosts.put(name, new Host(name, address, new Stack(points,
                core.apply(new Domains(points, domains(name))),
                new Locator(points, random), random, false), heard));
    }

    private List<String> domains(String host) {
        return Stream.concat(Stream.of(host), servers.keySet().stream()
                .filter(name -> servers.get(name).contains(host)))
                .map(SipNet::domain).toList();
    }

    /// What a host is called in the DNS.
    public static String domain(String name) {
        return name.contains(".") ? name : name + ".example";
    }

    /// Whether a certificate that a host has is for this name: its domains, or its address.
    boolean proves(Host host, String name) {
        return domains(host.name).contains(name)
                || HostName.literal(name).filter(host.address.getAddress()::equals).isPresent();
    }

    /// A proxy that registers nobody.
    public void proxy(String name, ProxyExtension... extensions) {
        add(name, domains -> new Proxy(domains, Guard.OPEN, List.of(extensions), false,
                Proxy.secret(random), random),
                event -> { throw new AssertionError(event); });
    }

    /// A registrar and proxy of the domain that has its name; what is registered is found at once.
    public Bindings home(String name, List<RegistrarExtension> registrar,
            List<ProxyExtension> proxy) {
        return home(name, registrar, domains -> new Proxy(
                domains, Guard.OPEN, proxy, false, Proxy.secret(random),
                random));
    }

    /// The same where both ask what is theirs.
    public Bindings home(String name, Function<Domains, List<RegistrarExtension>> registrar,
            BiFunction<Domains, RandomGenerator, Core> proxy) {
        var bindings = new Bindings();
        add(name, domains -> new Home(domains, bindings, new Registrar(domains, Limits.USUAL,
                Guard.OPEN, bindings, registrar.apply(domains), random),
                proxy.apply(domains, random)), event -> {
                    if (!(event instanceof LocationService.Event.Silent
                            || event instanceof LocationService.Event.Ended))
                        throw new AssertionError(event);
                });
        return bindings;
    }

    /// The same with another proxy.
    public Bindings home(
            String name, List<RegistrarExtension> registrar, Function<Domains, Core> proxy) {
        return home(name, registrar, Guard.OPEN, proxy);
    }

    /// The same with a guard before the registrar.
    public Bindings home(String name, List<RegistrarExtension> registrar, Guard guard,
            Function<Domains, Core> proxy) {
        var bindings = new Bindings();
        add(name, domains -> new Home(domains, bindings,
                new Registrar(domains, Limits.USUAL, guard, bindings, registrar, random),
                proxy.apply(domains)), event -> {
                    if (!(event instanceof LocationService.Event.Silent
                            || event instanceof LocationService.Event.Ended))
                        throw new AssertionError(event);
                });
        return bindings;
    }

    private record Home(Domains domains, Bindings bindings, Registrar registrar, Core proxy)
            implements Core {

        @Override public Instant deadline() {
            return Collections.min(List.of(registrar.deadline(), proxy.deadline()));
        }

        @Override public List<Output> wake(Instant now) {
            var out = new ArrayList<>(registrar.wake(now));
            out.addAll(proxy.wake(now));
            return out;
        }

        @Override public boolean stateless(Message message) {
            return proxy.stateless(message)
                    && !(message instanceof Request request && registers(request));
        }

        private boolean registers(Request request) {
            return request.is("REGISTER") && domains.hosts((SipUri) Uri.parse(request.uri()));
        }

        @Override public List<Output> handle(Input input, Instant now) {
            boolean registers = input instanceof Input.Received(_, var request, _)
                    && registers(request) || input instanceof Input.Asked(Kept _);
            var out = new ArrayList<Output>();
            for (var output : registers ? registrar.handle(input, now) : proxy.handle(input, now))
                switch (output) {
                    case Output.Told(LocationService.Event.Find(long id, var aor, _)) -> out.addAll(
                            handle(new Input.Asked(new Found(id, true, bindings.of(aor).stream()
                                    .map(Binding::destination).toList())), now));
                    case Output.Told(LocationService.Event.Bind(long id, _, _)) ->
                            out.addAll(handle(new Input.Asked(new Kept(id)), now));
                    default -> out.add(output);
                }
            return out;
        }
    }

    /// A phone that answers when it is called.
    ///
    /// @param aor    `bob@home`
    /// @param routes host names of what each of its requests visits first
    /// @return what its program is told
    public List<Core.Event> phone(String name, String aor, List<String> routes,
            Extension... extensions) {
        return phone(name, aor, routes, Optional.empty(), extensions);
    }

    /// The same of one that registers flows.
    public List<Core.Event> phone(String name, String aor, List<String> routes,
            Optional<Outbound> outbound, Extension... extensions) {
        var told = new ArrayList<Core.Event>();
        add(name, domains -> new UserAgent(new Profile(
                Address.parse("<sip:" + aor + ".example>"),
                SipUri.of(name, domains.listeners().getFirst().address()),
                routes.stream().map(to -> Address.parse("<sip:" + to + ".example;lr>")).toList(),
                Optional.empty(), "test", CallRules.PLAIN, outbound), List.of(extensions), random),
                event -> {
                    told.add(event);
                    if (event instanceof Call.Event.Incoming(long call, _, _, _)) ask(name,
                            new Call.Command.Answer(call, Optional.of(Content.sdp("answer"))));
                });
        return told;
    }

    public void register(String phone) {
        ask(phone, new Registration.Command.Register(Duration.ofHours(1)));
        run(Duration.ofSeconds(1));
    }

    public void call(String phone, String uri) {
        ask(phone, new Call.Command.Invite(1, uri, Optional.of(Content.sdp("offer")), List.of()));
        run(Duration.ofSeconds(1));
    }

    /// The program of a phone asks for something.
    public void ask(String phone, Core.Command command) {
        var host = hosts.get(phone);
        carry(host, host.stack.handle(new Core.Input.Asked(command), now));
    }

    /// A datagram from a host that has no stack of ours, or beside it.
    public void send(String from, String to, Message message) {
        var host = hosts.get(from);
        datagram(host, host.address, hosts.get(to).address, message.encode());
    }

    public List<String> names() { return List.copyOf(hosts.keySet()); }

    public InetSocketAddress address(String name) { return hosts.get(name).address; }

    /// What passes from now on.
    public List<String> run(Duration span) {
        var end = now.plus(span);
        int before = passed.size();
        while (true) {
            var next = air.isEmpty() ? Instant.MAX : air.peek().at;
            for (var host : hosts.values())
                if (host.stack.deadline().isBefore(next)) next = host.stack.deadline();
            if (streams.deadline().isBefore(next)) next = streams.deadline();
            if (next.isAfter(end)) break;
            now = next.isAfter(now) ? next : now;
            while (!air.isEmpty() && !air.peek().at.isAfter(now)) air.poll().arrival.run();
            for (var host : hosts.values())
                if (!host.stack.deadline().isAfter(now)) carry(host, host.stack.wake(now));
            streams.wake();
        }
        now = end;
        return passed.subList(before, passed.size()).stream().map(Passed::toString).toList();
    }

    /// From now on nothing is lost any more, nor cut or reset.
    public void mend() {
        loss = 0;
        jitter = Duration.ZERO;
        segment = resetAfter = Integer.MAX_VALUE;
    }

    /// How many transactions and connections each host still has.
    public Map<String, Integer> left() {
        var left = new LinkedHashMap<String, Integer>();
        for (var host : hosts.values()) {
            left.put("transactions of " + host.name, host.stack.transactions());
            left.put("connections of " + host.name, host.stack.connections());
        }
        return left;
    }

    Instant now() { return now; }

    void after(Duration span, Runnable arrival) { at(now.plus(span), arrival); }

    void at(Instant time, Runnable arrival) { air.add(new Flight(time, flights++, arrival)); }

    Duration late() {
        return Duration.ofMillis(jitter.isZero() ? 0 : random.nextLong(jitter.toMillis()));
    }

    void passed(Host from, Host to, Message message) {
        passed.add(new Passed(from.name, to.name, message));
    }

    boolean dead(Host host) { return dead.contains(host.name); }

    Optional<Host> at(InetSocketAddress address) {
        return hosts.values().stream().filter(host -> host.address.equals(address)).findFirst();
    }

    void give(Host host, Stack.Input input) {
        if (!dead(host)) carry(host, host.stack.handle(input, now));
    }

    private void carry(Host host, List<Stack.Output> outputs) {
        for (var output : outputs) switch (output) {
            case Stack.Output.SendDatagram(var source, var to, var bytes) -> {
                if (loss == 0 || random.nextDouble() >= loss) datagram(host, source, to, bytes);
            }
            case Stack.Output.Ping(var source, var to) -> ping(host, source, to);
            case Stack.Output.Open(long flow, _, var to, var domain) ->
                    streams.open(host, flow, to, domain);
            case Stack.Output.Write(long flow, var bytes) -> streams.write(host, flow, bytes);
            case Stack.Output.Close(long flow) -> streams.close(host, flow);
            case Core.Output.Told(var event) -> host.heard.accept(event);
            case Stack.Output.Query(long query, var question) -> carry(host, host.stack.handle(
                    new Stack.Input.Answered(query, answer(question)), now));
            case Core.Output.Changed _, Stack.Output.Remark _, Stack.Output.Carried _,
                    Stack.Output.Watch _ -> { }
            default -> throw new AssertionError(output);
        }
    }

    private void datagram(Host from, InetSocketAddress source, InetSocketAddress to, Bytes bytes) {
        var late = late();
        if (dead(from)) return;
        after(HOP.plus(late), () -> at(to).ifPresent(host -> {
            passed(from, host, Message.parse(bytes));
            give(host, new Stack.Input.Datagram(to, source, bytes));
        }));
    }

    /// As STUN would: an answer at once, or after forty seconds the news that there is none.
    private void ping(Host host, InetSocketAddress source, InetSocketAddress to) {
        pings.add(now);
        boolean heard = hosts.values().stream().anyMatch(
                other -> other.address.equals(to) && !dead.contains(other.name));
        var seen = Optional.of(new InetSocketAddress(source.getAddress(), port))
                .filter(_ -> heard);
        after(heard ? HOP : STUN, () -> carry(host, host.stack.handle(
                new Stack.Input.Ponged(source, to, seen), now)));
    }

    private Answer answer(Question question) {
        var name = question.name();
        return switch (question.type()) {
            case A -> found(six ? List.of() : addresses(name));
            case AAAA -> found(six ? addresses(name) : List.of());
            case SRV -> found(servers(name));
            case NAPTR -> found(pointers(name));
        };
    }

    private List<ResourceRecord> addresses(String name) {
        return hosts.values().stream().filter(host -> name.equals(domain(host.name)))
                .<ResourceRecord>map(host -> new ResourceRecord.Address(
                        name, TTL, host.address.getAddress())).toList();
    }

    /// Of a transport that nobody would think of.
    private List<ResourceRecord> pointers(String name) {
        var kind = switch (transport) {
            case TLS -> "SIPS+D2T";
            case WS -> "SIP+D2W";
            case WSS -> "SIPS+D2W";
            default -> "";
        };
        return kind.isEmpty() ? List.of() : List.of(new ResourceRecord.Pointer(
                name, TTL, 1, 1, "s", kind, "", service() + name));
    }

    private String service() {
        return switch (transport) {
            case TLS -> "_sips._tcp.";
            case WSS -> "_sips._ws.";
            default -> "_sip._" + transport.parameter() + ".";
        };
    }

    /// Where there is more than one server for a name, or where it is not UDP.
    private List<ResourceRecord> servers(String question) {
        var service = service();
        var name = question.replace(service, "").replace(".example", "");
        var all = servers.getOrDefault(name, transport == Transport.UDP || !hosts.containsKey(name)
                ? List.of() : List.of(name));
        return !question.startsWith(service) ? List.of() : IntStream.range(0, all.size())
                .<ResourceRecord>mapToObj(at -> new ResourceRecord.Server(
                        question, TTL, at, 0, 5060, domain(all.get(at)))).toList();
    }

    private static Answer found(List<ResourceRecord> records) {
        return records.isEmpty() ? new Answer.None(TTL) : new Answer.Found(records);
    }

    /// The last message that passed so: `p1 -> home REGISTER`.
    public Message last(String passage) {
        return passed.reversed().stream().filter(one -> one.toString().equals(passage))
                .findFirst().orElseThrow(() -> new AssertionError(passage + " not in " + passed))
                .message;
    }
}
