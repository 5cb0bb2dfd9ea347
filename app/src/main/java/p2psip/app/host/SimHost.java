package p2psip.app.host;

import module java.base;
import p2psip.app.crypto.Identity;
import p2psip.app.trace.Trace;
import p2psip.std.*;

/// A simulated host on a [Network]: its nodes live in virtual time, its disk survives them.
///
/// [Line#told] lets virtual time pass while it waits, so a program reads the same on either host.
public final class SimHost implements Host, Station {
    /// What the disk takes to store or load.
    static final Duration DISK = Duration.ofMillis(2);

    /// What it takes to make a key and to keep it: its passphrase is stretched.
    static final Duration KEY = Duration.ofMillis(50);

    /// How many happenings wait for a paused host; beyond it datagrams are lost.
    static final int BACKLOG = 1_000;

    private static final int FIRST_FREE_PORT = 49_152;

    private static final String FULL = "no space left on device";

    /// A node with what it has open; `alarm` is when the network will look at its deadline.
    final class Life implements Line {
        final Resident resident;
        final Map<Id, SimStream.End> streams = new LinkedHashMap<>();
        final Map<Id, SimAssociation> associations = new LinkedHashMap<>();
        final Map<Id, SimRequest> requests = new LinkedHashMap<>();
        private Instant alarm = Instant.MAX;

        Life(Resident resident) { this.resident = resident; }

        @Override public void command(Object command) {
            network.in(Duration.ZERO, () -> tell(this, new Event.Command(command)));
        }

        @Override public List<Object> told(Duration patience) {
            var told = new ArrayList<>(resident.told(Duration.ZERO));
            network.runUntil(() -> {
                if (told.isEmpty()) told.addAll(resident.told(Duration.ZERO));
                return !told.isEmpty() || ended();
            }, patience);
            return List.copyOf(told);
        }

        @Override public Instant now() { return network.now(); }

        @Override public boolean ended() { return resident.ended(); }
    }

    /// What is open at an address: whose, by which id, and for streams by which way.
    ///
    /// @param whole whether no datagram of it is cut into fragments
    record Socket(Life life, Id id, Optional<Way> way, boolean whole) {}

    private record Watched(InetSocketAddress local, InetSocketAddress remote) {}

    final Network network;
    private final Realm realm;
    private final List<InetAddress> addresses;
    private final SplittableRandom random;
    private final List<Life> lives = new ArrayList<>();
    private final Map<InetSocketAddress, Socket> sockets = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Socket> listeners = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Map<Life, Id>> groups = new LinkedHashMap<>();
    private final Set<Watched> watched = new HashSet<>();
    private final Map<String, SortedMap<String, Bytes>> disk = new HashMap<>();
    private final Map<String, Identity> identities = new HashMap<>();
    private final SequencedMap<String, Shown> certificates = new LinkedHashMap<>();
    private final Deque<Runnable> backlog = new ArrayDeque<>();
    private final Deque<Runnable> undone = new ArrayDeque<>();
    private boolean paused, full, hangs;
    private int freePort = FIRST_FREE_PORT;
    private long lastAccepted;
    private Duration skew = Duration.ZERO;

    SimHost(Network network, Realm realm, List<InetAddress> addresses, SplittableRandom random) {
        this.network = network;
        this.realm = realm;
        this.random = random;
        this.addresses = Stream.concat(Stream.of(InetAddress.ofLiteral("127.0.0.1")),
                addresses.stream()).toList();
    }

    public List<InetAddress> addresses() { return addresses; }

    Realm realm() { return realm; }

    /// How many associations its nodes have.
    public int associations() {
        return lives.stream().mapToInt(life -> life.associations.size()).sum();
    }

    /// How far this host's time of day is ahead of the others'.
    public void skew(Duration ahead) { skew = ahead; }

    /// Whether this host's disk has no room for anything new; what it has is read all the same.
    public void full(boolean now) { full = now; }

    /// Whether this host's disk does nothing and says nothing; when it goes on it does what it was
    /// asked.
    public void hangs(boolean now) {
        hangs = now;
        while (!hangs && !undone.isEmpty()) undone.remove().run();
    }

    private void disk(Runnable job) {
        network.in(DISK, () -> {
            if (hangs) undone.add(job);
            else job.run();
        });
    }

    /// A certificate.
    ///
    /// @param signed whether by somebody whom others trust
    record Shown(String name, Instant from, Instant until, boolean signed) {}

    /// Gives this host certificates for names; the first is shown to those whom it calls.
    public void certify(String... domains) {
        for (var domain : domains) certify(domain, Instant.MIN, Instant.MAX);
    }

