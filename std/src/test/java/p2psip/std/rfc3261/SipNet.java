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

/// Phones and servers in a network of datagrams that loses nothing and takes ten milliseconds for
/// each: what passes is a ladder. A host `p1` has the name `p1.example` in the DNS.
public final class SipNet {
    private static final Duration HOP = Duration.ofMillis(10);
    private static final Duration STUN = Duration.ofMillis(39_500);

    /// A message that has passed.
    public record Passed(String from, String to, Message message) {
        @Override public String toString() {
            return from + " -> " + to + " " + switch (message) {
                case Request request -> request.method();
                case Response response -> "" + response.status();
            };
        }
    }

    private record Host(String name, InetSocketAddress address, Stack stack,
            Consumer<Core.Event> heard) {}

    private record Flight(Instant at, Host from, InetSocketAddress source, InetSocketAddress to,
            Bytes bytes) {}

    public final RandomGenerator random = new SplittableRandom(1);
    private final SequencedMap<String, Host> hosts = new LinkedHashMap<>();
    private final Deque<Flight> air = new ArrayDeque<>();
    private final List<Passed> passed = new ArrayList<>();
    /// When flows were tried.
    public final List<Instant> pings = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private final SequencedMap<Instant, Runnable> silences = new TreeMap<>();
    private Instant now = Instant.EPOCH;
    private int port = 5060;

    /// A host hears nothing any more, and says nothing; or does again.
    public void dies(String name) { dead.add(name); }

    public void revives(String name) { dead.remove(name); }

    /// From now on all are seen to come from another port: their NAT has forgotten them.
    public void forgets() { port++; }

    /// Puts a core there.
    public void add(String name, Function<Domains, Core> core, Consumer<Core.Event> heard) {
        var address = new InetSocketAddress(
                InetAddress.ofLiteral("192.0.2." + (hosts.size() + 1)), 5060);
        var points = List.of(new ListeningPoint(Transport.UDP, address));
        hosts.put(name, new Host(name, address, new Stack(points,
                core.apply(new Domains(points, List.of(name + ".example"))),
                new Locator(points, random), TimerValues.DEFAULT, random, false), heard));
    }

    /// A proxy that registers nobody.
    public void proxy(String name, ProxyExtension... extensions) {
        add(name, domains -> new Proxy(domains, Guard.OPEN, List.of(extensions), false,
                TimerValues.DEFAULT, random), event -> { throw new AssertionError(event); });
    }

    /// A registrar and proxy of the domain that has its name; what is registered is found at once.
    public Bindings home(String name, List<RegistrarExtension> registrar,
            List<ProxyExtension> proxy) {
        return home(name, registrar, domains -> new Proxy(
                domains, Guard.OPEN, proxy, false, TimerValues.DEFAULT, random));
    }

    /// The same with another proxy.
    public Bindings home(
            String name, List<RegistrarExtension> registrar, Function<Domains, Core> proxy) {
        var bindings = new Bindings();
        add(name, domains -> new Home(domains, bindings,
                new Registrar(domains, Limits.USUAL, Guard.OPEN, bindings, registrar, random),
                proxy.apply(domains)), event -> {
                    if (!(event instanceof LocationService.Event.Ended))
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
        ask(phone, new Call.Command.Invite(1, uri, Optional.of(Content.sdp("offer"))));
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
        air.add(new Flight(now.plus(HOP), host, host.address, hosts.get(to).address,
                message.encode()));
    }

    public InetSocketAddress address(String name) { return hosts.get(name).address; }

    /// What passes from now on.
    public List<String> run(Duration span) {
        var end = now.plus(span);
        int before = passed.size();
        while (true) {
            var next = air.isEmpty() ? Instant.MAX : air.peek().at;
            for (var host : hosts.values())
                if (host.stack.deadline().isBefore(next)) next = host.stack.deadline();
            if (!silences.isEmpty() && silences.firstEntry().getKey().isBefore(next))
                next = silences.firstEntry().getKey();
            if (next.isAfter(end)) break;
            now = next.isAfter(now) ? next : now;
            while (!air.isEmpty() && !air.peek().at.isAfter(now)) deliver(air.poll());
            while (!silences.isEmpty() && !silences.firstEntry().getKey().isAfter(now))
                silences.pollFirstEntry().getValue().run();
            for (var host : hosts.values()) carry(host, host.stack.wake(now));
        }
        now = end;
        return passed.subList(before, passed.size()).stream().map(Passed::toString).toList();
    }

    private void deliver(Flight flight) {
        hosts.values().stream().filter(host -> host.address.equals(flight.to)
                        && !dead.contains(host.name) && !dead.contains(flight.from.name))
                .findFirst().ifPresent(host -> {
                    passed.add(new Passed(flight.from.name, host.name,
                            Message.parse(flight.bytes)));
                    carry(host, host.stack.handle(new Stack.Input.Datagram(
                            flight.to, flight.source, flight.bytes), now));
                });
    }

    private void carry(Host host, List<Stack.Output> outputs) {
        for (var output : outputs) switch (output) {
            case Stack.Output.SendDatagram(var source, var to, var bytes) ->
                    air.add(new Flight(now.plus(HOP), host, source, to, bytes));
            case Stack.Output.Ping(var source, var to) -> ping(host, source, to);
            case Core.Output.Told(var event) -> host.heard.accept(event);
            case Stack.Output.Query(long query, var question) -> carry(host, host.stack.handle(
                    new Stack.Input.Answered(query, answer(question)), now));
            case Core.Output.Changed _, Stack.Output.Remark _, Stack.Output.Carried _,
                    Stack.Output.Watch _ -> { }
            default -> throw new AssertionError(output);
        }
    }

    /// As STUN would: an answer at once, or after forty seconds the news that there is none.
    private void ping(Host host, InetSocketAddress source, InetSocketAddress to) {
        pings.add(now);
        boolean heard = hosts.values().stream().anyMatch(
                other -> other.address.equals(to) && !dead.contains(other.name));
        var seen = Optional.of(new InetSocketAddress(source.getAddress(), port))
                .filter(_ -> heard);
        silences.put(now.plus(heard ? HOP : STUN).plusNanos(silences.size()),
                () -> carry(host, host.stack.handle(
                        new Stack.Input.Ponged(source, to, seen), now)));
    }

    private Answer answer(Question question) {
        return hosts.values().stream().filter(_ -> question.type() == Question.Type.A)
                .filter(other -> question.name().equals(other.name + ".example")).findFirst()
                .<Answer>map(other -> new Answer.Found(List.of(new ResourceRecord.Address(
                        question.name(), Duration.ofHours(1), other.address.getAddress()))))
                .orElse(new Answer.None(Duration.ofHours(1)));
    }

    /// The last message that passed so: `p1 -> home REGISTER`.
    public Message last(String passage) {
        return passed.reversed().stream().filter(one -> one.toString().equals(passage))
                .findFirst().orElseThrow(() -> new AssertionError(passage + " not in " + passed))
                .message;
    }
}
