package p2psip.app.p2psip;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;

/// Addresses as command lines write them; what is wrong is the user's mistake.
final class Addresses {
    private Addresses() {}

    /// `HOST[:PORT]`, the host by name or address.
    static HostName host(String option, String text) {
        try {
            var host = HostName.at(text, 0);
            if (host.end() == text.length()) return host;
        } catch (SyntaxException e) {
            throw new UserMistake(option + " " + text + ": " + e.getMessage());
        }
        throw new UserMistake(option + " " + text + ": give HOST:PORT");
    }

    /// An address, no name.
    static InetAddress literal(String option, String text) {
        return HostName.literal(text).orElseThrow(() -> new UserMistake(
                option + " " + text + " is no IP address: give one of this machine's"));
    }

    /// `ADDRESS[:PORT]` where something listens, at the port of SIP if none is written.
    static InetSocketAddress socket(String option, String text) {
        var host = host(option, text);
        return new InetSocketAddress(literal(option,
                host.name().equalsIgnoreCase("localhost") ? "127.0.0.1" : host.name()),
                host.port().orElse(Transport.UDP.defaultPort()));
    }
}