    /// A certificate that has its time.
    public void certify(String domain, Instant from, Instant until) {
        certificates.put(domain.toLowerCase(Locale.ROOT), new Shown(domain, from, until, true));
    }

    /// One that it has made for itself: nobody believes it.
    public void certifyItself(String domain) {
        certificates.put(domain.toLowerCase(Locale.ROOT),
                new Shown(domain, Instant.MIN, Instant.MAX, false));
    }

    /// What it shows to those who ask for a name, whatever its case.
    Optional<Shown> shown(String domain) {
        return Optional.ofNullable(certificates.get(domain.toLowerCase(Locale.ROOT)));
    }

    /// The name that it shows to those whom it calls and who ask.
    Optional<Proven> shows() {
        return certificates.values().stream().filter(Shown::signed).findFirst()
                .map(shown -> new Proven.Name(shown.name));
    }

    /// The time of day here.
    Instant wall() { return network.now().plus(skew); }

    @Override public Line start(String name, Function<Room, Machine<Event, Effect>> maker) {
        var room = new Room(addresses, random.split(), this::wall);
        var life = new Life(new Resident(name, maker.apply(room), network.tap));
        lives.add(life);
        happen(() -> wake(life));
        return life;
    }

    /// Ends all nodes at once as `kill -9` does: what was not yet on disk is lost, peers of streams
    /// hear that they were reset. The host remains: start new nodes on it.
    public void kill() {
        paused = false;
        backlog.clear();
        List.copyOf(lives).forEach(this::end);
    }

    /// Stops all nodes in their tracks; what arrives waits for them up to a limit.
    public void pause() { paused = true; }

    public void resume() {
        paused = false;
        backlog.forEach(this::happen);
        backlog.clear();
    }

    private void happen(Runnable what) {
        network.in(Duration.ZERO, () -> unlessPaused(what));
    }

    void unlessPaused(Runnable what) {
        if (paused) backlog.add(what);
        else what.run();
    }

    /// Tells a node that lives here something, and does what it answers.
    void tell(Life life, Event event) {
        unlessPaused(() -> {
            life.resident.handle(event, network.now(), effect -> carryOut(life, effect));
            alarm(life);
        });
    }

    void arrived(Network.Datagram datagram) {
        if (paused && backlog.size() >= BACKLOG) return;
        var to = datagram.to();
        if (to.getAddress().isMulticastAddress())
            new LinkedHashMap<>(members(to)).forEach((member, id) ->
                    heard(
                            new Socket(member, id, Optional.empty(), false), to, datagram));
        else
            bound(sockets, to).ifPresentOrElse(at -> heard(sockets.get(at), at, datagram),
                    () -> network.refused(this, realm, datagram));
    }

    /// Whether somebody here is to hear if this datagram reaches nobody.
    boolean watches(Network.Datagram datagram) {
        return watched.contains(new Watched(datagram.from(), datagram.to()));
    }

    /// A datagram from here has reached a host, and nobody there.
    void unreachable(Network.Datagram datagram) {
        var socket = sockets.get(datagram.from());
        if (socket != null && watches(datagram)) tell(socket.life, new Event.Unreachable(
                socket.id, datagram.from(), datagram.to()));
    }

    private void heard(Socket socket, InetSocketAddress local, Network.Datagram datagram) {
        tell(socket.life, new Event.Datagram(
                socket.id, local, datagram.from(), datagram.bytes()));
    }

    /// At which address something is open for another, the same or the wildcard of its family.
    private static Optional<InetSocketAddress> bound(
            Map<InetSocketAddress, Socket> sockets, InetSocketAddress at) {
        return Stream.of(at, new InetSocketAddress(at.getAddress() instanceof Inet6Address
                        ? ANY_6 : ANY, at.getPort()))
                .filter(sockets::containsKey).findFirst();
    }

    private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0"),
            ANY_6 = InetAddress.ofLiteral("::");

    private void wake(Life life) {
        life.resident.wake(network.now(), effect -> carryOut(life, effect));
        alarm(life);
    }

    /// Has the network come back at the node's deadline; an alarm that is set earlier stays.
    private void alarm(Life life) {
        var due = life.resident.deadline();
        if (!due.isBefore(life.alarm)) return;
        life.alarm = due;
        network.at(due, () -> unlessPaused(() -> ring(life, due)));
    }

    private void ring(Life life, Instant set) {
        if (!life.alarm.equals(set)) return;
        life.alarm = Instant.MAX;
        if (life.resident.deadline().isAfter(network.now())) alarm(life);
        else wake(life);
    }

