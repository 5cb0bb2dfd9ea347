package p2psip.app.p2p;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;

/// What most of the Internet sends by: it takes more until something is lost, and so fills the
/// queue of whatever is narrow. Two of them, one that sends as much as it may, and one that says of
/// each datagram that it has come.
///
/// Slow start, congestion avoidance, one halving in a round trip, three later ones for a loss: TCP
/// NewReno with selective acknowledgements, without pacing.
final class Reno implements Machine<Event, Effect> {
    static final int PORT = 7_000;

    private static final int SIZE = 1_140, DUPLICATES = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final InetAddress here;
    private final Optional<InetSocketAddress> to;
    private final NavigableMap<Long, Instant> flight = new TreeMap<>();
    private double window = 10 * SIZE, threshold = Double.POSITIVE_INFINITY;
    private Instant halved = Instant.MIN, heard = Instant.MIN;
    private boolean begun;
    private long next, received;

    /// @param to nobody for one that only listens
    Reno(SimHost host, Optional<InetSocketAddress> to) {
        here = host.addresses().getLast();
        this.to = to;
    }

    /// Bytes that have come.
    long received() { return received; }

    @Override public Instant deadline() {
        return begun ? flight.isEmpty() ? Instant.MAX : heard.plus(TIMEOUT) : Instant.MIN;
    }

    @Override public List<Effect> wake(Instant now) {
        if (!begun) {
            begun = true;
            return List.of(new Effect.Bind(Id.PROGRAM, new InetSocketAddress(here, PORT)));
        }
        flight.clear();
        threshold = window / 2;
        window = 2 * SIZE;
        return send(now);
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Bound _ -> send(now);
            case Event.Datagram(_, var at, var from, var bytes) when to.isEmpty() -> {
                received += bytes.size();
                yield List.of(new Effect.Datagram(at, from, bytes.slice(0, Long.BYTES)));
            }
            case Event.Datagram(_, _, _, var bytes) -> {
                acknowledged(bytes.buffer().getLong(), now);
                yield send(now);
            }
            default -> List.of();
        };
    }

    private void acknowledged(long number, Instant now) {
        heard = now;
        if (flight.remove(number) != null)
            window += window < threshold ? SIZE : SIZE * (SIZE / window);
        var lost = flight.headMap(number - DUPLICATES, true);
        if (lost.values().stream().anyMatch(sent -> sent.isAfter(halved))) {
            threshold = window = Math.max(window / 2, 2 * SIZE);
            halved = now;
        }
        lost.clear();
    }

    private List<Effect> send(Instant now) {
        var effects = new ArrayList<Effect>();
        if (flight.isEmpty()) heard = now;
        if (to.isPresent()) for (; (flight.size() + 1) * SIZE <= window; next++) {
            flight.put(next, now);
            var bytes = ByteBuffer.allocate(SIZE).putLong(0, next).array();
            effects.add(new Effect.Datagram(
                    new InetSocketAddress(here, PORT), to.get(), Bytes.wrap(bytes)));
        }
        return effects;
    }
}
