package p2psip.app.host;

import module java.base;
import p2psip.app.host.SimHost.Life;
import p2psip.app.trace.Trace.What;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;

/// A byte stream between two simulated hosts: two ends, each with a queue of what is on its way to
/// the other. A partition holds the queue up; one that lasts breaks the stream.
final class SimStream {
    /// How often a held-up stream tries again, and how long before it breaks.
    static final Duration AGAIN = Duration.ofSeconds(1), PATIENCE = Duration.ofSeconds(60);

    /// What crosses the wire: bytes, or that there will be no more of them and why.
    private sealed interface Segment {
        record Data(Bytes bytes) implements Segment {}
        record Fin(String why) implements Segment {}
    }

    /// One end: its node, and the way from it to the other end.
    static final class End {
        private final SimHost host;
        private final Life life;
        private final Id id;
        private final InetSocketAddress local;
        private End other;
        private final Deque<Segment> waiting = new ArrayDeque<>();
        private int unread;
        private boolean open, heldUp;
        private Instant lastArrival = Instant.MIN, heldUpSince = Instant.MAX;

        End(SimHost host, Life life, Id id, InetSocketAddress local) {
            this.host = host;
            this.life = life;
            this.id = id;
            this.local = local;
            life.streams.put(id, this);
        }

        void write(Bytes bytes) {
            if (bytes.isEmpty()) return;
            unread += bytes.size();
            if (unread > Host.UNWRITTEN) {
                end("the peer reads too slowly");
                return;
            }
            waiting.add(new Segment.Data(bytes));
            pump();
        }

        void close() { end("closed"); }

        /// Ends this side; the other hears of it after all that was written.
        private void end(String why) {
            if (life.streams.get(id) != this) return;
            life.streams.remove(id);
            waiting.add(new Segment.Fin("closed by the peer"));
            pump();
            host.network.in(Duration.ZERO, () -> host.tell(life, new Event.Closed(id, why)));
        }

        private void connected() {
            open = true;
            note(Kind.OPEN, true, Bytes.EMPTY);
            if (life.streams.get(id) == this)
                host.tell(life, new Event.Connected(id, local, other.local));
            pump();
        }

        private void pump() {
            while (open && !heldUp && !waiting.isEmpty()) {
                if (!host.network.connected(host, other.host)) {
                    holdUp();
                    return;
                }
                heldUpSince = Instant.MAX;
                cross(waiting.poll());
            }
        }

        private void holdUp() {
            var now = host.network.now();
            if (heldUpSince.equals(Instant.MAX)) heldUpSince = now;
            heldUp = true;
            host.network.in(AGAIN, () -> {
                heldUp = false;
                if (host.network.now().isBefore(heldUpSince.plus(PATIENCE))) {
                    pump();
                    return;
                }
                waiting.clear();
                open = false;
                end("timed out");
            });
        }

        private void cross(Segment segment) {
            var network = host.network;
            switch (segment) {
                case Segment.Data(var bytes) -> note(Kind.DATA, true, bytes);
                case Segment.Fin _ -> note(Kind.END, true, Bytes.EMPTY);
            }
            var at = network.now().plus(
                    network.wire(host, other.host).segment(network.random()));
            lastArrival = at.isAfter(lastArrival) ? at : lastArrival;
            network.at(lastArrival, () -> other.host.unlessPaused(() -> {
                if (segment instanceof Segment.Data(var bytes)) unread -= bytes.size();
                other.arrived(segment);
            }));
        }

        private void arrived(Segment segment) {
            if (life.streams.get(id) != this) return;
            switch (segment) {
                case Segment.Data(var bytes) -> host.tell(life, new Event.Received(id, bytes));
                case Segment.Fin(var why) -> {
                    life.streams.remove(id);
                    host.tell(life, new Event.Closed(id, why));
                }
            }
        }

        private void note(Kind kind, boolean sent, Bytes bytes) {
            life.resident.note(new What.Wire(kind, sent, local, other.local, bytes),
                    host.network.now());
        }
    }

    private SimStream() {}

    /// Connects from a node of a host to whoever listens at an address.
    static void open(SimHost host, Life life, Id id, InetSocketAddress remote) {
        var network = host.network;
        if (life.streams.containsKey(id))
            throw new IllegalStateException("stream " + id + " is open already");
        var local = new InetSocketAddress(host.source(remote.getAddress()), host.freePort());
        if (life.streams.size() >= Host.STREAMS) {
            network.in(Duration.ZERO, () -> refuse(host, life, id, "too many streams"));
            return;
        }
        var near = new End(host, life, id, local);
        var there = network.find(host, remote.getAddress())
                .filter(far -> network.connected(host, far));
        if (there.isEmpty()) {
            network.in(Host.CONNECTING, () -> {
                if (life.streams.remove(id, near)) refuse(host, life, id, "timed out");
            });
            return;
        }
        var wire = network.wire(host, there.get());
        network.in(wire.segment(network.random()), () -> {
            var accepted = there.get().listener(remote)
                    .filter(listener -> listener.life().streams.size() < Host.STREAMS);
            var back = wire.segment(network.random());
            if (accepted.isEmpty()) {
                network.in(back, () -> {
                    if (life.streams.remove(id, near)) refuse(host, life, id, "refused");
                });
                return;
            }
            var listener = accepted.get();
            var far = new End(there.get(), listener.life(), there.get().accepted(listener.id()),
                    remote);
            far.other = near;
            near.other = far;
            far.open = true;
            far.lastArrival = network.now().plus(back);
            network.in(back, near::connected);
            far.host.tell(far.life, new Event.Accepted(far.id, remote, local));
        });
    }

    private static void refuse(SimHost host, Life life, Id id, String why) {
        host.tell(life, new Event.Closed(id, why));
    }
}
