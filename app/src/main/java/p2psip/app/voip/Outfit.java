package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc2617.DigestClient;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3327.PathUserAgent;
import p2psip.std.rfc3428.Messages;
import p2psip.std.rfc3608.ServiceRouteUserAgent;
import p2psip.std.rfc3840.Capabilities;
import p2psip.std.rfc3911.Joins;
import p2psip.std.rfc4916.ConnectedIdentity;
import p2psip.std.rfc5626.Outbound;
import p2psip.std.rfc5627.GruuUserAgent;
import p2psip.std.rfc6086.InfoPackages;
import p2psip.std.rfc8840.Fragment;

/// What the user agent of a [Phone] is made of: who it is, which way it sends, and all that it
/// can do.
///
/// @param helps whether others help to find addresses for sound, so that they come one by one
record Outfit(PhoneSetup setup, Presences presences, Transfers transfers, Mesh mesh,
        boolean helps, RandomGenerator random) {

    /// @param points   where it takes in SIP
    /// @param firstHop what every request goes to first
    UserAgent agent(List<ListeningPoint> points, Optional<SipUri> firstHop) {
        var trunk = setup.trunk();
        var at = HostName.at(points.stream().filter(p -> p.transport() == trunk.transport())
                .findFirst().orElseThrow().sentBy(), 0);
        var contact = SipUri.of(((SipUri) setup.identity().uri()).user(),
                trunk.outside().address().map(HostName::text).orElse(at.name()), at.port())
                .withParams(transport(Params.NONE, trunk.transport().parameter()));
        var proxy = firstHop.map(this::loose);
        var outbound = trunk.outbound().map(o -> new Outbound(o.instance(), o.proxies().stream()
                .map(p -> loose((SipUri) p.uri())).toList()));
        return new UserAgent(new Profile(setup.identity(), contact, proxy.stream().toList(),
                setup.login().map(login -> new DigestClient(login, random)),
                "p2psip", CallRules.OBLIGING, outbound), extensions(), random);
    }

    private Address loose(SipUri proxy) {
        var trunk = setup.trunk();
        var params = trunk.outside().strict() ? proxy.params() : proxy.params().with("lr", "");
        //= rfc5630#5.1.1-8 a SIPS URI says by itself that it is TLS: never transport=tls
        return Address.of(proxy.withParams(proxy.secure() && trunk.transport() == Transport.TLS
                ? params.without("transport")
                : transport(params, trunk.transport().parameter(proxy.scheme()))));
    }

    private Params transport(Params params, String name) {
        return setup.trunk().transport().connected() ? params.with("transport", name) : params;
    }

    private List<Extension> extensions() {
        boolean meets = setup.manners().meets();
        var all = new ArrayList<Extension>(List.of(features(), new Messages(), new Joins(),
                new ConnectedIdentity()));
        all.addAll(transfers.extensions());
        //= rfc4579#3.1-3 a focus takes Replaces, as any phone here does
        //= rfc4579#3.4-2 REFER, SIP events and the conference package are here
        if (meets) all.addAll(mesh.extensions());
        all.addAll(List.of(presences.extension(meets ? List.of(mesh.events()) : List.of(),
                this::ofProxy, random), new PathUserAgent(), new ServiceRouteUserAgent()));
        boolean secure = setup.identity().uri() instanceof SipUri uri && uri.secure();
        setup.trunk().outside().instance().ifPresent(name ->
                all.add(new GruuUserAgent(name, false, secure)));
        //  who asks no helpers finds all of its addresses at once
        if (helps) all.add(new InfoPackages(List.of(Fragment.PACKAGE)));
        all.add(new Served(all));
        return all;
    }

    /// What is true of the phone, wherever its Contact stands.
    private Capabilities features() {
        return setup.manners().answers() ? Capabilities.of("audio", "automata")
                : Capabilities.of("audio");
    }

    /// Has a registrar know, beside that, which methods and events the phone takes: a caller may
    /// ask for one that does. To a peer Allow and Allow-Events say so.
    private record Served(List<Extension> all) implements Extension {
        private static final List<String> METHODS =
                List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "PRACK", "UPDATE");

        Served { all = List.copyOf(all); }

        @Override public Address registered(Address contact) {
            return contact.withParams(contact.params().with("methods", quoted(Stream.concat(
                    METHODS.stream(), all.stream().flatMap(each -> each.methods().stream()))))
                    .with("events", quoted(all.stream()
                            .flatMap(each -> each.introduction().stream())
                            .filter(header -> header.is("Allow-Events"))
                            .flatMap(header -> Stream.of(header.value().split(", "))))));
        }

        private static String quoted(Stream<String> values) {
            return values.distinct().collect(Collectors.joining(",", "\"", "\""));
        }
    }

    /// Whether something comes from our proxy, which knows of whom it lets through.
    boolean ofProxy(Flow flow) {
        var proxies = setup.trunk().outbound().map(Outbound::proxies).orElse(List.of()).stream()
                .map(proxy -> (SipUri) proxy.uri());
        return Stream.concat(setup.trunk().proxy().stream(), proxies)
                .map(proxy -> HostName.literal(proxy.host()))
                .anyMatch(Optional.of(flow.remote().getAddress())::equals);
    }
}
