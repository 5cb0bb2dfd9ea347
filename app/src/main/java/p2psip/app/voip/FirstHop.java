package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;

/// Where a phone's requests go first: to its proxy; or, if nobody is at the usual port of SIP on
/// this very machine, to the node that is at the usual port of nodes.
///
/// Whether somebody is there a connection shows, for SIP is taken in by UDP and TCP alike.
final class FirstHop {
    static final int USUAL = Transport.UDP.defaultPort(), NODE = 5062;

    sealed interface Output {
        record Do(Effect effect) implements Output {}

        /// Once: this is the proxy to use.
        record Use(Optional<SipUri> proxy) implements Output {}
    }

    private static final Id AT_USUAL = new Id(Id.Part.STARTUP, 0, 1),
            AT_NODE = new Id(Id.Part.STARTUP, 0, 2);

    private final Optional<SipUri> proxy;
    /// The address to try.
    private final Optional<InetAddress> here;
    private boolean used;

    /// @param own the addresses of this machine
    FirstHop(Optional<SipUri> proxy, List<InetAddress> own) {
        this.proxy = proxy;
        this.here = proxy.filter(uri -> uri.portOrDefault() == USUAL)
                .flatMap(uri -> uri.host().equals("localhost") ? Optional.of(LOOPBACK)
                        : HostName.literal(uri.host()))
                .filter(ip -> ip.isLoopbackAddress() || own.contains(ip));
    }

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    List<Output> begin() { return here.isPresent() ? open(AT_USUAL, USUAL) : use(proxy); }

    List<Output> answered(Event event) {
        return switch (event) {
            case Event.Connected(var id, _, _, _, _) -> Stream.concat(
                    Stream.of(new Output.Do(new Effect.Close(id))),
                    use(id.equals(AT_USUAL) ? proxy : proxy.map(FirstHop::atNode)).stream())
                    .toList();
            case Event.Closed(var id, _, _) when !used ->
                    id.equals(AT_USUAL) ? open(AT_NODE, NODE) : use(proxy);
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> List.of();
        };
    }

    private List<Output> open(Id id, int port) {
        return List.of(new Output.Do(new Effect.Open(
                id, new Way.Tcp(), new InetSocketAddress(here.orElseThrow(), port))));
    }

    private List<Output> use(Optional<SipUri> proxy) {
        used = true;
        return List.of(new Output.Use(proxy));
    }

    private static SipUri atNode(SipUri uri) {
        return new SipUri(uri.scheme(), uri.user(), uri.password(), uri.host(),
                OptionalInt.of(NODE), uri.params(), uri.headers());
    }
}