    private void carryOut(Life life, Effect effect) {
        var now = network.now();
        switch (effect) {
            case Effect.Bind(var id, var local, boolean whole) ->
                    open(new Socket(life, id, Optional.empty(), whole), local, sockets);
            case Effect.Listen(var id, Way.Tls(var domain, _, _), var local)
                    when shown(domain).isEmpty() -> answer(life, new Event.NotBound(
                            id, local, "no certificate for " + domain));
            case Effect.Listen(var id, var way, var local) ->
                    open(new Socket(life, id, Optional.of(way), false), local, listeners);
            case Effect.JoinGroup(var id, var group) -> {
                groups.computeIfAbsent(group, _ -> new LinkedHashMap<>()).putIfAbsent(life, id);
                answer(life, new Event.Bound(id, group));
            }
            case Effect.Unbind(var local) -> {
                close(life, local, sockets);
                close(life, local, listeners);
                if (groups.containsKey(local)) groups.get(local).remove(life);
            }
            case Effect.Datagram(var local, var remote, var bytes) ->
                    send(life, local, remote, bytes);
            case Effect.Open(var id, var way, var remote) ->
                    SimStream.open(this, life, id, way, remote);
            case Effect.Write(var id, var bytes) ->
                    Optional.ofNullable(life.streams.get(id)).ifPresent(end -> end.write(bytes));
            case Effect.Close(var id) ->
                    Optional.ofNullable(life.streams.get(id)).ifPresent(SimStream.End::close);
            case Effect.Associate asked -> associate(life, asked);
            case Effect.Hand(var id, var datagram) ->
                    Optional.ofNullable(life.associations.get(id))
                            .ifPresent(one -> network.in(
                                    Duration.ZERO, () -> one.received(datagram)));
            case Effect.Dissociate(var id) -> life.associations.remove(id);
            case Effect.Resolve(var id, var name) -> network.in(Network.DNS, () ->
                    tell(life, new Event.Resolved(id, network.resolve(name))));
            case Effect.Query(var id, var question) -> network.query(
                    answer -> tell(life, new Event.Answered(id, answer)), question);
            case Effect.Watch(var local, var remote, boolean matters) -> {
                if (matters && watched.size() < WATCHED) watched.add(new Watched(local, remote));
                else watched.remove(new Watched(local, remote));
            }
            case Effect.Routers(var id) -> answer(life, new Event.Routers(id, routers()));
            case Effect.Http http -> request(life, http);
            case Effect.Abandon(var id) -> life.requests.remove(id);
            case Effect.Store(var id, var values) -> disk(() -> store(life, id, values));
            case Effect.Load(var id, var prefix) -> disk(() -> load(life, id, prefix));
            case Effect.Identify(var id, var name) when full && !identities.containsKey(name) ->
                    answer(life, new Event.NotIdentified(id, FULL));
            case Effect.Identify(var id, var name) -> {
                var takes = identities.containsKey(name) ? Duration.ZERO : KEY;
                var identity = identities.computeIfAbsent(
                        name, n -> Identity.generate(n, random.split()));
                network.in(takes, () -> tell(life, new Event.Identified(id, identity)));
            }
            case Effect.Listening _ ->
                    life.resident.remark("no microphone in a simulation", now);
            case Effect.Play _ -> { }
            case Effect.Note(var what) -> life.resident.note(what, now);
            case Effect.Tell(var what) -> {
                life.resident.tell(what);
                life.resident.flush();
            }
            case Effect.Exit _ -> end(life);
        }
    }

    private void associate(Life life, Effect.Associate asked) {
        if (life.associations.size() >= ASSOCIATIONS) answer(life,
                new Event.NotAssociated(asked.id(), "too many associations"));
        else life.associations.put(asked.id(), new SimAssociation(this, life, asked,
                random.split()));
    }

    private void request(Life life, Effect.Http http) {
        if (life.requests.containsKey(http.id()))
            throw new IllegalStateException("request " + http.id() + " is under way already");
        int all = lives.stream().mapToInt(each -> each.requests.size()).sum();
        if (all >= REQUESTS) answer(life, new Event.NoReply(http.id(), TOO_MANY_REQUESTS));
        else life.requests.put(http.id(), new SimRequest(this, life, http));
    }

    private List<Router> routers() {
        return realm.router.flatMap(NatBox::inside).stream()
                .map(at -> new Router(at, source(at))).toList();
    }

    private void answer(Life life, Event event) {
        network.in(Duration.ZERO, () -> tell(life, event));
    }

