package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3263.Candidates;

/// One copy of a request on its way to one member of the target set: one client transaction after
/// another until a server answers.
///
/// ```
/// RESOLVING --targets--> TRYING --1xx--> PROCEEDING --CANCEL--> CANCELLED --300-699--> DONE
///                           |                |                      |
///                           +------2xx-------+-------- 2xx ---------+--> ACCEPTED --> DONE
/// ```
/// A request that is no INVITE goes from a 2xx to DONE.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.6 RFC 3261 §16.6
public final class Branch implements Machine<Branch.Input, Core.Output> {
    //= rfc3261#16.6-64 longer than three minutes
    private static final Duration TIMER_C = Duration.ofSeconds(181);

    /// How long nothing may be heard before it is asked whether anybody is there.
    private static final Duration SILENCE = Duration.ofSeconds(2);

    /// How often that is asked while it rings: whom people are waiting for may die meanwhile.
    private static final Duration RINGING = Duration.ofSeconds(10);

    public enum State implements Cited {
        /// Where to send it is being found out.
        @Section("16.6") RESOLVING,
        /// Sent, and nothing heard yet.
        @Section("16.6") TRYING,
        /// A provisional response has come: it can be cancelled.
        @Section("16.7") PROCEEDING,
        /// To be cancelled as soon as it can be.
        @Section("9.1") UNWANTED,
        /// A CANCEL is on its way; a final response must come soon.
        @Section("16.10") CANCELLED,
        /// A 2xx has come, and more may come.
        @Section("16.7") ACCEPTED,
        /// Nothing more will come.
        @Section("16.7") DONE
    }

    sealed interface Input {
        /// First of all: it is sent to the target's own hop, or where it leads is asked.
        record Begin() implements Input {}
        /// Where it leads; none if it leads nowhere.
        record Resolved(List<Target> targets) implements Input {}
        record Answered(Response response) implements Input {}
        record Failed(Failure why) implements Input {}
        /// Answers [LocationService.Event.Silent].
        record Gone(String reason) implements Input {}
        /// Nobody wants its answer any more.
        record GiveUp() implements Input {}
    }

    private final long number;
    final ResponseContext context;
    private final Destination destination;
    private final int breadth;
    private final boolean invite;
    /// As it goes to the destination, until it has its answer.
    private Optional<Request> request;
    private final Candidates candidates = new Candidates();
    private final Outbox<Core.Output> out = new Outbox<>();
    private State state = State.RESOLVING;
    private Instant deadline = Instant.MAX;
    /// When to doubt that anybody is there, and whether that was asked in this state.
    private Instant silent = Instant.MAX;
    private boolean doubted;
    /// The attempt under way or the last one, until a 2xx has come.
    private Optional<Core.Output.Send> attempt = Optional.empty();
    /// Where that went.
    private Optional<Target> target = Optional.empty();

    /// @param number of its questions where the target leads and whether anybody is there
    Branch(long number, ResponseContext context, Destination destination) {
        this.number = number;
        this.context = context;
        this.destination = destination;
        this.breadth = context.share();
        this.invite = context.forwarding.request().is("INVITE");
        this.request = Optional.of(context.forwarding.towards(destination));
    }

    @Override public Instant deadline() { return Timers.earliest(silent, deadline); }

    @Override public boolean terminated() { return state == State.DONE; }

