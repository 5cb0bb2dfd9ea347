package p2psip.app.host;

import module java.base;
import p2psip.app.trace.Trace;
import p2psip.std.Machine;

/// This computer as a host: one thread, an event loop, feeds all its nodes; it never waits for a
/// peer, a name server or a disk.
///
/// Datagrams and TCP are read and written by the loop itself. Each stream by TLS has two virtual
/// threads, one that reads and one that writes; names and the disk have their own. All these only
/// [#post] to the loop, as do the virtual threads of requests to the web.
public final class RealHost implements Host, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("p2psip.host");

    /// How long nodes may take to end when asked to.
    public static final Duration FAREWELL = Duration.ofSeconds(2);

    /// How many jobs of the inbox are done before sockets and timers have their turn.
    private static final int TURN = 1_000;

    /// How many commands of the program may wait for a node.
    private static final int COMMANDS = 10_000;

    /// How many notices wait for a first node; those after them are lost.
    private static final int UNHEARD = 100;

    /// How many may ask for the routers at a time; more are told that there are none.
    private static final int ROUTINGS = 8;

    /// What can be chosen about a host.
    ///
    /// @param home      where its nodes store; without one they store in memory
    /// @param addresses its own addresses, loopback first
    /// @param dns       the name server; without one those the system is set to
    /// @param tap       hears what its nodes note, and every byte that crosses the edge
    /// @param tls       what it shows by TLS, and whom it believes
    public record Options(Optional<Home> home, List<InetAddress> addresses,
            Optional<InetSocketAddress> dns, Consumer<Trace> tap, Credentials tls) {

        public Options(Optional<Home> home, List<InetAddress> addresses,
                Optional<InetSocketAddress> dns, Consumer<Trace> tap) {
            this(home, addresses, dns, tap, Credentials.USUAL);
        }

        /// The same with these.
        public Options with(Credentials other) {
            return new Options(home, addresses, dns, tap, other);
        }

        /// The same that asks this name server.
        public Options asking(Optional<InetSocketAddress> server) {
            return new Options(home, addresses, server.or(() -> dns), tap, tls);
        }

        /// A host with a home that tells nobody.
        public static Options of(Optional<Home> home) { return of(home, NOBODY); }

        public static Options of(Optional<Home> home, Consumer<Trace> tap) {
            return new Options(home, Interfaces.addresses(), Optional.empty(), tap);
        }
    }

    private final class Life implements Line {
        private final Resident resident;
        private final AtomicInteger commands = new AtomicInteger();

        Life(Resident resident) { this.resident = resident; }

        @Override public void command(Object command) {
            if (ended()) return;
            if (commands.incrementAndGet() > COMMANDS) {
                commands.decrementAndGet();
                throw new IllegalStateException("too many commands wait for " + resident.name);
            }
            post(() -> {
                commands.decrementAndGet();
                tell(resident, new Event.Command(command));
            });
        }

        @Override public List<Object> told(Duration patience) { return resident.told(patience); }

        @Override public Instant now() { return RealHost.this.now(); }

        @Override public boolean ended() { return resident.ended(); }
    }

    private final Options options;
    private final Instant anchor = Instant.now();
    private final long anchorNanos = System.nanoTime();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final List<Resident> residents = new CopyOnWriteArrayList<>();
    /// Said before anybody lived here.
    private final Set<Resident> spoken = new LinkedHashSet<>();
    private final Queue<Notice> unheard = new ArrayDeque<>();
    private final Selector selector;
    private final Datagrams datagrams;
    private final Tls tls;
    private final Streams streams;
    private final Names names;
    private final Disk disk;
    private final Identities identities;
    private final Sound sound;
    private final WebClient web;
    private final Associations associations;
    private final Semaphore routing = new Semaphore(ROUTINGS);
    private final Thread loop;
    private volatile boolean closing;

    public RealHost(Options options) {
        this.options = options;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.datagrams = new Datagrams(this, selector);
        this.tls = new Tls(options.tls, InstantSource.system());
        this.streams = new Streams(this, selector, tls);
        this.names = new Names(this, options.dns);
        this.disk = new Disk(this, options.home.map(home -> new StoreFile(home, "")),
                this::notice, this::now);
        this.identities = new Identities(this, options.home,
                new Trouble(this::notice, this::now));
        this.sound = new Sound(this);
        this.web = new WebClient(this, tls);
        this.associations = new Associations(this);
        this.loop = Thread.ofPlatform().name("host").start(this::loop);
    }

    @Override public Line start(String name, Function<Room, Machine<Event, Effect>> maker) {
        //= rfc3261#8.1.1.4-4 identifiers are made of cryptographically random bits
        //= rfc8489#5-5 and so are the IDs of STUN's transactions, cryptographically random
        var room = new Room(options.addresses, new SecureRandom(), InstantSource.system());
        var resident = new Resident(name, maker.apply(room), options.tap);
        post(() -> {
            residents.add(resident);
            hear();
            wake(resident);
        });
        return new Life(resident);
    }

    /// Gives every node a command that asks it to end, waits until all have, at most [#FAREWELL],
    /// and closes the host.
    public void stop(Object command) { stop(command, FAREWELL); }

    private void stop(Object command, Duration patience) {
        post(() -> residents.forEach(each -> tell(each, new Event.Command(command))));
        var end = System.nanoTime() + patience.toNanos();
        while (!residents.isEmpty() && System.nanoTime() < end)
            LockSupport.parkNanos(10_000_000);
        close();
    }

    /// Has [#stop] called when the program is interrupted (Ctrl-C) or told to terminate.
    public void stopOnInterrupt(Object command) { stopOnInterrupt(command, FAREWELL); }

    /// The same for nodes that may take longer to end.
    public void stopOnInterrupt(Object command, Duration patience) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            if (!closing) stop(command, patience);
        }));
    }

    /// Shows others and believes others by TLS from now on, whoever connects next; connections that
    /// are up stay so.
    public void renew(Credentials credentials) { tls.renew(credentials); }

    /// Ends all nodes at once; what was acknowledged is on disk.
    @Override public void close() {
        closing = true;
        selector.wakeup();
        try {
            if (Thread.currentThread() != loop) loop.join();
            streams.drain(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The time on which timers run: it began at the system's time, and never steps.
    Instant now() { return anchor.plusNanos(System.nanoTime() - anchorNanos); }

    /// The address that a peer sees of a socket bound to a wildcard, as far as can be told.
    InetSocketAddress concrete(InetSocketAddress local, InetSocketAddress remote) {
        if (!local.getAddress().isAnyLocalAddress()) return local;
        var peer = remote.getAddress();
        return options.addresses.stream()
                .filter(a -> a.isLoopbackAddress() == peer.isLoopbackAddress()
                        && a.getClass() == peer.getClass())
                .findFirst().map(a -> new InetSocketAddress(a, local.getPort())).orElse(local);
    }

    /// Says something to the users of all nodes that live here, or of the first to come.
    void notice(String line) {
        post(() -> {
            if (unheard.size() < UNHEARD) unheard.add(new Notice(line));
            hear();
        });
    }

    private void hear() {
        while (!residents.isEmpty() && !unheard.isEmpty()) {
            var notice = unheard.remove();
            residents.forEach(each -> say(each, notice));
        }
    }

    /// Its user hears it at the end of the turn.
    private void say(Resident resident, Object what) {
        resident.tell(what);
        spoken.add(resident);
    }

    /// Has the loop do something, soon.
    void post(Runnable job) {
        inbox.add(job);
        if (Thread.currentThread() != loop) selector.wakeup();
    }

    /// Works out beside the loop what a node is told then; answers false if nothing more is taken.
    ///
    /// @param free one for each piece of such work that may be taken yet
    boolean beside(Resident resident, Semaphore free, Supplier<Event> work) {
        if (!free.tryAcquire()) return false;
        Thread.startVirtualThread(() -> {
            var event = work.get();
            post(() -> {
                free.release();
                tell(resident, event);
            });
        });
        return true;
    }

    /// Closes a channel of the selector's so that its port is free at once, not a turn later.
    void close(SelectableChannel channel) {
        Why.quietly(channel);
        try {
            selector.selectNow(_ -> { });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Tells a node something and does what it answers; only the loop may call this.
    void tell(Resident resident, Event event) {
        resident.handle(event, now(), effect -> carryOut(resident, effect));
    }

    private void wake(Resident resident) {
        resident.wake(now(), effect -> carryOut(resident, effect));
    }

    private void loop() {
        var ready = new ArrayList<SelectionKey>();
        try {
            while (!closing) {
                if (inbox.isEmpty()) selector.select(ready::add, patience());
                else selector.selectNow(ready::add);
                for (var key : ready) ((Runnable) key.attachment()).run();
                ready.clear();
                for (int i = 0; i < TURN && !inbox.isEmpty(); i++) inbox.remove().run();
                for (var resident : residents)
                    if (!resident.deadline().isAfter(now())) wake(resident);
                spoken.forEach(Resident::flush);
                spoken.clear();
                streams.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closing = true;
            residents.forEach(this::end);
            disk.close();
            web.close();
            streams.finish();
            Why.quietly(selector);
        }
    }

    /// Milliseconds until the next deadline, rounded up; at least 1, for 0 would wait for ever.
    private long patience() {
        var first = now().plusSeconds(60);
        for (var resident : residents) {
            var due = resident.deadline();
            if (due.isBefore(first)) first = due;
        }
        return Math.max(1, now().until(first).plusNanos(999_999).toMillis());
    }

    private void carryOut(Resident resident, Effect effect) {
        switch (effect) {
            case Effect.Bind(var id, var local, boolean whole) ->
                    datagrams.bind(resident, id, local, whole);
            case Effect.JoinGroup(var id, var group) -> datagrams.join(resident, id, group);
            case Effect.Listen(var id, var way, var local) ->
                    streams.listen(resident, id, way, local);
            case Effect.Unbind(var local) -> {
                datagrams.close(resident, local);
                streams.close(resident, local);
            }
            case Effect.Datagram(var local, var remote, var bytes) ->
                    datagrams.send(resident, local, remote, bytes);
            case Effect.Open(var id, var way, var remote) ->
                    streams.open(resident, id, way, remote);
            case Effect.Write(var id, var bytes) -> streams.write(resident, id, bytes);
            case Effect.Close(var id) -> streams.close(resident, id);
            case Effect.Associate asked -> associations.begin(resident, asked);
            case Effect.Hand(var id, var datagram) -> associations.hand(resident, id, datagram);
            case Effect.Dissociate(var id) -> associations.end(resident, id);
            case Effect.Resolve(var id, var name) -> names.resolve(resident, id, name);
            case Effect.Query(var id, var question) -> names.query(resident, id, question);
            case Effect.Watch(var local, var remote, boolean matters) -> {
                if (matters) datagrams.watch(resident, local, remote);
                else datagrams.leave(resident, local, remote);
            }
            case Effect.Routers(var id) -> {
                if (!beside(resident, routing, () -> new Event.Routers(id, Routes.routers())))
                    answer(resident, new Event.Routers(id, List.of()));
            }
            case Effect.Http http -> web.ask(resident, http);
            case Effect.Abandon(var id) -> web.abandon(resident, id);
            case Effect.Store store -> disk.store(resident, store);
            case Effect.Load load -> disk.load(resident, load);
            case Effect.Identify(var id, var name) -> identities.identify(resident, id, name);
            case Effect.Listening(var id, int rate, int samples) ->
                    sound.listen(resident, id, rate, samples);
            case Effect.Play(int rate, var samples) -> sound.play(resident, rate, samples);
            case Effect.Note(var what) -> resident.note(what, now());
            case Effect.Tell(var what) -> say(resident, what);
            case Effect.Exit _ -> end(resident);
        }
    }

    /// Answers an effect: after all others of the same step have been carried out.
    void answer(Resident resident, Event event) { post(() -> tell(resident, event)); }

    private void end(Resident resident) {
        resident.end();
        resident.died().ifPresent(died -> LOG.log(System.Logger.Level.ERROR,
                "node " + died.node() + " has died of a bug", died.bug()));
        residents.remove(resident);
        datagrams.end(resident);
        streams.end(resident);
        sound.end(resident);
        associations.end(resident);
        web.end(resident);
    }
}
