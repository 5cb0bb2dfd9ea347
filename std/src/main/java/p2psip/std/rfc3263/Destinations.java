package p2psip.std.rfc3263;

import module java.base;

/// In which order the addresses of one host are tried: RFC 6724's, as far as it is decided by the
/// addresses alone.
///
/// Of its rules these: never an address of a family we have none of (1), the same scope as our own
/// (2), the same label (5), precedence (6), the smaller scope (8), and else the order of the answer
/// (10). What a host is told of its own addresses (deprecated, home, encapsulated) is not known
/// here, and the longest common prefix (9) would undo the turns that name servers give addresses.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6724#section-6 RFC 6724 §6
final class Destinations {
    private static final int LINK_LOCAL = 2, SITE_LOCAL = 5, GLOBAL = 14;

    /// A line of the table of policies.
    private record Policy(int precedence, int label, int bits, byte[] prefix) {
        static Policy of(String prefix, int bits, int precedence, int label) {
            return new Policy(precedence, label, bits,
                    InetAddress.ofLiteral(prefix).getAddress());
        }

        boolean covers(byte[] address) {
            return new BigInteger(1, address).xor(new BigInteger(1, prefix))
                    .shiftRight(128 - bits).signum() == 0;
        }
    }

    /// The longest prefixes first. IPv4 is the one before the last of RFC 6724's table.
    private static final List<Policy> POLICIES = List.of(
            Policy.of("::1", 128, 50, 0), Policy.of("2001::", 32, 5, 5),
            Policy.of("2002::", 16, 30, 2), Policy.of("3ffe::", 16, 1, 12),
            Policy.of("fec0::", 10, 1, 11), Policy.of("fc00::", 7, 3, 13),
            Policy.of("::", 0, 40, 1));
    private static final Policy IPV4 = new Policy(35, 4, 96, new byte[0]);

    private final List<InetAddress> ours;

    /// @param ours from where we send
    Destinations(List<InetAddress> ours) { this.ours = List.copyOf(ours); }

    /// Whether we have an address of the family.
    boolean has(Class<? extends InetAddress> family) {
        return ours.stream().anyMatch(family::isInstance);
    }

    /// Those that can be used, the best first.
    List<InetAddress> inOrder(List<InetAddress> addresses) {
        //= rfc7984#3.1-2 what is of a family that we do not support is ignored
        return addresses.stream().filter(address -> has(address.getClass()))
                .sorted(Comparator.comparing((InetAddress to) -> source(to).stream()
                                .noneMatch(from -> scope(from) == scope(to)))
                        .thenComparing(to -> source(to).stream().noneMatch(
                                from -> policy(from).label == policy(to).label))
                        .thenComparing(to -> -policy(to).precedence)
                        .thenComparing(Destinations::scope))
                .toList();
    }

    /// What we send from to there.
    private Optional<InetAddress> source(InetAddress to) {
        return ours.stream().filter(to.getClass()::isInstance)
                .min(Comparator.comparing(from -> scope(from) != scope(to)));
    }

    private static Policy policy(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : POLICIES.stream()
                .filter(policy -> policy.covers(address.getAddress())).findFirst().orElseThrow();
    }

    private static int scope(InetAddress address) {
        return address.isLoopbackAddress() || address.isLinkLocalAddress() ? LINK_LOCAL
                : address instanceof Inet6Address && address.isSiteLocalAddress() ? SITE_LOCAL
                : GLOBAL;
    }
}
