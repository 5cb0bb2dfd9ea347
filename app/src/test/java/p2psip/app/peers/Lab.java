package p2psip.app.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;

/// A piece of Internet in network namespaces of its own: a public network, and homes behind routers
/// of Linux, which it names after what they do. It needs root, `ip` and `iptables`.
///
/// ```
///  public host   public host          home's host -- router -- [router of a provider]
///       |             |                                             |
///       +-------------+------------- 203.0.113.0/24 ----------------+
/// ```
final class Lab implements AutoCloseable {

    /// What the router of a home does; `SECOND` ones are behind another router as well.
    enum Kind {
        /// None: the host is public.
        OPEN,

        /// To each destination from the same port, where it can be had; only what answers gets in.
        CONE,

        /// To each destination from another port.
        SYMMETRIC,

        /// Whatever comes gets in.
        FULL_CONE
    }

    /// A host of somebody.
    ///
    /// @param namespace in which its programs run
    /// @param address   as it has it itself
    record Host(String namespace, String address) {}

    /// The router of a home, as its owner sees it.
    ///
    /// @param outside its interface to the others
    /// @param inside  its interface to the home
    /// @param address by which others see it
    record Gate(String namespace, String outside, String inside, String address) {}

    private static final AtomicInteger LABS = new AtomicInteger();

    private final String name = "p2psip" + ProcessHandle.current().pid() + "-"
            + LABS.incrementAndGet();
    private final List<String> namespaces = new ArrayList<>();
    private final String prefix;
    private final String net;
    private final Map<Host, Gate> gates = new HashMap<>();
    private int hosts, links;

    Lab() { this("203.0.113."); }

    /// @param prefix of the public addresses: some programs know those of documentation
    Lab(String prefix) {
        this.prefix = prefix;
        net = namespace();
        run("ip -n " + net + " link add br0 type bridge");
        run("ip -n " + net + " link set br0 up");
    }

    /// Skips the test where there can be none.
    static void assumePossible() {
        for (var program : List.of("ip", "iptables")) Programs.assumeThere(program);
        var probe = "p2psip" + ProcessHandle.current().pid() + "-probe";
        boolean possible = exit("ip netns add " + probe) == 0
                && exit("ip netns exec " + probe + " iptables -t nat -A POSTROUTING -j MASQUERADE")
                        == 0;
        exit("ip netns del " + probe);
        System.out.println("network namespaces: " + (possible ? "permitted" : "not permitted"));
        assumeTrue(possible, "network namespaces are not permitted");
    }

    /// A host that all can send to.
    Host open() {
        var host = namespace();
        var address = prefix + (10 + ++hosts);
        plug(host, address);
        return new Host(host, address);
    }

    /// A home with one host.
    ///
    /// @param second whether its router is behind another one
    Host home(Kind kind, boolean second) {
        if (kind == Kind.OPEN) return open();
        var inside = namespace();
        var router = namespace();
        var outer = router;
        wire(inside, "192.168.1.5", router, "192.168.1.1");
        var homewards = "n" + links;
        run("ip -n " + inside + " route add default via 192.168.1.1");
        if (second) {
            outer = namespace();
            var outside = wire(router, "100.64.0.2", outer, "100.64.0.1");
            run("ip -n " + router + " route add default via 100.64.0.1");
            translate(router, outside, kind, "100.64.0.2");
        }
        var address = prefix + (10 + ++hosts);
        var outwards = plug(outer, address);
        translate(outer, outwards, second ? Kind.CONE : kind, address);
        var host = new Host(inside, "192.168.1.5");
        gates.put(host, new Gate(router, outwards, homewards, address));
        return host;
    }

    /// The router that a home's host leaves by.
    Gate gate(Host host) { return gates.get(host); }

    private void translate(String router, String outside, Kind kind, String address)
            {
        run("ip netns exec " + router + " sysctl -qw net.ipv4.ip_forward=1");
        // a home router is silent to what nobody asked for
        iptables(router, "-A INPUT -i " + outside + " -p udp -j DROP");
        switch (kind) {
            case OPEN -> { }
            case CONE -> iptables(router, "-t nat -A POSTROUTING -o " + outside
                    + " -j MASQUERADE");
            case SYMMETRIC -> iptables(router, "-t nat -A POSTROUTING -o " + outside
                    + " -p udp -j MASQUERADE --random-fully");
            case FULL_CONE -> {
                iptables(router, "-t nat -A POSTROUTING -o " + outside + " -j SNAT --to-source "
                        + address);
                iptables(router, "-t nat -A PREROUTING -i " + outside
                        + " -p udp -j DNAT --to-destination 192.168.1.5");
            }
        }
    }

    private static void iptables(String namespace, String rule) {
        run("ip netns exec " + namespace + " iptables " + rule);
    }

    private String namespace() {
        var namespace = name + "-" + namespaces.size();
        run("ip netns add " + namespace);
        namespaces.add(namespace);
        run("ip -n " + namespace + " link set lo up");
        return namespace;
    }

    /// Connects a host to the public network; answers the name of its interface.
    private String plug(String host, String address) {
        var end = wire(host, address, net, "");
        run("ip -n " + net + " link set n" + links + " master br0");
        return end;
    }

    /// A wire between two hosts; answers the name of its end at the first.
    private String wire(String one, String its, String other, String others) {
        var ends = List.of("h" + ++links, "n" + links);
        run("ip -n " + one + " link add " + ends.getFirst() + " type veth peer name "
                + ends.getLast() + " netns " + other);
        run("ip -n " + one + " addr add " + its + "/24 dev " + ends.getFirst());
        run("ip -n " + one + " link set " + ends.getFirst() + " up");
        if (!others.isEmpty())
            run("ip -n " + other + " addr add " + others + "/24 dev " + ends.getLast());
        run("ip -n " + other + " link set " + ends.getLast() + " up");
        return ends.getFirst();
    }

    /// The command that captures what crosses the public network.
    List<String> capturing() {
        return List.of("ip", "netns", "exec", net, "dumpcap", "-i", "br0");
    }

    /// The command that runs another one on a host.
    static List<String> on(Host host, List<String> command) {
        return on(host.namespace(), command);
    }

    static List<String> on(String namespace, List<String> command) {
        var all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(command);
        return all;
    }

    private static void run(String command) {
        if (exit(command) != 0) throw new IllegalStateException("failed: " + command);
    }

    private static int exit(String command) {
        try {
            return new ProcessBuilder(command.split(" "))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start().onExit().join()
                    .exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override public void close() {
        for (var namespace : namespaces) exit("ip netns del " + namespace);
    }
}
