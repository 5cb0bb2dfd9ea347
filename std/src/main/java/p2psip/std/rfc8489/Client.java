package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// One request to a STUN server: sent until it is answered, again with credentials if the server
/// asks for them, again to another server if it says so. Begins when it is first woken.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-6.2 RFC 8489 §6.2
public final class Client implements Machine<Client.Input, Client.Output> {

    public sealed interface Input {
        record Received(InetSocketAddress from, Bytes bytes) implements Input {}
        record TransportError(String why) implements Input {}
    }

    public sealed interface Output {
        record Send(InetSocketAddress to, Bytes bytes) implements Output {}
        record Succeeded(Message response) implements Output {}

        /// @param code the error code of the answer, 0 if there was none
        record Failed(int code, String why) implements Output {}
    }

    /// How often a nonce may be stale, or a server another one's deputy, before that is a failure.
    private static final int RETRIES = 4;

    /// The largest message, in bytes, that fits the smallest packet every path takes, behind its
    /// headers of IP and UDP.
    private static final int MESSAGE_4 = 576 - 20 - 8, MESSAGE_6 = 1280 - 40 - 8;

    private final int method;
    private final List<Attribute> attributes;
    private final Authentication authentication;
    private final Timing timing;
    private final Table table;
    private final RandomGenerator random;
    private final Set<InetSocketAddress> visited = new LinkedHashSet<>();
    private InetSocketAddress server;
    private TransactionId id;
    private Bytes request = Bytes.EMPTY;
    private int sent, stale;
    private boolean violated, over;
    private Optional<String> domain = Optional.empty();
    private Instant due = Instant.MIN;

    /// A client that knows the attributes of RFC 8489.
    ///
    /// @param attributes what the method wants in the request, and SOFTWARE
    public Client(InetSocketAddress server, int method, List<Attribute> attributes,
            Authentication authentication, Timing timing, RandomGenerator random) {
        this(server, method, attributes, authentication, timing, Table.RFC8489, random);
    }

    /// @param table what else may be asked and answered
    public Client(InetSocketAddress server, int method, List<Attribute> attributes,
            Authentication authentication, Timing timing, Table table, RandomGenerator random) {
        this.server = server;
        this.method = method;
        this.attributes = List.copyOf(attributes);
        this.authentication = authentication;
        this.timing = timing;
        this.table = table;
        this.random = random;
        this.id = TransactionId.random(random);
    }

    /// The address that a Binding response says the request came from; servers of RFC 3489 say it
    /// without the mask.
    public static Optional<InetSocketAddress> mapped(Message response) {
        //= rfc8489#6.3.3-2 an address of either family is accepted and used
        return response.first(XorMappedAddress.class).map(XorMappedAddress::address)
                .or(() -> response.first(MappedAddress.class).map(MappedAddress::address));
    }

    /// Whose name the server's certificate must prove that the last redirection named, if that
    /// said so: for the owner of a client by TLS.
    public Optional<String> alternateDomain() { return domain; }

    @Override public Instant deadline() { return over ? Instant.MAX : due; }

    @Override public boolean terminated() { return over; }

    @Override public List<Output> wake(Instant now) {
        if (now.isBefore(deadline())) return List.of();
        if (sent == 0) return begin(now);
        //= rfc8489#6.2.1-11 no answer long after the last request is a failure
        //= rfc8489#9.1.4-3 all responses discarded: integrity violated, not a timeout
        //= rfc8489#9.2.5-17 all responses discarded, with long-term credentials too
        if (timing.last(sent)) return fail(0, violated ? "integrity violated" : "no answer");
        return send(now);
    }

