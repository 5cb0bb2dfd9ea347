package p2psip.std.rfc3515;

import module java.base;
import p2psip.std.*;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3420.Sipfrag;
import p2psip.std.rfc3892.ReferredBy;
import p2psip.std.rfc4488.ReferSub;
import p2psip.std.rfc4538.TargetDialog;
import p2psip.std.rfc6665.*;

/// A REFER of the peer, and the subscription that it makes: he asks for a call to somebody else,
/// and is told how that gets on.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3515#section-2.4.2 RFC 3515 §2.4.2
public final class Referee implements Usage {
    /// How long the program may take to answer for itself; less than T1, so nothing comes twice.
    private static final Duration WORD = Duration.ofMillis(300);

    /// How long a user may take to decide.
    private static final Duration CONSENT = Duration.ofMinutes(1);

    /// How long the referrer is told, from the moment that he asks.
    //= rfc3515#3.4-1,2 longer than an INVITE may take, which has Timer C and no Expires
    //= rfc3515#3.4-3 with the time that consent may take
    private static final Duration LASTING = Duration.ofMinutes(5);

    /// The least time from one NOTIFY to the next.
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /// What the program asks for.
    public sealed interface Command extends Usage.Command {

        /// It is done as the peer asks: the program places the call.
        record Follow(long usage) implements Command {}

        /// It is not done.
        record Refuse(long usage, int status) implements Command {
            public Refuse(long usage) { this(usage, 603); }
        }

        /// How the call gets on that the program has placed. A final status is the last.
        record Report(long usage, int status, String reason) implements Command {}
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// The peer of a call asks for a call to somebody else; to be answered by [Command.Follow]
        /// or [Command.Refuse].
        ///
        /// @param call that the peer is in; [Referrals#NO_CALL] if he is trusted without
        /// @param to   whom to call: the user is to see the URI, for a name may promise anything
        /// @param more header fields for the INVITE
        record Asked(long usage, long call, ReferTo to, List<Header> more) implements Event {
            public Asked { more = List.copyOf(more); }
        }

        /// Nobody has decided in time, or the peer is gone: it is not done.
        record Lapsed(long usage) implements Event {}
    }

    /// ASKED has not been answered, PENDING is not decided, ENDING waits for the last answer.
    enum State implements Cited {
        @Section("2.4.2") ASKED, @Section("2.4.5") PENDING, @Section("2.4.4") ACTIVE,
        @Section("2.4.7") ENDING, @Section("2.4.7") TERMINATED
    }

    private enum Timer { WORD, CONSENT, INTERVAL, EXPIRY }

    private final long number;
    private final Self self;
    private final Dialog dialog;
    private final Map<Long, Long> open;
    private final Predicate<Request> trusted;
    private final Outbox<Output> out = new Outbox<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private State state = State.ASKED;
    private Optional<Input.Received> refer = Optional.empty();
    private String id = "";
    private boolean quiet;
    private Sipfrag latest = Sipfrag.of(100, "Trying");
    private Optional<Reason> over = Optional.empty();
    private boolean news;
    private OptionalLong asked = OptionalLong.empty();
    private Instant ends = Instant.MAX;

    /// @param open who asks in which call, of all that are not over
    /// @param trusted whose request is heard that is of no call
    Referee(long number, Self self, Dialog dialog, Map<Long, Long> open,
            Predicate<Request> trusted) {
        this.number = number;
        this.self = self;
        this.dialog = dialog;
        this.open = open;
        this.trusted = trusted;
    }

    @Override public String name() { return "referral"; }

    @Override public boolean terminated() { return state == State.TERMINATED; }

