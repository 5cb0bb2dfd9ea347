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
        private final long flow;
        private final InetSocketAddress local;
        private End other;
        private final Deque<Segment> waiting = new ArrayDeque<>();
        private int unread;
        private boolean open, heldUp;
        private Instant lastArrival = Instant.MIN, heldUpSince = Instant.MAX;

        End(SimHost host, Life life, long flow, InetSocketAddress local) {
            this.host = host;
            this.life = life;
            this.flow = flow;
            this.local = local;
            life.flows.put(flow, this);
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
            if (life.flows.get(flow) != this) return;
            life.flows.remove(flow);
            waiting.add(new Segment.Fin("closed by the peer"));
            pump();
            host.network.in(Duration.ZERO, () -> host.tell(life, new Event.Closed(flow, why)));
        }

        private void connected() {
            open = true;
            note(Kind.OPEN, true, Bytes.EMPTY);
            if (life.flows.get(flow) == this)
                host.tell(life, new Event.Connected(flow, local, other.local));
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
            if (life.flows.get(flow) != this) return;
            switch (segment) {
                case Segment.Data(var bytes) -> host.tell(life, new Event.Received(flow, bytes));
                case Segment.Fin(var why) -> {
                    life.flows.remove(flow);
                    host.tell(life, new Event.Closed(flow, why));
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
    static void open(SimHost host, Life life, long flow, InetSocketAddress remote) {
        var network = host.network;
        if (life.flows.containsKey(flow))
            throw new IllegalStateException("flow " + flow + " is open already");
        var local = new InetSocketAddress(host.source(remote.getAddress()), host.freePort());
        if (life.flows.size() >= Host.STREAMS) {
            network.in(Duration.ZERO, () -> refuse(host, life, flow, "too many streams"));
            return;
        }
        var near = new End(host, life, flow, local);
        var there = network.find(host, remote.getAddress())
                .filter(far -> network.connected(host, far));
        if (there.isEmpty()) {
            network.in(Host.CONNECTING, () -> {
                if (life.flows.remove(flow, near)) refuse(host, life, flow, "timed out");
            });
            return;
        }
        var wire = network.wire(host, there.get());
        network.in(wire.segment(network.random()), () -> {
            var accepted = there.get().listener(remote)
                    .filter(listener -> listener.flows.size() < Host.STREAMS);
            var back = wire.segment(network.random());
            if (accepted.isEmpty()) {
                network.in(back, () -> {
                    if (life.flows.remove(flow, near)) refuse(host, life, flow, "refused");
                });
                return;
            }
            var far = new End(there.get(), accepted.get(), there.get().nextFlow(), remote);
            far.other = near;
            near.other = far;
            far.open = true;
            far.lastArrival = network.now().plus(back);
            network.in(back, near::connected);
            far.host.tell(far.life, new Event.Accepted(far.flow, remote, local));
        });
    }

    private static void refuse(SimHost host, Life life, long flow, String why) {
        host.tell(life, new Event.Closed(flow, why));
    }
}
