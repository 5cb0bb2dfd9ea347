package p2psip.app.host;

import module java.base;

/// The routers of this computer, for IPv4: as Linux lists them; elsewhere the first address of each
/// private network is taken for one, as it is in most homes.
final class Routes {
    private static final Path TABLE = Path.of("/proc/net/route");

    /// In the table: a route that is up and goes by a router.
    private static final int UP_BY_ROUTER = 3;

    /// A route to everywhere else.
    ///
    /// @param by the name of the interface
    record Default(String by, InetAddress router) {}

    private Routes() {}

    static List<Router> routers() {
        try {
            if (Files.isReadable(TABLE)) return parse(Files.readAllLines(TABLE)).stream()
                    .flatMap(each -> Interfaces.up().stream()
                            .filter(i -> i.getName().equals(each.by))
                            .flatMap(i -> i.getInterfaceAddresses().stream())
                            .filter(a -> isIn(a, each.router))
                            .map(a -> new Router(each.router, a.getAddress()))).toList();
        } catch (IOException e) {
            // as if there was none
        }
        return Interfaces.up().stream().flatMap(i -> i.getInterfaceAddresses().stream())
                .filter(a -> a.getAddress() instanceof Inet4Address
                        && a.getAddress().isSiteLocalAddress())
                .map(a -> new Router(first(a), a.getAddress()))
                .filter(router -> !router.at().equals(router.self())).toList();
    }

    /// The routes to everywhere, in the order of the table: its numbers are in the order of the
    /// machine's bytes, which are little-endian wherever this runs.
    static List<Default> parse(List<String> table) {
        return table.stream().skip(1).map(line -> line.strip().split("\\s+"))
                .filter(field -> field.length > 7 && field[1].equals("00000000")
                        && field[7].equals("00000000")
                        && (Integer.parseInt(field[3], 16) & UP_BY_ROUTER) == UP_BY_ROUTER)
                .map(field -> new Default(field[0], ip(Integer.reverseBytes(
                        Integer.parseUnsignedInt(field[2], 16))))).toList();
    }

    private static InetAddress ip(int bits) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bits).array());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);   // the length is right
        }
    }

    private static boolean isIn(InterfaceAddress own, InetAddress router) {
        return own.getAddress() instanceof Inet4Address
                && net(own.getAddress(), own) == net(router, own);
    }

    private static InetAddress first(InterfaceAddress own) {
        return ip(net(own.getAddress(), own) + 1);
    }

    private static int net(InetAddress address, InterfaceAddress own) {
        int bits = own.getNetworkPrefixLength();
        return ByteBuffer.wrap(address.getAddress()).getInt() & (bits == 0 ? 0 : -1 << 32 - bits);
    }
}
