package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

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
public final class Branch implements Machine<Branch.Input, Branch.Output> {
    //= rfc3261#16.6-64 longer than three minutes
    private static final Duration TIMER_C = Duration.ofSeconds(181);

    /// How long nothing may be heard before it is asked whether anybody is there.
    private static final Duration SILENCE = Duration.ofSeconds(2);

    public enum State implements Cited {
        /// Where to send it is being found out.
        RESOLVING("16.6"),
        /// Sent, and nothing heard yet.
        TRYING("16.6"),
        /// A provisional response has come: it can be cancelled.
        PROCEEDING("16.7"),
        /// To be cancelled as soon as it can be.
        UNWANTED("9.1"),
        /// A CANCEL is on its way; a final response must come soon.
        CANCELLED("16.10"),
        /// A 2xx has come, and more may come.
        ACCEPTED("16.7"),
        /// Nothing more will come.
        DONE("16.7");

        private final String section;

        State(String section) { this.section = section; }

        @Override public String section() { return section; }
    }

    /// C ends what rings too long; SILENT is when to doubt that anybody is there; the others are as
    /// long as a final response is awaited after a CANCEL, and as a 2xx may be repeated.
    public enum Timer implements Cited {
        C("16.8"), SILENT("16.9"), CANCELLED("9.1"), ACCEPTED("16.7");

        private final String section;

        Timer(String section) { this.section = section; }

        @Override public String section() { return section; }
    }

    sealed interface Input {
        /// First of all: it is sent to the target's own hop, or where it leads is asked.
        record Begin() implements Input {}
        /// Answers [Output.Resolve]; none if there are none.
        record Resolved(List<Target> targets) implements Input {}
        record Answered(Response response) implements Input {}
        record Failed(Failure why) implements Input {}
        /// Answers [Output.Silent].
        record Gone(String reason) implements Input {}
        /// Nobody wants its answer any more.
        record GiveUp() implements Input {}
    }

    sealed interface Output {
        record Resolve(String uri) implements Output {}
        record Send(TransactionId transaction, Request request, Target target)
                implements Output {}
        record Forget(TransactionId transaction) implements Output {}
        /// Whoever knows that nobody is there says [Input.Gone].
        record Silent(Destination destination) implements Output {}
        /// A provisional response or a 2xx, without our Via: what the caller may see at once.
        record Forward(Response response) implements Output {}
        /// Once: a final response is no longer awaited.
        ///
        /// @param refusal what it was, or what silence counts as; none for a 2xx, or if nobody was
        ///                asked
        record Settled(Optional<Response> refusal) implements Output {}
        record Changed(Cited state) implements Output, Entered {}
    }

    private final RequestForwarding forwarding;
    private final Destination destination;
    private final TimerValues times;
    private final boolean invite;
    private final int breadth;
    private final Candidates candidates = new Candidates();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    private State state = State.RESOLVING;
    /// What each attempt sends, until a 2xx has come.
    private Optional<Request> copy;
    /// Of the attempt under way or the last one, as is `target`.
    private Optional<TransactionId> transaction = Optional.empty();
    private Optional<Target> target = Optional.empty();
    /// What silence counts as: 487 once nobody wants the answer.
    private int silence = 408;

    /// @param breadth how many branches further proxies may make of it at once
    Branch(RequestForwarding forwarding, Destination destination, int breadth,
            TimerValues times) {
        this.forwarding = forwarding;
        this.destination = destination;
        this.breadth = breadth;
        this.times = times;
        var copied = forwarding.copy(destination.uri(), breadth);
        this.invite = copied.is("INVITE");
        this.copy = Optional.of(copied);
    }

    int breadth() { return breadth; }

    /// Whether a response to that client transaction is for this branch.
    boolean sent(TransactionId id) { return transaction.filter(id::equals).isPresent(); }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public boolean terminated() { return state == State.DONE; }

    @Override public List<Output> handle(Input input, Instant now) {
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
        if (!destination.hops().isEmpty() && !copy.orElseThrow().has("Route"))
            resolved(destination.hops(), now);
        else {
            enter(State.RESOLVING, now);
            out.add(new Output.Resolve(forwarding.nextHop(destination.uri())));
        }
    }

    private void resolved(List<Target> targets, Instant now) {
        //= rfc3261#16.6-51 to the first address, and to the next when that fails
        candidates.found(targets).ifPresentOrElse(first -> send(first, now),
                () -> refused(forwarding.refusal(503), now));
    }

    private void send(Target to, Instant now) {
        target = Optional.of(to);
        //= rfc3261#16.6-62 each attempt is a client transaction of its own
        var id = forwarding.transaction();
        transaction = Optional.of(id);
        enter(State.TRYING, now);
        //= rfc3261#16.6-52 formatted for this tuple: its transport decides on Record-Route
        out.add(new Output.Send(id, forwarding.recorded(copy.orElseThrow(), to), to));
    }

