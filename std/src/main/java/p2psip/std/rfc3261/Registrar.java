package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.Guard.Purpose;
import p2psip.std.rfc3261.Guard.Refusal;
import p2psip.std.rfc3261.LocationService.Event;
import p2psip.std.rfc3261.LocationService.Found;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;

/// Takes REGISTER requests and keeps what they say, until it expires.
///
/// Whoever wants to know where somebody is reads [#bindings], or listens to
/// [Event.Registered] and [Event.Removed] and keeps a copy elsewhere.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.3 RFC 3261 §10.3
public final class Registrar implements Core<Found, Event> {

    /// How long and how much.
    ///
    /// @param shortest  asked for less (but not 0), a user is told 423
    /// @param usual     where the user leaves it open
    /// @param longest   asked for more, a user gets this
    /// @param contacts  of one address of record; a REGISTER that would make more is refused 403
    /// @param addresses of record; a REGISTER for one more is refused 503
    public record Limits(Duration shortest, Duration usual, Duration longest, int contacts,
            int addresses) {
        public static final Limits USUAL = new Limits(Duration.ofSeconds(60),
                Duration.ofHours(1), Duration.ofDays(1), 16, 100_000);
    }

    private final Home home;
    private final Limits limits;
    private final Guard guard;
    private final RandomGenerator random;
    private final Bindings bindings = new Bindings();

    public Registrar(Home home, Limits limits, Guard guard, RandomGenerator random) {
        this.home = home;
        this.limits = limits;
        this.guard = guard;
        this.random = random;
    }

    /// What an address of record (as [Home#aor] writes it) is bound to.
    public List<Binding> bindings(String aor) { return bindings.of(aor); }

    public int addresses() { return bindings.aors(); }

    public int contacts() { return bindings.contacts(); }

    @Override public Instant deadline() { return bindings.deadline(); }

    @Override public List<Output<Event>> wake(Instant now) { return tell(bindings.expire(now)); }

    @Override public List<Output<Event>> handle(Input<Found> input, Instant now) {
        return switch (input) {
            case Input.Received<Found>(var id, var request, var flow) ->
                    register(id, request, flow, now);
            case Input.FlowEnded<Found>(var flow) -> tell(bindings.forget(flow));
            default -> List.of();
        };
    }

    private List<Output<Event>> register(
            TransactionId id, Request request, Flow flow, Instant now) {
        var out = new ArrayList<Output<Event>>(2);
        var response = process(request, flow, now, out);
        //= rfc3261#10.3-4 Record-Route is not for registrations: the reply has none
        out.add(new Output.Respond<>(id, response));
        return out;
    }

    private Response process(Request request, Flow flow, Instant now, List<Output<Event>> out) {
        try {
            var refusal = refuses(request, flow, now);
            if (refusal.isPresent()) return refusal.get().to(request, tag());
            var aor = home.aor((SipUri) request.to().uri());
            var update = new RegisterUpdate(bindings.of(aor), limits);
            var failure = update.apply(request, flow, now);
            if (failure.isPresent()) return failure.get().to(request, tag());
            //= rfc3261#10.3-30 seen by the proxy only when all of it has succeeded
            if (request.has("Contact")) out.addAll(commit(aor, update.bindings()));
            return accepted(request, update.bindings(), now);
        } catch (SyntaxException | p2psip.std.rfc2396.SyntaxException e) {
            return Reply.to(request, 400, e.getMessage(), tag());
        }
    }

    private Optional<Refusal> refuses(Request request, Flow flow, Instant now) {
        var extensions = request.list("Require");
        //= rfc3261#10.3-9 as any user agent server: an extension it does not know
        if (!extensions.isEmpty())
            return Optional.of(Refusal.of(420,
                    new Header("Unsupported", String.join(", ", extensions))));
        //= rfc3261#10.3-10 the registrar authenticates the user agent
        //= rfc3261#10.3-13 and may that user modify these bindings? If not, 403
        var forbidden = guard.refuses(request, flow, Purpose.REGISTER, now);
        if (forbidden.isPresent()) return forbidden;
        //= rfc3261#10.3-14 an address-of-record that is none of this domain is not found
        if (!(request.to().uri() instanceof SipUri to) || !home.registersFor(to)
                || to.user().isEmpty())
            return Optional.of(Refusal.of(404));
        if (bindings.of(home.aor(to)).isEmpty() && bindings.aors() >= limits.addresses)
            return Optional.of(Refusal.of(503, new Header("Retry-After", "60")));
        return Optional.empty();
    }

    private List<Output<Event>> commit(String aor, List<Binding> now) {
        bindings.replace(aor, now);
        return tell(List.of(aor));
    }

    private List<Output<Event>> tell(List<String> changed) {
        var out = new ArrayList<Output<Event>>(changed.size());
        for (var aor : changed)
            out.add(new Output.Told<>(bindings.of(aor).isEmpty() ? new Event.Removed(aor)
                    : new Event.Registered(aor, bindings.of(aor))));
        return out;
    }

    private Response accepted(Request request, List<Binding> all, Instant now) {
        return Reply.to(request, 200, tag()).change(list -> {
            //= rfc3261#10.3-32 all current bindings, whoever made them
            for (var b : all) list.add(new Header("Contact", b.value(now)));
            //= rfc3261#10.3-34 the Date lets a phone without a clock set its own
            list.add(new Header("Date", DATE.format(now)));
        });
    }

    private static final DateTimeFormatter DATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private String tag() { return Tokens.token(random); }
}
