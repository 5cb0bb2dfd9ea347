package p2psip.std.rfc3515;

import module java.base;
import p2psip.std.*;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3420.Sipfrag;
import p2psip.std.rfc3891.Replaces;
import p2psip.std.rfc3892.ReferredBy;
import p2psip.std.rfc3911.Joins;
import p2psip.std.rfc4488.ReferSub;
import p2psip.std.rfc4538.TargetDialog;
import p2psip.std.rfc6665.*;

/// A REFER of ours, and what is told of it: the peer of a call is asked to call somebody else.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3515#section-2.4.1 RFC 3515 §2.4.1
public final class Referrer implements Usage {
    /// How long something is awaited where nobody says how long it may take.
    private static final Duration LASTING = Duration.ofMinutes(3);

    /// The longest that is waited.
    private static final Duration LONGEST = Duration.ofHours(1);

    /// What the program asks for.
    public sealed interface Command extends Usage.Command {

        /// Ask the peer of a call to call somebody else.
        ///
        /// @param to    a URI
        /// @param quiet whether nothing is to be told of how that gets on
        record Refer(long usage, long call, String to, boolean quiet) implements Command {
            public Refer(long usage, long call, String to) { this(usage, call, to, false); }
        }

        /// Ask the peer of a call to take our place in another call of ours.
        ///
        /// @param with the other call
        record Transfer(long usage, long call, long with) implements Command {}

        /// Ask the peer of a call to come into another call of ours.
        ///
        /// @param into the other call
        record Bring(long usage, long call, long into) implements Command {}

        /// Ask somebody who is in no call with us to call somebody else.
        ///
        /// @param whom  a URI; one that leads to one place alone if it is to be quiet
        /// @param to    a URI
        /// @param quiet whether nothing is to be told of how that gets on
        record Ask(long usage, String whom, String to, boolean quiet) implements Command {}

        /// Ask somebody who is in no call with us to take our place in a call of ours.
        ///
        /// @param whom a URI
        record Park(long usage, String whom, long call) implements Command {}

        /// Be told no more; whoever is called already is called all the same.
        record Drop(long usage) implements Command {}
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// How it gets on, by the word of the peer: the status that he has from whom he calls.
        record Progress(long usage, int status, String reason) implements Event {}

        /// Nothing more is told.
        ///
        /// @param status 200 if the last [Progress] says it all, else why there is no more of it
        record Ended(long usage, int status, String reason) implements Event {}
    }

    /// NOTIFY_WAIT is until the first NOTIFY has come.
    enum State implements Cited {
        @Section("2.4.4") NOTIFY_WAIT, @Section("2.4.4") SUBSCRIBED, @Section("2.4.7") TERMINATED
    }

    private final long number;
    private final long call;
    private final boolean quiet;
    private final Self self;
    private final Outbox<Output> out = new Outbox<>();
    /// The dialogs in which something may be told: that of the call, or those that the REFER makes.
    private final Set<Dialog> dialogs = new LinkedHashSet<>();
    private State state = State.NOTIFY_WAIT;
    /// Who we are in the call in which our place is to be taken.
    private Optional<Address> known = Optional.empty();
    private boolean shared;
    private long asked;
    private OptionalLong id = OptionalLong.empty();
    private Instant due = Instant.MAX;

    /// @param quiet whether nothing is to be told
    Referrer(long number, long call, boolean quiet, Self self) {
        this.number = number;
        this.call = call;
        this.quiet = quiet;
        this.self = self;
    }

    @Override public String name() { return "referral"; }

    @Override public boolean terminated() { return state == State.TERMINATED; }

    @Override public Instant deadline() { return due; }

    /// Whether a NOTIFY is for this one. As long as the REFER is not answered its number, which is
    /// the id, is not known: then the oldest takes what none is known to be for.
    @Override public boolean takes(Request request, Optional<Dialog> in) {
        if (!request.is(EventType.NOTIFY)) return false;
        //= rfc3515#3.9-1 each fork that has accepted it tells in a dialog of its own
        //= rfc3515#2.4.4-5 which may begin before the REFER is answered
        return in.map(dialogs::contains).orElse(!shared)
                && EventType.of(request).filter(event -> event.name().equals(Referrals.EVENT)
                        && (event.id().isEmpty() || id.isEmpty()
                                || event.id().equals("" + id.getAsLong()))).isPresent();
    }

