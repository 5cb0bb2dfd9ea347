package p2psip.app.host;

import module java.base;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupSession;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc1035.Question;
import p2psip.std.rfc1035.ResourceRecord;
import p2psip.std.rfc1035.ResourceRecord.Address;

/// What the DNS says of names for a [RealHost], and of addresses the hosts file first: off the
/// loop, bounded in time and number.
final class Names {
    /// How long a name may take; then it has no addresses.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /// How many names may be asked for at once; one more has no addresses.
    private static final int LIMIT = 256;

    /// How many records of one section are read.
    private static final int RECORDS = 256;

    private static final Duration TRY = Duration.ofSeconds(2);

    private final RealHost host;
    private final Optional<InetSocketAddress> server;
    private final FutureTask<Resolver> resolver = new FutureTask<>(this::resolver);
    private final FutureTask<LookupSession> session = new FutureTask<>(() -> {
        resolver.run();
        return LookupSession.defaultBuilder().resolver(resolver.get()).build();
    });
    private final HostsFileParser hosts = new HostsFileParser();
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

    private Resolver resolver() throws UnknownHostException {
        Resolver resolver = new ExtendedResolver();
        if (server.isPresent()) {
            var simple = new SimpleResolver(server.get().getAddress());
            simple.setPort(server.get().getPort());
            resolver = simple;
        }
        resolver.setTimeout(TRY);
        return resolver;
    }

    // Records of one type

    void query(Resident owner, Id id, Question question) {
        if (host.beside(owner, free, () -> new Event.Answered(id, answer(question)))) return;
        owner.remark("too many names asked for: " + question, host.now());
        host.answer(owner, new Event.Answered(id, new Answer.Failed("too many questions")));
    }

    /// What is known of a name without asking the DNS; the rest of such a name is nothing.
    static Optional<Answer> known(Question question) {
        return known(question.name()).map(addresses -> answer(question, addresses, LONG));
    }

    private static final Duration LONG = Duration.ofHours(1);

    /// @return those of the type that is asked for
    static Answer answer(Question question, List<InetAddress> addresses, Duration ttl) {
        var records = addresses.stream().<ResourceRecord>map(address -> new Address(
                question.name(), ttl, address)).filter(record -> record.is(question.type()))
                .toList();
        return records.isEmpty() ? new Answer.None(ttl) : new Answer.Found(records);
    }

    private Answer answer(Question question) {
        try {
            return known(question).orElseGet(() -> inHostsFile(question)
                    .orElseGet(() -> asked(question)));
        } catch (IllegalArgumentException e) {
            return new Answer.None(LONG);   // not a name the DNS could know
        }
    }

    /// Of a host that is in the hosts file nothing else is asked, nor of the services it may have.
    private Optional<Answer> inHostsFile(Question question) {
        var host = name(SERVICE.matcher(question.name()).replaceFirst(""));
        var found = Stream.of(Type.A, Type.AAAA).flatMap(type -> {
            try {
                return hosts.getAddressForHost(host, type).stream();
            } catch (IOException e) {
                return Stream.empty();   // there is no such file, or it cannot be read
            }
        }).toList();
        return found.isEmpty() ? Optional.empty()
                : Optional.of(answer(question, found, Duration.ZERO));
    }

    private static final Pattern SERVICE = Pattern.compile("^(_[^.]*\\.)++");

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// An answer that does not fit into a datagram is asked for again by TCP.
    private Answer asked(Question question) {
        try {
            resolver.run();
            var query = Message.newQuery(Record.newRecord(
                    name(question.name()), question.type().number(), DClass.IN));
            return answer(resolver.get().sendAsync(query).toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Answer.Failed("no name server has answered");
        } catch (ExecutionException e) {
            return new Answer.Failed(Why.of(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed("interrupted");
        }
    }

    private static Answer answer(Message message) {
        int code = message.getRcode();
        var records = records(message, Section.ANSWER);
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN)
            return new Answer.Failed("the name server says " + Rcode.string(code));
        if (!records.isEmpty())
            return new Answer.Found(records, records(message, Section.ADDITIONAL));
        return new Answer.None(message.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance).map(SOARecord.class::cast)
                // for as long as the zone says that there is nothing (RFC 2308)
                .map(zone -> Duration.ofSeconds(Math.min(zone.getTTL(), zone.getMinimum())))
                .findFirst().orElse(Duration.ZERO));
    }

    private static List<ResourceRecord> records(Message message, int section) {
        return message.getSection(section).stream().limit(RECORDS)
                .flatMap(record -> record(record).stream()).toList();
    }

    private static Optional<ResourceRecord> record(Record record) {
        var name = record.getName().toString(true);
        var ttl = Duration.ofSeconds(record.getTTL());
        return Optional.ofNullable(switch (record) {
            case ARecord a -> new Address(name, ttl, a.getAddress());
            case AAAARecord a -> new Address(name, ttl, a.getAddress());
            case CNAMERecord c -> new ResourceRecord.Alias(
                    name, ttl, c.getTarget().toString(true));
            case SRVRecord s -> new ResourceRecord.Server(name, ttl, s.getPriority(),
                    s.getWeight(), s.getPort(), s.getTarget().toString(true));
            case NAPTRRecord n -> new ResourceRecord.Pointer(name, ttl, n.getOrder(),
                    n.getPreference(), n.getFlags(), n.getService(), n.getRegexp(),
                    n.getReplacement().toString(true));
            default -> null;   // of a type that nobody asks for
        });
    }
}