    @Override public boolean takes(Request request, Optional<Dialog> in) {
        return request.is(EventType.SUBSCRIBE) && in.filter(dialog::equals).isPresent()
                && !quiet && (state == State.PENDING || state == State.ACTIVE)
                && EventType.of(request).filter(e -> e.name().equals(Referrals.EVENT)
                        && e.id().equals(id)).isPresent();
    }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public List<Output> wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            //= rfc3515#2.4.2-8 accepted before its transaction would end, decided or not
            //= rfc3515#6-1 for a final response is owed at once
            case WORD -> accept(State.PENDING, now);
            case CONSENT -> {
                out.add(new Output.Told(new Event.Lapsed(number)));
                refuse(603, now);
            }
            case INTERVAL -> tell(now);
            case EXPIRY -> end(Reason.TIMEOUT, now);
        }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received received when received.request().is(Referrals.METHOD) ->
                    received(received, now);
            case Input.Received(var transaction, var subscribe, _, _) ->
                    subscribed(transaction, subscribe, now);
            case Input.Asked(Command command) -> asked(command, now);
            case Input.Answered(long ask, var response, _, _) -> {
                if (asked.equals(OptionalLong.of(ask)) && !response.provisional())
                    answered(now);
            }
            case Input.DialogEnded _ -> {
                if (state == State.ASKED || state == State.PENDING)
                    out.add(new Output.Told(new Event.Lapsed(number)));
                enter(State.TERMINATED);
            }
            case Input.Asked _, Input.Acknowledged _, Input.Cancelled _, Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    /// Every state owns its timers.
    private void enter(State next) {
        state = next;
        if (next != State.ASKED) timers.stop(Timer.WORD);
        if (next != State.ASKED && next != State.PENDING) timers.stop(Timer.CONSENT);
        if (next == State.ENDING) timers.stop(Timer.EXPIRY);
        if (next == State.TERMINATED) {
            timers.clear();
            open.remove(number);
        }
        out.add(new Output.Changed(next));
    }

    // What the peer asks

    private void received(Input.Received received, Instant now) {
        var request = received.request();
        refer = Optional.of(received);
        //= rfc3515#2.4.6-1,2 the number of the REFER tells its NOTIFYs from those of others
        id = "" + request.cseq().number();
        quiet = ReferSub.isNo(request);
        try {
            consider(request, now);
        } catch (SyntaxException e) {
            refuse(400, now);
        }
    }

    private void consider(Request request, Instant now) {
        var values = request.list(ReferTo.NAME);
        //= rfc3515#2.4.2-4 none, or more than one: 400
        if (values.size() != 1) {
            refuse(400, now);
            return;
        }
        var by = ReferredBy.of(request);
        var to = ReferTo.parse(values.getFirst());
        var call = call(request);
        if (to.isEmpty() || call.isEmpty()) {
            //= rfc3515#2.4.2-5 any 4xx that fits
            refuse(403, now);
            return;
        }
        if (Collections.frequency(open.values(), call.getAsLong()) >= most(call.getAsLong())) {
            refuse(503, now);
            return;
        }
        open.put(number, call.getAsLong());
        enter(State.ASKED);
        timers.set(Timer.WORD, now.plus(WORD));
        timers.set(Timer.CONSENT, now.plus(CONSENT));
        ends = now.plus(LASTING);
        var more = new ArrayList<>(to.get().fields());
        //= rfc3892#2.2-1 which is copied without modification
        by.ifPresent(value -> more.add(new Header(ReferredBy.NAME, value.value())));
        //= rfc3515#2.4.2-1 approval is asked for, of a user or by policy
        //= rfc3515#5.2-5,7 which may be authorization given before, or interactively
        //= rfc5630#5.1.1.3-1,2 also to go from SIPS to SIP: nothing is called without authorization
        out.add(new Output.Told(new Event.Asked(number, call.getAsLong(),
                //= rfc3515#5.2-2 with all information about the reference
                //= rfc3515#5.2-4 of which the display name alone is insufficient
                to.get(), more)));
    }

    private static int most(long call) {
        return call == Referrals.NO_CALL ? Referrals.MAX_OF_TRUSTED : Referrals.MAX_OF_ONE;
    }

    /// The call that it is about: that of its dialog, one that it names, or none if it may.
    private OptionalLong call(Request request) {
        //= rfc5589#5-3 a REFER inside or outside of a dialog
        //= rfc4538#4-1 who has no other right to ask names a dialog of ours
        return request.to().tag().isPresent() ? self.call(dialog)
                //= rfc4538#4-4 if the identifiers match a dialog of ours
                : TargetDialog.of(request).flatMap(target -> self.dialog(target.id()))
                        .map(self::call).orElseGet(() -> trusted.test(request)
                                ? OptionalLong.of(Referrals.NO_CALL) : OptionalLong.empty());
    }

    private void subscribed(TransactionId transaction, Request subscribe, Instant now) {
        var wish = subscribe.first("Expires").filter(text -> Grammar.isNumber(text, 0xffffffffL))
                .map(Long::parseLong).map(Duration::ofSeconds).orElse(LASTING);
        //= rfc3515#2.4.4-8 the referrer may have it last longer, within the same bound
        var left = Collections.min(List.of(wish, LASTING));
        out.add(new Output.Respond(transaction, self.reply(subscribe, 200)
                .with("Expires", "" + left.toSeconds())));
        ends = now.plus(left);
        if (left.isZero()) {
            end(Reason.TIMEOUT, now);
            return;
        }
        timers.set(Timer.EXPIRY, ends);
        news = true;
        tell(now);
    }

    // What the program says

    private void asked(Command command, Instant now) {
        switch (command) {
            case Command.Follow _ -> {
                if (state == State.ASKED) accept(State.ACTIVE, now);
                else if (state == State.PENDING) {
                    enter(State.ACTIVE);
                    if (quiet) enter(State.TERMINATED);
                }
            }
            case Command.Refuse(_, int status) -> {
                if (state == State.ASKED || state == State.PENDING) refuse(status, now);
            }
            case Command.Report(_, int status, var reason) -> {
                if (state == State.ACTIVE) report(status, reason, now);
            }
        }
    }

    private void respond(Response response) {
        out.add(new Output.Respond(refer.orElseThrow().transaction(), response));
    }

    private void accept(State next, Instant now) {
        //= rfc7647#5-2 by a 200 where RFC 3515 has a 202
        //= rfc7647#5-1 which no REFER is answered by any more
        var ok = self.reply(refer.orElseThrow().request(), 200);
        //= rfc4488#4-4 no subscription comes of it, and the 200 says so
        respond(quiet ? ok.with(ReferSub.NAME, ReferSub.NO) : ok);
        enter(quiet && next == State.ACTIVE ? State.TERMINATED : next);
        if (quiet) return;
        timers.set(Timer.EXPIRY, ends);
        //= rfc3515#2.4.2-9 a subscription: what becomes of it is told
        news = true;
        tell(now);
    }

    private void refuse(int status, Instant now) {
        if (state == State.ASKED) {
            //= rfc3515#2.4.2-3 approval denied immediately: declined
            respond(self.reply(refer.orElseThrow().request(), status));
            enter(State.TERMINATED);
        } else if (quiet) enter(State.TERMINATED);
        else report(status, Status.reason(status), now);
    }

    private void report(int status, String reason, Instant now) {
        //= rfc3515#2.4.5-6 with care: they include the status, and nothing else of the response
        latest = Sipfrag.of(status, reason);
        if (status >= 200) {
            //= rfc3515#2.4.7-2 the final NOTIFY says terminated, and noresource
            end(Reason.NORESOURCE, now);
            return;
        }
        news = true;
        tell(now);
    }

    // Telling

    private void end(Reason why, Instant now) {
        over = Optional.of(why);
        //= rfc3515#2.4.4-6,7 once it is followed the request goes on without a subscription
        if (state == State.PENDING && why == Reason.TIMEOUT)
            out.add(new Output.Told(new Event.Lapsed(number)));
        enter(State.ENDING);
        news = true;
        tell(now);
    }

    /// Tells what is to be told, unless he has yet to answer, or was told a moment ago.
    private void tell(Instant now) {
        //= rfc3515#3.10-1 no more than one in a second: what comes between is passed over
        if (!news || asked.isPresent() || timers.isSet(Timer.INTERVAL)) return;
        news = false;
        timers.set(Timer.INTERVAL, now.plus(INTERVAL));
        //= rfc3515#2.4.4-1 by NOTIFY
        //= rfc3515#2.4.4-2 in the dialog of the REFER
        //= rfc3515#2.4.4-3 of the event refer
        var notify = dialog.request(EventType.NOTIFY)
                .with("Event", new EventType(Referrals.EVENT, id).toString())
                //= rfc3515#2.4.7-1 with the state of the subscription
                .with("Subscription-State", status(now).toString());
        //= rfc3515#2.4.4-4 with a part of a message
        //= rfc3515#2.4.5-1,2 the body begins with a status line
        //= rfc3515#2.4.5-4 while the state is pending it is a 100 alone
        var body = latest.content();
        long ask = self.ask();
        asked = OptionalLong.of(ask);
        out.add(new Output.Ask(ask, notify.withBody(body.type(), body.bytes()), dialog));
    }

    private SubscriptionState status(Instant now) {
        var left = Duration.between(now, ends);
        return over.map(why -> SubscriptionState.of(why, Optional.empty()))
                .orElseGet(() -> SubscriptionState.of(state == State.PENDING
                        ? SubscriptionState.PENDING : SubscriptionState.ACTIVE,
                        left.isNegative() ? Duration.ZERO : left));
    }

    private void answered(Instant now) {
        asked = OptionalLong.empty();
        if (state == State.ENDING && !news) enter(State.TERMINATED);
        else tell(now);
    }
}
