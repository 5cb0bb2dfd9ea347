package p2psip.app.host;

import module java.base;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;
import p2psip.std.rfc1035.*;

/// A whole network of simulated hosts in one thread and one seed: virtual time, wires that delay,
/// lose, reorder and duplicate, partitions, names.
///
/// The same seed replays the same run in any JVM, so a failure is reported as a seed and debugged
/// at leisure. All that will happen waits in one queue, so hosts that do nothing cost nothing.
///
/// ```java
/// var network = new Network(42);
/// var alice = network.host("10.0.0.1").start("alice", room -> new Phone(room));
/// network.run(Duration.ofMinutes(1));
/// ```
public final class Network {
    /// Where virtual time begins.
    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /// What the DNS takes to answer.
    static final Duration DNS = Duration.ofMillis(10);

    /// Something that will happen; equal times keep the order in which they were asked for.
    private record Due(Instant at, long order, Runnable what) implements Comparable<Due> {
        @Override public int compareTo(Due other) {
            int c = at.compareTo(other.at);
            return c != 0 ? c : Long.compare(order, other.order);
        }
    }

    private record Pair(Station from, Station to) {}

    /// A datagram on its way.
    ///
    /// @param whole whether it is lost where it would have to be cut into fragments
    record Datagram(InetSocketAddress from, InetSocketAddress to, Bytes bytes, boolean whole) {

        /// Bytes with the headers of UDP and IP.
        int size() { return bytes.size() + (to.getAddress() instanceof Inet6Address ? 48 : 28); }
    }

    private final long seed;
    private final SplittableRandom random;
    final Consumer<Trace> tap;
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final Realm internet = new Realm(Optional.empty());
    private final Map<Pair, Wire> wires = new HashMap<>();
    /// Until when a narrow place has something to send.
    private final Map<Pair, Instant> busy = new HashMap<>();
    private final SortedMap<String, List<InetAddress>> names = new TreeMap<>();
    private final Map<Question, Answer> zone = new HashMap<>();
    private final Map<InetSocketAddress, SimSite> sites = new HashMap<>();
    private Duration dnsTakes = DNS;
    private boolean dnsAnswers = true;
    private final Map<Station, Integer> islands = new HashMap<>();
    private final List<BiPredicate<InetSocketAddress, InetSocketAddress>> stops =
            new ArrayList<>();
    private Instant now = BEGIN;
    private long order, steps;
    private boolean forgiving;

    public Network(long seed) { this(seed, _ -> {}); }

