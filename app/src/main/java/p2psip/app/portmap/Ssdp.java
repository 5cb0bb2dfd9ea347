package p2psip.app.portmap;

import module java.base;
import p2psip.std.Bytes;

/// How a router that speaks UPnP is found: all of the network are asked, and it says where its
/// description is.
final class Ssdp {
    static final InetSocketAddress GROUP =
            new InetSocketAddress(InetAddress.ofLiteral("239.255.255.250"), 1900);

    /// Bytes of the longest answer that is read.
    private static final int MAX = 2_048;
    private static final String DEVICE = "urn:schemas-upnp-org:device:InternetGatewayDevice:";

    /// Where a description is.
    record Location(InetSocketAddress at, String path) {}

    private Ssdp() {}

    /// One for each version.
    static List<Bytes> searches() {
        return Stream.of("1", "2").map(version -> Bytes.utf8("M-SEARCH * HTTP/1.1\r\nHOST: "
                + "239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: " + DEVICE
                + version + "\r\n\r\n")).toList();
    }

    /// Where the one that answers has its description: at its own address, and nowhere else.
    ///
    /// @param from who has answered
    static Optional<Location> location(InetAddress from, Bytes answer) {
        if (answer.size() > MAX) return Optional.empty();
        var lines = answer.utf8().split("\r?\n", -1);
        if (!lines[0].strip().matches("HTTP/1\\.1 200( .*)?")) return Optional.empty();
        boolean router = Stream.of(lines).anyMatch(line ->
                line.toLowerCase(Locale.ROOT).startsWith("st:") && line.contains(DEVICE));
        return Stream.of(lines).filter(_ -> router)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
                .findFirst().flatMap(line -> location(
                        line.substring("location:".length()).strip(), from));
    }

    /// What an address in a router's text means, if it is there.
    static Optional<Location> location(String text, InetAddress router) {
        var url = Pattern.compile("http://([0-9.]{7,15})(?::(\\d{1,5}))?(/[!-~]*)?").matcher(text);
        if (!url.matches() || !url.group(1).equals(router.getHostAddress()))
            return Optional.empty();
        int port = url.group(2) == null ? 80 : Integer.parseInt(url.group(2));
        var path = Objects.requireNonNullElse(url.group(3), "/");
        return port < 1 || port > 65_535 || !Http.isPath(path) ? Optional.empty()
                : Optional.of(new Location(new InetSocketAddress(router, port), path));
    }
}
