package p2psip.app.pipe;

import module java.base;
import p2psip.app.node.Pipe;
import p2psip.std.Bytes;

/// One end of a pipe, for a program that waits. One thread may send while another receives.
public final class PipeSocket implements AutoCloseable {
    /// Bytes that may wait for [#recv].
    static final int WINDOW = 256 * 1024;

    /// Bytes that were received until more are asked for.
    private static final int WORTH = WINDOW / 8;

    /// Bytes written at once.
    private static final int CHUNK = 64 * 1024;

    private static final Bytes END = Bytes.EMPTY;

    private final PipeSockets sockets;
    private final long id;
    private final String peer;
    private final boolean verified;
    private final BlockingQueue<Bytes> come = new LinkedBlockingQueue<>();
    private final Semaphore writable = new Semaphore(0);
    private final CompletableFuture<Pipe.Ended> ended = new CompletableFuture<>();
    private final CompletableFuture<Optional<String>> connected = new CompletableFuture<>();

    /// Since more was asked for.
    private int taken;

    PipeSocket(PipeSockets sockets, long id, String peer, boolean verified) {
        this.sockets = sockets;
        this.id = id;
        this.peer = peer;
        this.verified = verified;
    }

    /// The other end's address; empty if it has none.
    public String peer() { return peer; }

    /// Whether that is proved.
    public boolean verified() { return verified; }

    /// On the thread that hears the node.
    void told(Pipe.Event event) {
        switch (event) {
            case Pipe.Writable(_, int bytes) -> writable.release(bytes);
            case Pipe.Arrived(_, var bytes) -> come.add(bytes);
            case Pipe.Finished _ -> come.add(END);
            case Pipe.Connected _ -> connected.complete(Optional.empty());
            case Pipe.Ended end -> {
                ended.complete(end);
                connected.complete(Optional.of(end.why()));
                come.add(END);
                writable.release(CHUNK);
            }
            case Pipe.Caller _, Pipe.Listening _ -> { }
        }
    }

    /// Waits until it is there.
    ///
    /// @throws RuntimeException if it does not come to be
    void connect() throws InterruptedException {
        try {
            var why = connected.get();
            if (why.isPresent()) throw new PipeFailed(why.get());
            read(WINDOW);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The program takes so many bytes more.
    void read(int bytes) { sockets.command(new Pipe.Read(id, bytes)); }

    /// Sends bytes; waits while the other end does not read.
    ///
    /// @throws RuntimeException if the pipe has ended
    public void send(Bytes bytes) throws InterruptedException {
        for (int from = 0; from < bytes.size(); ) {
            writable.acquire();
            int size = 1 + Math.min(Math.min(CHUNK, bytes.size() - from) - 1,
                    writable.availablePermits());
            writable.acquire(size - 1);
            if (ended.isDone()) throw new PipeFailed(ended.join().why());
            sockets.command(new Pipe.Write(id, bytes.slice(from, from + size)));
            from += size;
        }
    }

    /// The next bytes; none when the other end writes no more, or the pipe has ended.
    public Bytes recv() throws InterruptedException {
        var bytes = come.take();
        if (bytes.isEmpty()) come.add(END);
        taken += bytes.size();
        if (taken >= WORTH) {
            read(taken);
            taken = 0;
        }
        return bytes;
    }

    /// Whether it has broken off.
    public boolean broken() { return ended.isDone() && !ended.join().well(); }

    /// Writes no more; the other end may.
    public void finish() { sockets.command(new Pipe.Close(id)); }

    /// Gives it up.
    public void drop() { sockets.command(new Pipe.Drop(id)); }

    /// Waits until all has got there, or cannot any more; answers why not.
    public Optional<String> end() throws InterruptedException {
        try {
            var how = ended.get();
            return how.well() ? Optional.empty() : Optional.of(how.why());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Writes no more, waits for nothing.
    @Override public void close() { finish(); }
}
