package p2psip.app.p2psip;

import module java.base;
import p2psip.app.sip.SipPort;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.ListeningPoint;
import p2psip.std.rfc3261.Transport;

/// Where to listen, as the command line says it.
final class Listening {
    /// By what a phone of ours can be told to speak, and a server to listen.
    static final Set<Transport> SERVED = EnumSet.complementOf(EnumSet.of(Transport.LINK));

    private Listening() {}

    /// @param local      `HOST:PORT` each; the wildcard stands for all of the host's own addresses
    /// @param transports `udp`, `tcp`, `tls`, `ws`, `wss`
    /// @param own        addresses of the host
    static SipPort.Wish wish(List<String> local, List<String> transports, List<InetAddress> own) {
        var places = new LinkedHashSet<InetSocketAddress>();
        for (var text : local) {
            var at = Addresses.socket("-l", text);
            if (!at.getAddress().isAnyLocalAddress()) places.add(at);
            else for (var each : own)
                if (at.getAddress().getClass() == each.getClass())
                    places.add(new InetSocketAddress(each, at.getPort()));
        }
        return new SipPort.Wish(List.copyOf(places), false, transports(transports));
    }

    private static Set<Transport> transports(List<String> names) {
        var transports = EnumSet.noneOf(Transport.class);
        for (var name : names)
            transports.add(Transport.named(name).filter(SERVED::contains).orElseThrow(
                    () -> new UserMistake("transport " + name
                            + " is not known: use udp, tcp, tls, ws or wss")));
        return transports;
    }

    /// Where there is TLS and WebSocket, for who reads the line that says that all is ready: the
    /// first place of each.
    static String beside(List<ListeningPoint> points) {
        return points.stream().filter(p -> p.transport() != Transport.UDP
                        && p.transport() != Transport.TCP)
                .collect(Collectors.toMap(ListeningPoint::transport, ListeningPoint::address,
                        (first, _) -> first, LinkedHashMap::new)).entrySet().stream()
                .map(each -> " " + each.getKey().name().toLowerCase(Locale.ROOT) + "="
                        + HostName.text(each.getValue())).collect(Collectors.joining());
    }

    /// Proxies, each as `HOST:PORT` or `HOST`.
    static List<SipUri> routes(List<String> proxies) {
        try {
            return proxies.stream().map(text -> {
                var uri = SipUri.parse("sip:" + text);
                if (!uri.user().isEmpty()) throw new SyntaxException("no host");
                return uri;
            }).toList();
        } catch (SyntaxException e) {
            throw new UserMistake("proxy " + String.join(",", proxies)
                    + " is no host: write it as proxy.example.com or 192.0.2.1:5060");
        }
    }

    /// Domains are names or addresses, without a port.
    static List<String> domains(List<String> names) {
        for (var name : names)
            if (!name.matches("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]"))
                throw new UserMistake("domain " + name
                        + " is no host name: write it as example.com");
        return names;
    }
}
