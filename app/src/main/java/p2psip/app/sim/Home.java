package p2psip.app.sim;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.host.Nat.Behaviour;

/// What a node lives behind.
///
/// @param routers from the node outwards; none: it is on the Internet itself
/// @param six     whether it has an IPv6 address as well
public record Home(String name, List<Nat> routers, boolean six) {

    /// Two of one home are behind one router.
    public static final Home HAIRPIN = one("full", Nat.FULL_CONE);

    /// Those whose pairs are tried, as RFC 4787 and Linux have them, and each also behind a second
    /// router, of a provider.
    public static final List<Home> ALL = all();

    private static List<Home> all() {
        var single = List.of(new Home("open", List.of(), false), HAIRPIN,
                one("addr", Nat.RESTRICTED), one("port", Nat.PORT_RESTRICTED),
                one("sym", Nat.SYMMETRIC), one("linux", Nat.LINUX),
                one("linux+", Nat.LINUX_ANSWERING));
        var all = new ArrayList<>(single);
        for (var home : single.subList(1, single.size()))
            all.add(new Home(home.name + "/2", List.of(home.routers.getFirst(),
                    Nat.PORT_RESTRICTED), false));
        all.add(new Home("six", List.of(Nat.SYMMETRIC), true));
        all.add(one("no-udp", Nat.RESTRICTED.udp(false)));
        return List.copyOf(all);
    }

    private static Home one(String name, Nat nat) { return new Home(name, List.of(nat), false); }

    /// A host that lives there.
    ///
    /// @param number of this home in its network, from 1
    SimHost host(Network network, int number) {
        var addresses = six ? new String[] {"192.168.1.5", "2001:db8:" + number + "::5"}
                : new String[] {"192.168.1.5"};
        if (routers.isEmpty()) return network.host("203.0.113.1" + number);
        if (routers.size() == 1) return network.nat(
                routers.getFirst(), "198.51.100." + number).host(addresses);
        return network.nat(routers.getLast(), "198.51.100." + number)
                .nat(routers.getFirst(), "100.64.0.9").host(addresses);
    }

    /// Whether it is seen by all at one address; a Linux router keeps the port that is inside where
    /// it can.
    private boolean isSeenAlike(boolean sendsFirst) {
        return routers.stream().allMatch(nat -> nat.pooling() == Nat.Pooling.PAIRED
                && (nat.mapping() == Behaviour.INDEPENDENT
                || nat.ports() == Nat.Ports.PRESERVED && (!nat.answers() || sendsFirst)));
    }

    /// Whether it lets in whoever comes from an address to which something was sent.
    private boolean letsIn() {
        return routers.stream().allMatch(nat -> nat.filtering() != Behaviour.ADDRESS_AND_PORT);
    }

    private boolean letsDatagramsPass() { return routers.stream().allMatch(Nat::udp); }

    /// Whether two that live so are owed a way without a relay: if both are seen alike by all; if
    /// one is and lets others in from another port than the one sent to; if both have IPv6. A Linux
    /// router that answers strangers keeps the port for its inside only where the inside sends
    /// first: that is who is called, for it hears first where the caller is.
    public static boolean owed(Home caller, Home callee) {
        if (!caller.letsDatagramsPass() || !callee.letsDatagramsPass()) return false;
        boolean a = caller.isSeenAlike(false), b = callee.isSeenAlike(true);
        return caller.six && callee.six || a && b || a && caller.letsIn() || b && callee.letsIn();
    }
}
