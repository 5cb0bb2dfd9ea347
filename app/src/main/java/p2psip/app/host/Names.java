package p2psip.app.host;

import module java.base;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/// Names to addresses for a [RealHost]: the hosts file, then the DNS, off the loop and bounded.
final class Names {
    /// How long a name may take; then it has no addresses.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /// How many names may be asked for at once; one more has no addresses.
    private static final int LIMIT = 256;

    private static final Duration TRY = Duration.ofSeconds(2);

    private final RealHost host;
    private final Optional<InetSocketAddress> server;
    private final FutureTask<LookupSession> session = new FutureTask<>(this::session);
    private final Semaphore free = new Semaphore(LIMIT);

    Names(RealHost host, Optional<InetSocketAddress> server) {
        this.host = host;
        this.server = server;
    }

    void resolve(Resident owner, Id id, String name) {
        if (host.beside(owner, free, () -> new Event.Resolved(
                id, known(name).orElseGet(() -> addresses(name))))) return;
        owner.remark("too many names asked for: " + name, host.now());
        host.answer(owner, new Event.Resolved(id, List.of()));
    }

    /// What is known of a name without asking: the address it spells, or loopback for `localhost`.
    static Optional<List<InetAddress>> known(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("localhost") || lower.endsWith(".localhost"))
            return Optional.of(LOOPBACK);
        try {
            return Optional.of(List.of(InetAddress.ofLiteral(name)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();   // a name, not an address
        }
    }

    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private List<InetAddress> addresses(String name) {
        try {
            var absolute = Name.fromString(name, Name.root);
            session.run();   // by the first who asks; the others wait for it
            var four = ask(session.get(), absolute, Type.A);
            var six = ask(session.get(), absolute, Type.AAAA);
            four.thenCombine(six, (_, _) -> 0).completeOnTimeout(0, PATIENCE.toMillis(),
                    TimeUnit.MILLISECONDS).join();
            return Stream.of(four, six).flatMap(answer -> answer.getNow(List.of()).stream())
                    .<InetAddress>mapMulti((record, out) -> {
                        if (record instanceof ARecord a) out.accept(a.getAddress());
                        if (record instanceof AAAARecord a) out.accept(a.getAddress());
                    }).toList();
        } catch (IOException | ExecutionException e) {
            return List.of();   // not a name the DNS could know, or no name server
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /// What the DNS knows, or nothing: a name that does not exist is not an error here.
    private static CompletableFuture<List<Record>> ask(LookupSession dns, Name name, int type) {
        return dns.lookupAsync(name, type)
                .thenApply(result -> result.getRecords()).exceptionally(_ -> List.of())
                .toCompletableFuture();
    }

    private LookupSession session() throws UnknownHostException {
        Resolver resolver = new ExtendedResolver();
        if (server.isPresent()) {
            var simple = new SimpleResolver(server.get().getAddress());
            simple.setPort(server.get().getPort());
            resolver = simple;
        }
        resolver.setTimeout(TRY);
        return LookupSession.defaultBuilder().resolver(resolver).build();
    }
}
