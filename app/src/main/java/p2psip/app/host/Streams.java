package p2psip.app.host;

import module java.base;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;

/// The byte streams (TCP) of a [RealHost]. The loop accepts; each stream is connected and read by
/// one virtual thread, written by another, and both only post to the loop.
final class Streams {
    /// How many pieces a stream may bring in before the node has had the first of them.
    private static final int READ_AHEAD = 16;

    private static final int PIECE = 16_384;

    /// How many peers may wait to be accepted.
    private static final int BACKLOG = 1_024;

    /// How long a listener rests when the system has no file left for one more peer.
    private static final Duration REST = Duration.ofSeconds(1);

    private record Key(Resident owner, Id id) {}

    private record Place(Resident owner, InetSocketAddress local) {}

    private final RealHost host;
    private final Selector selector;
    private final Map<Key, Connection> connections = new HashMap<>();
    private final Map<Place, ServerSocketChannel> listeners = new HashMap<>();
    private final Set<Connection> writing = ConcurrentHashMap.newKeySet();
    private long lastAccepted;

    Streams(RealHost host, Selector selector) {
        this.host = host;
        this.selector = selector;
    }

    void listen(Resident owner, Id id, Way way, InetSocketAddress wanted) {
        ServerSocketChannel channel = null;
        try {
            spoken(way);
            if (listeners.size() >= Host.SOCKETS) throw new IOException("too many sockets");
            channel = ServerSocketChannel.open(family(wanted));
            channel.bind(wanted, BACKLOG).configureBlocking(false);
            var local = (InetSocketAddress) channel.getLocalAddress();
            var listening = channel;
            channel.register(selector, SelectionKey.OP_ACCEPT,
                    (Runnable) () -> accept(owner, id, way, listening, local));
            listeners.put(new Place(owner, local), channel);
            host.answer(owner, new Event.Bound(id, local));
        } catch (IOException | UnsupportedOperationException e) {
            if (channel != null) Why.quietly(channel);
            host.answer(owner, new Event.NotBound(id, wanted, Why.of(e)));
        }
    }

    private static void spoken(Way way) throws IOException {
        if (way instanceof Way.Tls) throw new IOException("this host has no TLS yet");
    }

    static ProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private void accept(Resident owner, Id id, Way way, ServerSocketChannel listener,
            InetSocketAddress local) {
        try {
            for (SocketChannel peer; (peer = listener.accept()) != null;) {
                if (connections.size() >= Host.STREAMS) {
                    owner.remark("too many streams: one more was refused", host.now());
                    Why.quietly(peer);
                    continue;
                }
                accept(owner, id.with(--lastAccepted), way, peer);
            }
        } catch (IOException e) {
            owner.remark("cannot accept at " + local + ": " + Why.of(e), host.now());
            var key = listener.keyFor(selector);
            if (key == null || !key.isValid()) return;
            key.interestOps(0);
            Thread.startVirtualThread(() -> {
                LockSupport.parkNanos(REST.toNanos());
                host.post(() -> {
                    if (key.isValid()) key.interestOps(SelectionKey.OP_ACCEPT);
                });
            });
        }
    }

    private void accept(Resident owner, Id id, Way way, SocketChannel peer) {
        var connection = new Connection(owner, id, way, peer);
        try {
            peer.configureBlocking(true);
            connections.put(new Key(owner, id), connection);
            connection.accepted();
        } catch (IOException e) {
            connections.remove(new Key(owner, id));   // it has gone already
            Why.quietly(peer);
        }
    }

    void open(Resident owner, Id id, Way way, InetSocketAddress remote) {
        var key = new Key(owner, id);
        if (connections.containsKey(key))
            throw new IllegalStateException("stream " + id + " is open already");
        try {
            spoken(way);
            if (connections.size() >= Host.STREAMS) throw new IOException("too many streams");
            var connection = new Connection(
                    owner, id, way, SocketChannel.open(family(remote)));
            connections.put(key, connection);
            connection.connect(remote);
        } catch (IOException e) {
            host.answer(owner, new Event.Closed(id, Why.of(e)));
        }
    }

    void write(Resident owner, Id id, Bytes bytes) {
        var connection = connections.get(new Key(owner, id));
        if (connection != null && !bytes.isEmpty()) connection.write(bytes);
    }

    void close(Resident owner, Id id) {
        var connection = connections.get(new Key(owner, id));
        if (connection != null) connection.end("closed", true);
    }

