package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.ua.*;

/// A subscription of the peer: he is told how things are as soon as he asks, and then whenever they
/// change, one thing after the other and not too often, until it ends.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.2 RFC 6665 §4.2
public final class Notifier implements Usage {
    /// How long nothing is told after a failure that is not the end.
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /// What the program asks for.
    public sealed interface Command extends Usage.Command {

        /// He may, or may not; also after he was told otherwise.
        record Decide(long usage, Access access) implements Command {}

        /// It ends now.
        record End(long usage, Reason reason, Optional<Duration> retryAfter) implements Command {}

        /// Things are otherwise, by [Publish].
        record Look(long usage) implements Command {}
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// Somebody watches, or does no more: told whenever that changes.
        ///
        /// @param event the package
        /// @param state what he is told of it: while somebody is to be asked it is pending
        record Watching(long usage, String event, Address watcher, Access access,
                SubscriptionState state) implements Event {}
    }

    /// ENDING is the wait for the answer to the last NOTIFY, or to the one before.
    enum State implements Cited {
        @Section("4.2.2") INIT, @Section("4.2.2") PENDING, @Section("4.2.2") ACTIVE,
        @Section("4.4.1") ENDING, @Section("4.2.2") TERMINATED
    }

    private enum Timer { EXPIRY, INTERVAL }

    private final long number;
    private final Self self;
    private final EventPackage events;
    private final Admission admission;
    private final Watchers watchers;
    private final Dialog dialog;
    private final Outbox<Output> out = new Outbox<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private State state = State.INIT;
    private EventType event = new EventType("", "");
    private Optional<Address> watcher = Optional.empty();
    private Access access = Access.PENDING;
    private Instant ends = Instant.MAX;
    private Optional<SubscriptionState> last = Optional.empty();
    /// Whether something is to be told, and that at once.
    private boolean news, urgent;
    /// Whether nothing is told before he has answered.
    private boolean probing;
    private OptionalLong asked = OptionalLong.empty();
    private Document telling = Document.NONE, told = Document.NONE;
    private long version;

    Notifier(long number, Self self, Admission admission, Dialog dialog) {
        this.number = number;
        this.self = self;
        this.admission = admission;
        this.dialog = dialog;
        events = admission.events();
        watchers = admission.watchers();
    }

    @Override public String name() { return "watcher"; }

    @Override public boolean terminated() { return state == State.TERMINATED; }