    private void answered(Response response, Instant now) {
        if (response.provisional()) provisional(response, now);
        else if (response.success()) success(response, now);
        else if (pending())
            (Candidates.failed(response) ? candidates.next() : Optional.<Target>empty())
                    .ifPresentOrElse(next -> send(next, now), () -> refused(response, now));
    }

    /// Whether a final response is yet to come.
    private boolean pending() { return state != State.ACCEPTED && state != State.DONE; }

    private void provisional(Response response, Instant now) {
        switch (state) {
            case TRYING -> enter(State.PROCEEDING, now);
            // a CANCEL that had to wait for it (§9.1)
            case UNWANTED -> cancel(now);
            case RESOLVING, PROCEEDING, CANCELLED, ACCEPTED, DONE -> { }
        }
        //= rfc3261#16.7-17 a 100 says nothing about the next hop
        if (response.status() == 100) return;
        //= rfc3261#16.7-4 it rings: Timer C begins anew
        //= rfc3261#16.7-5 with a value greater than three minutes
        if (invite && state == State.PROCEEDING) timers.set(Timer.C, now.plus(TIMER_C));
        out.add(new Output.Forward(response));
    }

    private void success(Response response, Instant now) {
        out.add(new Output.Forward(response));
        if (!pending()) return;
        enter(invite ? State.ACCEPTED : State.DONE, now);
        out.add(new Output.Settled(Optional.empty()));
    }

    private void refused(Response response, Instant now) {
        enter(State.DONE, now);
        out.add(new Output.Settled(Optional.of(response)));
    }

    private void failed(Failure why, Instant now) {
        if (!pending()) return;
        //= rfc3263#4.2-2 the attempt has failed: the next address is tried
        candidates.next().ifPresentOrElse(next -> send(next, now), () -> refused(
                forwarding.refusal(silence == 487 ? 487 : Candidates.status(why)), now));
    }

    /// Nobody is there, at none of the hops.
    private void gone(String reason, Instant now) {
        if (state != State.TRYING && state != State.UNWANTED) return;
        out.add(new Output.Forget(transaction.orElseThrow()));
        refused(silence == 487 ? forwarding.refusal(487) : forwarding.refusal(480, reason), now);
    }

    private void giveUp(Instant now) {
        candidates.giveUp();
        //= rfc3261#9.1-1 only an INVITE is worth a CANCEL
        if (!invite) return;
        silence = 487;
        switch (state) {
            case RESOLVING -> {
                enter(State.DONE, now);
                out.add(new Output.Settled(Optional.empty()));
            }
            case TRYING -> enter(State.UNWANTED, now);
            case PROCEEDING -> cancel(now);
            case UNWANTED, CANCELLED, ACCEPTED, DONE -> { }
        }
    }

    private void cancel(Instant now) {
        enter(State.CANCELLED, now);
        out.add(new Output.Send(Cancel.of(transaction.orElseThrow()),
                Cancel.of(copy.orElseThrow()), target.orElseThrow()));
    }

    @Override public List<Output> wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            case C -> rangTooLong(now);
            case SILENT -> out.add(new Output.Silent(destination));
            case CANCELLED -> silent(now);
            case ACCEPTED -> enter(State.DONE, now);
        }
        return out.take();
    }

    private void rangTooLong(Instant now) {
        //= rfc3261#16.8-1 Timer C is not reset: the client transaction has to end
        //= rfc3261#16.8-2 it rang too long: CANCEL
        if (state == State.PROCEEDING) cancel(now);
        //= rfc3261#16.8-3 nothing was ever heard: as if it were a 408
        else silent(now);
    }

    private void silent(Instant now) {
        out.add(new Output.Forget(transaction.orElseThrow()));
        refused(forwarding.refusal(silence), now);
    }

    private void enter(State next, Instant now) {
        state = next;
        switch (next) {
            case RESOLVING, UNWANTED -> { }   // Timer C runs on
            case PROCEEDING -> timers.stop(Timer.SILENT);
            case TRYING -> {
                timers.clear();
                if (!destination.hops().isEmpty()) timers.set(Timer.SILENT, now.plus(SILENCE));
                //= rfc3261#16.6-63 Timer C for every INVITE transaction
                if (invite) timers.set(Timer.C, now.plus(TIMER_C));
            }
            case CANCELLED -> {
                timers.clear();
                // as long as a user agent waits for what its CANCEL should bring (§9.1)
                timers.set(Timer.CANCELLED, now.plus(times.t1x64()));
            }
            case ACCEPTED -> {
                timers.clear();
                timers.set(Timer.ACCEPTED, now.plus(times.t1x64()));
                copy = Optional.empty();
            }
            case DONE -> timers.clear();
        }
        out.add(new Output.Changed(next));
    }
}
