package p2psip.app.host;

import module java.base;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;

/// A stream by TCP: read and written by the loop itself, which never waits for it. What the nodes
/// write in one turn of the loop leaves together.
///
/// Threads of its own, as a stream by TLS has, would cost two wakings for each piece: three times
/// the work of a relay.
final class TcpConnection implements Connection, Runnable {
    private final RealHost host;
    private final Streams streams;
    private final Resident owner;
    private final Id id;
    private final SocketChannel channel;
    private final Deque<Bytes> outgoing = new ArrayDeque<>();
    private Optional<SelectionKey> key = Optional.empty();
    private InetSocketAddress local = new InetSocketAddress(0), remote = local;
    private int unwritten, written;
    private boolean open, alive = true, marked, shut, peerShut;

    TcpConnection(RealHost host, Streams streams, Resident owner, Id id, SocketChannel channel) {
        this.host = host;
        this.streams = streams;
        this.owner = owner;
        this.id = id;
        this.channel = channel;
    }

    @Override public Resident owner() { return owner; }

    @Override public Id id() { return id; }

    @Override public boolean shaking() { return false; }

    /// A peer has come.
    void accepted(Selector selector) throws IOException {
        channel.configureBlocking(false);
        key = Optional.of(channel.register(selector, SelectionKey.OP_READ, this));
        opened(false);
    }

    void connect(InetSocketAddress to, Selector selector) throws IOException {
        channel.configureBlocking(false);
        if (channel.connect(to)) {
            key = Optional.of(channel.register(selector, SelectionKey.OP_READ, this));
            host.post(() -> failing(() -> opened(true)));
            return;
        }
        key = Optional.of(channel.register(selector, SelectionKey.OP_CONNECT, this));
        in(Host.CONNECTING, () -> {
            if (!open) lost("timed out");
        });
    }

    private void in(Duration span, Runnable what) {
        Thread.startVirtualThread(() -> {
            LockSupport.parkNanos(span.toNanos());
            host.post(what);
        });
    }

    private void opened(boolean byUs) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        local = (InetSocketAddress) channel.getLocalAddress();
        remote = (InetSocketAddress) channel.getRemoteAddress();
        open = true;
        note(Kind.OPEN, byUs, Bytes.EMPTY);
        for (var early : outgoing) note(Kind.DATA, true, early);
        if (alive) host.tell(owner, byUs
                ? new Event.Connected(id, new Way.Tcp(), local, remote, Optional.empty())
                : new Event.Accepted(id, new Way.Tcp(), local, remote, Optional.empty()));
        mark();
    }

    private interface Step {
        void take() throws IOException;
    }

    private void failing(Step step) {
        try {
            step.take();
        } catch (IOException e) {
            lost(Why.of(e));
        }
    }

    /// Called by the loop when it can go on.
    @Override public void run() {
        failing(() -> {
            if (!channel.isOpen()) return;
            if (!open) {
                if (!channel.finishConnect()) return;
                key.orElseThrow().interestOps(SelectionKey.OP_READ);
                opened(true);
                return;
            }
            if (key.orElseThrow().isWritable()) flush();
            if (key.orElseThrow().isValid() && key.orElseThrow().isReadable()) read();
        });
    }

    private void read() throws IOException {
        var buffer = streams.buffer.clear();
        int size = channel.read(buffer);
        if (size < 0) {
            peerShut = true;
            key.orElseThrow().interestOpsAnd(~SelectionKey.OP_READ);
            end("closed by the peer", false);
            flush();
        } else if (alive && size > 0) {
            var bytes = Bytes.from(buffer.flip());
            note(Kind.DATA, false, bytes);
            host.tell(owner, new Event.Received(id, bytes));
        }
    }

    @Override public void write(Bytes bytes) {
        unwritten += bytes.size();
        if (unwritten > Host.UNWRITTEN) {
            end("the peer reads too slowly", true);
            discard();
            return;
        }
        if (open) note(Kind.DATA, true, bytes);
        outgoing.add(bytes);
        if (open) mark();
    }

    /// Has it flushed at the end of the loop's turn.
    private void mark() {
        if (!marked) streams.marked.add(this);
        marked = true;
    }

    /// Writes what there is, as far as the system takes it.
    void flushed() {
        marked = false;
        failing(this::flush);
    }

    private void flush() throws IOException {
        if (!open || !channel.isOpen()) return;
        boolean all = true;
        while (all && !outgoing.isEmpty()) all = writeSome();
        key.orElseThrow().interestOps(key.orElseThrow().interestOps() & ~SelectionKey.OP_WRITE
                | (all ? 0 : SelectionKey.OP_WRITE));
        if (alive || !all) return;
        if (!shut) channel.shutdownOutput();
        shut = true;
        if (peerShut) discard();
    }

    /// Writes a buffer full; answers whether the system has taken it.
    private boolean writeSome() throws IOException {
        var buffer = streams.buffer.clear();
        int skip = written;
        for (var each : outgoing) {
            if (each.size() - skip > buffer.remaining()) {
                if (buffer.position() == 0) buffer.put(
                        each.buffer().slice(skip, Math.min(each.size() - skip, buffer.limit())));
                break;
            }
            buffer.put(skip == 0 ? each.buffer() : each.buffer().position(skip));
            skip = 0;
        }
        int wanted = buffer.flip().remaining(), taken = channel.write(buffer);
        unwritten -= taken;
        written += taken;
        while (!outgoing.isEmpty() && written >= outgoing.peek().size())
            written -= outgoing.remove().size();
        return taken == wanted;
    }

    @Override public void close() { end("closed", true); }

    private void lost(String why) {
        end(why, false);
        discard();
    }

    /// Closes it, whatever is not written.
    void abandon() { discard(); }

    private void discard() {
        outgoing.clear();
        Why.quietly(channel);
        streams.leaving.remove(this);
    }

    /// Ends it: for the node now; for the peer when all is written and it has closed its side too,
    /// or at the limit.
    private void end(String why, boolean byUs) {
        if (!alive) return;
        alive = false;
        streams.remove(this);
        if (open) note(Kind.END, byUs, Bytes.EMPTY);
        host.answer(owner, new Event.Closed(id, why));
        if (!open && unwritten == 0) {
            discard();
            return;
        }
        streams.leaving.add(this);
        in(Host.LINGER, this::discard);
        if (open) mark();
    }

    /// Whether something of it waits to be written.
    boolean unfinished() { return !outgoing.isEmpty(); }

    private void note(Kind kind, boolean sent, Bytes bytes) {
        if (owner.watched()) owner.note(
                new Wire(kind, sent, local, remote, bytes), host.now());
    }
}
