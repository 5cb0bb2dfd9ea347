package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.Script;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.Input;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.server.LocationService.Event;
import p2psip.std.rfc3261.server.LocationService.Found;

/// Plays a [Script] at a proxy core.
///
/// `alice` calls; everybody else is named as the host of the contact, `desk/2` at the second of its
/// addresses. `desk ! TIMEOUT` is the failure of the transaction with it. `location`, the location
/// service, is told of who is silent, and may say that he is gone.
public final class ProxyPlay implements Script.Player {
    static final Flow CALLER = Flow.udp(address("192.0.2.1", 5060), address("192.0.2.99", 5060));
    static final Domains HOME = new Domains(List.of(
            new ListeningPoint(Transport.UDP, address("192.0.2.1", 5060)),
            new ListeningPoint(Transport.TCP, address("192.0.2.1", 5060))), List.of("example.com"));

    final Proxy proxy;
    public final List<Destination> bob = new ArrayList<>();
    /// What the location service adds to each response.
    public final List<Header> headers = new ArrayList<>();
    /// The last request that each has got, and the last response that the caller has got.
    public final Map<String, Request> sent = new LinkedHashMap<>();
    public final List<Response> answers = new ArrayList<>();
    final Set<String> branches = new LinkedHashSet<>();
    private final Map<String, List<TransactionId>> attempts = new LinkedHashMap<>();
    private final Map<String, List<Target>> dns = new LinkedHashMap<>();
    /// What else stands in the responses of each.
    public final Map<String, List<Header>> said = new LinkedHashMap<>();
    /// What stands in Contact of a 3xx of each.
    public final Map<String, String> moved = new LinkedHashMap<>();
    private Request request = invite();
    private TransactionId server = id(request);
    private Optional<Header> why = Optional.empty();
    private int told;
    private long silent;

    ProxyPlay(String... contacts) { this(Guard.OPEN, contacts); }

    ProxyPlay(Guard guard, String... contacts) { this(guard, List.of(), contacts); }

    /// One that follows redirections.
    public static ProxyPlay recursing(String... contacts) {
        return new ProxyPlay(Guard.OPEN, List.of(), true, contacts);
    }

    /// All of them have the same dice, and so know each other's route values.
    public ProxyPlay(Guard guard, List<ProxyExtension> extensions, String... contacts) {
        this(guard, extensions, false, contacts);
    }

    private ProxyPlay(Guard guard, List<ProxyExtension> extensions, boolean recurses,
            String... contacts) {
        var random = new SplittableRandom(1);
        proxy = new Proxy(HOME, guard, extensions, recurses,
                Proxy.secret(random), random);
        for (var contact : contacts) bob.add(destination(contact));
    }

    /// `host`, `host;q=0.5` or, in reserve, `host;spare;q=0.5`; `host;node` is a node with two
    /// addresses, 203.0.113.91 and .92.
    private static Destination destination(String contact) {
        var parts = contact.replaceAll(";(spare|node)", "").split(";q=");
        var hops = IntStream.rangeClosed(1, contact.contains(";node") ? 2 : 0).mapToObj(i ->
                Target.of(Transport.UDP, address("203.0.113.9" + i, 5060))).toList();
        return new Destination(SipUri.of("bob", parts[0], OptionalInt.empty()),
                parts.length == 1 ? 1 : Double.parseDouble(parts[1]), hops,
                contact.contains(";spare"), List.of());
    }

    public static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    public static Request invite() {
        return (Request) Message.parse("""
                INVITE sip:bob@example.com SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.99;branch=z9hG4bKa1
                Max-Forwards: 70
                From: <sip:alice@far.example>;tag=a
                To: <sip:bob@example.com>
                Call-ID: c1@far.example
                CSeq: 1 INVITE
                Contact: <sip:alice@192.0.2.99>
                Content-Type: text/plain

                hello
                """);
    }

    static TransactionId id(Request request) {
        return new TransactionId(request.topVia().branch(), request.topVia().sentBy(),
                request.method());
    }

    public ProxyPlay with(Request request) {
        this.request = request;
        this.server = id(request);
        return this;
    }

    /// What the caller's CANCEL says of its reason.
    public ProxyPlay because(String reason) {
        why = Optional.of(new Header("Reason", reason));
        return this;
    }

    /// A name with several addresses.
    ProxyPlay addresses(String host, String... ips) {
        dns.put(host, Arrays.stream(ips)
                .map(ip -> Target.of(Transport.UDP, address(ip, 5060))).toList());
        return this;
    }

    /// Plays the ladder and compares; ten minutes after its end all tables must be empty.
    public void plays(String ladder) {
        Script.play("proxy", this, Duration.ofMinutes(10), ladder);
        assertThat(proxy.size()).isZero();
        assertThat(proxy.pending()).isZero();
    }

