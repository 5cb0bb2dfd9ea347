package p2psip.app.host;

import module java.base;

/// A router of a simulated network, with hosts or other routers behind it: translates as its [Nat]
/// says.
///
/// ```java
/// var home = network.nat(Nat.PORT_RESTRICTED, "198.51.100.7");
/// var alice = home.host("192.168.1.5");
/// ```
public final class NatBox implements Station {
    private static final int FIRST_PORT = 1_024, PORTS = 65_536 - FIRST_PORT;

    /// What tells mappings apart from inside: who sends, and what of the destination matters.
    private record Inside(InetSocketAddress from, Object about) {}

    /// And from outside: the port that it is, and who sends if that matters for which it is.
    private record Outside(InetSocketAddress to, Object about) {}

    private static final class Mapping {
        final InetSocketAddress inside, outside;
        final Map<Object, Instant> let = new HashMap<>();
        Instant used;

        Mapping(InetSocketAddress inside, InetSocketAddress outside) {
            this.inside = inside;
            this.outside = outside;
        }
    }

    private final Network network;
    private final Realm outer;
    private final Realm inner = new Realm(Optional.of(this));
    private final RandomGenerator random;
    private final Map<Inside, Mapping> byInside = new LinkedHashMap<>();
    private final Map<Outside, Mapping> byOutside = new HashMap<>();
    private final Map<Outside, Instant> strangers = new HashMap<>();
    private final Map<InetAddress, InetAddress> pairs = new HashMap<>();
    private final Map<InetSocketAddress, InetSocketAddress> forwards = new LinkedHashMap<>();
    private final Nat nat;
    private List<InetAddress> addresses;
    private Optional<InetAddress> own = Optional.empty();
    private int lastStream = FIRST_PORT;

    NatBox(Network network, Realm outer, Nat nat, List<InetAddress> addresses,
            RandomGenerator random) {
        this.network = network;
        this.outer = outer;
        this.nat = nat;
        this.random = random;
        this.addresses = addresses;
        addresses.forEach(address -> outer.add(address, this));
    }

    /// A host behind it. IPv6 addresses are good everywhere, so that they are routed to it.
    public SimHost host(String... literals) {
        return network.host(inner, Arrays.stream(literals).map(InetAddress::ofLiteral).toList());
    }

    /// Another router behind it.
    public NatBox nat(Nat kind, String... literals) { return network.nat(inner, kind, literals); }

    /// Sends all that comes to an outside port to somebody inside, as a user sets it or a program
    /// asks for (RFC 6887); what that one sends leaves from there.
    public void forward(InetSocketAddress outside, InetSocketAddress inside) {
        forwards.put(outside, inside);
    }

    /// Ends a [#forward].
    public void forget(InetSocketAddress outside) { forwards.remove(outside); }

    /// Its address inside, to which hosts there send what is for itself: a host at that address
    /// answers for it.
    public void inside(String literal) { own = Optional.of(InetAddress.ofLiteral(literal)); }

    Optional<InetAddress> inside() { return own; }

    /// Forgets all mappings, as after a loss of power.
    public void restart() {
        byInside.clear();
        byOutside.clear();
        strangers.clear();
        pairs.clear();
    }

    /// Gets other outside addresses, as from a provider every night.
    public void moves(String... literals) {
        restart();
        addresses.forEach(outer::remove);
        addresses = Arrays.stream(literals).map(InetAddress::ofLiteral).toList();
        addresses.forEach(address -> outer.add(address, this));
    }

    /// How many mappings it keeps.
    public int size() {
        byInside.values().removeIf(this::isOver);
        return byInside.size();
    }

    /// Enters an address that hosts behind it have and others outside can use.
    void route(InetAddress address) {
        outer.add(address, this);
        outer.router.ifPresent(router -> router.route(address));
    }

    void arrived(Network.Datagram datagram, Realm from) {
        if (!nat.udp()) return;
        if (from == inner) leaves(datagram);
        else enters(datagram);
    }