    @Override public boolean takes(Request request, Optional<Dialog> in) {
        return request.is(EventType.SUBSCRIBE) && in.filter(dialog::equals).isPresent()
                && (state == State.PENDING || state == State.ACTIVE)
                && EventType.of(request).filter(event::equals).isPresent();
    }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public List<Output> wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            //= rfc6665#4.2.1.4-3,4 not refreshed: a NOTIFY says terminated, reason timeout
            case EXPIRY -> end(SubscriptionState.of(Reason.TIMEOUT, Optional.empty()), now);
            case INTERVAL -> tell(now);
        }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var id, var request, _, var flow) -> {
                if (state == State.INIT) received(id, request, flow, now);
                else refreshed(id, request, flow, now);
            }
            case Input.Asked(Command command) -> asked(command, now);
            case Input.Answered(long ask, var response, _, _) -> {
                if (asked.equals(OptionalLong.of(ask)) && !response.provisional())
                    answered(response, now);
            }
            //= rfc6665#4.2.2-3,4 a NOTIFY that fails for good: it is over
            case Input.DialogEnded _ -> {
                if (last.isEmpty()) tellProgram(
                        SubscriptionState.of(Reason.NORESOURCE, Optional.empty()));
                enter(State.TERMINATED);
            }
            case Input.Asked _, Input.Acknowledged _, Input.Cancelled _, Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    /// Every state owns its timers.
    private void enter(State next) {
        state = next;
        if (next == State.ENDING || next == State.TERMINATED) {
            timers.clear();
            watchers.leave(number);
        }
        out.add(new Output.Changed(next));
    }

    // What the peer asks

    private void received(TransactionId id, Request request, Flow flow, Instant now) {
        watcher = Optional.of(request.from());
        event = EventType.of(request).orElseThrow();
        //= rfc6665#4.2.1.1-4 authorization is by the policy that the package was given
        access = events.access(request.from());
        var refusal = admission.refusal(request, flow, number, access, self, now);
        if (refusal.isPresent()) {
            out.add(new Output.Respond(id, refusal.get()));
            enter(State.TERMINATED);
            return;
        }
        probing = admission.elsewhere(request, flow);
        granted(id, request, now);
    }

    private void refreshed(TransactionId id, Request request, Flow flow, Instant now) {
        admission.refusalOfRefresh(request, flow, self, now).ifPresentOrElse(
                refusal -> out.add(new Output.Respond(id, refusal)),
                () -> granted(id, request, now));
    }

    private void granted(TransactionId id, Request request, Instant now) {
        var left = admission.granted(request);
        //= rfc6665#4.2.1.1-1 a response at once, whoever is to be asked
        //= rfc6665#3.1.1-3 with Expires: how long it lasts
        //= rfc6665#8.3.1-2 by a 200, never a 202
        out.add(new Output.Respond(id, self.reply(request, 200)
                .with("Expires", Long.toString(left.toSeconds()))));
        boolean begun = state == State.INIT;
        if (left.isZero()) {
            settle();
            told = Document.NONE;
            end(SubscriptionState.of(Reason.TIMEOUT, Optional.empty()), now);
            return;
        }
        ends = now.plus(left);
        settle();
        timers.set(Timer.EXPIRY, ends);
        if (begun) tellProgram(now());
        told = Document.NONE;
        //= rfc6665#4.2.1.2-1 a NOTIFY follows, whether he may watch or has to wait for that
        //= rfc6665#4.2.2-1 immediately, with all there is to say
        news = urgent = true;
        tell(now);
    }

    /// What he may do decides what the state is called.
    private void settle() {
        var next = access == Access.PENDING ? State.PENDING : State.ACTIVE;
        if (next != state) enter(next);
    }

    // What the program asks

    private void asked(Command command, Instant now) {
        if (state != State.PENDING && state != State.ACTIVE) return;
        switch (command) {
            case Command.Look _ -> {
                if (access != Access.ALLOWED) return;
                //= rfc6665#4.2.2-2 told when it changes, as soon as may be
                //= rfc3842#3.8-3 as when the number of messages does
                news = true;
                tell(now);
            }
            case Command.End(_, var reason, var retryAfter) ->
                    end(SubscriptionState.of(reason, retryAfter), now);
            case Command.Decide(_, var decided) -> {
                if (decided == access) return;
                access = decided;
                told = Document.NONE;
                if (decided == Access.REFUSED) {
                    end(SubscriptionState.of(Reason.REJECTED, Optional.empty()), now);
                    return;
                }
                settle();
                tellProgram(now());
                news = urgent = true;
                tell(now);
            }
        }
    }

    // Telling

    private SubscriptionState now() { return status(Duration.ZERO); }

    private SubscriptionState status(Duration left) {
        //= rfc6665#4.2.2-5 active, pending or terminated
        return last.orElseGet(() -> SubscriptionState.of(access == Access.PENDING
                ? SubscriptionState.PENDING : SubscriptionState.ACTIVE, left));
    }

    /// Tells what is to be told, unless he has yet to answer, or was told a moment ago.
    private void tell(Instant now) {
        if (!news || asked.isPresent() || timers.isSet(Timer.INTERVAL) && !urgent) return;
        news = urgent = false;
        //= rfc6665#4.2.2-7 the time that is left, which only the subscriber makes longer
        var left = Duration.between(now, ends);
        //= rfc6665#3.2.1-1,2 the Event of the SUBSCRIBE
        //= rfc6665#4.5.2-7 with its id
        var notify = dialog.request(EventType.NOTIFY).with("Event", event.toString())
                //= rfc6665#8.2.3-1 this field is in no other request
                .with("Subscription-State", status(left.isNegative() ? Duration.ZERO : left)
                        .toString());
        telling = shown();
        var body = body();
        if (body.isPresent()) {
            notify = notify.withBody(body.get().type(), body.get().bytes());
            //= rfc6665#5.3.2-1 each document of a subscription has the next number
            version++;
        }
        long ask = self.ask();
        asked = OptionalLong.of(ask);
        if (state != State.ENDING) timers.set(Timer.INTERVAL, now.plus(events.interval()));
        out.add(new Output.Ask(ask, notify, dialog));
    }

    private Document shown() {
        if (probing) return Document.NONE;
        //= rfc6665#6.2-2 who is blocked is told what might be true of somebody who is not there
        //= rfc6665#4.2.1.2-2 and who has to wait a neutral body, or an empty one
        return switch (access) {
            case ALLOWED -> watchers.document(events.name());
            case PENDING -> events.pending();
            case BLOCKED, REFUSED -> events.blocked();
        };
    }

    private Optional<Content> body() {
        return told == Document.NONE ? telling.whole(version)
                : telling.news(told, version).or(() -> telling.whole(version));
    }

    private void answered(Response response, Instant now) {
        asked = OptionalLong.empty();
        if (state == State.ENDING && !news) {
            enter(State.TERMINATED);
            return;
        }
        if (response.success()) {
            told = telling;
            if (probing) news = true;
            probing = false;
        } else if (state != State.ENDING) {
            //  he has not got it, so all is to be said once more, but not at once
            told = Document.NONE;
            news = true;
            timers.set(Timer.INTERVAL, now.plus(PAUSE));
            return;
        }
        tell(now);
    }

    /// The last that is told: that it ends, and how things are then.
    private void end(SubscriptionState how, Instant now) {
        if (last.isPresent()) return;
        last = Optional.of(how);
        tellProgram(how);
        enter(State.ENDING);
        news = urgent = true;
        tell(now);
    }

    private void tellProgram(SubscriptionState how) {
        out.add(new Output.Told(new Event.Watching(
                number, events.name(), watcher.orElseThrow(), access, how)));
    }
}
