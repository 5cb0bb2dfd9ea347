package p2psip.std.rfc8445;

import module java.base;

/// Which addresses of a machine are worth being told, and in which order.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-5.1.1.1 RFC 8445 §5.1.1.1
/// @spec https://www.rfc-editor.org/rfc/rfc8421#section-4 RFC 8421 §4
public final class HostAddresses {
    private HostAddresses() {}

    /// An address as an interface has it: how reliable that is nobody can tell.
    ///
    /// @param prefix    how many of its bits are the network's
    /// @param temporary whether it is one of those by which nobody is followed about
    public record Known(String network, InetAddress address, int prefix, boolean temporary) {}

    /// Those to make candidates of, the preferred first.
    //= rfc8445#5.1.1.1-1 each IP address of the host, but for those that are left out
    //= rfc8421#3-2 with no information on interfaces all of them are treated as reliable
    public static List<InetAddress> choose(List<Known> known, boolean loopback) {
        var fit = known.stream().filter(one -> fits(one.address, loopback)).toList();
        boolean untraced = fit.stream().anyMatch(Known::temporary);
        return interleave(fit.stream()
                //= rfc8445#5.1.1.1-8 beside an address that hides the machine no link-local one
                .filter(one -> !untraced || !isSix(one.address)
                        || !one.address.isLinkLocalAddress())
                .filter(one -> fit.stream().noneMatch(other -> betrays(one, other)))
                .map(Known::address).distinct().toList());
    }

    /// Whether an address can be of use to anybody else.
    static boolean fits(InetAddress address, boolean loopback) {
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) return false;
        //= rfc8445#5.1.1.1-4 loopback is left out, outside of laboratories
        if (address.isLoopbackAddress()) return loopback;
        //= rfc8445#5.1.1.1-5 IPv4-compatible and site-local addresses of IPv6 are left out
        //= rfc8445#5.1.1.1-6 IPv4-mapped IPv6 addresses do not occur: in Java they are IPv4
        return !(address instanceof Inet6Address six)
                || !six.isIPv4CompatibleAddress() && !six.isSiteLocalAddress();
    }

    //= rfc8445#5.1.1.1-7 an address that can be followed about, beside one of its network that not
    private static boolean betrays(Known one, Known hidden) {
        return isSix(one.address) && isSix(hidden.address) && !one.temporary && hidden.temporary
                && one.network.equals(hidden.network) && one.prefix == hidden.prefix
                && prefix(one).equals(prefix(hidden));
    }

    private static BigInteger prefix(Known one) {
        return new BigInteger(1, one.address.getAddress()).shiftRight(128 - one.prefix);
    }

    static boolean isSix(InetAddress address) { return address instanceof Inet6Address; }

    /// Both families in turns, so that a broken one delays the other by one check only.
    //= rfc8445#5.1.2.1-6 a dual-stack host sets its preferences as RFC 8421 says
    //= rfc8445#5.1.2.2-2 so does one with multiple IP addresses
    //= rfc8421#4-1 candidates of one address family are intermingled with those of the other
    static List<InetAddress> interleave(List<InetAddress> addresses) {
        var six = new ArrayDeque<>(addresses.stream().filter(HostAddresses::isSix).toList());
        var four = new ArrayDeque<>(addresses.stream().filter(a -> !isSix(a)).toList());
        var all = new ArrayList<InetAddress>();
        while (!six.isEmpty() || !four.isEmpty()) {
            //= rfc8421#4-2 IPv6 candidates are the first
            if (!six.isEmpty()) all.add(six.remove());
            //= rfc8445#B.9-1 a broken path of one family does not delay the other
            if (!four.isEmpty()) all.add(four.remove());
        }
        return all;
    }
}