    void close(Resident owner, InetSocketAddress local) {
        var listener = listeners.remove(new Place(owner, local));
        if (listener != null) host.close(listener);
    }

    void end(Resident owner) {
        listeners.keySet().stream().filter(each -> each.owner == owner).toList()
                .forEach(each -> close(owner, each.local));
        connections.values().stream().filter(each -> each.owner == owner).toList()
                .forEach(each -> each.end("closed", true));
    }

    /// Waits until all that was written to ended streams has left, at most so long.
    void drain(Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (!writing.isEmpty() && System.nanoTime() < end) Thread.sleep(1);
    }

    /// One stream; its fields belong to the loop but for those that its threads share with it.
    private final class Connection {
        private final Resident owner;
        private final Id id;
        private final Way way;
        private final SocketChannel channel;
        private final Semaphore ahead = new Semaphore(READ_AHEAD);
        private final BlockingQueue<Optional<Bytes>> outgoing = new LinkedBlockingQueue<>();
        private final AtomicInteger unwritten = new AtomicInteger(), halves = new AtomicInteger(2);
        private InetSocketAddress local = new InetSocketAddress(0), remote = local;
        private boolean open;

        Connection(Resident owner, Id id, Way way, SocketChannel channel) {
            this.owner = owner;
            this.id = id;
            this.way = way;
            this.channel = channel;
        }

        void accepted() throws IOException {
            opened(false);
            host.tell(owner, new Event.Accepted(
                    id, way, local, remote, Optional.empty()));
            Thread.startVirtualThread(this::read);
        }

        void connect(InetSocketAddress to) {
            Thread.startVirtualThread(() -> {
                try {
                    channel.socket().connect(to, Math.toIntExact(Host.CONNECTING.toMillis()));
                    host.post(this::connected);
                    read();
                } catch (IOException e) {
                    host.post(() -> end(Why.of(e), false));
                }
            });
        }

        private void connected() {
            try {
                opened(true);
                if (alive()) host.tell(owner, new Event.Connected(
                        id, way, local, remote, Optional.empty()));
            } catch (IOException e) {
                end(Why.of(e), false);
            }
        }

        private void opened(boolean byUs) throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            local = (InetSocketAddress) channel.getLocalAddress();
            remote = (InetSocketAddress) channel.getRemoteAddress();
            open = true;
            note(Kind.OPEN, byUs, Bytes.EMPTY);
            outgoing.forEach(early -> early.ifPresent(bytes -> note(Kind.DATA, true, bytes)));
            writing.add(this);
            Thread.startVirtualThread(this::writeAll);
        }

        private boolean alive() { return connections.get(new Key(owner, id)) == this; }

        /// The reading thread: waits while the node is behind, so the peer's own window holds it
        /// up.
        private void read() {
            var buffer = ByteBuffer.allocate(PIECE);
            try {
                while (channel.read(buffer.clear()) >= 0) {
                    var bytes = Bytes.from(buffer.flip());
                    ahead.acquire();
                    host.post(() -> received(bytes));
                }
                host.post(() -> end("closed by the peer", false));
            } catch (IOException e) {
                host.post(() -> end(Why.of(e), false));
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

        void write(Bytes bytes) {
            if (unwritten.addAndGet(bytes.size()) > Host.UNWRITTEN) {
                Why.quietly(channel);
                end("the peer reads too slowly", true);
                return;
            }
            if (open) note(Kind.DATA, true, bytes);
            outgoing.add(Optional.of(bytes));
        }

        /// The writing thread.
        private void writeAll() {
            try {
                for (Optional<Bytes> next; (next = outgoing.take()).isPresent();) {
                    for (var buffer = next.get().buffer(); buffer.hasRemaining();)
                        channel.write(buffer);
                    unwritten.addAndGet(-next.get().size());
                }
                channel.shutdownOutput();
            } catch (IOException e) {
                host.post(() -> end(Why.of(e), false));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            writing.remove(this);
            half();
        }

        /// One direction is done; after both the channel is closed.
        private void half() {
            if (halves.decrementAndGet() == 0) Why.quietly(channel);
        }

        /// Ends the stream: for the node now; for the peer when all is written and it has closed
        /// its side too, or at the limit.
        void end(String why, boolean byUs) {
            if (!connections.remove(new Key(owner, id), this)) return;
            if (open) note(Kind.END, byUs, Bytes.EMPTY);
            host.answer(owner, new Event.Closed(id, why));
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
}
