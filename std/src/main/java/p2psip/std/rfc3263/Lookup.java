package p2psip.std.rfc3263;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc1035.*;
import p2psip.std.rfc1035.Question.Type;
import p2psip.std.rfc1035.ResourceRecord.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;

/// One question where something goes: asks the DNS step by step, and ends with targets.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3263#section-4 RFC 3263 §4
final class Lookup {
    /// How many NAPTR records are followed, and of how many hosts the addresses are asked at once:
    /// the next hosts have their turn only where those have none.
    static final int POINTERS = 8, HOSTS = 8;

    /// By what we call where the domain does not say what it likes, the usual one first.
    private static final List<Transport> CALLED =
            List.of(Transport.UDP, Transport.TCP, Transport.TLS);

    /// Where something is to go.
    ///
    /// @param name      the TARGET of the RFC
    /// @param domain    whom the certificate is to name
    /// @param secure    whether nothing but a secure transport will do
    /// @param transport if it is settled
    /// @param steady    whether equal records have the same order each time
    record Wanted(String name, String domain, boolean secure, Optional<Transport> transport,
            OptionalInt port, boolean steady) {}

    sealed interface Output {
        /// To be answered by [#told].
        record Ask(Question question) implements Output {}
        /// The end.
        record Found(List<Target> targets) implements Output {}
        /// What the NAPTR records of the domain say of SIPS.
        record Says(String domain, boolean secured) implements Output {}
    }

    /// A transport, and whose SRV records name the servers for it.
    private record Service(Transport transport, String owner) {}

    private record Host(Transport transport, String name, int port) {}

    private final Wanted wanted;
    private final Spoken spoken;
    private final RandomGenerator random;
    private final Map<Question, List<ResourceRecord>> told = new HashMap<>();
    private final Set<Question> asked = new LinkedHashSet<>();
    private final Outbox<Output> out = new Outbox<>();
    private Runnable then = () -> { };

    Lookup(Wanted wanted, Spoken spoken, RandomGenerator random) {
        this.wanted = wanted;
        this.spoken = spoken;
        this.random = random;
    }

    List<Output> begin() {
        if (wanted.transport.filter(Predicate.not(spoken::by)).isPresent()) found(List.of());
        else HostName.literal(wanted.name).ifPresentOrElse(this::numeric, this::named);
        return out.take();
    }

    /// An answer to [Output.Ask].
    List<Output> told(Question question, List<ResourceRecord> records) {
        if (!asked.remove(question)) return List.of();
        told.put(question, records);
        if (asked.isEmpty()) then.run();
        return out.take();
    }

    /// By which transport, where the DNS does not say it.
    private Optional<Transport> usual() {
        //= rfc3263#4.1-1 the transport parameter decides
        return wanted.transport.or(() -> Optional.of(
                //= rfc3263#4.1-2,3,17 UDP for sip, TLS over TCP for sips
                wanted.secure ? Transport.TLS : Transport.UDP)).filter(spoken::by);
    }

    private int port(Transport transport) {
        //= rfc3263#4.2¶2 the port of the URI, else the default of the transport
        return wanted.port.orElse(transport.defaultPort());
    }

    private void numeric(InetAddress address) {
        //= rfc3263#4.2¶2 a numeric address is used as it is
        found(usual().stream().map(by -> Target.of(
                by, new InetSocketAddress(address, port(by)), wanted.domain)).toList());
    }

    private void named() {
        //= rfc3263#4.2¶3 with a port it is a host, which has addresses
        if (wanted.port.isPresent()) host();
        else if (wanted.transport.isPresent()) services(services(wanted.transport.stream()));
        else {
            var pointers = new Question(wanted.name, Type.NAPTR);
            //= rfc3263#4.1-5 no transport, no port, no number: a NAPTR query for the domain
            ask(List.of(pointers), () -> pointers(said(pointers, Pointer.class)));
        }
    }

    private void ask(List<Question> questions, Runnable next) {
        then = next;
        asked.addAll(questions);
        asked.removeAll(told.keySet());
        if (asked.isEmpty()) next.run();
        else asked.forEach(question -> out.add(new Output.Ask(question)));
    }

    private <R extends ResourceRecord> List<R> said(Question question, Class<R> kind) {
        return told.getOrDefault(question, List.of()).stream().filter(kind::isInstance)
                .map(kind::cast).toList();
    }