    private void open(
            Socket socket, InetSocketAddress wanted, Map<InetSocketAddress, Socket> open) {
        var ip = wanted.getAddress();
        int port = wanted.getPort() == 0 ? freePort() : wanted.getPort();
        var local = new InetSocketAddress(ip, port);
        boolean ours = ip.isAnyLocalAddress() || ip.isLoopbackAddress() || addresses.contains(ip);
        var why = !ours ? "no such address here"
                : open.containsKey(local) ? "address already in use"
                : sockets.size() + listeners.size() >= SOCKETS ? "too many sockets" : "";
        if (why.isEmpty()) open.put(local, socket);
        answer(socket.life, why.isEmpty() ? new Event.Bound(socket.id, local)
                : new Event.NotBound(socket.id, wanted, why));
    }

    private void close(
            Life life, InetSocketAddress local, Map<InetSocketAddress, Socket> open) {
        if (!open.containsKey(local) || open.get(local).life != life) return;
        open.remove(local);
        if (open == sockets) watched.removeIf(each -> each.local.equals(local));
    }

    int freePort() {
        do freePort = freePort == 65_535 ? FIRST_FREE_PORT : freePort + 1;
        while (taken(freePort));
        return freePort;
    }

    private boolean taken(int port) {
        return Stream.concat(sockets.keySet().stream(), listeners.keySet().stream())
                .anyMatch(socket -> socket.getPort() == port);
    }

    /// The address from which this host speaks to another.
    InetAddress source(InetAddress remote) {
        return remote.isLoopbackAddress() || addresses.size() == 1 ? addresses.getFirst()
                : addresses.stream().skip(1).filter(a -> a.getClass() == remote.getClass())
                        .findFirst().orElse(addresses.get(1));
    }

    private void send(Life life, InetSocketAddress local, InetSocketAddress remote, Bytes bytes) {
        boolean alike = local.getAddress() instanceof Inet6Address
                || remote.getAddress() instanceof Inet4Address;
        boolean open = alike && (sockets.containsKey(local) && sockets.get(local).life == life
                || members(local).containsKey(life));
        if (!open || bytes.size() > DATAGRAM) {
            life.resident.remark("not sent to " + remote + ": "
                    + (open ? "too long" : "no socket at " + local), network.now());
            return;
        }
        var ip = local.getAddress();
        var from = ip.isAnyLocalAddress() || ip.isMulticastAddress()
                ? new InetSocketAddress(source(remote.getAddress()), local.getPort()) : local;
        life.resident.note(new Trace.What.Wire(Trace.What.Wire.Kind.DATAGRAM, true, from, remote,
                bytes), network.now());
        boolean whole = sockets.containsKey(local) && sockets.get(local).whole;
        network.carry(this, realm, new Network.Datagram(from, remote, bytes, whole));
    }

    /// What accepts streams at an address.
    Optional<Socket> listener(InetSocketAddress at) {
        return bound(listeners, at).map(listeners::get);
    }

    /// The id of what a listening socket accepts.
    Id accepted(Id listener) { return listener.with(--lastAccepted); }

    private void store(Life life, Id id, SortedMap<String, Optional<Bytes>> values) {
        if (life.ended()) return;
        if (full) {
            tell(life, new Event.NotStored(id, FULL));
            return;
        }
        var kept = disk.computeIfAbsent(life.resident.name, _ -> new TreeMap<>());
        values.forEach((key, value) -> value.ifPresentOrElse(
                bytes -> kept.put(key, bytes), () -> kept.remove(key)));
        tell(life, new Event.Stored(id));
    }

    private void load(Life life, Id id, String prefix) {
        var found = new TreeMap<>(disk.getOrDefault(life.resident.name, new TreeMap<>()));
        found.keySet().removeIf(key -> !key.startsWith(prefix));
        tell(life, new Event.Loaded(id, found));
    }

    private Map<Life, Id> members(InetSocketAddress group) {
        return groups.getOrDefault(group, Map.of());
    }

    /// Whether a node that lives here is in a group.
    boolean listens(InetSocketAddress group) { return !members(group).isEmpty(); }

    private void end(Life life) {
        if (life.ended()) return;
        life.resident.end();
        life.associations.clear();
        life.requests.clear();
        lives.remove(life);
        sockets.values().removeIf(socket -> socket.life == life);
        watched.removeIf(each -> !sockets.containsKey(each.local));
        listeners.values().removeIf(socket -> socket.life == life);
        groups.values().forEach(members -> members.remove(life));
        List.copyOf(life.streams.values()).forEach(SimStream.End::close);
        life.resident.died().ifPresent(network::died);
    }
}
