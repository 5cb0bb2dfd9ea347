package p2psip.app.web;

import module java.base;
import p2psip.app.pipe.*;
import p2psip.std.Bytes;

/// Where the bytes of pipes come and go: a port of 127.0.0.1 of its own. Who has asked for a pipe
/// ([OpenPipe]) is given a ticket; a connection begins with it, each is good once and soon.
///
/// ```
///  program                                     node
///    -- POST /pipes {"connect": ADDRESS} ----->
///    <- {"port": ..., "ticket": ...} ----------
///    -- TCP: ticket, new line ---------------->
///    <- "ok" or why not, new line -------------
///    <- bytes, both ways; each end closes its own direction ->
/// ```
/// Who listens holds a connection of his own, by which he is told of each caller on a line: the
/// ticket of a connection to it, whether it is verified, and its address. When he closes it he
/// listens no more.
public final class PipeDoor implements AutoCloseable {
    /// Connections, and tickets that are not used, at a time.
    static final int CONNECTIONS = 256, TICKETS = 256;

    /// How long a ticket is good, and how long a connection may take to show one.
    static final Duration GOOD = Duration.ofSeconds(10);

    private static final int CHUNK = 32 * 1024;

    /// What a ticket is good for.
    interface Errand {
        /// Does it, on a thread of its own; the connection is closed afterwards.
        ///
        /// @return why it went wrong, if it did
        Optional<String> run(Socket connection) throws IOException, InterruptedException;

        /// Nobody has come for it.
        default void tooLate() {}
    }

    private final SequencedMap<String, CompletableFuture<Optional<String>>> outcomes =
            new LinkedHashMap<>();

    /// Why what was done for a ticket went wrong, if it did; waits until it has ended.
    Optional<String> outcome(String ticket) {
        CompletableFuture<Optional<String>> outcome;
        synchronized (outcomes) {
            outcome = outcomes.get(ticket);
        }
        if (outcome == null) throw new Refused(404, "no pipe is known by that ticket");
        try {
            return outcome.get(Asker.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException | ExecutionException e) {
            throw new Refused(503, "it has not ended yet");
        }
    }

    private record Ticket(Errand errand, long until) {}

    private final PipeSockets sockets;
    private final ServerSocket door;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();
    private final Semaphore free = new Semaphore(CONNECTIONS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// @throws RuntimeException if no port can be opened
    public PipeDoor(PipeSockets sockets) {
        this.sockets = sockets;
        try {
            door = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("pipe door").start(this::listen);
    }

    int port() { return door.getLocalPort(); }

    PipeSockets sockets() { return sockets; }

    /// A ticket for an errand.
    String ticket(Errand errand) {
        var text = new Token(random).text();
        synchronized (tickets) {
            late();
            if (tickets.size() >= TICKETS)
                throw new Refused(503, TICKETS + " pipes are being opened: try again");
            tickets.put(text, new Ticket(errand, System.nanoTime() + GOOD.toNanos()));
        }
        return text;
    }

    private void late() {
        for (var all = tickets.values().iterator(); all.hasNext(); ) {
            var first = all.next();
            if (first.until - System.nanoTime() > 0) return;
            all.remove();
            first.errand.tooLate();
        }
    }

    private void listen() {
        while (!door.isClosed()) try {
            var connection = door.accept();
            if (free.tryAcquire()) Thread.ofVirtual().start(() -> serve(connection));
            else connection.close();
        } catch (IOException e) {
            // it is closed, or there is no room for one more
        }
    }

    private void serve(Socket connection) {
        open.add(connection);
        try (connection) {
            connection.setTcpNoDelay(true);
            connection.setSoTimeout((int) GOOD.toMillis());
            var shown = line(connection.getInputStream());
            connection.setSoTimeout(0);
            Ticket ticket;
            synchronized (tickets) {
                late();
                ticket = tickets.remove(shown);
            }
            if (ticket == null) return;
            var outcome = new CompletableFuture<Optional<String>>();
            synchronized (outcomes) {
                outcomes.putLast(shown, outcome);
                if (outcomes.size() > TICKETS) outcomes.pollFirstEntry();
            }
            var how = Optional.of("the program has gone");
            try {
                how = ticket.errand.run(connection);
            } finally {
                outcome.complete(how);
            }
        } catch (IOException | InterruptedException e) {
            // he has gone
        } finally {
            open.remove(connection);
            free.release();
        }
    }

    /// A line without its end; no more of the connection is read.
    static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || text.length() > 1_000) throw new EOFException("no line");
            text.append((char) c);
        }
        return text.toString();
    }

    static void say(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Carries bytes between a pipe and a connection until both directions have ended; answers why
    /// it went wrong, if it did: then the connection is reset.
    static Optional<String> carry(PipeSocket pipe, Socket connection)
            throws IOException, InterruptedException {
        var writing = Thread.ofVirtual().start(() -> fill(pipe, connection));
        try {
            for (var bytes = pipe.recv(); !bytes.isEmpty(); bytes = pipe.recv())
                connection.getOutputStream().write(bytes.toArray());
            if (!pipe.broken()) connection.shutdownOutput();
        } catch (IOException e) {
            pipe.drop();
        }
        var why = pipe.end();
        if (why.isPresent() && !connection.isClosed()) {
            connection.setSoLinger(true, 0);
            connection.close();
        }
        writing.join();
        return why;
    }

    private static void fill(PipeSocket pipe, Socket connection) {
        try {
            var in = connection.getInputStream();
            var bytes = new byte[CHUNK];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes))
                pipe.send(Bytes.slice(bytes, 0, n));
            pipe.finish();
        } catch (IOException | InterruptedException e) {
            pipe.drop();
        } catch (PipeFailed e) {
            // the other thread sees it, too
        }
    }

    @Override public void close() {
        try {
            door.close();
            for (var connection : open) connection.close();
        } catch (IOException e) {
            // it is closed already
        }
    }
}
