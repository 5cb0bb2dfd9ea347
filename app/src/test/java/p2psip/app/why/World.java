package p2psip.app.why;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.node.*;
import p2psip.app.p2p.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.rfc3261.Transport;

/// A small world in which things go wrong: a super-node on the Internet, and homes with a router, a
/// node and a telephone each. What goes wrong is done to the world; no node is told.
final class World implements AutoCloseable {
    static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";
    static final Duration SECOND = Duration.ofSeconds(1), WAY = Duration.ofMillis(20);

    /// Where the super-node is.
    static final String MIDDLE = "203.0.113.1";

    /// A router, and who is behind it.
    final class Home {
        final int number = ++homes;
        final NatBox box;
        final SimHost host;
        Host.Line line;
        Optional<SimHost> relay = Optional.empty();
        InetSocketAddress sip;

        Home(Nat nat) {
            box = network.nat(nat, outside());
            host = box.host(at(5));
        }

        String outside() { return "198.51.100." + number; }

        String at(int last) { return "192.168." + number + "." + last; }

        boolean has(InetSocketAddress address) {
            var text = address.getAddress().getHostAddress();
            return text.equals(outside()) || text.startsWith("192.168." + number + ".");
        }

        /// Starts its node, which asks those others for the ring.
        Home node(Door door, Place... others) { return node(door, List.of(), others); }

        Home node(Door door, List<Place> stun, Place... others) {
            start(host, at(5), PLAIN, door, stun, List.of(others));
            return this;
        }

        private void start(SimHost host, String at, Set<Transport> transports, Door door,
                List<Place> stun, List<Place> others) {
            sip = new InetSocketAddress(InetAddress.ofLiteral(at), 5062);
            line = host.start("node " + number, room -> new Node(
                    options(at, false, transports, door, stun, others), room));
            lines.add(line);
            network.runUntil(() -> told(line, Node.Ready.class).isPresent(),
                    Duration.ofSeconds(12));
        }

        /// Starts its node, which speaks TLS too.
        Home secure() {
            host.certify(at(5));
            start(host, at(5), EnumSet.of(Transport.UDP, Transport.TCP, Transport.TLS),
                    new Door.Open(), List.of(), List.of(middle.overlay()));
            return this;
        }

        Telephone phone(String aor) { return phone(PhoneSetup.of(aor, sip)); }

        Telephone phone(PhoneSetup setup) { return World.this.start(box.host(at(6)), setup, sip); }

        Explanation why() { return World.this.why(line); }
    }

    private static final Set<Transport> PLAIN = EnumSet.of(Transport.UDP, Transport.TCP);

    final Network network;
    final RunningNode middle;
    final SimHost center;
    private final List<Host.Line> lines = new ArrayList<>();
    private final List<Telephone> phones = new ArrayList<>();
    private int homes;

    World(long seed) {
        network = new Network(seed);
        network.wires(Wire.of(WAY));
        center = network.host(MIDDLE);
        middle = RunningNode.start(center, "middle", Node.Options.at(
                InetAddress.ofLiteral(MIDDLE), List.of()));
    }

    /// @param superNode whether it is one from the beginning
    static Node.Options options(String at, boolean superNode, Set<Transport> transports,
            Door door, List<Place> stun, List<Place> others) {
        var ip = InetAddress.ofLiteral(at);
        var usual = Node.Options.at(ip, others);
        return new Node.Options(new SipPort.Wish(List.of(ip), 5062, false,
                transports), usual.lookups(),
                new OverlayConfig(usual.overlay().bind(), true, List.of(ip), superNode, others,
                        Optional.empty(), stun), door, usual.trust(), false);
    }

    Home home(Nat nat) { return new Home(nat); }

    /// A home whose node has found the super-node.
    Home joined(Nat nat) { return home(nat).node(new Door.Open(), middle.overlay()); }

    /// A home that has its own super-node, to which its router lets others.
    ///
    /// @param stun where its other node asks from where it is seen
    Home office(Place stun) {
        var home = home(Nat.PORT_RESTRICTED);
        home.relay = Optional.of(home.box.host(home.at(9)));
        var inside = new InetSocketAddress(InetAddress.ofLiteral(home.at(9)), 5063);
        home.box.forward(new InetSocketAddress(
                InetAddress.ofLiteral(home.outside()), 5063), inside);
        var usual = options(home.at(9), true, PLAIN, new Door.Open(), List.of(), List.of());
        home.relay.get().start("relay", room -> new Node(new Node.Options(usual.sip(),
                usual.lookups(), new OverlayConfig(inside, false,
                List.of(inside.getAddress()), true, List.of(), Optional.empty()), usual.door(),
                usual.trust(), false), room));
        pass(Duration.ofSeconds(3));
        return home.node(new Door.Open(), List.of(stun), new Place(home.at(9), 5063));
    }

    /// A node on the Internet itself.
    Host.Line open(String name, SimHost host, List<Place> others) {
        var at = host.addresses().getLast().getHostAddress();
        var line = host.start(name, room -> new Node(
                options(at, true, PLAIN, new Door.Open(), List.of(), others), room));
        lines.add(line);
        network.runUntil(() -> told(line, Node.Ready.class).isPresent(), Duration.ofSeconds(12));
        return line;
    }

    Telephone start(SimHost host, PhoneSetup setup, InetSocketAddress proxy) {
        var phone = Telephone.start(host, "phone", setup);
        phones.add(phone);
        return phone;
    }

    void pass(Duration time) { network.run(time); }

    /// A call that fails.
    static void fails(Runnable call) {
        try {
            call.run();
        } catch (Telephone.Failed e) {
            return;
        }
        throw new AssertionError("it has not failed");
    }

    Explanation why(Host.Line line) { return Explanation.ofLast(account(line)); }

    Account account(Host.Line line) {
        line.command(new Question.Ask(1, new Question.Why(Optional.empty())));
        var answers = new ArrayList<Question.Answered>();
        network.runUntil(() -> {
            told(line, Question.Answered.class).ifPresent(answers::add);
            return !answers.isEmpty();
        }, SECOND);
        return ((Question.Reply.Told) answers.getFirst().reply()).account().orElseThrow();
    }

    static <T> Optional<T> told(Host.Line line, Class<T> kind) {
        return line.told(Duration.ZERO).stream().filter(kind::isInstance).map(kind::cast)
                .reduce((_, last) -> last);
    }

    @Override public void close() { }
}
