package p2psip.app.p2p;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sim.LinkedNode;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;

/// Overlays on hosts of a simulated network, some behind routers, that say things to each other by
/// their Links.
final class World {
    final List<Trace> trace = new ArrayList<>();
    final Network network;
    private int lastHome;

    World(long seed) {
        network = new Network(seed, trace::add);
        network.wires(Wire.of(Duration.ofMillis(25)));
    }

    LinkedNode superNode(String name, String address) {
        return new LinkedNode(name, network.host(address), true, List.of());
    }

    /// An ordinary node behind a router of its own.
    LinkedNode home(String name, Nat nat, LinkedNode superNode) {
        return at(name, network.nat(nat, "198.51.100." + ++lastHome).host("192.168.1.5"),
                superNode);
    }

    LinkedNode at(String name, SimHost host, LinkedNode superNode) {
        return new LinkedNode(name, host, false, List.of(superNode));
    }

    static void say(long id, LinkedNode from, LinkedNode to, int service, String text) {
        from.say(id, to, service, Bytes.utf8(text));
    }

    static List<Links.Event> told(LinkedNode node) {
        return node.told().stream().map(LinkedNode.Told::event).toList();
    }

    static List<String> heard(LinkedNode node) {
        return told(node).stream().filter(Links.Event.Said.class::isInstance)
                .map(event -> ((Links.Event.Said) event).message().utf8()).toList();
    }

    /// A super-node has handed nothing on since the trace was cleared.
    void middleIsSilent() {
        var handed = trace.stream().filter(t -> t.node().equals("middle")
                && t.what() instanceof Trace.What.Sealed sealed && sealed.frame().at(0) == 17)
                .count();
        if (handed > 0) throw new AssertionError(handed + " datagrams were handed on");
    }

    void run(Duration span) { network.run(span); }
}
