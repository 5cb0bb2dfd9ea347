package p2psip.app.host;

import module java.base;
import jdk.net.ExtendedSocketOptions;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;

/// The datagram sockets of a [RealHost]: one for each bound address, one more for each group.
final class Datagrams {
    /// How many datagrams one socket may bring in before the others have their turn.
    private static final int TURN = 64;

    /// How many datagrams that came alone are read before it is tried whether there are two.
    private static final int LOOK = 16;

    /// What the system may keep for a socket that is not read fast enough.
    private static final int BUFFER = 1 << 20;

    private final class Socket implements Runnable {
        final Resident owner;
        final Id id;
        final DatagramChannel channel;
        final InetSocketAddress local;

        /// Whether more than one came lately: else a second look costs a call in vain.
        private boolean busy = true;
        private int looks;

        Socket(Resident owner, Id id, DatagramChannel channel, InetSocketAddress local) {
            this.owner = owner;
            this.id = id;
            this.channel = channel;
            this.local = local;
        }

        /// Called by the loop when something has come in.
        @Override public void run() {
            try {
                boolean look = busy || ++looks % LOOK == 0;
                for (int i = 0; i < (look ? TURN : 1) && channel.isOpen(); i++) {
                    var remote = (InetSocketAddress) channel.receive(buffer.clear());
                    if (remote == null) {
                        busy = i > 1;
                        return;
                    }
                    received(remote, Bytes.from(buffer.flip()));
                }
                if (look) busy = true;
            } catch (IOException e) {
                owner.remark("socket " + local + ": " + Why.of(e), host.now());
            }
        }

        private void received(InetSocketAddress remote, Bytes bytes) {
            if (owner.watched()) owner.note(new Wire(Kind.DATAGRAM, false,
                    host.concrete(local, remote), remote, bytes), host.now());
            host.tell(owner, new Event.Datagram(id, local, remote, bytes));
        }
    }

    /// The same socket once more, connected to one peer: the system tells it what ICMP says of what
    /// it has sent there, and gives it what comes from there.
    private final class Twin implements Runnable {
        final Socket of;
        final InetSocketAddress remote;
        final DatagramChannel channel;

        Twin(Socket of, InetSocketAddress remote, DatagramChannel channel) {
            this.of = of;
            this.remote = remote;
            this.channel = channel;
        }

        @Override public void run() {
            try {
                for (int i = 0; i < TURN && channel.isOpen(); i++) {
                    if (channel.read(buffer.clear()) < 0 || buffer.position() == 0) return;
                    of.received(remote, Bytes.from(buffer.flip()));
                }
            } catch (IOException e) {
                unreachable();
            }
        }

        void send(Bytes bytes) {
            try {
                channel.write(bytes.to(outgoing.clear()).flip());
            } catch (IOException e) {
                unreachable();
            }
        }

        //= rfc3261#18.4-2 source quench and exceeded TTL are ignored: systems tell of no such error
        private void unreachable() {
            if (twins.get(new Pair(of, remote)) == this)
                host.answer(of.owner, new Event.Unreachable(of.id, of.local, remote));
        }
    }

    private record Key(Resident owner, InetSocketAddress local) {}

    private record Pair(Socket socket, InetSocketAddress remote) {}

