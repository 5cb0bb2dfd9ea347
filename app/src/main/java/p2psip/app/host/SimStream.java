package p2psip.app.host;

import module java.base;
import p2psip.app.host.SimHost.Life;
import p2psip.app.trace.Trace.What;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;

/// A byte stream between two simulated hosts: two ends, each with a queue of what is on its way to
/// the other. A partition holds the queue up; one that lasts breaks the stream.
///
/// TLS is modelled by what one notices of it: its round trips, what is proven, and that a
/// handshake may fail or never end. A listener speaks one way: who tries another gets no answer.
final class SimStream {
    /// How often a held-up stream tries again, and how long before it breaks.
    static final Duration AGAIN = Duration.ofSeconds(1), PATIENCE = Duration.ofSeconds(60);

    /// What crosses the wire: bytes, or that there will be no more of them; before all the end of
    /// a handshake, with what is proven by it.
    private sealed interface Segment {
        record Finished(Optional<Proven> proven) implements Segment {}
        record Data(Bytes bytes) implements Segment {}
        record Fin() implements Segment {}
    }

    /// One end: its node, and the way from it to the other end.
    static final class End {
        private final SimHost host;
        private final Life life;
        private final Id id;
        private final Way way;
        private final InetSocketAddress local;
        private InetSocketAddress seen;
        private Wire wire;
        private End other;
        private final Deque<Segment> waiting = new ArrayDeque<>();
        private int unread;
        private boolean open, heldUp, accepted;
        private Instant lastArrival = Instant.MIN, heldUpSince = Instant.MAX;

        End(SimHost host, Life life, Id id, Way way, InetSocketAddress local) {
            this.host = host;
            this.life = life;
            this.id = id;
            this.way = way;
            this.local = local;
            life.streams.put(id, this);
        }

        /// @param as the address by which the other sees this end
        private void joins(End there, InetSocketAddress as, Wire way) {
            other = there;
            seen = as;
            wire = way;
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
            waiting.add(new Segment.Fin());
            pump();
            host.network.in(Duration.ZERO, () -> host.tell(life, new Event.Closed(id, why)));
        }

        private void connected(Optional<Proven> proven) {
            open = true;
            note(Kind.OPEN, true, Bytes.EMPTY);
            if (life.streams.get(id) == this)
                host.tell(life, new Event.Connected(id, way, local, other.seen, proven));
            pump();
        }

        private void accepted(Optional<Proven> proven) {
            open = true;
            host.tell(life, new Event.Accepted(id, way, local, other.seen, proven));
        }

        private void ended(String why) {
            if (life.streams.remove(id, this)) host.tell(life, new Event.Closed(id, why));
        }

        private void failed(TlsFailure failure, String why) {
            if (life.streams.remove(id, this))
                host.tell(life, new Event.Closed(id, why, Optional.of(failure)));
        }

        private void neverShaken() {
            if (way instanceof Way.Tcp) ended("timed out");
            else failed(TlsFailure.HANDSHAKE, "timed out");
        }

        private void endedIn(Duration span, String why) {
            host.network.in(span, () -> ended(why));
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
                case Segment.Finished _ -> { }
                case Segment.Data(var bytes) -> note(Kind.DATA, true, bytes);
                case Segment.Fin _ -> note(Kind.END, true, Bytes.EMPTY);
            }
            var at = network.now().plus(
                    wire.segment(network.random()));
            lastArrival = at.isAfter(lastArrival) ? at : lastArrival;
            network.at(lastArrival, () -> other.host.unlessPaused(() -> {
                if (segment instanceof Segment.Data(var bytes)) unread -= bytes.size();
                other.arrived(segment);
            }));
        }

        private void arrived(Segment segment) {
            if (life.streams.get(id) != this) return;
            switch (segment) {
                case Segment.Finished(var proven) -> accepted(proven);
                case Segment.Data(var bytes) -> host.tell(life, new Event.Received(id, bytes));
                case Segment.Fin _ -> ended("closed by the peer");
            }
        }

