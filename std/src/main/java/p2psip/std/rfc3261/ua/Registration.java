package p2psip.std.rfc3261.ua;

import static p2psip.std.rfc3261.TimerValues.T1_X64;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc5626.*;

/// Keeps the binding of the address of record to our contact at its registrar, as long as it is
/// wanted. It stays for ever, for its numbers must go on counting.
///
/// Of a user agent that registers flows there is one for each, which tries its flow by pings and
/// makes it anew when it has failed.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.2 RFC 3261 §10.2
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-4 RFC 5626 §4
public final class Registration implements Usage {
    /// How long to wait after a failure that may pass by itself.
    private static final Duration RETRY = Duration.ofSeconds(30);

    /// What the program asks for. There is one registration, whose number is 0, however many flows
    /// it has.
    public sealed interface Command extends Usage.Command {
        @Override default long usage() { return 0; }

        /// Be found at the contact, and stay so: refreshed until [Unregister]. Answered by
        /// [Event.Registered] or [Event.NotRegistered].
        record Register(Duration expires) implements Command {}

        /// Remove the contact, or with `all` every contact of the address of record.
        record Unregister(boolean all) implements Command {}
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {
        @Override default long usage() { return 0; }

        record Registered(Duration expires) implements Event {}

        /// Of several flows this one has failed, and is made again; the others stand.
        record Lost(int flow) implements Event {}

        /// Unasked after some time too: a refresh may fail.
        record NotRegistered(int status, String reason) implements Event {}

        record Unregistered() implements Event {}
    }

    /// FAILED is the wait for another try.
    enum State implements Cited {
        @Section("10.2") IDLE, @Section("10.2.1") REGISTERING, @Section("10.2.4") REGISTERED,
        @Section("10.2.7") FAILED, @Section("10.2.2") UNREGISTERING
    }

    private enum Timer { REGISTER, PING, LAPSE }

    private final Self self;
    private final Way way;
    private final Request identity;
    private final Address contact;
    private final Outbox<Output> out = new Outbox<>();
    private State state = State.IDLE;
    private Duration asked = Duration.ZERO, pause = Duration.ZERO;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Command> next = Optional.empty();

    Registration(Self self, Way way) {
        this.self = self;
        this.way = way;
        //= rfc5630#5.1.1.1-5,6 From and To have the AOR of that scheme, as the Contact
        var aor = self.profile.identity().uri().toString();
        //= rfc3261#10.2-8 all registrations use the same Call-ID
        //= rfc5627#4.1-7,8 so a refresh has the Call-ID used before, and temporary GRUUs remain
        //= rfc3261#8.1.1.4-2 it is made once, so it is the same in each registration
        identity = self.plain("REGISTER", aor);
        //= rfc5630#5.1.1.1-1,2 a UA registers with a SIPS Contact header field, or a SIP one
        //= rfc5630#A-2 only SIPS URIs in the Contact for a SIPS Address of Record
        //= rfc3261#10.2.1-3 a SIPS address of record has SIPS contacts
        contact = Address.parse(self.binding(RouteSet.secure(aor)));
    }