    @Override public List<Output> wake(Instant now) {
        if (!due.isAfter(now)) end(408, "Nothing Is Told");
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(Command.Refer(_, _, var to, _)) -> refer(to, now);
            case Input.Asked(Command.Transfer(_, _, long with)) ->
                    about(with, Referrer::place, to -> refer(to, now));
            case Input.Asked(Command.Bring(_, _, long into)) ->
                    about(into, Referrer::company, to -> refer(to, now));
            case Input.Asked(Command.Ask(_, var whom, var to, _)) -> ask(whom, to, now);
            case Input.Asked(Command.Park(_, var whom, long parked)) ->
                    about(parked, Referrer::place, to -> ask(whom, to, now));
            case Input.Asked(Command.Drop _) -> drop(now);
            case Input.Answered(long ask, var response, var dialog, _) when ask == asked ->
                    answered(response, dialog, now);
            case Input.Received(var transaction, var notify, var dialog, _) ->
                    notified(transaction, notify, dialog.orElseThrow(), now);
            case Input.DialogEnded(var dialog, int status) -> {
                if (dialogs.remove(dialog) && dialogs.isEmpty())
                    end(status, Status.reason(status));
            }
            case Input.Asked _, Input.Answered _, Input.Acknowledged _, Input.Cancelled _,
                    Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    /// Every state owns its timer.
    private void enter(State next, Instant until) {
        state = next;
        due = until;
        out.add(new Output.Changed(next));
    }

    private void end(int status, String reason) {
        if (terminated()) return;
        enter(State.TERMINATED, Instant.MAX);
        out.add(new Output.Told(new Event.Ended(number, status, reason)));
    }

    // Asking

    /// Has somebody else be told of a call of ours, by the URI that is made of its dialog.
    private void about(
            long with, Function<Dialog, String> uri, Consumer<String> referring) {
        self.dialog(with).ifPresentOrElse(other -> {
            known = Optional.of(other.request(Referrals.METHOD).from());
            referring.accept(uri.apply(other));
        }, () -> end(481, Status.reason(481)));
    }

    /// Where our place in a call is to be taken.
    private static String place(Dialog other) {
        return atPeer(other, Replaces.atPeer(other.id())::in, Replaces.OPTION);
    }

    /// Where a call of ours is to be come into.
    private static String company(Dialog other) {
        return atPeer(other, uri -> uri.withHeader(
                Joins.NAME, Joins.header(other.id()).value()), Joins.OPTION);
    }

    /// @param asking adds what the call is to say
    /// @param option what its recipient has to know
    private static String atPeer(Dialog other, UnaryOperator<SipUri> asking, String option) {
        var contact = other.request(Referrals.METHOD).uri();
        //= rfc5589#7.3-1 at the Contact, unless it may not be routable outside of the dialog
        //= rfc5589#7.5-1 which has to be known
        //= rfc3891#4-4 to which alone such requests should be addressed
        if (gruu(contact) || !other.routed())
            return asking.apply(SipUri.parse(contact)).toString();
        //= rfc5589#7.3-2 otherwise at the address of record
        var aor = asking.apply(SipUri.parse(other.peer().uri().toString()));
        //= rfc3891#6.2-2 Require: replaces
        //= rfc5589#7.3-3 where Require makes others refuse it
        return aor.withHeader("Require", option).toString();
    }

    private void refer(String to, Instant now) {
        var in = self.dialog(call);
        if (in.isEmpty()) {
            end(481, Status.reason(481));
            return;
        }
        //  Timer N of RFC 6665: the first NOTIFY comes within it
        enter(State.NOTIFY_WAIT, now.plus(TimerValues.T1_X64));
        asked = self.ask();
        try {
            var uri = in.get().request(Referrals.METHOD).uri();
            //= rfc7647#4-1 outside of the dialog, unless the peer has no GRUU
            //= rfc5589#5-2 for then the nature of its Contact is not known: inside
            out.add(gruu(uri) ? outside(uri, to, in.get()) : inside(to, in.get()));
        } catch (SyntaxException e) {
            end(400, e.getMessage());
        }
    }

    private void ask(String whom, String to, Instant now) {
        enter(State.NOTIFY_WAIT, now.plus(TimerValues.T1_X64));
        asked = self.ask();
        try {
            //= rfc3515#2-2 outside of any call
            out.add(new Output.Ask(asked,
                    described(self.request(Referrals.METHOD, whom), to)));
        } catch (SyntaxException e) {
            end(400, e.getMessage());
        }
    }

    /// Whether who has this URI is found by it outside of a call, too.
    private static boolean gruu(String uri) {
        //= rfc4488#5-3 a GRUU, so that the REFER is not forked
        return Uri.parse(uri) instanceof SipUri sip && sip.params().has("gr");
    }

    private Output outside(String uri, String to, Dialog in) {
        var refer = described(self.request(Referrals.METHOD, uri), to);
        //= rfc5589#5-1 the Contact is routable outside: in a new dialog
        return new Output.Ask(asked, refer
                //= rfc4538#3-1 and Target-Dialog says by what right
                //= rfc7647#4-2 for the dialog of the call is what it is about
                .with(TargetDialog.NAME, TargetDialog.atPeer(in.id()).toString())
                //= rfc4538#3-8 Require has the option tag of that
                .with("Require", TargetDialog.OPTION));
    }

    private Output inside(String to, Dialog in) {
        //= rfc3515#2-4 existing as it is, with the Route of it
        dialogs.add(in);
        shared = true;
        //= rfc4538#3-2,3 within the target dialog this specification is not used
        return new Output.Ask(asked, described(in.request(Referrals.METHOD), to), in);
    }

    private Request described(Request refer, String to) {
        //= rfc3515#2.4.1-1 one Refer-To
        var said = refer.with(ReferTo.NAME, Address.of(Uri.parse(to)).toString())
                //= rfc3892#2.1-1 and Referred-By: the referrer, as who is to be called knows him
                .with(ReferredBy.NAME, ReferredBy.of(known.orElse(refer.from())).value());
        //= rfc4488#4-1,5 in the REFER, and nothing is required of who may not know it
        //= rfc4488#4-3 which is not forked, in a dialog, to a GRUU or to one place alone
        //= rfc4488#5-1,2 as only such a REFER may have it
        return quiet ? said.with(ReferSub.NAME, ReferSub.NO) : said;
    }

    private void answered(Response response, Optional<Dialog> dialog, Instant now) {
        if (response.provisional()) return;
        if (!response.success()) {
            end(response.status(), response.reason());
            return;
        }
        id = OptionalLong.of(response.cseq().number());
        dialog.ifPresent(dialogs::add);
        if (ReferSub.isNo(response)) end(200, Status.reason(200));
        else if (state == State.NOTIFY_WAIT) due = now.plus(TimerValues.T1_X64);
    }

    private void drop(Instant now) {
        //= rfc3515#3.4-4 it may terminate the subscription
        for (var dialog : dialogs) {
            //= rfc3515#2.4.6-3 with the id of what is ended
            var event = new EventType(Referrals.EVENT, id.isPresent() ? "" + id.getAsLong() : "");
            out.add(new Output.Ask(self.ask(), dialog.request(EventType.SUBSCRIBE)
                    .with("Event", event.toString()).with("Expires", "0"), dialog));
        }
        due = now.plus(TimerValues.T1_X64);
    }

    // Being told

    private void notified(TransactionId transaction, Request notify, Dialog dialog, Instant now) {
        var said = said(notify);
        if (said.isEmpty()) {
            out.add(new Output.Respond(transaction,
                    Reply.to(notify, 400, "No Status Of A Referral", "")));
            return;
        }
        out.add(new Output.Respond(transaction, self.reply(notify, 200)));
        dialogs.add(dialog);
        var told = said.get();
        var frag = told.frag;
        frag.status().ifPresent(status -> out.add(new Output.Told(
                new Event.Progress(number, status, frag.reason()))));
        if (!told.state.terminated()) {
            var left = told.state.expires().orElse(LASTING);
            enter(State.SUBSCRIBED, now.plus(Collections.min(List.of(left, LONGEST))));
            return;
        }
        dialogs.remove(dialog);
        //  a reason to subscribe again obliges to nothing (rfc3515 §2.4.7)
        if (dialogs.isEmpty()) end(200, Status.reason(200));
    }

    private record Said(SubscriptionState state, Sipfrag frag) {}

    private static Optional<Said> said(Request notify) {
        try {
            return notify.first("Subscription-State").map(SubscriptionState::parse)
                    .map(state -> new Said(state, Sipfrag.parse(notify.body())));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }
}