        private void note(Kind kind, boolean sent, Bytes bytes) {
            life.resident.note(new What.Wire(kind, sent, local, other.seen, bytes),
                    host.network.now());
        }
    }

    private SimStream() {}

    /// Connects from a node of a host to whoever listens at an address.
    static void open(SimHost host, Life life, Id id, Way way, InetSocketAddress remote) {
        var network = host.network;
        if (life.streams.containsKey(id))
            throw new IllegalStateException("stream " + id + " is open already");
        var local = new InetSocketAddress(host.source(remote.getAddress()), host.freePort());
        var near = new End(host, life, id, way, local);
        if (life.streams.size() > Host.STREAMS) {
            near.endedIn(Duration.ZERO, "too many streams");
            return;
        }
        var route = network.route(host, local, remote);
        if (route.isEmpty()) {
            near.endedIn(Host.CONNECTING, "timed out");
            return;
        }
        var there = route.get().there();
        var wire = route.get().wire();
        network.in(wire.segment(network.random()), () -> {
            var listener = there.listener(route.get().at())
                    .filter(found -> found.life().streams.size() < Host.STREAMS);
            var back = wire.segment(network.random());
            if (listener.isEmpty()) near.endedIn(back, "refused");
            else answer(near, route.get(), listener.get(), remote, back);
        });
    }

    private static void answer(End near, Network.Route route, SimHost.Socket listener,
            InetSocketAddress remote, Duration back) {
        var there = route.there();
        var way = listener.way().orElseThrow();
        if (way.getClass() != near.way.getClass()) {
            there.network.in(Host.CONNECTING, near::neverShaken);
            return;
        }
        var far = new End(there, listener.life(), there.accepted(listener.id()), way, route.at());
        far.accepted = true;
        near.joins(far, route.seen(), route.wire());
        far.joins(near, remote, route.wire());
        switch (near.way) {
            case Way.Tcp _ -> {
                far.lastArrival = there.network.now().plus(back);
                there.network.in(back, () -> near.connected(Optional.empty()));
                far.accepted(Optional.empty());
            }
            case Way.Tls _, Way.Keyed _ -> {
                there.network.in(Host.CONNECTING, () -> {
                    if (near.open) return;
                    far.life.streams.remove(far.id, far);
                    near.neverShaken();
                });
                there.network.in(back, () -> leg(near, () -> leg(far, () ->
                        certified(near, far))));
            }
        }
    }

    /// One flight of a handshake; where the other end is cut off there is no next.
    private static void leg(End from, Runnable next) {
        var network = from.host.network;
        network.in(from.wire.segment(network.random()), () -> {
            if (network.connected(from.host, from.other.host)) from.other.host.unlessPaused(next);
        });
    }

    /// The certificate has come. Whoever opens may write at once; whoever accepts hears of it when
    /// the handshake has ended there.
    private static void certified(End near, End far) {
        boolean there = far.life.streams.get(far.id) == far;
        var failure = !there ? Optional.of(TlsFailure.HANDSHAKE) : failure(near, far);
        if (failure.isEmpty() && near.life.streams.get(near.id) == near) {
            near.waiting.addFirst(new Segment.Finished(proven(far.way, near)));
            near.connected(proven(near.way, far));
            return;
        }
        far.life.streams.remove(far.id, far);
        failure.ifPresent(why -> near.failed(why, there ? why(why, near, far)
                : "closed by the peer"));
    }

    /// What one end proves to the other, which came or called by this way.
    private static Optional<Proven> proven(Way asks, End shows) {
        return switch (asks) {
            case Way.Tcp _ -> Optional.empty();
            case Way.Tls(var name, _, _) when shows.accepted -> Optional.of(new Proven.Name(name));
            case Way.Tls(_, boolean asked, _) -> asked ? shows.host.shows() : Optional.empty();
            case Way.Keyed _ when shows.way instanceof Way.Keyed(var self) ->
                    Optional.of(new Proven.Key(self.key()));
            case Way.Keyed _ -> Optional.empty();
        };
    }

    /// What the one who called has against the certificate that it was shown.
    private static Optional<TlsFailure> failure(End near, End far) {
        if (!(near.way instanceof Way.Tls(var wanted, _, _))) return Optional.empty();
        var shown = far.host.shown(wanted);
        var now = near.host.wall();
        if (shown.isEmpty()) return Optional.of(TlsFailure.OTHER_NAME);
        if (now.isAfter(shown.get().until())) return Optional.of(TlsFailure.EXPIRED);
        if (now.isBefore(shown.get().from())) return Optional.of(TlsFailure.NOT_YET_VALID);
        return shown.get().signed() ? Optional.empty() : Optional.of(TlsFailure.UNTRUSTED);
    }

    private static String why(TlsFailure failure, End near, End far) {
        if (!(near.way instanceof Way.Tls(var wanted, _, _))) return failure.why("", "");
        return failure.why(wanted, far.host.shown(wanted).map(shown -> "" + (
                failure == TlsFailure.EXPIRED ? shown.until() : shown.from())).orElse(""));
    }
}