    /// @param tap hears what every node of the network notes and sends
    public Network(long seed, Consumer<Trace> tap) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.tap = tap;
    }

    /// A new host with these addresses (literals), beside its own loopback.
    public SimHost host(String... addresses) {
        return host(internet, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    }

    SimHost host(Realm realm, List<InetAddress> addresses) {
        var host = new SimHost(this, realm, addresses, random.split());
        for (var address : host.addresses()) {
            if (address.isLoopbackAddress()) continue;
            realm.add(address, host);
            if (address instanceof Inet6Address)
                realm.router.ifPresent(router -> router.route(address));
        }
        return host;
    }

    /// A new router with these outside addresses; others live behind it.
    public NatBox nat(Nat kind, String... outside) { return nat(internet, kind, outside); }

    NatBox nat(Realm realm, Nat kind, String... outside) {
        return new NatBox(this, realm, kind,
                Arrays.stream(outside).map(InetAddress::ofLiteral).toList(), random.split());
    }

    /// How all wires behave that are not set by themselves and are not behind a router.
    public void wires(Wire wire) { internet.usual(wire); }

    /// How the wire between two hosts or routers behaves, in both directions.
    public void wire(Station a, Station b, Wire wire) {
        wires.put(new Pair(a, b), wire);
        wires.put(new Pair(b, a), wire);
    }

    /// Cuts some hosts off from all others; among themselves they speak as before.
    public void cut(Station... off) {
        int island = 1 + islands.values().stream().mapToInt(i -> i).max().orElse(0);
        for (var station : off) islands.put(station, island);
    }

    /// Stops the datagrams of which something holds, by where they come from and go to: on every
    /// wire, in that direction alone. No stream is opened whose bytes would go either way.
    public void stop(BiPredicate<InetSocketAddress, InetSocketAddress> such) { stops.add(such); }

    /// Ends every partition.
    public void heal() { islands.clear(); }

    /// Enters a name into the DNS; without addresses it is taken out.
    public void name(String name, String... addresses) {
        var key = name.toLowerCase(Locale.ROOT);
        if (addresses.length == 0) names.remove(key);
        else names.put(key, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    }

    /// Enters records of a name into the DNS, in place of those of their type; a failure if nobody
    /// is to answer for them.
    public void zone(Question question, Answer answer) { zone.put(question, answer); }

    /// Opens a server of the web at an address of one of the hosts.
    public void site(InetSocketAddress at, SimSite site) { sites.put(at, site); }

    Optional<SimSite> site(InetSocketAddress at) { return Optional.ofNullable(sites.get(at)); }

    /// How long the DNS takes, and whether it answers at all: silence becomes a failure after
    /// [Names#PATIENCE].
    public void dns(Duration takes, boolean answers) {
        dnsTakes = takes;
        dnsAnswers = answers;
    }

    /// Lets a node die of its bug as on a real host, told to its line only; else the bug is thrown
    /// out of [#run], for a simulation is a test.
    public void forgiving() { forgiving = true; }

    public Instant now() { return now; }

    /// How many things have happened: a measure of cost, and a fingerprint of a run.
    public long steps() { return steps; }

    /// Lets this much virtual time pass.
    public void run(Duration span) { runUntil(() -> false, span); }

    /// Lets virtual time pass until something holds, at most so long; answers whether it holds.
    public boolean runUntil(BooleanSupplier holds, Duration patience) {
        var end = now.plus(patience);
        while (!holds.getAsBoolean()) {
            if (queue.isEmpty() || queue.peek().at.isAfter(end)) {
                now = end;
                return holds.getAsBoolean();
            }
            var due = queue.poll();
            now = due.at;
            steps++;
            due.what.run();
        }
        return true;
    }

    public void at(Instant when, Runnable what) {
        queue.add(new Due(when.isBefore(now) ? now : when, order++, what));
    }

    void in(Duration span, Runnable what) { at(now.plus(span), what); }

    RandomGenerator random() { return random; }

    Wire wire(Station from, Station to, Realm realm) {
        return from == to ? LOCAL : wires.getOrDefault(new Pair(from, to), realm.usual());
    }

    private static final Wire LOCAL = Wire.of(Duration.ofNanos(20_000)).mtu(1 << 16);

    boolean connected(Station a, Station b) {
        return islands.getOrDefault(a, 0).equals(islands.getOrDefault(b, 0));
    }

    /// Carries a datagram through a realm to one host, or to every member of a group.
    void carry(Station from, Realm realm, Datagram datagram) {
        var to = datagram.to;
        if (stops.stream().anyMatch(such -> such.test(datagram.from, to))) return;
        var stations = to.getAddress().isLoopbackAddress() ? Stream.of(from)
                : to.getAddress().isMulticastAddress()
                ? realm.hosts().filter(host -> host.listens(to))
                : realm.next(to.getAddress()).stream();
        for (var station : stations.toList()) {
            if (!connected(from, station)) continue;
            var wire = wire(from, station, realm);
            if (datagram.whole && datagram.size() > wire.mtu()) continue;
            var waits = waits(new Pair(from, station), wire, datagram.bytes.size());
            if (waits.isEmpty()) continue;
            for (var span : wire.copies(random))
                in(span.plus(waits.get()), () -> {
                    switch (station) {
                        case SimHost host -> host.arrived(datagram);
                        case NatBox box -> box.arrived(datagram, realm);
                    }
                });
        }
    }

    /// How long a datagram waits at a narrow place; empty if there is no room for it.
    private Optional<Duration> waits(Pair pair, Wire wire, int size) {
        if (wire.rate() == 0) return Optional.of(Duration.ZERO);
        var free = busy.getOrDefault(pair, now);
        var waits = free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
        if (waits.toNanos() / 1e9 * wire.rate() > wire.queue()) return Optional.empty();
        var leaves = waits.plusNanos(size * 1_000_000_000L / wire.rate());
        busy.put(pair, now.plus(leaves));
        return Optional.of(leaves);
    }

    /// The way of a stream.
    ///
    /// @param seen the address of who opens it, as it is seen there
    /// @param at   the address there
    /// @param wire its longest piece
    record Route(SimHost there, InetSocketAddress seen, InetSocketAddress at, Wire wire) {}

    /// How a stream from a host gets to an address, if it does: out by any router, in only where
    /// one is told to let it in.
    Optional<Route> route(SimHost host, InetSocketAddress local, InetSocketAddress remote) {
        return remote.getAddress().isLoopbackAddress()
                ? Optional.of(new Route(host, local, remote, LOCAL))
                : route(host, host.realm(), local, remote);
    }

    private Optional<Route> route(
            Station from, Realm realm, InetSocketAddress seen, InetSocketAddress to) {
        // what stops the datagrams of either direction stops it as well
        var next = realm.next(to.getAddress()).filter(station -> connected(from, station)
                && stops.stream().noneMatch(such -> such.test(seen, to) || such.test(to, seen)));
        return next.flatMap(station -> switch (station) {
            case SimHost there -> Optional.of(new Route(there, seen, to, wire(from, there, realm)));
            case NatBox box when realm == box.inner() -> route(box, box.outer(),
                    box.stream(seen), to);
            case NatBox box -> box.forwarded(to).flatMap(at -> route(box, box.inner(), seen, at))
                    .map(route -> new Route(route.there, seen, route.at, wire(from, box, realm)));
        });
    }

    List<InetAddress> resolve(String name) {
        return Names.known(name)
                .orElseGet(() -> names.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    /// Asks the zone, and for addresses else the names.
    void query(Consumer<Answer> asker, Question question) {
        if (dnsAnswers) in(dnsTakes, () -> asker.accept(answer(question)));
        else in(Names.PATIENCE, () -> asker.accept(
                new Answer.Failed("no name server has answered")));
    }

    private Answer answer(Question question) {
        return Names.known(question).orElseGet(() -> zone.containsKey(question)
                ? zone.get(question) : Names.answer(question,
                        names.getOrDefault(question.name(), List.of()), Duration.ZERO));
    }

    /// Tells the host that has sent a datagram that there is nobody to hear it, if it listens. What
    /// comes through a router is not told: it is the router that would hear of it.
    void refused(SimHost there, Realm realm, Datagram datagram) {
        var from = datagram.from.getAddress();
        var station = from.isLoopbackAddress() ? Optional.<Station>of(there) : realm.next(from);
        if (station.isEmpty() || !(station.get() instanceof SimHost host)
                || !host.watches(datagram)) return;
        for (var span : wire(there, host, realm).copies(random))
            in(span, () -> host.unreachable(datagram));
    }

    void died(Host.Died died) {
        if (!forgiving) throw new IllegalStateException(
                "node " + died.node() + " died at " + now + ", seed " + seed, died.bug());
    }
}
