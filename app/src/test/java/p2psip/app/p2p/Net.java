package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

/// Overlays on a network of one seed and one thread, which loses, delays, reorders and doubles.
final class Net {
    private record Flight(Instant at, long order, InetSocketAddress from, InetSocketAddress to,
            Bytes datagram) {}

    final Map<InetSocketAddress, Sessions> nodes = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();
    final List<Sessions.Output.Delivered> delivered = new ArrayList<>();
    final List<Bytes> sniffed = new ArrayList<>();
    final RandomGenerator random;
    /// What never arrives, by its sender and bytes.
    BiPredicate<InetSocketAddress, Bytes> lost = (_, _) -> false;
    /// Between which ports nothing passes, either way.
    final Set<Set<Integer>> walls = new LinkedHashSet<>();
    double loss, doubling;
    Duration delay = Duration.ofMillis(10), jitter = Duration.ofMillis(30);
    Instant now = Instant.EPOCH;
    private final PriorityQueue<Flight> air = new PriorityQueue<>(
            Comparator.comparing(Flight::at).thenComparing(Flight::order));
    private long order;

    Net(long seed) { random = new SplittableRandom(seed); }

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    /// A node whose key follows from its name; a second one at a port takes the first one's place.
    Peer node(String name, int port) {
        var identity = Identity.generate(name, new SplittableRandom(name.hashCode()));
        var overlay = new Sessions(identity, at(port), random);
        nodes.put(at(port), overlay);
        return overlay.self();
    }

    Sessions overlay(Peer peer) { return nodes.get(peer.address()); }

    void send(Peer from, Peer to, String text, boolean confirmed) {
        send(from, to, Bytes.utf8(text), confirmed);
    }

    void send(Peer from, Peer to, Bytes payload, boolean confirmed) {
        input(from, new Sessions.Input.Send(to, payload, confirmed));
    }

    void input(Peer at, Sessions.Input input) {
        out(at.address(), overlay(at).handle(input, now));
    }

    /// What was delivered so far, as `port<port text`.
    List<String> heard() { return log.stream().filter(line -> line.contains("<")).toList(); }

    void run(Duration span) {
        var end = now.plus(span);
        for (var next = next(); !next.isAfter(end); next = next()) {
            now = next.isAfter(now) ? next : now;
            if (!air.isEmpty() && !air.peek().at.isAfter(now)) {
                var flight = air.poll();
                fly(flight.from, flight.to, flight.datagram);
            } else {
                List.copyOf(nodes.entrySet()).forEach(node ->
                        out(node.getKey(), node.getValue().wake(now)));
            }
        }
        now = end;
    }

    /// What was to go by streams, and where nobody was heard.
    final List<Map.Entry<Path.Stream, Bytes>> streamed = new ArrayList<>();
    final List<Integer> unheard = new ArrayList<>();

    /// A datagram arrives, from wherever.
    void fly(InetSocketAddress from, InetSocketAddress to, Bytes datagram) {
        var node = nodes.get(to);
        if (node != null) out(to, node.handle(new Sessions.Input.Received(from, datagram), now));
    }

    private static Set<Integer> pair(int a, int b) { return a == b ? Set.of(a) : Set.of(a, b); }

    private Instant next() {
        var flight = air.isEmpty() ? Instant.MAX : air.peek().at;
        return nodes.values().stream().map(Sessions::deadline)
                .reduce(flight, (a, b) -> a.isBefore(b) ? a : b);
    }

    private void out(InetSocketAddress at, List<Sessions.Output> outputs) {
        for (var output : outputs)
            switch (output) {
                case Sessions.Output.Transmit(var remote, var datagram, _) -> {
                    sniffed.add(datagram);
                    for (int copies = random.nextDouble() < doubling ? 2 : 1; copies > 0; copies--)
                        if (random.nextDouble() >= loss && !lost.test(at, datagram)
                                && !walls.contains(pair(at.getPort(), remote.getPort())))
                            air.add(new Flight(now.plus(delay).plusNanos((long)
                                    (random.nextDouble() * jitter.toNanos())), order++, at, remote,
                                    datagram));
                }
                case Sessions.Output.TransmitBy(var stream, var packet, _) ->
                        streamed.add(Map.entry(stream, packet));
                case Sessions.Output.Unheard(var where) -> unheard.add(where.getPort());
                case Sessions.Output.Delivered d -> {
                    delivered.add(d);
                    log.add(at.getPort() + "<" + d.from().address().getPort() + " "
                            + (d.payload().size() < 50 ? d.payload().utf8() : d.payload()));
                }
                case Sessions.Output.Met met ->
                        log.add(at.getPort() + " met " + met.peer().address().getPort());
                case Sessions.Output.NotMet(var where, var why) ->
                        log.add(at.getPort() + " not met " + where.getPort() + ": " + why);
                case Sessions.Output.NotReached _ -> { }   // what comes of it follows
                case Sessions.Output.Unreachable(var peer) ->
                        log.add(at.getPort() + " unreachable " + peer.address().getPort());
                case Sessions.Output.Gone(var peer) ->
                        log.add(at.getPort() + " gone " + peer.address().getPort());
                case Sessions.Output.Moved(var peer, var to) ->
                        log.add(at.getPort() + " moved " + peer.address().getPort() + " " + to);
                case Sessions.Output.Moment(var from, _, int channel, var bytes) ->
                        log.add(at.getPort() + "<" + from.address().getPort() + " on " + channel
                                + ": " + bytes.utf8());
                case Sessions.Output.OfStreams(var from, _, var frame) ->
                        log.add(at.getPort() + "<" + from.address().getPort() + " " + frame);
                case Sessions.Output.NotHanded(var path, var why) ->
                        log.add(at.getPort() + " not handed " + why);
                case Sessions.Output.Remark(var text) -> log.add(at.getPort() + " remark " + text);
            }
    }
}
