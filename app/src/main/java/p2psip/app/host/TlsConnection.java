package p2psip.app.host;

import module java.base;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;

/// A stream by TLS; its fields belong to the loop but for those that its threads share with it: one
/// connects, shakes hands and reads, the other writes, and both only post to the loop.
final class TlsConnection implements Connection {
    /// How many pieces a stream may bring in before the node has had the first of them.
    private static final int READ_AHEAD = 16;

    private static final int PIECE = 16_384;

    private final RealHost host;
    private final Streams streams;
    private final Resident owner;
    private final Id id;
    private final Way way;
    private final SocketChannel channel;
    private final boolean calls;
    private final Semaphore ahead = new Semaphore(READ_AHEAD);
    private final BlockingQueue<Optional<Bytes>> outgoing = new LinkedBlockingQueue<>();
    private final AtomicInteger unwritten = new AtomicInteger(), halves = new AtomicInteger(2);
    private InetSocketAddress local = new InetSocketAddress(0), remote = local;
    private boolean open;

    /// @param calls whether it was opened here, so that the node knows of it already
    TlsConnection(RealHost host, Streams streams, Resident owner, Id id, Way way,
            SocketChannel channel, boolean calls) {
        this.host = host;
        this.streams = streams;
        this.owner = owner;
        this.id = id;
        this.way = way;
        this.channel = channel;
        this.calls = calls;
    }

    @Override public Resident owner() { return owner; }

    @Override public Id id() { return id; }

    @Override public boolean shaking() { return !calls && !open; }

    /// A peer has come.
    void accepted() throws IOException {
        channel.configureBlocking(true);
        remote = (InetSocketAddress) channel.getRemoteAddress();
        giveUp();
        Thread.startVirtualThread(this::shake);
    }

    void connect(InetSocketAddress to) {
        Thread.startVirtualThread(() -> {
            try {
                channel.socket().connect(to, Math.toIntExact(Host.CONNECTING.toMillis()));
            } catch (IOException e) {
                failed(e);
                return;
            }
            giveUp();
            shake();
        });
    }

    /// A peer that never ends its handshake is not waited for.
    private void giveUp() {
        Thread.startVirtualThread(() -> {
            LockSupport.parkNanos(Host.CONNECTING.toNanos());
            host.post(() -> {
                if (open || !alive()) return;
                Why.quietly(channel);
                end("timed out", Optional.of(TlsFailure.HANDSHAKE), false);
            });
        });
    }

    private void shake() {
        try {
            var socket = streams.tls.over(channel.socket(), way, calls);
            //= rfc6455#4.2.2-2 if this fails the connection is closed
            socket.startHandshake();
            var proven = streams.tls.proven(socket, way, calls);
            host.post(() -> opened(socket, proven));
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        host.post(() -> {
            if (shaking() && alive())
                owner.remark("a caller from " + remote + ": " + Tls.why(e), host.now());
            end(Tls.why(e), Tls.failure(e), false);
        });
    }

    private void opened(SSLSocket socket, Optional<Proven> proven) {
        if (!alive() && (!calls || unwritten.get() == 0)) {
            Why.quietly(channel);
            return;
        }
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            local = (InetSocketAddress) channel.getLocalAddress();
            remote = (InetSocketAddress) channel.getRemoteAddress();
        } catch (IOException e) {
            end(Why.of(e), Optional.empty(), false);
            return;
        }
        if (shaking()) streams.shaken();
        open = true;
        note(Kind.OPEN, calls, Bytes.EMPTY);
        outgoing.forEach(early -> early.ifPresent(bytes -> note(Kind.DATA, true, bytes)));
        streams.writing.add(this);
        Thread.startVirtualThread(() -> writeAll(socket));
        if (alive()) host.tell(owner, calls
                ? new Event.Connected(id, way, local, remote, proven)
                : new Event.Accepted(id, way, local, remote, proven));
        Thread.startVirtualThread(() -> read(socket));
    }

    private boolean alive() { return streams.has(this); }

    /// The reading thread: waits while the node is behind, so the peer's own window holds it up.
    private void read(SSLSocket socket) {
        var buffer = new byte[PIECE];
        try {
            var in = socket.getInputStream();
            for (int size; (size = in.read(buffer)) >= 0;) {
                var bytes = Bytes.slice(buffer, 0, size);
                ahead.acquire();
                host.post(() -> received(bytes));
            }
            host.post(() -> end("closed by the peer", Optional.empty(), false));
        } catch (IOException e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        half();
    }

    private void received(Bytes bytes) {
        ahead.release();
        if (!alive()) return;
        note(Kind.DATA, false, bytes);
        host.tell(owner, new Event.Received(id, bytes));
    }

    @Override public void write(Bytes bytes) {
        if (unwritten.addAndGet(bytes.size()) > Host.UNWRITTEN) {
            Why.quietly(channel);
            end("the peer reads too slowly", Optional.empty(), true);
            return;
        }
        if (open) note(Kind.DATA, true, bytes);
        outgoing.add(Optional.of(bytes));
    }

    /// The writing thread. Each piece is a record of its own, for there are clients of TURN that
    /// read but one message of each record.
    private void writeAll(SSLSocket socket) {
        try {
            var out = socket.getOutputStream();
            for (Optional<Bytes> next; (next = outgoing.take()).isPresent();) {
                out.write(next.get().toArray());
                unwritten.addAndGet(-next.get().size());
            }
            socket.shutdownOutput();
        } catch (IOException e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        streams.writing.remove(this);
        half();
    }

    /// One direction is done; after both the channel is closed.
    private void half() {
        if (halves.decrementAndGet() == 0) Why.quietly(channel);
    }

    @Override public void close() { end("closed", Optional.empty(), true); }

    /// Ends the stream: for the node now; for the peer when all is written and it has closed its
    /// side too, or at the limit.
    private void end(String why, Optional<TlsFailure> tls, boolean byUs) {
        if (!streams.remove(this)) return;
        if (open) note(Kind.END, byUs, Bytes.EMPTY);
        if (calls || open) host.answer(owner, new Event.Closed(id, why, tls));
        outgoing.add(Optional.empty());
        if (!open && unwritten.get() == 0) Why.quietly(channel);
        else Thread.startVirtualThread(() -> {
            LockSupport.parkNanos(Host.LINGER.toNanos());
            Why.quietly(channel);
        });
    }

    private void note(Kind kind, boolean sent, Bytes bytes) {
        owner.note(new Wire(kind, sent, local, remote, bytes), host.now());
    }
}
