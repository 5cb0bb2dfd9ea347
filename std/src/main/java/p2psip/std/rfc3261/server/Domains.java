package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;

/// What a server calls its own: where it listens, and the domains it is responsible for.
///
/// Its own addresses, and `localhost` if one of them is a loopback address, are names of its first
/// domain; with no domain given they are all there is.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.5 RFC 3261 §16.5
public final class Domains {
    /// As a domain: every name that is not an address.
    public static final String ANY_NAME = "*";

    private final List<ListeningPoint> listeners;
    private final Set<String> domains = new LinkedHashSet<>();
    private final Set<String> addresses = new HashSet<>(), hosts = new HashSet<>();

    public Domains(List<ListeningPoint> listeners, List<String> domains) {
        this.listeners = List.copyOf(listeners);
        for (var domain : domains) this.domains.add(HostName.canonical(domain));
        for (var listener : listeners) {
            add(HostName.text(listener.address().getAddress()), listener.address().getPort());
            addresses.add(listener.sentBy());
            if (listener.address().getAddress().isLoopbackAddress())
                add("localhost", listener.address().getPort());
        }
    }

    private void add(String host, int port) {
        hosts.add(host);
        addresses.add(host + ":" + port);
    }

    public List<ListeningPoint> listeners() { return listeners; }

    /// The domain that its own addresses stand for.
    public String domain() {
        for (var name : domains) if (!name.equals(ANY_NAME)) return name;
        return HostName.text(listeners.getFirst().address());
    }

    //= rfc5627#10.1-2 the SIPS URI is supported, by TLS
    //= rfc3261#26.3.1-6 as whoever supports TLS supports it
    /// Whether a URI is of a scheme that leads somewhere from here: `sip`, and `sips` where there
    /// is a way that is secure.
    public boolean speaks(Uri uri) {
        return uri instanceof SipUri sip && (!sip.secure()
                || listeners.stream().anyMatch(listener -> listener.transport().secure()));
    }

    /// Whether host and port are where this server listens.
    public boolean listensAt(String host, int port) {
        return addresses.contains(HostName.canonical(host) + ":" + port);
    }

    /// Whether a URI leads to this very server.
    public boolean listensAt(SipUri uri) { return listensAt(uri.host(), uri.portOrDefault()); }

    /// Whether a Route value means this server: where it listens, or a domain that was given, at no
    /// port or at one of its own.
    public boolean isRoute(SipUri uri) {
        return listensAt(uri) || isGiven(uri) && (uri.port().isEmpty() || listeners.stream()
                .anyMatch(l -> l.address().getPort() == uri.port().getAsInt()));
    }

    /// Whether the server is responsible for the domain of a URI, for those who register and for
    /// those who call: a domain that was given, or its own host at one of its ports or at none.
    public boolean hosts(SipUri uri) {
        return isNamed(uri) || uri.port().isEmpty() && isOwnHost(uri)
                || domains.contains(ANY_NAME) && HostName.literal(uri.host()).isEmpty();
    }

    /// Whether a URI leads here or names a domain that was given: not just any name, nor a phone on
    /// this very machine.
    boolean isNamed(SipUri uri) { return listensAt(uri) || isGiven(uri); }

    private boolean isGiven(SipUri uri) { return domains.contains(HostName.canonical(uri.host())); }

    private boolean isOwnHost(SipUri uri) { return hosts.contains(HostName.canonical(uri.host())); }

    /// The address of record that a URI of a hosted domain stands for: the key under which the
    /// location service keeps its bindings.
    public Aor aor(SipUri uri) {
        //= rfc5630#5.2-1 AORs that differ in the scheme, SIP or SIPS, are equivalent
        //= rfc3261#10.3-16 no parameters, escapes undone where they need not be
        return new Aor(Escapes.canonical(uri.user()),
                isOwnHost(uri) ? domain() : HostName.canonical(uri.host()));
    }

    /// The near end of a flow.
    ListeningPoint end(Flow flow) { return ListeningPoint.of(flow, listeners); }

    /// The listening point that a request to a target leaves from.
    ListeningPoint towards(Target target) {
        return target.flow().map(this::end).or(() -> ListeningPoint.nearest(
                listeners, target.transport(), target.address().getAddress()))
                .orElse(listeners.getFirst());
    }
}
