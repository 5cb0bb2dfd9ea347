package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.Bench.request;
import static p2psip.std.rfc3261.Bench.response;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3263.Locator;

/// What a network may do to us: lose, delay, repeat, and bring nonsense.
class BadNetworkTest {
    private static final InetSocketAddress A = Bench.address("192.0.2.1", 5060);
    private static final InetSocketAddress B = Bench.address("192.0.2.2", 5060);
    private static final int REQUESTS = 20;

    /// Says how often it heard of each transaction; refuses INVITEs, accepts the rest.
    private static final class Tally implements Core {
        final Map<TransactionId, Integer> begun = new HashMap<>(), ended = new HashMap<>();

        @Override public List<Output> handle(Input input, Instant now) {
            return switch (input) {
                case Input.Asked(Bench.Do(var output)) -> List.of(output);
                case Input.Received(var id, var request, _) -> {
                    begun.merge(id, 1, Integer::sum);
                    yield List.of(new Output.Respond(id,
                            Reply.to(request, request.is("INVITE") ? 486 : 200, "t")));
                }
                case Input.Answered(var id, var response, _) -> {
                    if (!response.provisional()) ended.merge(id, 1, Integer::sum);
                    yield List.of();
                }
                case Input.Failed(var id, _) -> {
                    if (id.sentBy().isEmpty()) ended.merge(id, 1, Integer::sum);
                    yield List.of();
                }
                default -> List.of();
            };
        }

        @Override public List<Output> wake(Instant now) { return List.of(); }

        @Override public Instant deadline() { return Instant.MAX; }
    }

    private record Flight(Instant at, int order, InetSocketAddress from, InetSocketAddress to,
            Bytes bytes) {}

    /// Of each request the one side hears once and the other how it ended, once; then all is
    /// forgotten. (The ACK of a refusal is lost too, and a refusal repeated until it arrives.)
    @Property(tries = 60) void each_request_begins_and_ends_once(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        double loss = random.nextDouble() * 0.5;
        var a = new Tally();
        var b = new Tally();
        var stacks = new LinkedHashMap<InetSocketAddress, Stack>();
        stacks.put(A, stack(A, a, random));
        stacks.put(B, stack(B, b, random));
        var air = new PriorityQueue<>(
                Comparator.comparing(Flight::at).thenComparing(Flight::order));
        for (int i = 0; i < REQUESTS; i++) {
            var method = i % 2 == 0 ? "INVITE" : "OPTIONS";
            fly(air, stacks.get(A).handle(new Core.Input.Asked(new Bench.Do(new Core.Output.Send(
                    TransactionId.client(method, random),
                    (Request) Message.parse(request(method, 0)),
                    Target.of(Transport.UDP, B)))), Instant.EPOCH), Instant.EPOCH, loss, random);
        }
        for (var now = next(air, stacks); now.isBefore(Instant.MAX); now = next(air, stacks)) {
            while (!air.isEmpty() && !air.peek().at.isAfter(now)) {
                var flight = air.poll();
                fly(air, stacks.get(flight.to).handle(new Stack.Input.Datagram(
                        flight.to, flight.from, flight.bytes), now), now, loss, random);
            }
            for (var stack : stacks.values()) if (!stack.deadline().isAfter(now))
                fly(air, stack.wake(now), now, loss, random);
        }
        assertThat(a.ended).hasSize(REQUESTS).allSatisfy((_, times) -> assertThat(times).isOne());
        assertThat(b.begun).allSatisfy((_, times) -> assertThat(times).isOne());
        assertThat(stacks.values()).allMatch(stack -> stack.transactions() == 0);
    }

    private static Stack stack(
            InetSocketAddress at, Tally core, RandomGenerator random) {
        var points = List.of(new ListeningPoint(Transport.UDP, at));
        return new Stack(points, core, new Locator(points, random), random, false);
    }

    private static Instant next(Queue<Flight> air,
            Map<InetSocketAddress, Stack> stacks) {
        var due = stacks.values().stream().map(Stack::deadline).min(Comparator.naturalOrder());
        return air.isEmpty() || due.get().isBefore(air.peek().at) ? due.get() : air.peek().at;
    }

    /// Each datagram arrives never, once or twice, each time after its own delay. Short ones: a
    /// request that stays longer in the network than its transaction is remembered is a new one.
    private static void fly(Queue<Flight> air, List<Stack.Output> outputs, Instant now,
            double loss, RandomGenerator random) {
        for (var output : outputs)
            if (output instanceof Stack.Output.SendDatagram(var from, var to, var bytes))
                for (int copy = 0; copy < 2; copy++)
                    if (random.nextDouble() >= (copy == 0 ? loss : 0.9))
                        air.add(new Flight(now.plusMillis(random.nextInt(300)),
                                air.size() + copy, from, to, bytes));
    }

    private static final List<String> MESSAGES = List.of(
            request("INVITE", "UDP 127.0.0.1:5070;branch=z9hG4bKa;rport"),
            request("CANCEL", "UDP 127.0.0.1:5070;branch=z9hG4bKa;rport"),
            request("ACK", "UDP 127.0.0.1:5070;branch=z9hG4bKa;rport", ";tag=t"),
            request("OPTIONS", "TCP 127.0.0.1;branch=1;maddr=127.0.0.9, SIP/2.0/UDP x:1"),
            request("REGISTER", "UDP [::1]:5070;branch=z9hG4bKb;received=9").replace("0\n", "4\n")
                    + "body",
            response(180, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKx"),
            response(200, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKx"),
            response(486, "INVITE", "UDP 127.0.0.1:5060;branch=z9hG4bKy"));

    @Property(tries = 300) void nonsense_is_survived_and_forgotten(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var bench = new Bench();
        var target = Target.of(Transport.UDP, Bench.PEER);
        bench.send("z9hG4bKx", request("INVITE", 0), target);
        bench.send("z9hG4bKy", request("INVITE", 0), target);
        bench.accepted(-1);
        for (int i = 0; i < 60; i++) {
            var bytes = mutated(random);
            var before = bench.last;
            if (random.nextInt(4) > 0) bench.datagram(Bench.PEER, bytes);
            else bench.handle(new Stack.Input.Received(-1, bytes));
            if (bench.last != before) bench.respond(random.nextBoolean() ? 200 : 404);
            bench.pass(Duration.ofMillis(random.nextInt(200)));
        }
        bench.ask(new Core.Output.Forget(new TransactionId("z9hG4bKx", "", "INVITE")));
        bench.ask(new Core.Output.Forget(new TransactionId("z9hG4bKy", "", "INVITE")));
        bench.closed(-1);
        bench.pass(Duration.ofSeconds(40));
        assertThat(bench.stack.transactions()).isZero();
        assertThat(bench.stack.connections()).isZero();
    }

    private static Bytes mutated(RandomGenerator random) {
        var bytes = Bench.wire(MESSAGES.get(random.nextInt(MESSAGES.size()))).toArray();
        for (int hits = random.nextInt(4); hits > 0; hits--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 2 -> bytes[at] = (byte) "\r\n:;,<>\"@= %09".charAt(random.nextInt(14));
                case 3 -> {
                    var more = new byte[bytes.length + random.nextInt(40)];
                    random.nextBytes(more);
                    System.arraycopy(bytes, 0, more, 0, at);
                    System.arraycopy(bytes, at, more, more.length - bytes.length + at,
                            bytes.length - at);
                    bytes = more;
                }
                default -> random.nextBytes(bytes);
            }
        }
        return Bytes.wrap(bytes);
    }
}
