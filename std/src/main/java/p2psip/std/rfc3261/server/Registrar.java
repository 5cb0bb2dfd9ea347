package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.*;
import p2psip.std.rfc3261.server.LocationService.*;

/// Takes REGISTER requests and keeps what they say, until it expires.
///
/// A location service is told of each change ([LocationService.Event.Bind],
/// [LocationService.Event.Ended]) and sees to it that it outlives the registrar: a REGISTER is
/// answered when the service says [Kept], and refused if it says nothing for a while. Whoever wants
/// to know where somebody is now reads the [Bindings].
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.3 RFC 3261 §10.3
public final class Registrar implements Core {

    /// A REGISTER whose bindings are being kept, and those for the same address of record that have
    /// come since: each holds a server transaction, of which there is a limit.
    private record Commit(long id, Input.Received received, Deque<Input.Received> behind,
            List<Binding> bindings, Instant until) {
        Commit without(Flow flow) {
            return new Commit(id, received, behind, Bindings.without(flow, bindings), until);
        }
    }

    /// How long keeping may take: a disk that hangs says nothing at all.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Domains home;
    private final Limits limits;
    private final Guard guard;
    private final RandomGenerator random;
    private final Bindings bindings;
    private final List<RegistrarExtension> extensions;
    private final Outbox<Output> out = new Outbox<>();
    /// Those under way, by address of record, the oldest first; and for whom the location service
    /// was asked, which may answer when the REGISTER was given up.
    private final SequencedMap<Aor, Commit> commits = new LinkedHashMap<>();
    private final Map<Long, Aor> asked = new HashMap<>();
    private long lastCommit;

    /// @param extensions what it does beyond RFC 3261
    public Registrar(Domains home, Limits limits, Guard guard, Bindings bindings,
            List<RegistrarExtension> extensions, RandomGenerator random) {
        this.home = home;
        this.limits = limits;
        this.guard = guard;
        this.bindings = bindings;
        this.extensions = List.copyOf(extensions);
        this.random = random;
    }

    /// The option tags that a REGISTER may require.
    public List<String> options() {
        return extensions.stream().flatMap(e -> e.options().stream()).distinct().toList();
    }

    public int addresses() { return bindings.aors(); }

    public int contacts() { return bindings.contacts(); }

    /// How many REGISTERs wait for the location service.
    public int pending() { return asked.size(); }

    @Override public Instant deadline() { return Timers.earliest(patience(), bindings.deadline()); }

    private Instant patience() {
        return commits.isEmpty() ? Instant.MAX : commits.firstEntry().getValue().until;
    }

