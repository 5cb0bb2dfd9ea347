package p2psip.app.p2psip;

import module java.base;
import p2psip.std.rfc2396.HostName;
import picocli.CommandLine.*;

/// The option `--dns` of every verb that finds others by their domains.
final class DnsOption {
    private static final int PORT = 53;

    @Option(names = "--dns", paramLabel = "HOST:PORT", description = "Ask this name server (an"
            + " address, its port 53 if none is written; default: those of the system).")
    Optional<String> server = Optional.empty();

    /// @throws UserMistake if it is no address
    Optional<InetSocketAddress> read() {
        return server.map(text -> {
            var host = Addresses.host("--dns", text);
            return new InetSocketAddress(HostName.literal(host.name()).orElseThrow(() ->
                    new UserMistake("--dns " + text + ": give a name server by its address")),
                    host.port().orElse(PORT));
        });
    }
}