    private void leaves(Network.Datagram datagram) {
        var to = datagram.to();
        var mapping = mapping(datagram.from(), to);
        mapping.used = network.now();
        mapping.let.put(kind(to).filtering().of(to), network.now());
        var translated = new Network.Datagram(
                mapping.outside, to, datagram.bytes(), datagram.whole());
        if (!addresses.contains(to.getAddress())) network.carry(this, outer, translated);
        else if (nat.hairpins()) enters(translated);
    }

    private Mapping mapping(InetSocketAddress from, InetSocketAddress to) {
        var key = new Inside(from, kind(to).mapping().of(to));
        var there = byInside.get(key);
        if (there != null && !isOver(there)) return there;
        var mapping = new Mapping(from, outside(from, to));
        byInside.put(key, mapping);
        byOutside.put(key(mapping.outside, to), mapping);
        return mapping;
    }

    private Outside key(InetSocketAddress outside, InetSocketAddress remote) {
        return new Outside(outside, kind(remote).sharesPorts() ? remote : "");
    }

    /// What it is to those who speak IPv4, and to others.
    private Nat kind(InetSocketAddress remote) { return isV6(remote) ? FIREWALL : nat; }

    private static final Nat FIREWALL = Nat.PORT_RESTRICTED;

    private static boolean isV6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    /// The address and port by which somebody inside is seen.
    private InetSocketAddress outside(InetSocketAddress from, InetSocketAddress to) {
        if (isV6(to)) return from;
        for (var forward : forwards.entrySet())
            if (forward.getValue().equals(from)) return forward.getKey();
        var address = nat.pooling() == Nat.Pooling.ARBITRARY ? any()
                : pairs.computeIfAbsent(from.getAddress(), _ -> any());
        var wanted = new InetSocketAddress(address, from.getPort());
        if (nat.ports() == Nat.Ports.PRESERVED && isFree(wanted, to)) return wanted;
        do wanted = new InetSocketAddress(address, FIRST_PORT + random.nextInt(PORTS));
        while (!isFree(wanted, to));
        return wanted;
    }

    private InetAddress any() { return addresses.get(random.nextInt(addresses.size())); }

    private boolean isFree(InetSocketAddress at, InetSocketAddress to) {
        var there = byOutside.get(key(at, to));
        var stranger = strangers.get(new Outside(at, to));
        return !forwards.containsKey(at) && (there == null || isOver(there))
                && (stranger == null || isOver(stranger));
    }

    private void enters(Network.Datagram datagram) {
        var to = datagram.to();
        var from = datagram.from();
        var forward = forwards.get(to);
        if (forward != null) {
            inside(datagram, forward);
            return;
        }
        var mapping = byOutside.get(key(to, from));
        if (mapping != null && !isOver(mapping)) {
            var let = mapping.let.get(kind(from).filtering().of(from));
            if (let != null && !isOver(let)) inside(datagram, mapping.inside);
        } else if (nat.answers()) strangers.put(new Outside(to, from), network.now());
    }

    private void inside(Network.Datagram datagram, InetSocketAddress to) {
        network.carry(this, inner, new Network.Datagram(
                datagram.from(), to, datagram.bytes(), datagram.whole()));
    }

    private boolean isOver(Mapping mapping) { return isOver(mapping.used); }

    private boolean isOver(Instant last) {
        return !last.plus(nat.patience()).isAfter(network.now());
    }

    /// The address from which a stream that leaves by it is seen outside.
    InetSocketAddress stream(InetSocketAddress from) {
        if (isV6(from)) return from;
        lastStream = FIRST_PORT + (lastStream - FIRST_PORT + 1) % PORTS;
        return new InetSocketAddress(
                pairs.computeIfAbsent(from.getAddress(), _ -> any()), lastStream);
    }

    Realm outer() { return outer; }

    Realm inner() { return inner; }

    /// To whom inside a stream to an outside address is forwarded.
    Optional<InetSocketAddress> forwarded(InetSocketAddress outside) {
        return Optional.ofNullable(forwards.get(outside));
    }
}