    @Override public List<Output> wake(Instant now) {
        ended(bindings.expire(now));
        while (!patience().isAfter(now))
            settled(commits.firstEntry().getKey(), Optional.empty(), now);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received received -> register(received, now);
            case Input.Asked(Kept(long id, var headers)) ->
                    committed(id, Optional.of(headers), now);
            case Input.Asked(NotKept(long id)) -> committed(id, Optional.empty(), now);
            // what has expired meanwhile ends when this registrar is woken next
            case Input.Asked(Restored(var stored)) -> stored.forEach((aor, all) -> {
                if (bindings.aors() < limits.addresses()) bindings.replace(aor, all);
            });
            case Input.Asked(Revoked(var aor)) -> {
                bindings.replace(aor, List.of());
                ended(List.of(aor));
            }
            case Input.FlowEnded(var flow) -> {
                commits.replaceAll((_, commit) -> commit.without(flow));
                //= rfc5626#7-5,6 the bindings of a flow that ends are invalidated, whoever ends it
                ended(bindings.forget(flow));
            }
            case Input.Asked _, Input.Acknowledged _, Input.OfRequest _, Input.Ponged _ -> { }
        }
        return out.take();
    }

    private void register(Input.Received received, Instant now) {
        refuse(received, () -> refuses(received.request(), received.flow(), now).or(() -> {
            var aor = home.aor((SipUri) received.request().to().uri());
            //= rfc3261#10.3-5 requests are taken in the order that they came: this one waits
            if (commits.containsKey(aor)) commits.get(aor).behind.add(received);
            else update(aor, received, now);
            return Optional.empty();
        }));
    }

    /// Works out what a REGISTER changes, and asks for that to be kept.
    private void update(Aor aor, Input.Received received, Instant now) {
        var request = received.request();
        //= rfc3261#10.3-6,7 processed completely or not at all, beside other bindings
        var update = new RegisterUpdate(bindings.of(aor), limits, extensions);
        refuse(received, () -> update.apply(request, received.flow(), now).or(() -> {
            if (request.has("Contact")) keep(aor, received, update.bindings(), now);
            else respond(received, accepted(request, bindings.of(aor), now));
            return Optional.empty();
        }));
    }

    private void refuse(Input.Received received, Supplier<Optional<Refusal>> steps) {
        //= rfc3261#10.3-1 nothing that a registrar refuses with is a 6xx
        Refusal.of(steps).ifPresent(why -> respond(received, why.to(received.request(), tag())));
    }

    private void keep(Aor aor, Input.Received received, List<Binding> all, Instant now) {
        asked.put(++lastCommit, aor);
        commits.put(aor, new Commit(
                lastCommit, received, new ArrayDeque<>(), all, now.plus(PATIENCE)));
        out.add(new Output.Told(new LocationService.Event.Bind(lastCommit, aor, all)));
    }

    /// The location service has answered; what it keeps of a REGISTER that was given up is undone.
    private void committed(long id, Optional<List<Header>> kept, Instant now) {
        var aor = asked.remove(id);
        if (aor == null) return;
        if (!commits.containsKey(aor)) ended(kept.isPresent() ? List.of(aor) : List.of());
        else if (commits.get(aor).id == id) settled(aor, kept, now);
    }

    /// The bindings of a REGISTER are kept, or not: it is answered, and those behind it are next.
    private void settled(Aor aor, Optional<List<Header>> kept, Instant now) {
        var commit = commits.remove(aor);
        var request = commit.received.request();
        //= rfc3261#10.3-30 seen by the proxy only when all of it has succeeded
        if (kept.isPresent()) bindings.replace(aor, commit.bindings);
        respond(commit.received, kept
                .map(headers -> accepted(request, commit.bindings, now)
                        .change(list -> list.addAll(headers)))
                //= rfc3261#10.3-31 not kept: 500, and Retry-After says when to return
                .orElseGet(() -> Reply.to(request, 500, tag()).with("Retry-After", "10")));
        while (!commit.behind.isEmpty() && !commits.containsKey(aor))
            update(aor, commit.behind.remove(), now);
        if (commits.containsKey(aor)) commits.get(aor).behind.addAll(commit.behind);
    }

    private void respond(Input.Received received, Response response) {
        out.add(new Output.Respond(received.transaction(), response));
    }

    private Optional<Refusal> refuses(Request request, Flow flow, Instant now) {
        //= rfc3261#10.3-9 as any user agent server: an extension it does not know
        return Refusal.unsupported(request.list("Require"), options())
                //= rfc3261#10.3-10,13 the user agent is authenticated: may it modify these? Or 403
                .or(() -> guard.refuses(request, flow, Purpose.REGISTER, now))
                .or(() -> refusesAddress(request))
                .or(() -> extensions.stream()
                        .flatMap(e -> e.refuses(request, flow).stream()).findFirst());
    }

    private Optional<Refusal> refusesAddress(Request request) {
        //  an address of another scheme is none at all, not one that is not found (rfc4475 §3.3.4)
        if (!(request.to().uri() instanceof SipUri to))
            return Optional.of(Refusal.of(400, "To Is No SIP Address"));
        //= rfc3261#10.3-14 an address-of-record that is none of this domain is not found
        if (!home.hosts(to) || to.user().isEmpty()) return Optional.of(Refusal.of(404));
        boolean room = !bindings.of(home.aor(to)).isEmpty()
                || bindings.aors() + commits.size() < limits.addresses();
        return room ? Optional.empty()
                : Optional.of(Refusal.of(503, new Header("Retry-After", "60")));
    }

    private void ended(List<Aor> changed) {
        for (var aor : changed)
            out.add(new Output.Told(new LocationService.Event.Ended(aor, bindings.of(aor))));
    }

    private Response accepted(Request request, List<Binding> all, Instant now) {
        //= rfc3261#10.3-3,4 Record-Route of the request is ignored, and not in the response
        var ok = Reply.to(request, 200, tag()).change(list -> {
            //= rfc3261#10.3-32 all current bindings, whoever made them
            for (var b : all) list.add(new Header("Contact", b.value(now)));
            //= rfc3261#10.3-34 the Date lets a phone without a clock set its own
            list.add(new Header("Date", DATE.format(now)));
        });
        for (var extension : extensions) ok = extension.accepted(ok, request, all);
        return ok;
    }

    private static final DateTimeFormatter DATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private String tag() { return Tokens.token(random); }
}
