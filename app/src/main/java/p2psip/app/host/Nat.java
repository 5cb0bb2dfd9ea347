package p2psip.app.host;

import module java.base;

/// What a router does with the datagrams that pass it, in the words of RFC 4787. It translates
/// IPv4; to IPv6 it is a firewall, which lets in what answers.
///
/// @param mapping   for which destinations an inside address and port keep their outside ones
///                  (§4.1)
/// @param filtering from whom a mapping lets in (§5)
/// @param ports     which outside port a mapping gets (§4.2)
/// @param pooling   which outside address, where there are several (§4.1)
/// @param hairpins  whether two inside reach each other by their outside addresses (§6)
/// @param answers   whether the router itself takes, as Linux does unless it is told not to, what
///                  nobody inside asked for: its entry for a stranger keeps a mapping for that
///                  stranger from the port
/// @param udp       whether datagrams pass at all
/// @param patience  how long a mapping is kept after the last datagram that left by it (§4.3)
public record Nat(Behaviour mapping, Behaviour filtering, Ports ports, Pooling pooling,
        boolean hairpins, boolean answers, boolean udp, Duration patience) {

    /// On how much of the other's address something depends.
    public enum Behaviour {
        INDEPENDENT, ADDRESS, ADDRESS_AND_PORT;

        /// The part of an address that matters: equal for those that are treated alike.
        Object of(InetSocketAddress remote) {
            return switch (this) {
                case INDEPENDENT -> "";
                case ADDRESS -> remote.getAddress();
                case ADDRESS_AND_PORT -> remote;
            };
        }
    }

    public enum Ports {
        /// The inside port if it is free, else any.
        PRESERVED,

        /// Any.
        RANDOM
    }

    public enum Pooling {
        /// One inside address is always seen as the same outside one.
        PAIRED,

        /// Each mapping gets any of them.
        ARBITRARY
    }

    /// As RFC 4787 wants it (REQ-1, 2, 8, 9): endpoint-independent in both, and hairpins.
    public static final Nat FULL_CONE = new Nat(Behaviour.INDEPENDENT, Behaviour.INDEPENDENT,
            Ports.PRESERVED, Pooling.PAIRED, true, false, true, Duration.ofMinutes(5));

    /// Lets in only those addresses to which something was sent: REQ-8's other choice.
    public static final Nat RESTRICTED = FULL_CONE.filtering(Behaviour.ADDRESS);

    /// Lets in only those addresses and ports to which something was sent.
    public static final Nat PORT_RESTRICTED =
            FULL_CONE.filtering(Behaviour.ADDRESS_AND_PORT).hairpins(false);

    /// Another outside port for each destination, which nobody can guess.
    public static final Nat SYMMETRIC = PORT_RESTRICTED.mapping(Behaviour.ADDRESS_AND_PORT)
            .ports(Ports.RANDOM);

    /// A Linux router that drops what nobody asked for: to each destination a mapping of its own,
    /// but all with the inside port, so long as no other has it towards the same destination.
    public static final Nat LINUX = PORT_RESTRICTED.mapping(Behaviour.ADDRESS_AND_PORT)
            .patience(Duration.ofSeconds(30));

    /// A Linux router that takes what nobody asked for, to refuse it itself.
    public static final Nat LINUX_ANSWERING = LINUX.answers(true);

    /// Lets no datagram out.
    public static final Nat NO_UDP = PORT_RESTRICTED.udp(false);

    public Nat mapping(Behaviour other) {
        return new Nat(other, filtering, ports, pooling, hairpins, answers, udp, patience);
    }

    public Nat filtering(Behaviour other) {
        return new Nat(mapping, other, ports, pooling, hairpins, answers, udp, patience);
    }

    public Nat ports(Ports other) {
        return new Nat(mapping, filtering, other, pooling, hairpins, answers, udp, patience);
    }

    public Nat pooling(Pooling other) {
        return new Nat(mapping, filtering, ports, other, hairpins, answers, udp, patience);
    }

    public Nat hairpins(boolean now) {
        return new Nat(mapping, filtering, ports, pooling, now, answers, udp, patience);
    }

    public Nat answers(boolean now) {
        return new Nat(mapping, filtering, ports, pooling, hairpins, now, udp, patience);
    }

    public Nat udp(boolean now) {
        return new Nat(mapping, filtering, ports, pooling, hairpins, answers, now, patience);
    }

    public Nat patience(Duration other) {
        return new Nat(mapping, filtering, ports, pooling, hairpins, answers, udp, other);
    }

    /// Whether two mappings may have one outside port, for their destinations tell them apart.
    boolean sharesPorts() {
        return mapping == Behaviour.ADDRESS_AND_PORT && filtering == Behaviour.ADDRESS_AND_PORT;
    }
}