    private final RealHost host;
    private final Selector selector;
    private final Map<Key, Socket> sockets = new HashMap<>();
    private final Map<Pair, Twin> twins = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16),
            outgoing = ByteBuffer.allocateDirect(1 << 16);

    Datagrams(RealHost host, Selector selector) {
        this.host = host;
        this.selector = selector;
    }

    /// @param whole whether nothing that is sent may be cut into fragments
    void bind(Resident owner, Id id, InetSocketAddress wanted, boolean whole) {
        open(owner, id, wanted, channel -> {
            //= rfc9000#14-2,3 no fragments: the bit is set where the system can
            if (whole && channel.supportedOptions().contains(WHOLE)) channel.setOption(WHOLE, true);
            channel.bind(wanted);
        });
    }

    private static final SocketOption<Boolean> WHOLE = ExtendedSocketOptions.IP_DONTFRAGMENT;

    /// A socket bound to the group's own address hears only what is sent to the group, so it can
    /// share its port with the sockets of other nodes.
    void join(Resident owner, Id id, InetSocketAddress group) {
        open(owner, id, group, channel -> {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(group);
            boolean joined = false;
            for (var each : Interfaces.up()) joined |= join(channel, group.getAddress(), each);
            if (!joined) throw new SocketException("no interface can join");
        });
    }

    private static boolean join(DatagramChannel channel, InetAddress group, NetworkInterface by) {
        try {
            channel.join(group, by);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;   // it has no address of the group's family, or does not do multicast
        }
    }

    private interface Opening {
        void prepare(DatagramChannel channel) throws IOException;
    }

    private void open(Resident owner, Id id, InetSocketAddress wanted, Opening opening) {
        DatagramChannel channel = null;
        try {
            if (sockets.size() >= Host.SOCKETS) throw new IOException("too many sockets");
            channel = DatagramChannel.open(Streams.family(wanted));
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER)
                    .setOption(StandardSocketOptions.SO_SNDBUF, BUFFER).configureBlocking(false);
            opening.prepare(channel);
            var local = (InetSocketAddress) channel.getLocalAddress();
            var socket = new Socket(owner, id, channel, local);
            channel.register(selector, SelectionKey.OP_READ, socket);
            sockets.put(new Key(owner, local), socket);
            host.answer(owner, new Event.Bound(id, local));
        } catch (IOException | UnsupportedOperationException e) {
            if (channel != null) Why.quietly(channel);
            host.answer(owner, new Event.NotBound(id, wanted, Why.of(e)));
        }
    }

    void send(Resident owner, InetSocketAddress local, InetSocketAddress remote, Bytes bytes) {
        var socket = sockets.get(new Key(owner, local));
        if (socket == null || bytes.size() > Host.DATAGRAM) {
            owner.remark("not sent to " + remote + ": " + (bytes.size() > Host.DATAGRAM
                    ? "too long" : "no socket at " + local), host.now());
            return;
        }
        if (owner.watched()) owner.note(new Wire(
                Kind.DATAGRAM, true, host.concrete(local, remote), remote, bytes), host.now());
        var twin = twins.isEmpty() ? null : twins.get(new Pair(socket, remote));
        try {
            if (twin != null) twin.send(bytes);
            else if (remote.getAddress().isMulticastAddress()) multicast(socket, remote, bytes);
            else send(socket.channel, bytes, remote);
        } catch (IOException | IllegalArgumentException e) {
            owner.remark("not sent to " + remote + ": " + Why.of(e), host.now());
        }
    }

    /// What the system does not send whole is lost, as on the way: it may be too large. But it may
    /// believe whoever has told it that the way carries next to nothing.
    void send(DatagramChannel channel, Bytes bytes, InetSocketAddress to) throws IOException {
        try {
            channel.send(bytes.to(outgoing.clear()).flip(), to);
        } catch (IOException e) {
            if (bytes.size() > CARRIED || !channel.supportedOptions().contains(WHOLE)
                    || !channel.getOption(WHOLE)) throw e;
            //= rfc9000#14.2.1-1 that the MTU is below the smallest is ignored
            channel.setOption(WHOLE, false);
            try {
                channel.send(outgoing.rewind(), to);
            } finally {
                channel.setOption(WHOLE, true);
            }
        }
    }

    /// What every way carries.
    private static final int CARRIED = 1_200;

    private void multicast(Socket socket, InetSocketAddress group, Bytes bytes) throws IOException {
        for (var by : Interfaces.from(socket.local.getAddress())) {
            try {
                socket.channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, by)
                        .setOption(StandardSocketOptions.IP_MULTICAST_TTL,
                                Interfaces.isLoopback(by) ? 0 : 1);
                socket.channel.send(bytes.buffer(), group);
            } catch (IOException | IllegalArgumentException e) {
                socket.owner.remark("not sent to " + group + " by " + by.getName() + ": "
                        + Why.of(e), host.now());
            }
        }
    }

    void watch(Resident owner, InetSocketAddress local, InetSocketAddress remote) {
        var socket = sockets.get(new Key(owner, local));
        if (socket == null || twins.size() >= Host.WATCHED
                || twins.containsKey(new Pair(socket, remote))) return;
        DatagramChannel channel = null;
        try {
            channel = DatagramChannel.open(Streams.family(local));
            channel.configureBlocking(false);
            // shared for a moment only: nobody else is to bind this port
            shared(true, socket.channel, channel);
            try {
                channel.bind(socket.local).connect(remote);
            } finally {
                shared(false, socket.channel, channel);
            }
            var twin = new Twin(socket, remote, channel);
            channel.register(selector, SelectionKey.OP_READ, twin);
            twins.put(new Pair(socket, remote), twin);
        } catch (IOException | UnsupportedOperationException e) {
            if (channel != null) Why.quietly(channel);
            owner.remark("not told whether " + remote + " is there: " + Why.of(e), host.now());
        }
    }

    private static void shared(boolean now, DatagramChannel... channels) throws IOException {
        for (var channel : channels) channel.setOption(StandardSocketOptions.SO_REUSEPORT, now);
    }

    void leave(Resident owner, InetSocketAddress local, InetSocketAddress remote) {
        var socket = sockets.get(new Key(owner, local));
        if (socket != null) leave(new Pair(socket, remote));
    }

    private void leave(Pair pair) {
        var twin = twins.remove(pair);
        if (twin != null) host.post(() -> {
            twin.run();   // what has come meanwhile
            host.close(twin.channel);
        });
    }

    void close(Resident owner, InetSocketAddress local) {
        var socket = sockets.remove(new Key(owner, local));
        if (socket == null) return;
        twins.keySet().stream().filter(pair -> pair.socket == socket).toList()
                .forEach(pair -> host.close(twins.remove(pair).channel));
        host.close(socket.channel);
    }

    void end(Resident owner) {
        sockets.keySet().stream().filter(each -> each.owner == owner).toList()
                .forEach(each -> close(owner, each.local));
    }
}
