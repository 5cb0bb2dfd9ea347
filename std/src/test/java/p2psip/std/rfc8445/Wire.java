package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8445.Agent.*;
import p2psip.std.rfc8489.*;

/// Two agents, NATs before them, a network that loses and delays, and a path for signalling that
/// does neither: all on a virtual clock and of one seed.
final class Wire {
    /// RFC 4787 §4.1 and §5: by what a NAT tells flows apart, and whom it lets in.
    enum By { NOTHING, ADDRESS, ADDRESS_AND_PORT }

    static final InetSocketAddress STUN = at("192.0.2.9", 3478);

    static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    /// A NAT with one address of the Internet.
    record Nat(InetAddress address, By mapping, By filtering,
            Map<List<Object>, Integer> ports, Map<Integer, InetSocketAddress> inside,
            Map<Integer, Set<Object>> let) {

        Nat(String address, By mapping, By filtering) {
            this(InetAddress.ofLiteral(address), mapping, filtering, new LinkedHashMap<>(),
                    new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        private static Object key(By by, InetSocketAddress to) {
            return switch (by) {
                case NOTHING -> "";
                case ADDRESS -> to.getAddress();
                case ADDRESS_AND_PORT -> to;
            };
        }

        InetSocketAddress out(InetSocketAddress from, InetSocketAddress to) {
            int port = ports.computeIfAbsent(List.of(from, key(mapping, to)),
                    _ -> 40000 + ports.size());
            inside.put(port, from);
            let.computeIfAbsent(port, _ -> new LinkedHashSet<>()).add(key(filtering, to));
            return new InetSocketAddress(address, port);
        }

        Optional<InetSocketAddress> in(InetSocketAddress from, int port) {
            return let.getOrDefault(port, Set.of()).contains(key(filtering, from))
                    ? Optional.of(inside.get(port)) : Optional.empty();
        }
    }

    /// One agent and its place in the network.
    final class Side {
        final String name;
        final Agent agent;
        final Set<InetSocketAddress> sockets = new LinkedHashSet<>();
        final Map<InetSocketAddress, Set<InetAddress>> relays = new LinkedHashMap<>();
        final List<Output> said = new ArrayList<>();
        final Map<Integer, Path> selected = new TreeMap<>();
        final Set<String> failed = new TreeSet<>();
        Optional<Nat> nat = Optional.empty();
        Side peer;
        int sent;
        Instant first = Instant.MAX, selectedAt = Instant.MAX;
        boolean mute, connected;
        Predicate<Bytes> drops = _ -> false;

        Side(String name, Agent agent) {
            this.name = name;
            this.agent = agent;
        }

        void tell(Input input) { hear(agent.handle(input, now)); }

        void host(int stream, int component, InetSocketAddress... addresses) {
            sockets.addAll(List.of(addresses));
            tell(new Input.Host(stream, component, List.of(addresses)));
        }

        /// What a STUN server would have told of a socket.
        void reflexive(int stream, int component, InetSocketAddress base) {
            tell(new Input.Reflexive(stream, component, nat.map(n -> n.out(base, STUN))
                    .orElse(base), base, STUN));
        }

        void relayed(int stream, int component, InetSocketAddress relay) {
            relays.put(relay, new LinkedHashSet<>());
            tell(new Input.Relayed(stream, component, relay, relay, STUN));
        }

        private void hear(List<Output> outputs) {
            for (var output : outputs) {
                said.add(output);
                switch (output) {
                    case Output.Send(var base, var to, var bytes) -> send(this, base, to, bytes);
                    case Output.Permit(var relay, var to) ->
                            relays.get(relay).add(to.getAddress());
                    case Output.Described(int stream, var description) ->
                            signal(new Input.Remote(stream, description));
                    case Output.Local(int stream, var candidate) ->
                            signal(new Input.RemoteCandidate(stream, candidate));
                    case Output.LocalDone(int stream, _) -> signal(new Input.RemoteDone(stream));
                    case Output.Selected(int stream, int component, var path) -> {
                        selected.put(stream * 1000 + component, path);
                        if (selectedAt.equals(Instant.MAX)) selectedAt = now;
                    }
                    case Output.Failed(_, var why) -> failed.add(why);
                    case Output.Free _, Output.ConsentExpired _, Output.Entered _,
                            Output.Remark _ -> { }
                }
            }
            if (!connected && agent.path(1, 1, now).isPresent()) {
                connected = true;
                first = now;
            }
        }

        private void signal(Input input) {
            if (!mute) later(signalling, () -> peer.tell(input));
        }

        <O extends Output> List<O> all(Class<O> kind) {
            return said.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    private record Event(Instant at, long order, Runnable what) implements Comparable<Event> {
        @Override public int compareTo(Event other) {
            int earlier = at.compareTo(other.at);
            return earlier != 0 ? earlier : Long.compare(order, other.order);
        }
    }

    final SplittableRandom random;
    final Pacer pacer = new Pacer();
    final PriorityQueue<Event> events = new PriorityQueue<>();
    final List<Side> sides = new ArrayList<>();
    Duration delay = Duration.ofMillis(20), jitter = Duration.ZERO,
            signalling = Duration.ofMillis(30);
    double loss;
    Instant now = Instant.EPOCH;
    private long order;

    Wire(long seed) { random = new SplittableRandom(seed); }

    Side full(String name, boolean initiating, Settings settings) {
        return side(name, new FullAgent(initiating, settings, new Pacer(), random.split()));
    }

    Side side(String name, Agent agent) {
        var side = new Side(name, agent);
        sides.add(side);
        if (sides.size() == 2) {
            sides.getFirst().peer = side;
            side.peer = sides.getFirst();
        }
        return side;
    }

    void later(Duration after, Runnable what) {
        events.add(new Event(now.plus(after), order++, what));
    }

    void send(Side from, InetSocketAddress base, InetSocketAddress to, Bytes bytes) {
        from.sent++;
        if (random.nextDouble() < loss || from.drops.test(bytes)) return;
        var extra = jitter.isZero() ? 0 : random.nextLong(jitter.toNanos());
        boolean relayed = from.relays.containsKey(base);
        if (relayed && !from.relays.get(base).contains(to.getAddress())) return;
        boolean near = from.peer.sockets.contains(to) && to.getAddress().isSiteLocalAddress()
                && from.nat.equals(from.peer.nat);
        boolean through = !relayed && !near && from.nat.isPresent();
        var source = through ? from.nat.get().out(base, to) : base;
        later(delay.plusNanos(extra), () -> arrive(source, to, bytes, near));
    }

    private void arrive(InetSocketAddress from, InetSocketAddress to, Bytes bytes, boolean near) {
        for (var side : sides) {
            if (side.relays.containsKey(to)) {
                if (side.relays.get(to).contains(from.getAddress()))
                    side.tell(new Input.Received(to, from, bytes));
                return;
            }
            if (side.nat.isPresent() && side.nat.get().address().equals(to.getAddress())) {
                side.nat.get().in(from, to.getPort()).ifPresent(base -> sides.stream()
                        .filter(one -> one.sockets.contains(base)).findFirst().ifPresent(one ->
                                one.tell(new Input.Received(base, from, bytes))));
                return;
            }
            if (side.sockets.contains(to) && (side.nat.isEmpty() || near)) {
                side.tell(new Input.Received(to, from, bytes));
                return;
            }
        }
    }

    /// Lets all happen until then.
    void run(Duration until) {
        var end = Instant.EPOCH.plus(until);
        while (true) {
            var due = events.isEmpty() ? Instant.MAX : events.peek().at;
            for (var side : sides)
                if (side.agent.deadline().isBefore(due)) due = side.agent.deadline();
            if (due.isAfter(end)) break;
            if (due.isAfter(now)) now = due;
            if (!events.isEmpty() && !events.peek().at.isAfter(now)) events.remove().what.run();
            for (var side : sides)
                if (!side.agent.deadline().isAfter(now)) side.hear(side.agent.wake(now));
        }
        now = end;
    }

    /// Until both are as they say, or it is too late.
    boolean until(Duration most, BooleanSupplier holds) {
        var end = Instant.EPOCH.plus(most);
        while (!holds.getAsBoolean() && now.isBefore(end))
            run(Duration.between(Instant.EPOCH, now).plusMillis(10));
        return holds.getAsBoolean();
    }

    boolean agreed() {
        return sides.stream().allMatch(side -> side.agent.state() == State.COMPLETED);
    }
}
