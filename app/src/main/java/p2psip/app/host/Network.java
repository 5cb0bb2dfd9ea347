package p2psip.app.host;

import module java.base;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;

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

    private record Pair(SimHost from, SimHost to) {}

    /// A datagram on its way.
    record Datagram(InetSocketAddress from, InetSocketAddress to, Bytes bytes) {}

    private final long seed;
    private final SplittableRandom random;
    final Consumer<Trace> tap;
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final Map<InetAddress, SimHost> hosts = new LinkedHashMap<>();
    private final Map<Pair, Wire> wires = new HashMap<>();
    private final SortedMap<String, List<InetAddress>> names = new TreeMap<>();
    private final Map<SimHost, Integer> islands = new HashMap<>();
    private Wire usual = Wire.LAN;
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
        var host = new SimHost(this, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList(),
                random.split());
        for (var address : host.addresses())
            if (!address.isLoopbackAddress() && hosts.put(address, host) != null)
                throw new IllegalArgumentException("address in use: " + address);
        return host;
    }

    /// How all wires behave that are not set by themselves.
    public void wires(Wire wire) { usual = wire; }

    /// How the wire between two hosts behaves, in both directions.
    public void wire(SimHost a, SimHost b, Wire wire) {
        wires.put(new Pair(a, b), wire);
        wires.put(new Pair(b, a), wire);
    }

    /// Cuts some hosts off from all others; among themselves they speak as before.
    public void cut(SimHost... off) {
        int island = 1 + islands.values().stream().mapToInt(i -> i).max().orElse(0);
        for (var host : off) islands.put(host, island);
    }

    /// Ends every partition.
    public void heal() { islands.clear(); }

    /// Enters a name into the DNS; without addresses it is taken out.
    public void name(String name, String... addresses) {
        var key = name.toLowerCase(Locale.ROOT);
        if (addresses.length == 0) names.remove(key);
        else names.put(key, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
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

    /// The host that has an address, seen from another: loopback is always the host itself.
    Optional<SimHost> find(SimHost from, InetAddress address) {
        return address.isLoopbackAddress() ? Optional.of(from)
                : Optional.ofNullable(hosts.get(address));
    }

    Wire wire(SimHost from, SimHost to) {
        return from == to ? LOCAL : wires.getOrDefault(new Pair(from, to), usual);
    }

    private static final Wire LOCAL = Wire.of(Duration.ofNanos(20_000));

    boolean connected(SimHost a, SimHost b) {
        return islands.getOrDefault(a, 0).equals(islands.getOrDefault(b, 0));
    }

    /// Carries a datagram to one host, or to every member of a group.
    void carry(SimHost from, Datagram datagram) {
        var to = datagram.to;
        var members = to.getAddress().isMulticastAddress()
                ? hosts.values().stream().distinct().filter(host -> host.listens(to)).toList()
                : find(from, to.getAddress()).stream().toList();
        for (var member : members) {
            if (!connected(from, member)) continue;
            for (var span : wire(from, member).copies(random))
                in(span, () -> member.arrived(datagram));
        }
    }

    List<InetAddress> resolve(String name) {
        return Names.known(name)
                .orElseGet(() -> names.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    void died(Host.Died died) {
        if (!forgiving) throw new IllegalStateException(
                "node " + died.node() + " died at " + now + ", seed " + seed, died.bug());
    }
}
