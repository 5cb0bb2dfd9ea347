package p2psip.app.host;

import module java.base;
import p2psip.std.Bytes;

/// The byte streams (TCP, TLS) of a [RealHost]. The loop accepts; each is a [Connection] then.
final class Streams {
    /// How many peers may wait to be accepted.
    private static final int BACKLOG = 1_024;

    /// How long a listener rests when the system has no file left for one more peer.
    private static final Duration REST = Duration.ofSeconds(1);

    /// How many peers may be at their handshake, which costs us much and them little; one more is
    /// closed at once.
    static final int HANDSHAKES = 256;

    private record Key(Resident owner, Id id) {}

    private record Place(Resident owner, InetSocketAddress local) {}

    private final RealHost host;
    private final Selector selector;
    private final Map<Key, Connection> connections = new HashMap<>();
    private final Map<Place, ServerSocketChannel> listeners = new HashMap<>();
    final Set<TlsConnection> writing = ConcurrentHashMap.newKeySet();

    /// Those that have something to write at the end of the turn, and those that have ended for
    /// their node and not yet for the peer.
    final List<TcpConnection> marked = new ArrayList<>();
    final Set<TcpConnection> leaving = new LinkedHashSet<>();

    /// For whoever reads or writes just now.
    final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    final Tls tls;
    private long lastAccepted;

    /// How many peers that have come are at their handshake.
    private int shaking;

    Streams(RealHost host, Selector selector, Tls tls) {
        this.host = host;
        this.selector = selector;
        this.tls = tls;
    }

    void listen(Resident owner, Id id, Way way, InetSocketAddress wanted) {
        ServerSocketChannel channel = null;
        try {
            if (way instanceof Way.Tls(var domain, _, _) && tls.own(domain).isEmpty())
                throw new IOException("no certificate for " + domain);
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

    static ProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private void accept(Resident owner, Id id, Way way, ServerSocketChannel listener,
            InetSocketAddress local) {
        try {
            for (SocketChannel peer; (peer = listener.accept()) != null;) {
                if (connections.size() >= Host.STREAMS || shaking >= HANDSHAKES) {
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
        try {
            if (way instanceof Way.Tcp) {
                var tcp = new TcpConnection(host, this, owner, id, peer);
                connections.put(new Key(owner, id), tcp);
                tcp.accepted(selector);
            } else {
                var tls = new TlsConnection(host, this, owner, id, way, peer, false);
                connections.put(new Key(owner, id), tls);
                shaking++;
                tls.accepted();
            }
        } catch (IOException e) {
            remove(connections.get(new Key(owner, id)));   // it has gone already
            Why.quietly(peer);
        }
    }

    void open(Resident owner, Id id, Way way, InetSocketAddress remote) {
        var key = new Key(owner, id);
        if (connections.containsKey(key))
            throw new IllegalStateException("stream " + id + " is open already");
        try {
            if (connections.size() >= Host.STREAMS) throw new IOException("too many streams");
            var channel = SocketChannel.open(family(remote));
            if (way instanceof Way.Tcp) {
                var tcp = new TcpConnection(host, this, owner, id, channel);
                connections.put(key, tcp);
                tcp.connect(remote, selector);
            } else {
                var tls = new TlsConnection(host, this, owner, id, way, channel, true);
                connections.put(key, tls);
                tls.connect(remote);
            }
        } catch (IOException e) {
            connections.remove(key);
            host.answer(owner, new Event.Closed(id, Why.of(e)));
        }
    }

    void write(Resident owner, Id id, Bytes bytes) {
        var connection = connections.get(new Key(owner, id));
        if (connection != null && !bytes.isEmpty()) connection.write(bytes);
    }

    void close(Resident owner, Id id) {
        var connection = connections.get(new Key(owner, id));
        if (connection != null) connection.close();
    }

    boolean has(Connection connection) {
        return connections.get(new Key(connection.owner(), connection.id())) == connection;
    }

    /// A peer has shaken hands.
    void shaken() { shaking--; }

    /// Forgets a stream; answers whether it was there.
    boolean remove(Connection connection) {
        if (!connections.remove(new Key(connection.owner(), connection.id()), connection))
            return false;
        if (connection.shaking()) shaking--;
        return true;
    }

    void close(Resident owner, InetSocketAddress local) {
        var listener = listeners.remove(new Place(owner, local));
        if (listener != null) host.close(listener);
    }

    void end(Resident owner) {
        listeners.keySet().stream().filter(each -> each.owner == owner).toList()
                .forEach(each -> close(owner, each.local));
        connections.values().stream().filter(each -> each.owner() == owner).toList()
                .forEach(Connection::close);
    }

    /// Writes what was written to streams in this turn of the loop.
    void flush() {
        for (int i = 0; i < marked.size(); i++) marked.get(i).flushed();
        marked.clear();
    }

    /// Goes on writing when all nodes have ended, as long as they have for their farewell.
    void finish() {
        var end = System.nanoTime() + RealHost.FAREWELL.toNanos();
        flush();
        try {
            while (leaving.stream().anyMatch(TcpConnection::unfinished) && System.nanoTime() < end)
                selector.select(key -> ((Runnable) key.attachment()).run(), 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            List.copyOf(leaving).forEach(TcpConnection::abandon);
        }
    }

    /// Waits until all that was written to ended streams has left, at most so long.
    void drain(Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (!writing.isEmpty() && System.nanoTime() < end) Thread.sleep(1);
    }
}