    /// One request and what comes out, without comparing.
    List<Output> tell(Request request, Flow flow) {
        var id = new TransactionId(Via.MAGIC + ++told, "", request.method());
        return follow(proxy.handle(new Input.Received(id, request, flow), Instant.EPOCH),
                Instant.EPOCH);
    }

    @Override public List<String> hear(Script.Line line, Instant now) {
        return texts(proxy.handle(input(line), now), now);
    }

    @Override public List<String> wake(Instant now) { return texts(proxy.wake(now), now); }

    @Override public Instant deadline() { return proxy.deadline(); }

    private Input input(Script.Line line) {
        return switch (line.who()) {
            case "location" ->
                    new Input.Asked(new LocationService.Gone(silent, "Nobody There"));
            case "alice" -> {
                var message = line.what().equals("CANCEL") ? Cancel.of(request)
                        .change(list -> list.add(0, new Header("Via", "" + request.topVia())))
                        .change(list -> why.ifPresent(list::add))
                        : request;
                assertThat(message.method()).isEqualTo(line.what());
                yield new Input.Received(id(message), message, CALLER);
            }
            case String who when line.mark().equals("!") ->
                    new Input.Failed(attempt(who), Failure.valueOf(line.what()));
            case String who -> new Input.Answered(
                    attempt(who), response(who, Said.status(line)), CALLER);
        };
    }

    private TransactionId attempt(String who) { return attempts.get(who).getFirst(); }

    /// A response as a phone gives it.
    public Response response(String who, int status) {
        var response = Reply.to(sent.get(who + " " + request.method()), status, who);
        return switch (status) {
            case 401 -> response.with("WWW-Authenticate", "Digest realm=\"" + who + "\"");
            case 407 -> response.with("Proxy-Authenticate", "Digest realm=\"" + who + "\"");
            default -> status / 100 == 3 && moved.containsKey(who)
                    ? response.with("Contact", moved.get(who))
                    : response.change(list -> list.addAll(said.getOrDefault(who, List.of())));
        };
    }

    private List<String> texts(List<Output> outputs, Instant now) {
        return follow(outputs, now).stream().map(this::text).toList();
    }

    private String text(Output output) {
        return switch (output) {
            case Output.Respond(var id, var response) -> {
                if (id.equals(server)) answers.add(response);
                else assertThat(id.method()).isEqualTo("CANCEL");
                yield "-> alice " + Said.text(response.status(), id.method());
            }
            case Output.Send(var id, var copy, var target) -> {
                var who = name(copy, target);
                sent.put(who + " " + copy.method(), copy.change(list -> list.add(0,
                        new Header("Via", "SIP/2.0/UDP 192.0.2.1;branch=" + id.branch()))));
                if (!copy.is("CANCEL")) {
                    assertThat(branches.add(id.branch())).as("branch is new").isTrue();
                    attempts.computeIfAbsent(who, _ -> new ArrayList<>()).addFirst(id);
                } else assertThat(attempt(who).branch()).isEqualTo(id.branch());
                yield "-> " + who + " " + copy.method();
            }
            case Output.SendAck(var ack, var target) -> "-> " + name(ack, target) + " ACK";
            case Output.Told(Event.Silent(long id, _)) -> {
                silent = id;
                yield "-> location silent";
            }
            case Output.Forget(var id) -> "* forgets " + (id.equals(server) ? "alice"
                    : attempts.keySet().stream().filter(who -> attempt(who).equals(id))
                            .findFirst().orElseThrow());
            default -> throw new AssertionError(output);
        };
    }

    private String name(Request copy, Target target) {
        var host = SipUri.parse(copy.uri()).host();
        var addresses = dns.getOrDefault(host, List.of());
        return addresses.size() > 1 ? host + "/" + (addresses.indexOf(target) + 1) : host;
    }

    /// Answers what the proxy asks until it asks no more.
    private List<Output> follow(List<Output> outputs, Instant now) {
        var all = new ArrayList<Output>();
        for (var output : outputs)
            switch (output) {
                case Output.Resolve(long id, var uri, _) -> all.addAll(
                        follow(proxy.handle(new Input.Resolved(id, resolve(uri)), now), now));
                case Output.Changed _ -> { }   // for trace
                case Output.Told(Event.Find(long id, var aor, _)) -> all.addAll(
                        follow(proxy.handle(new Input.Asked(find(id, aor.toString())), now), now));
                default -> all.add(output);
            }
        return all;
    }

    private Found find(long id, String aor) {
        boolean known = aor.equals("sip:bob@example.com");
        return new Found(id, known, known ? bob : List.of(), known ? headers : List.of());
    }

    private List<Target> resolve(String uri) {
        var host = SipUri.parse(uri).host();
        return dns.computeIfAbsent(host, _ -> List.of(
                Target.of(Transport.UDP, address("203.0.113." + (dns.size() + 1), 5060))));
    }
}
