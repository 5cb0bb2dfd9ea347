package p2psip.app.pipe;

import module java.base;
import p2psip.app.node.Pipe;

/// A program that listens at an address.
public final class PipeServer implements AutoCloseable {
    /// Callers who may wait to be accepted; one more is dropped.
    static final int WAITING = 16;

    private final PipeSockets sockets;
    private final long id;
    private final BlockingQueue<Optional<Pipe.Caller>> callers =
            new ArrayBlockingQueue<>(WAITING + 1);
    private final CompletableFuture<Optional<String>> listening = new CompletableFuture<>();

    PipeServer(PipeSockets sockets, long id) {
        this.sockets = sockets;
        this.id = id;
    }

    /// On the thread that hears the node.
    void told(Pipe.Event event) {
        switch (event) {
            case Pipe.Listening _ -> listening.complete(Optional.empty());
            case Pipe.Caller caller -> {
                if (callers.size() >= WAITING) sockets.command(new Pipe.Drop(caller.id()));
                else callers.add(Optional.of(caller));
            }
            case Pipe.Ended(_, _, var why) -> {
                listening.complete(Optional.of(why));
                callers.offer(Optional.empty());
            }
            case Pipe.Connected _, Pipe.Writable _, Pipe.Arrived _, Pipe.Finished _ -> { }
        }
    }

    void listen() throws InterruptedException {
        try {
            var why = listening.get();
            if (why.isPresent()) throw new PipeFailed(why.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits for somebody who calls.
    ///
    /// @throws RuntimeException if the node listens no more
    public PipeSocket accept() throws InterruptedException {
        while (true) {
            var caller = callers.take();
            if (caller.isEmpty()) {
                callers.add(caller);
                throw new PipeFailed("it listens no more");
            }
            var socket = sockets.accepted(caller.get());
            if (socket.isPresent()) return socket.get();
        }
    }

    @Override public void close() {
        sockets.command(new Pipe.Drop(id));
        sockets.forget(id);
        callers.offer(Optional.empty());
    }
}