    /// Sends the request as a new transaction.
    private List<Output> begin(Instant now) {
        //= rfc8489#5-6 what differs from the last request is a transaction of its own
        id = TransactionId.random(random);
        sent = 0;
        violated = false;
        visited.add(server);
        //= rfc8489#6.1-1,2 a header by the rules of section 5, its class is Request
        request = authentication.seal(new Message(Kind.REQUEST, method, id, attributes), table);
        int most = server.getAddress() instanceof Inet6Address ? MESSAGE_6 : MESSAGE_4;
        //= rfc8489#6.1-5,6,8 the MTU is unknown: a message over UDP is less than the smallest is
        if (request.size() > most && !timing.reliable())
            return fail(0, "a request of " + request.size() + " bytes, more than a packet takes");
        return send(now);
    }

    private List<Output> send(Instant now) {
        sent++;
        //= rfc8489#6.2.1-1 after one interval, then after twice as long, and so on
        due = now.plus(timing.after(sent));
        return List.of(new Output.Send(server, request));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (over || sent == 0) return List.of();
        return switch (input) {
            case Input.TransportError(var why) -> fail(0, why);
            case Input.Received(var from, var bytes) -> from.equals(server)
                    ? received(bytes, now) : List.of();
        };
    }

    private List<Output> received(Bytes bytes, Instant now) {
        //= rfc8489#6.3¶2 an answer to what is still asked, its fingerprint right if there is one
        return Fingerprints.parse(bytes, table)
                .filter(response -> response.id().equals(id) && response.method() == method
                        && (response.kind() == Kind.SUCCESS || response.kind() == Kind.ERROR))
                .map(response -> answered(response, bytes, now)).orElse(List.of());
    }

    private List<Output> answered(Message response, Bytes bytes, Instant now) {
        return switch (authentication.judge(response, bytes)) {
            case Authentication.Verdict.Use(boolean proven) -> use(response, proven, now);
            case Authentication.Verdict.Retry _ -> response.code() == 438 && ++stale > RETRIES
                    ? fail(438, "every nonce is stale") : begin(now);
            case Authentication.Verdict.GiveUp(var why) -> fail(response.code(), why);
            case Authentication.Verdict.Discard _ -> {
                violated = true;
                //= rfc8489#9.1.4-4 over a reliable transport that ends the transaction
                //= rfc8489#9.2.5-18 reliable transport ends it with long-term credentials, too
                yield timing.reliable() ? fail(0, "integrity violated") : List.of();
            }
        };
    }

    private List<Output> use(Message response, boolean proven, Instant now) {
        //= rfc8489#6.3.3¶1 a success that cannot be understood is none
        //= rfc8489#6.3.4¶1 nor can such an error
        if (!response.unknownRequired().isEmpty())
            return fail(0, "an answer with attributes unknown here: " + response.unknownRequired());
        if (response.kind() == Kind.SUCCESS) {
            over = true;
            return List.of(new Output.Succeeded(response));
        }
        //= rfc8489#14.8-7 integrity is validated before a redirection to another server
        if (response.code() == 300 && proven) return redirected(response, now);
        //= rfc8489#14.8-8 a 400 ends it: the request is not retried without modification
        //= rfc8489#6.3.4-1 a 3xx ends the transaction where nobody proved the redirection
        return fail(response.code(), response.first(ErrorCode.class).map(ErrorCode::reason)
                .orElse("an error without a code"));
    }

    /// @spec https://www.rfc-editor.org/rfc/rfc8489#section-10 RFC 8489 §10
    private List<Output> redirected(Message response, Instant now) {
        var to = response.first(AlternateServer.class).map(AlternateServer::address);
        if (to.isEmpty()) return fail(300, "redirected, but not where");
        //= rfc8489#10-9 servers that send a client to and fro are not followed
        if (visited.contains(to.get()) || visited.size() > RETRIES)
            return fail(300, "redirected in a circle");
        server = to.get();
        domain = response.first(AlternateDomain.class).map(AlternateDomain::value);
        //= rfc8489#10-5 the other server gets the same credentials
        return begin(now);
    }

    private List<Output> fail(int code, String why) {
        over = true;
        return List.of(new Output.Failed(code, why));
    }
}
