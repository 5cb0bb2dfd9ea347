package p2psip.app.pipe;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.node.Pipe;

/// The pipes of a node, for programs that wait. Whoever hears what the node tells hands it over by
/// [#told]; [#of] has a thread that does nothing else.
public final class PipeSockets implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Host.Line line;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, Consumer<Pipe.Event>> hearing = new ConcurrentHashMap<>();
    /// Callers who are not accepted yet: what is told of them.
    private final Map<Long, List<Pipe.Event>> early = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param line to the node
    public PipeSockets(Host.Line line) { this.line = line; }

    /// Hears the node alone: for a program that wants nothing else of it.
    public static PipeSockets of(Host.Line line) {
        var sockets = new PipeSockets(line);
        Thread.ofPlatform().daemon().name("pipes").start(() -> {
            while (!sockets.closed && !line.ended()) for (var told : line.told(BEAT))
                if (told instanceof Pipe.Event event) sockets.told(event);
            sockets.ended();
        });
        return sockets;
    }

    /// The node has told something of a pipe.
    public void told(Pipe.Event event) {
        if (event instanceof Pipe.Caller(long id, long listener, _, _)) {
            early.put(id, new ArrayList<>());
            hear(listener, event);
        } else hear(event.id(), event);
        if (event instanceof Pipe.Ended) hearing.remove(event.id());
    }

    private void hear(long id, Pipe.Event event) {
        var who = hearing.get(id);
        if (who != null) who.accept(event);
        else early.computeIfPresent(id, (_, all) -> {
            all.add(event);
            return all;
        });
    }

    /// The node has ended, and with it all pipes.
    public void ended() {
        for (long id : List.copyOf(hearing.keySet()))
            told(new Pipe.Ended(id, false, "the node has ended"));
    }

    void command(Pipe.Command command) { line.command(command); }

    void forget(long id) { hearing.remove(id); }

    /// Listens at an address.
    ///
    /// @param from who may call; without any, everybody
    /// @throws RuntimeException if that cannot be
    public PipeServer bind(String address, String... from) throws InterruptedException {
        long id = lastId.incrementAndGet();
        var server = new PipeServer(this, id);
        hearing.put(id, server::told);
        command(new Pipe.Listen(id, address, Set.of(from)));
        server.listen();
        return server;
    }

    /// Calls a program.
    ///
    /// @throws RuntimeException if it cannot be reached, or does not want to
    public PipeSocket connect(String address) throws InterruptedException {
        return connect(address, Optional.empty());
    }

    /// @param as in whose name: an address that this node serves
    public PipeSocket connect(String address, Optional<String> as) throws InterruptedException {
        long id = lastId.incrementAndGet();
        var socket = new PipeSocket(this, id, address, true);
        hearing.put(id, socket::told);
        command(new Pipe.Connect(id, address, as));
        socket.connect();
        return socket;
    }

    /// Takes a caller, if he is there still.
    Optional<PipeSocket> accepted(Pipe.Caller caller) {
        var socket = new PipeSocket(this, caller.id(), caller.caller(), caller.verified());
        var before = early.remove(caller.id());
        if (before == null || before.stream().anyMatch(Pipe.Ended.class::isInstance))
            return Optional.empty();
        hearing.put(caller.id(), socket::told);
        command(new Pipe.Accept(caller.id()));
        socket.read(PipeSocket.WINDOW);
        return Optional.of(socket);
    }

    /// Hears the node no more.
    @Override public void close() { closed = true; }
}
