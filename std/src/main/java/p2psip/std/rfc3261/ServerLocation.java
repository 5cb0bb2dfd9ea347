package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;

/// Where a URI leads: transport, port and addresses.
///
/// Names are looked up as hosts (A and AAAA) only; the records that name servers of a domain
/// (NAPTR, SRV) are not asked for yet.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3263#section-4 RFC 3263 §4
final class ServerLocation {
    /// As many names may be asked for at once; for one more there is no answer.
    static final int MAX_PENDING = 10_000;

    sealed interface Answer {
        record Found(List<Target> targets) implements Answer {}
        /// The addresses of this name are needed: [#resolved] takes them.
        record Ask(String name) implements Answer {}
    }

    private record Pending(Transport transport, int port, String domain) {}

    private final Set<Transport> spoken;
    private final Map<Long, Pending> pending = new HashMap<>();

    ServerLocation(List<ListeningPoint> points) {
        spoken = points.stream().map(ListeningPoint::transport).collect(Collectors.toSet());
    }

    /// @param id of this question
    Answer resolve(long id, String text) {
        try {
            return Uri.parse(text) instanceof SipUri uri ? resolve(id, uri)
                    : new Answer.Found(List.of());
        } catch (SyntaxException e) {
            return new Answer.Found(List.of());
        }
    }

    private Answer resolve(long id, SipUri uri) {
        var transport = transport(uri).filter(spoken::contains);
        if (transport.isEmpty()) return new Answer.Found(List.of());
        //= rfc3263#4.2¶2 the port of the URI, else the default of the transport
        var asked = new Pending(transport.get(),
                uri.port().orElse(transport.get().defaultPort()), uri.host());
        //= rfc3263#4¶5 maddr, if present, is the target instead of the host
        var name = uri.params().get("maddr").orElse(uri.host());
        var literal = HostName.literal(name);
        //= rfc3263#4.2¶2 a numeric address is used as it is
        if (literal.isPresent()) return new Answer.Found(targets(asked, List.of(literal.get())));
        if (pending.size() >= MAX_PENDING) return new Answer.Found(List.of());
        pending.put(id, asked);
        return new Answer.Ask(name);
    }

    private static Optional<Transport> transport(SipUri uri) {
        var named = uri.params().get("transport");
        //= rfc3263#4.1-1 the transport parameter decides
        if (named.isPresent()) return Transport.named(named.get())
                .flatMap(t -> uri.secure() ? t.secured() : Optional.of(t));
        //= rfc3263#4.1-2,3,17 UDP for sip, a stream for sips, with or without a port
        return Optional.of(uri.secure() ? Transport.TLS : Transport.UDP);
    }

    /// The addresses of a name that was asked for, in the order to be tried.
    List<Target> resolved(long id, List<InetAddress> addresses) {
        var asked = pending.remove(id);
        return asked == null ? List.of() : targets(asked, addresses);
    }

    private static List<Target> targets(Pending asked, List<InetAddress> addresses) {
        //= rfc3263#4.2-1 the first record is the first that is tried
        return addresses.stream().map(address -> Target.of(asked.transport,
                new InetSocketAddress(address, asked.port), asked.domain)).toList();
    }
}