    @Override public String name() {
        return self.flows.all().size() == 1 ? "registration" : "registration " + way.number();
    }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(var command) -> asked((Command) command, now);
            case Input.Answered(_, var response, _, var flow) when !response.provisional() ->
                    answered(response, flow, now);
            case Input.FlowEnded(var flow) when way.isOver(flow) -> failed(now);
            case Input.Answered _, Input.FlowEnded _, Input.Received _, Input.Acknowledged _,
                    Input.Cancelled _, Input.DialogEnded _ -> { }
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            case REGISTER -> register(asked, now);
            //= rfc5627#4.4-4 what was learned through a registration that has lapsed is not reused
            case LAPSE -> way.lapsed();
            case PING -> way.flow().ifPresent(flow -> {
                out.add(new Output.Ping(flow));
                ping(now);
            });
        }
        return out.take();
    }

    /// A flow lives.
    ///
    /// @param seen as which address it is seen to come
    List<Output> ponged(Flow flow, Optional<InetSocketAddress> seen, Instant now) {
        if (way.ponged(flow, seen)) failed(now);
        return out.take();
    }

    private void ping(Instant now) {
        way.ping(self.random()).ifPresent(gap -> timers.set(Timer.PING, now.plus(gap)));
    }

    /// The flow leads nowhere any more.
    private void failed(Instant now) {
        boolean anew = way.worked(), wanted = state == State.REGISTERED || state == State.FAILED;
        down(false);
        if (!wanted) return;
        if (self.flows.others(way)) tell(new Event.Lost(way.number()));
        //= rfc5626#4.5-1 made anew with the reg-id that it had
        if (anew) register(asked, now);
        else later(Duration.ZERO, now);
    }

    /// Nobody is registered by this way.
    ///
    /// @param keeping whether its flow stays, if that lives
    private void down(boolean keeping) { if (way.down(keeping)) timers.stop(Timer.PING); }

    /// Tries again, but not yet.
    private void later(Duration least, Instant now) {
        pause = self.profile.outbound().isEmpty() ? RETRY : self.flows.pause(way, self.random());
        // a 503 may make it wait longer
        if (least.compareTo(pause) > 0) pause = least;
        enter(State.FAILED, now);
    }

    /// Every state owns its timer.
    private void enter(State next, Instant now) {
        state = next;
        switch (next) {
            //= rfc3261#10.2.4¶2 the binding is refreshed before it ends
            case REGISTERED, FAILED -> timers.set(Timer.REGISTER, now.plus(pause));
            case IDLE, REGISTERING, UNREGISTERING -> timers.stop(Timer.REGISTER);
        }
        out.add(new Output.Changed(next));
    }

    private void asked(Command command, Instant now) {
        //= rfc3261#10.2-11 no new registration before the last one has its final response
        if (state == State.REGISTERING || state == State.UNREGISTERING)
            next = Optional.of(command);
        else switch (command) {
            //= rfc3261#10.2.1-2 a registration may follow that modifies the binding
            case Command.Register(var expires) -> register(expires, now);
            //= rfc3261#10.2.2-1 the binding is removed before its expiration
            case Command.Unregister(boolean all) when !all ->
                    send(State.UNREGISTERING, 0, contact().toString(), now);
            //= rfc5626#4.2.3-2 neither instance-id nor reg-id with the star, which one flow says
            case Command.Unregister _ when self.flows.best() == way ->
                    send(State.UNREGISTERING, 0, "*", now);
            case Command.Unregister _ -> {
                down(false);
                enter(State.IDLE, now);
            }
        }
    }

    /// Our contact, and by which flow it is reached.
    private Address contact() {
        var address = way.contact(contact);
        //= rfc5627#4.1-5,6 no GRUU is desired for a contact that is equivalent to the AOR
        if (!address.uri().matches(self.profile.identity().uri()))
            for (var ability : self.abilities) address = ability.registered(address);
        return address;
    }

    private void register(Duration expires, Instant now) {
        asked = expires;
        //= rfc3261#10.2.4-1 only our own binding is refreshed, none of another UA
        send(State.REGISTERING, asked.toSeconds(), contact().toString(), now);
    }

    private void send(State next, long expires, String bound, Instant now) {
        //= rfc3261#10.2-7 the address-of-record is a SIP or SIPS URI
        if (!(self.profile.identity().uri() instanceof SipUri aor)) {
            tell(new Event.NotRegistered(416, "Not A SIP Address"));
            return;
        }
        //= rfc3261#10.2-6 the Request-URI names the registrar's domain, without a user
        //= rfc3261#26.3.2.1-5 as the certificate of the registrar is to name
        //= rfc3261#10.2.6-1 which is the host part of the address-of-record
        var domain = new SipUri(aor.scheme(), "", "", aor.host(), aor.port(), aor.params(),
                Params.NONE).toString();
        //= rfc3261#10.2-4 with all header fields that a REGISTER must have
        var message = identity.withUri(domain)
                //= rfc3261#10.2-5,12 and with Contact, which it may, but no action parameter
                .with("Contact", bound)
                //= rfc3261#10.2.2-2 the star stands with Expires 0 only
                //= rfc3261#10.2.1.1-1 for the others it suggests how long they are to be valid
                .with("Expires", Long.toString(expires)).with("User-Agent", self.profile.product())
                .change(headers -> {
                    way.routes().forEach(to -> headers.add(new Header("Route", to.toString())));
                    if (!self.all(Ability::options).isEmpty()) headers.add(self.supported());
                });
        enter(next, now);
        //= rfc3261#10.2-1,3,9 a REGISTER has the next CSeq, Route of the route set, no Record-Route
        out.add(new Output.Ask(self.ask(), message, Optional.empty(), way.flow()));
    }

    private void answered(Response response, Optional<Flow> flow, Instant now) {
        if (response.success()) granted(response, flow, now);
        else refused(response, now);
        var waiting = next;
        next = Optional.empty();
        waiting.ifPresent(command -> asked(command, now));
    }

    private void granted(Response response, Optional<Flow> flow, Instant now) {
        if (state == State.UNREGISTERING) {
            down(false);
            way.lapsed();
            timers.stop(Timer.LAPSE);
            enter(State.IDLE, now);
            if (!self.flows.others(way)) tell(new Event.Unregistered());
            return;
        }
        var expires = expires(response);
        way.registered(response, flow, !expires.isZero(),
                //= rfc3608#6.1-3 what was told is exercised for all requests that begin something
                //= rfc3608#6.1-5 the outbound proxy first, so the combination leads somewhere
                self.abilities.stream().flatMap(can -> can.routes(response).stream()).toList(),
                //= rfc5627#4.4-3 learned through this registration, which is active
                //= rfc5627#4.2-2 and changed with each, the public one also
                self.abilities.stream().flatMap(can -> can.target(response).stream()).findFirst());
        timers.set(Timer.LAPSE, now.plus(expires));
        if (!way.up()) {
            later(Duration.ZERO, now);
            notRegistered(response.status(), "Contact Not Kept");
            return;
        }
        ping(now);
        pause = way.target().isEmpty() ? most(expires) : early(expires);
        enter(State.REGISTERED, now);
        tell(new Event.Registered(expires));
        self.all(can -> can.told(response)).stream().map(Output.Told::new).forEach(out::add);
    }

    /// When to refresh a registration.
    private static Duration most(Duration expires) { return expires.multipliedBy(9).dividedBy(10); }

    /// When to refresh a registration that must not lapse: what it has named is good no more then.
    private Duration early(Duration expires) {
        //= rfc5627#4.2-6 halfway prior to expiration, if it is less than 64 seconds away
        return expires.compareTo(T1_X64.multipliedBy(2)) < 0 ? expires.dividedBy(2)
                //= rfc5627#4.2-5 so early that the REGISTER has completed or timed out by then
                : Collections.min(List.of(most(expires), expires.minus(T1_X64)));
    }

    private void refused(Response response, Instant now) {
        int status = response.status();
        boolean wanted = state == State.REGISTERING;
        var least = response.first("Min-Expires").flatMap(Grammar::seconds).orElse(Duration.ZERO);
        boolean brief = wanted && status == 423 && least.compareTo(asked) > 0;
        //= rfc5626#4.2.1-9 the first hop lacks outbound: once more, without
        boolean lacking = wanted && status == 439 && way.lacksOutbound();
        if (brief || lacking) {
            //= rfc3261#10.2.8-1 too brief an interval: once more with the least that it allows
            register(brief ? least : asked, now);
            return;
        }
        //= rfc5627#4.2¶4 a response other than 2xx has no impact on the GRUU that was given
        boolean recoverable = wanted && (status == 408 || status / 100 == 5);
        //= rfc5626#4.2.2-1,2 a flow that lives is kept until an error comes that will not pass
        down(recoverable && status != 408);
        //= rfc3261#21.5.4-2 a 503 without Retry-After is as good as a 500
        var named = response.retryAfter().orElse(Duration.ZERO);
        //= rfc3261#10.2.7-1 after a timeout the registration is not attempted again at once
        //= rfc3261#21.4.9-1 but later
        //= rfc3261#21.5.1-1 and so after an error of the server
        if (recoverable) later(named, now);
        else enter(State.IDLE, now);
        notRegistered(status, response.reason());
    }

    private void notRegistered(int status, String reason) {
        tell(self.flows.others(way) ? new Event.Lost(way.number())
                : new Event.NotRegistered(status, reason));
    }

    private void tell(Event event) { out.add(new Output.Told(event)); }

    /// How long the registrar keeps our contact: by the contact itself, or by Expires.
    private Duration expires(Response response) {
        var mine = contact();
        //= rfc3261#10.2.4¶2 the 200 lists the bindings with the time each has left
        return response.list("Contact").stream().map(Address::parse)
                .filter(bound -> bound.uri().matches(mine.uri()) && bound.params()
                        .get(Outbound.REG_ID).equals(mine.params().get(Outbound.REG_ID)))
                .findFirst().flatMap(bound -> bound.params().get("expires"))
                .or(() -> response.first("Expires")).flatMap(Grammar::seconds).orElse(asked);
    }
}
