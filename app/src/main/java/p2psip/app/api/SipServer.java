package p2psip.app.api;

import module java.base;
import p2psip.app.host.Host;

/// A SIP server whose program decides about each request, on a virtual thread of its own that may
/// wait for whatever it likes; one whose request is cancelled meanwhile is interrupted.
///
/// It takes in UDP and TCP. To close it is to end all that waits, so it stands in the head of a
/// `try`.
public final class SipServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("p2psip.api");

    private static final Duration PATIENCE = Duration.ofSeconds(20), EVER = Duration.ofDays(365);

    private final Incoming.Service service;
    private final Host.Line line;
    private final Consumer<Incoming> program;
    private final Map<Long, Thread> deciding = new ConcurrentHashMap<>();
    private final InetSocketAddress address;
    private final Thread receiving;

    private SipServer(Host.Line line, Realms realms, Consumer<Incoming> program) {
        this.line = line;
        service = new Incoming.Service(line::command, realms, line::now);
        this.program = program;
        address = switch (line.told(PATIENCE).stream().findFirst().orElse("no answer")) {
            case DeskNode.Ready(var at) -> at;
            case DeskNode.NotReady(var why) -> throw new IllegalStateException(why);
            case Object other -> throw new IllegalStateException("not started: " + other);
        };
        receiving = Thread.startVirtualThread(this::receive);
    }

    /// Starts one.
    ///
    /// @param at      where; port 0 is any that is free
    /// @param domain  whose users it is for, beside those of its own address
    /// @param program hears of each request that begins something, on a thread for each
    /// @throws IllegalStateException if the port is in use
    public static SipServer start(
            Host host, InetSocketAddress at, String domain, Consumer<Incoming> program) {
        var random = new AtomicReference<RandomGenerator>();
        var line = host.start("server", room -> {
            random.set(room.random());
            return new DeskNode(at, List.of(domain), room);
        });
        return new SipServer(line, new Realms(random::get), program);
    }

    /// Where it takes in messages.
    public InetSocketAddress address() { return address; }

    /// Waits until it is closed, by another thread or by an interrupt of this one.
    public void serve() {
        try {
            receiving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends it: what is undecided is answered 503, and who decides about it is interrupted.
    @Override public void close() {
        line.command(new Desk.Close());
        serve();
    }

    private void receive() {
        while (!line.ended()) for (var told : line.told(EVER)) switch (told) {
            case Desk.Asked asked -> begin(asked);
            case Desk.Withdrawn(long id) -> interrupt(deciding.get(id));
            case Host.Died(_, var bug) -> LOG.log(System.Logger.Level.ERROR, "it has died", bug);
            default -> { }
        }
        deciding.values().forEach(SipServer::interrupt);
    }

    private static void interrupt(Thread thread) {
        if (thread != null) thread.interrupt();
    }

    private void begin(Desk.Asked asked) {
        var thread = Thread.ofVirtual().unstarted(() -> {
            try {
                decide(new Incoming(service, asked));
            } finally {
                deciding.remove(asked.id());
            }
        });
        deciding.put(asked.id(), thread);
        thread.start();
    }

    private void decide(Incoming request) {
        try {
            program.accept(request);
            if (!request.decided()) request.reject(501);
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "the program has failed at " + request, bug);
            if (!request.decided()) request.reject(500);
        }
    }
}