    @Override public List<Core.Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Begin _ -> begin(now);
            case Input.Resolved(var targets) -> resolved(targets, now);
            case Input.Answered(var response) -> answered(response, now);
            case Input.Failed(var why) -> failed(why, now);
            case Input.Gone(var reason) -> gone(reason, now);
            case Input.GiveUp _ -> giveUp(now);
        }
        return out.take();
    }

    private void begin(Instant now) {
        var towards = request.orElseThrow();
        if (!destination.hops().isEmpty() && !towards.has("Route"))
            resolved(destination.hops(), now);
        else {
            enter(State.RESOLVING, now);
            out.add(RouteInformation.nextHop(number, towards, destination.uri(), false));
        }
    }

    private void resolved(List<Target> targets, Instant now) {
        if (state != State.RESOLVING) return;
        //= rfc3261#16.6-51 to the first address, and to the next when that fails
        candidates.found(targets).ifPresentOrElse(first -> send(first, now),
                () -> refused(silence(Refusal.of(503)), now));
    }

    private void send(Target to, Instant now) {
        enter(State.TRYING, now);
        //= rfc3261#16.6-62 each attempt is a client transaction of its own
        var send = new Core.Output.Send(context.forwarding.transaction(),
                //= rfc3261#16.6-52 formatted for this tuple: its transport decides on Record-Route
                context.forwarding.copy(request.orElseThrow(), destination.uri(), breadth, to),
                to);
        attempt = Optional.of(send);
        target = Optional.of(to);
        out.add(send);
    }

    private void answered(Response response, Instant now) {
        //= rfc3261#16.7-3,42,43 of each response: topmost Via removed, body left as it is
        var popped = Via.popped(response);
        //= rfc3261#16.7-6 no Via is left: it was meant for this element
        if (!popped.has("Via")) return;
        //= rfc3261#16.7-41 an extension may add arbitrary header fields
        var up = context.forwarding.returned(popped, target.orElseThrow());
        if (up.provisional()) provisional(up, now);
        else if (up.success()) success(up, now);
        else if (pending())
            //= rfc3263#4.4-4 where the first server is not contacted, the proxy is stateful
            (Candidates.failed(up) ? candidates.next() : Optional.<Target>empty())
                    .ifPresentOrElse(next -> send(next, now), () -> refused(up, now));
    }

    /// Whether a final response is yet to come.
    private boolean pending() { return state != State.ACCEPTED && state != State.DONE; }

    private void provisional(Response response, Instant now) {
        candidates.heard();
        switch (state) {
            case TRYING -> enter(State.PROCEEDING, now);
            // a CANCEL that had to wait for it (§9.1)
            case UNWANTED -> cancel(now);
            case RESOLVING, PROCEEDING, CANCELLED, ACCEPTED, DONE -> { }
        }
        //= rfc3261#16.7-17 a 100 says nothing about the next hop
        if (response.status() == 100) return;
        //= rfc3261#16.7-4,5 it rings: Timer C begins anew, with a value greater than three minutes
        if (invite && state == State.PROCEEDING) deadline = now.plus(TIMER_C);
        forward(response);
    }

    private void success(Response response, Instant now) {
        forward(response);
        context.accepted();
        if (!pending()) return;
        attempt = Optional.empty();
        settle(invite ? State.ACCEPTED : State.DONE, now);
    }

    /// What the caller may see at once.
    private void forward(Response response) {
        //= rfc3261#16.7-15 also after a final response a 2xx to an INVITE is forwarded at once
        boolean always = invite && response.success();
        //= rfc3261#16.7-13 forwarded at once until there is a final response
        //= rfc3261#28.1-1 from 101 to 199, as a proxy must since RFC 2543 was changed
        if (always || !context.answered())
            //= rfc3261#16.7-30,45 to the server transaction, with the tag in To as the phone has it
            out.add(context.respond(response));
    }

    private void refused(Response response, Instant now) {
        settle(State.DONE, now);
        context.refused(response, destination);
    }

    private void failed(Failure why, Instant now) {
        if (!pending()) return;
        var to = target.orElseThrow();
        //= rfc3263#4.2-2 the attempt has failed: the next address is tried
        candidates.next(why).ifPresentOrElse(next -> send(next, now),
                //  between nodes it is no server that fails: who serves the address is not there
                () -> refused(silence(why == Failure.TRANSPORT && to.transport() == Transport.LINK
                        ? Refusal.of(480, "Their Node Does Not Answer")
                        //= rfc5626#5.3.1-2 the flow of the token is there no longer
                        : Refusal.of(why == Failure.TRANSPORT && isByFlow(to) ? 430
                        : Candidates.status(why))), now));
    }

    /// Whether it went by the very connection that the phone opened, or to a proxy that has one.
    private boolean isByFlow(Target to) {
        return destination.instance().isPresent()
                || to.flow().isPresent() && to.transport().connected();
    }

    /// What counts as its answer that has none: 487 once nobody wants it.
    private Response silence(Refusal why) {
        return context.forwarding.refusal(invite && context.closed() ? Refusal.of(487) : why);
    }

    /// Nobody is there, at none of the hops.
    private void gone(String reason, Instant now) {
        if (!doubted) return;
        out.add(new Core.Output.Forget(attempt.orElseThrow().transaction()));
        refused(silence(Refusal.of(480, reason)), now);
    }

    private void giveUp(Instant now) {
        candidates.giveUp();
        //= rfc3261#9.1-1 only an INVITE is worth a CANCEL
        if (!invite) return;
        switch (state) {
            case RESOLVING -> settle(State.DONE, now);
            case TRYING -> enter(State.UNWANTED, now);
            case PROCEEDING -> cancel(now);
            case UNWANTED, CANCELLED, ACCEPTED, DONE -> { }
        }
    }

    private void cancel(Instant now) {
        enter(State.CANCELLED, now);
        var sent = attempt.orElseThrow();
        out.add(new Core.Output.Send(Cancel.of(sent.transaction()),
                context.cancelling(Cancel.of(sent.request())), sent.target()));
    }

    @Override public List<Core.Output> wake(Instant now) {
        if (!silent.isAfter(now)) {
            silent = state == State.PROCEEDING ? now.plus(RINGING) : Instant.MAX;
            doubted = true;
            out.add(new Core.Output.Told(new LocationService.Event.Silent(number, destination)));
        }
        if (!deadline.isAfter(now)) switch (state) {
            //= rfc3261#16.8-1,2 Timer C fired: CANCEL, and the client transaction has to end
            case PROCEEDING -> cancel(now);
            //= rfc3261#16.8-3 nothing was ever heard: as if it were a 408
            case TRYING, UNWANTED, CANCELLED -> {
                out.add(new Core.Output.Forget(attempt.orElseThrow().transaction()));
                refused(silence(Refusal.of(408)), now);
            }
            case ACCEPTED -> enter(State.DONE, now);
            case RESOLVING, DONE -> { }
        }
        return out.take();
    }

    /// Enters a state in which no final response is awaited any more.
    private void settle(State next, Instant now) {
        enter(next, now);
        request = Optional.empty();
        context.settled(breadth);
    }

    private void enter(State next, Instant now) {
        state = next;
        deadline = switch (next) {
            //= rfc3261#16.6-63 Timer C for every INVITE transaction
            case TRYING -> invite ? now.plus(TIMER_C) : Instant.MAX;
            case RESOLVING, PROCEEDING, UNWANTED -> deadline;   // Timer C runs on
            // as long as a user agent waits for what its CANCEL should bring (§9.1), and as a 2xx
            // may be repeated
            case CANCELLED, ACCEPTED -> now.plus(TimerValues.T1_X64);
            case DONE -> Instant.MAX;
        };
        silent = switch (next) {
            case TRYING, PROCEEDING -> destination.hops().isEmpty() ? Instant.MAX
                    : now.plus(next == State.TRYING ? SILENCE : RINGING);
            case UNWANTED -> silent;   // there may be nobody to cancel
            case RESOLVING, CANCELLED, ACCEPTED, DONE -> Instant.MAX;
        };
        doubted &= next == State.UNWANTED;
        out.add(new Core.Output.Changed(context.forwarding.request().method() + " branch", next));
    }
}