    private void found(List<Target> targets) { out.add(new Output.Found(targets)); }

    // The transport (§4.1)

    private void pointers(List<Pointer> records) {
        out.add(new Output.Says(wanted.name, records.stream().anyMatch(record ->
                Services.transport(record.service()).filter(Transport::secure).isPresent())));
        var usable = records.stream().filter(this::leadsToService)
                .sorted(Comparator.comparingInt(Pointer::order)
                        .thenComparingInt(Pointer::preference)
                        .thenComparing(wanted.steady ? Pointer::replacement : _ -> ""))
                .flatMap(record -> usable(record.service()).map(
                        transport -> new Service(transport, record.replacement())).stream())
                .distinct().limit(POINTERS).toList();
        //= rfc3263#4.1¶13 no NAPTR records: SRV queries for the transport protocols that we speak
        //= rfc3263#4.1-16 of those that are supported, the one that we like best
        services(usable.isEmpty() ? services(CALLED.stream().filter(spoken::by)
                .filter(transport -> transport.secure() == wanted.secure)) : usable);
    }

    /// Whether what it names is a name with SRV records.
    private boolean leadsToService(Pointer record) {
        return record.flags().equalsIgnoreCase("s") && record.regexp().isEmpty()
                && !record.replacement().isEmpty();
    }

    private Optional<Transport> usable(String service) {
        //= rfc3263#4.1-8 a resolution service that is none of ours is discarded
        return Services.transport(service).filter(spoken::by)
                //= rfc3263#4.1-6 for a SIPS URI all that is not SIPS is discarded
                //= rfc3263#4.1-7 for a SIP URI what is SIPS is retained
                .filter(transport -> transport.secure() || !wanted.secure);
    }

    private List<Service> services(Stream<Transport> transports) {
        return transports.flatMap(transport -> Services.owner(transport, wanted.name)
                .map(owner -> new Service(transport, owner)).stream()).toList();
    }

    // Host and port (§4.2)

    /// @param best the first of them that has servers is used
    private void services(List<Service> best) {
        ask(best.stream().map(service -> new Question(service.owner, Type.SRV)).toList(),
                () -> choose(best));
    }

    private void choose(List<Service> services) {
        boolean denied = false;
        for (var service : services) {
            var records = said(new Question(service.owner, Type.SRV), Server.class);
            var servers = records.stream().filter(server -> !server.target().isEmpty()).toList();
            if (!servers.isEmpty()) {
                hosts(Servers.inOrder(servers, wanted.steady ? Optional.empty()
                        : Optional.of(random)).stream().map(server -> new Host(
                                service.transport, server.target(), server.port())).toList());
                return;
            }
            denied |= !records.isEmpty();
        }
        // the only record names the root: the service is decidedly not available
        if (denied) found(List.of());
        //= rfc3263#4.2¶6 no SRV records: the domain itself, at the default port
        else host();
    }

    private void host() {
        hosts(usual().stream().map(by -> new Host(by, wanted.name, port(by))).toList());
    }

    // Addresses

    private void hosts(List<Host> hosts) {
        var first = hosts.subList(0, Math.min(HOSTS, hosts.size()));
        ask(first.stream().flatMap(this::addresses).toList(), () -> {
            var targets = first.stream().flatMap(host -> targets(host).stream()).toList();
            if (targets.isEmpty() && first.size() < hosts.size())
                hosts(hosts.subList(first.size(), hosts.size()));
            else found(targets);
        });
    }

    private Stream<Question> addresses(Host host) {
        var ours = spoken.from(host.transport);
        //= rfc7984#3.1-1 the addresses of all families that we support
        return Stream.of(Type.AAAA, Type.A).filter(type -> ours.has(
                type == Type.A ? Inet4Address.class : Inet6Address.class))
                .map(type -> new Question(host.name, type));
    }

    private List<Target> targets(Host host) {
        var all = addresses(host).flatMap(question -> said(question, Address.class).stream())
                .map(Address::address).distinct();
        var addresses = (wanted.steady ? all.sorted(Comparator.comparing(HostName::text)) : all)
                .toList();
        //= rfc3263#4.2-1 the first record is the first that is tried
        //= rfc7984#4-1 by address selection among those of one SRV record, never of several
        return spoken.from(host.transport).inOrder(addresses).stream().map(address -> Target.of(
                host.transport, new InetSocketAddress(address, host.port), wanted.domain))
                .toList();
    }
}
