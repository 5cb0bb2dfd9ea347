package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc2396.Uri;
import p2psip.std.rfc3261.Core.Input;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Target;
import p2psip.std.rfc3261.ua.UserAgent.Command;
import p2psip.std.rfc3261.ua.UserAgent.Event;

/// Keeps the binding of the address of record to our contact at its registrar, as long as it is
/// wanted. It stays for ever, for its numbers must go on counting.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.2 RFC 3261 §10.2
final class Registration implements Leg {
    /// After a failure that may pass by itself.
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final Duration DEFAULT = Duration.ofSeconds(3600);

    private enum Timer { REFRESH }

    private final Self local;
    private final Key key;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<ClientRequest> request = Optional.empty();
    private Duration asked = DEFAULT;
    private Optional<Target> registrar = Optional.empty();
    private Optional<Command> next = Optional.empty();
    private boolean wanted;
    private long sequence;

    Registration(Self local, Key key) {
        this.local = local;
        this.key = key;
    }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Asked(var command) -> asked((Command) command);
            case Input.Resolved(_, var targets) ->
                    step(r -> r.resolved(sameFirst(targets)), now);
            case Input.Answered(var id, var response, _) -> step(
                    r -> r.owns(id) ? r.answered(response) : ClientRequest.Step.NOTHING, now);
            case Input.Failed(var id, var why) -> step(
                    r -> r.owns(id) ? r.failed(why) : ClientRequest.Step.NOTHING, now);
            case Input.FlowEnded _ -> wanted && request.isEmpty() ? register() : List.of();
            case Input.Received _, Input.Acknowledged _,
                    Input.Stray _ -> List.of();
        };
    }

    @Override public List<Output> wake(Instant now) {
        return timers.fired(now).isEmpty() || request.isPresent() ? List.of() : register();
    }

    private List<Output> asked(Command command) {
        //= rfc3261#10.2-11 no new registration before the last one has its final response
        if (request.isPresent()) {
            next = Optional.of(command);
            return List.of();
        }
        return switch (command) {
            //= rfc3261#10.2.1-2 a registration may follow that modifies the binding
            case Command.Register(var expires) -> {
                wanted = true;
                asked = expires;
                yield register();
            }
            case Command.Unregister(var all) -> {
                wanted = false;
                timers.clear();
                //= rfc3261#10.2.2-1 the binding is removed before its expiration
                yield send(0, all ? "*" : local.contact(secure()));
            }
            default -> List.of();
        };
    }

    private List<Output> register() {
        //= rfc3261#10.2.4-1 only our own binding is refreshed, none of another UA
        return send(asked.toSeconds(), local.contact(secure()));
    }

    //= rfc3261#10.2.1-3 a SIPS address of record has SIPS contacts
    private boolean secure() { return Dialog.secure(aor()); }

    private String aor() { return local.profile().identity().uri().toString(); }

    private List<Output> send(long expires, String contact) {
        //= rfc3261#10.2-7 the address-of-record is a SIP or SIPS URI
        if (!(Uri.parse(aor()) instanceof SipUri aor)) {
            wanted = false;
            return told(new Event.NotRegistered(416, "Not A SIP Address"));
        }
        //= rfc3261#10.2-6 the Request-URI names the registrar's domain, without a user
        //= rfc3261#10.2.6-1 which is the host part of the address-of-record
        var domain = new SipUri(aor.scheme(), "", "", aor.host(), aor.port(), aor.params(),
                Params.NONE).toString();
        //= rfc3261#10.2-4 with all header fields that a REGISTER must have
        var message = local.request("REGISTER", domain, aor(), key)
                //= rfc3261#10.2-5 and with Contact, which it may
                //= rfc3261#10.2-12 but no action parameter
                .with("Contact", contact)
                //= rfc3261#10.2.2-2 the star stands with Expires 0 only
                //= rfc3261#10.2.1.1-1 for the others it suggests how long they are to be valid
                .with("Expires", Long.toString(expires))
                .with("User-Agent", local.profile().product());
        //= rfc3261#10.2-9 each REGISTER has the number after the last
        //= rfc3261#10.2-1 Route comes from the route set that is there before
        //= rfc3261#10.2-3 and never from a Record-Route in a response
        var client = new ClientRequest(local, message, local.routes(), () -> ++sequence);
        request = Optional.of(client);
        timers.clear();
        return client.start();
    }

    /// The candidates, and before all others the one that took the registration.
    private List<Target> sameFirst(List<Target> targets) {
        //= rfc3261#10.2.4-4 refreshes go to the same network address
        return registrar.filter(targets::contains).map(same ->
                Stream.concat(Stream.of(same), targets.stream()).distinct().toList())
                .orElse(targets);
    }

    private List<Output> step(
            Function<ClientRequest, ClientRequest.Step> what, Instant now) {
        if (request.isEmpty()) return List.of();
        var step = what.apply(request.get());
        var out = new ArrayList<>(step.out());
        step.response().filter(r -> !r.provisional()).ifPresent(r -> {
            var client = request.get();
            request = Optional.empty();
            out.addAll(r.success() ? granted(r, client, now) : refused(r, now));
            if (request.isEmpty() && next.isPresent()) {
                var command = next.get();
                next = Optional.empty();
                out.addAll(asked(command));
            }
        });
        return out;
    }

    private List<Output> granted(Response response, ClientRequest client, Instant now) {
        if (!wanted) return told(new Event.Unregistered());
        registrar = Optional.of(client.target());
        var expires = expires(response, client.request());
        //= rfc3261#10.2.4¶2 the binding is refreshed before it ends
        timers.set(Timer.REFRESH, now.plus(expires.multipliedBy(9).dividedBy(10)));
        return told(new Event.Registered(expires));
    }

    private List<Output> refused(Response response, Instant now) {
        var least = response.first("Min-Expires").flatMap(Registration::seconds);
        if (wanted && response.status() == 423 && least.isPresent()
                && least.get() > asked.toSeconds()) {
            //= rfc3261#10.2.8-1 too brief an interval: once more with the least that it allows
            asked = Duration.ofSeconds(least.get());
            return register();
        }
        //= rfc3261#10.2.7-1 after a timeout the registration is not attempted again at once
        //= rfc3261#21.4.9-1 but later
        //= rfc3261#21.5.1-1 and so after an error of the server
        if (wanted && mayPass(response.status()))
            timers.set(Timer.REFRESH, now.plus(pause(response)));
        else wanted = false;
        return told(new Event.NotRegistered(response.status(), response.reason()));
    }

    private static boolean mayPass(int status) { return status == 408 || status / 100 == 5; }

    private static Duration pause(Response response) {
        var named = response.first("Retry-After").map(value -> value.split("[^0-9]", 2)[0])
                .flatMap(Registration::seconds).map(Duration::ofSeconds);
        //= rfc3261#21.5.4-2 a 503 without Retry-After is as good as a 500
        return named.filter(pause -> pause.compareTo(RETRY) > 0).orElse(RETRY);
    }

    private static List<Output> told(Event event) {
        return List.of(new Output.Told(event));
    }

    /// How long the registrar keeps our contact: by the contact itself, or by Expires.
    private Duration expires(Response response, Request message) {
        var mine = Address.parse(message.need("Contact")).uri();
        //= rfc3261#10.2.4¶2 the 200 lists the bindings with the time each has left
        return response.list("Contact").stream().map(Address::parse)
                .filter(contact -> contact.uri().matches(mine)).findFirst()
                .flatMap(contact -> contact.params().get("expires"))
                .or(() -> response.first("Expires")).flatMap(Registration::seconds)
                .filter(s -> s > 0).map(Duration::ofSeconds).orElse(asked);
    }

    /// A delta-seconds; empty if it is none.
    static Optional<Long> seconds(String text) {
        return text.matches("[0-9]{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
