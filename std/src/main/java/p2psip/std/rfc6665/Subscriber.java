package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.*;
import p2psip.std.SyntaxException;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;

/// A subscription of ours, with all that have taken it: each has a dialog of its own. It is kept
/// until the program wants no more of it, or is told that there is nothing to be had.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.1 RFC 6665 §4.1
public final class Subscriber implements Usage {
    /// The first wait after what may pass by itself; it doubles until [#LONGEST_PAUSE].
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /// One that has lasted so long was worth it: the next may follow at once.
    private static final Duration GOOD = Duration.ofMinutes(1);

    /// The longest Min-Expires that is taken.
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final Duration BRIEF = Duration.ofSeconds(10);

    /// Failures that may pass by themselves.
    private static final Set<Integer> PASSING = Set.of(408, 480, 481, 500, 503, 504);

    /// What the program asks for.
    public sealed interface Command extends Usage.Command {

        /// Be told of the state of somebody, until [Unsubscribe].
        ///
        /// @param event   one of the packages that the extension has
        /// @param expires empty for what is usual there
        record Subscribe(long usage, String uri, String event, Optional<Duration> expires)
                implements Command {
            public Subscribe(long usage, String uri, String event) {
                this(usage, uri, event, Optional.empty());
            }
        }

        /// Be told once.
        record Fetch(long usage, String uri, String event) implements Command {}

        /// Be told all of it, again and now.
        record Refresh(long usage) implements Command {}

        record Unsubscribe(long usage) implements Command {}
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// How things are, or all that has changed.
        ///
        /// @param fork  who says it, of those whom the SUBSCRIBE has reached
        /// @param state what he says of the subscription
        /// @param body  nothing if he says nothing else
        record Notified(long usage, String fork, SubscriptionState state, Optional<Content> body)
                implements Event {}

        /// Nobody tells us now; after a while it is tried again.
        ///
        /// @param why a status, or the reason that was given
        record Waiting(long usage, String why, Duration pause) implements Event {}

        /// Nothing more is told.
        ///
        /// @param why a status, or the reason that was given
        record Ended(long usage, String why) implements Event {}
    }

    /// NOTIFY_WAIT is until somebody has told something.
    enum State implements Cited {
        @Section("4.1.2") NOTIFY_WAIT, @Section("4.1.2") SUBSCRIBED,
        @Section("4.1.2.3") UNSUBSCRIBING, @Section("4.1.3") WAITING, @Section("4.1.2") TERMINATED
    }

    /// One that has taken it. Every instant is MAX if there is none.
    ///
    /// @param ends    when the subscription does
    /// @param refresh when it is refreshed
    /// @param n       Timer N, until which a NOTIFY has to come
    private record Fork(Instant ends, Instant refresh, Instant n) {
        static final Fork NEW = new Fork(Instant.MAX, Instant.MAX, Instant.MAX);

        /// One so brief that it is not worth a refresh ends.
        Fork granted(Duration left, Instant now) {
            return new Fork(now.plus(left), left.compareTo(BRIEF) < 0 ? Instant.MAX
                    : now.plus(left.multipliedBy(9).dividedBy(10)), n);
        }

        Fork asked(Instant until) { return new Fork(ends, Instant.MAX, until); }

        Fork refreshedAt(Instant at) { return new Fork(ends, at, n); }

        Fork confirmed() { return new Fork(ends, refresh, Instant.MAX); }

        Instant due() { return Timers.earliest(ends, refresh, n); }
    }

    private final long number;
    private final Self self;
    private final EventPackage events;
    private final EventType event;
    private final Outbox<Output> out = new Outbox<>();
    private final SequencedMap<Dialog, Fork> forks = new LinkedHashMap<>();
    private String uri = "";
    private Duration wish = Duration.ZERO;
    private State state = State.NOTIFY_WAIT;
    private Optional<Request> initial = Optional.empty();
    private long asked;
    private boolean found;
    private Optional<SubscriptionState> ended = Optional.empty();
    private Instant window = Instant.MAX;
    private Instant begun = Instant.MAX;
    private Instant due = Instant.MAX;
    private Duration pause = Duration.ZERO;
    private int misses;

    Subscriber(long number, Self self, EventPackage events) {
        this.number = number;
        this.self = self;
        this.events = events;
        event = new EventType(events.name(), "");
    }

    @Override public String name() { return "subscription"; }

    @Override public boolean terminated() { return state == State.TERMINATED; }

    /// Whether a NOTIFY is for this one, in a dialog of it or in one more.
    @Override public boolean takes(Request request, Optional<Dialog> dialog) {
        //= rfc3842#3.6-6 at any time
        //= rfc6665#4.1.3-1 one that matches none is answered 481, by who leads it here
        return request.is(EventType.NOTIFY) && EventType.of(request).filter(event::equals)
                .isPresent() && (dialog.map(forks::containsKey).orElse(false) || open());
    }

    /// Whether one more may tell us, who is not known yet.
    private boolean open() {
        //= rfc6665#4.1.2.4-1 none after Timer N
        //= rfc6665#4.1.2.4-3 before it at any time, also before the SUBSCRIBE is answered
        //= rfc6665#4.1.4-1 whatever tag the 2xx had
        return window.isBefore(Instant.MAX)
                && (events.forking() == EventPackage.Forking.ALL || forks.isEmpty() && !found);
    }

    @Override public Instant deadline() {
        return Stream.concat(Stream.of(window, due), forks.values().stream().map(Fork::due))
                .min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override public List<Output> wake(Instant now) {
        if (!due.isAfter(now)) subscribe(now);
        boolean closed = !window.isAfter(now);
        if (closed) window = Instant.MAX;
        boolean lost = false;
        for (var dialog : List.copyOf(forks.keySet())) {
            var fork = forks.get(dialog);
            if (!fork.n.isAfter(now) || !fork.ends.isAfter(now)) {
                leave(dialog);
                lost = true;
            } else if (!fork.refresh.isAfter(now)) refresh(dialog, now);
        }
        //  who has ended it before the others could come has said what is to follow
        if (closed && !lost && ended.isPresent()) settle(ended.get(), now);
        else if (closed || lost) settle("408", Optional.of(Duration.ZERO), now);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(Command command) -> asked(command, now);
            case Input.Answered(long ask, var response, var dialog, _)
                    when ask == asked -> answered(response, dialog, now);
            case Input.Answered(_, var response, var dialog, _) ->
                    dialog.ifPresent(in -> refreshed(response, in, now));
            case Input.Received(var id, var notify, var dialog, _) ->
                    notified(id, notify, dialog.orElseThrow(), now);
            case Input.DialogEnded(var dialog, int status) -> {
                //= rfc6665#4.1.2.2-1 such a response says that it is terminated
                if (forks.remove(dialog) != null)
                    settle(Integer.toString(status), again(status, Optional.empty()), now);
            }
            case Input.Asked _, Input.Acknowledged _, Input.Cancelled _, Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    /// Every state owns its timer.
    private void enter(State next, Instant now) {
        state = next;
        due = next == State.WAITING ? now.plus(pause) : Instant.MAX;
        if (next == State.WAITING || next == State.TERMINATED) {
            List.copyOf(forks.keySet()).forEach(this::leave);
            window = Instant.MAX;
        }
        out.add(new Output.Changed(next));
    }

    private void asked(Command command, Instant now) {
        switch (command) {
            case Command.Subscribe(_, var to, _, var expires) -> {
                if (!uri.isEmpty()) return;
                uri = to;
                wish = expires.orElse(events.expires());
                subscribe(now);
            }
            case Command.Fetch(_, var to, _) -> {
                if (!uri.isEmpty()) return;
                uri = to;
                subscribe(now);
            }
            case Command.Refresh _ -> {
                if (state == State.SUBSCRIBED)
                    List.copyOf(forks.keySet()).forEach(dialog -> refresh(dialog, now));
            }
            case Command.Unsubscribe _ -> {
                //= rfc6665#4.6-3 by a SUBSCRIBE of its own: no CANCEL is sent for another
                //= rfc6665#B.25-1 as RFC 3261 says, too: send none
                boolean waiting = state == State.WAITING;
                wish = Duration.ZERO;
                enter(State.UNSUBSCRIBING, now);
                List.copyOf(forks.keySet()).forEach(dialog -> refresh(dialog, now));
                if (waiting) end("200", now);
            }
        }
    }

    // Asking

    /// With a Call-ID and a tag of its own.
    private void subscribe(Instant now) {
        enter(State.NOTIFY_WAIT, now);
        found = false;
        ended = Optional.empty();
        begun = now;
        try {
            //= rfc6665#4.5.2-1 a dialog of its own: that of nothing else is reused
            //= rfc6665#4.4.3-2 with the credentials that were asked for before, if any were
            //= rfc3842#3.6-2 and a new Call-ID, also when one has expired
            initial = Optional.of(self.request(EventType.SUBSCRIBE, uri));
        } catch (SyntaxException e) {
            end("400", now);
            return;
        }
        ask(now);
    }

    private void ask(Instant now) {
        window = now.plus(TimerValues.T1_X64);
        asked = self.ask();
        //= rfc3856#9.2-2 who asks for a password by Digest gets it from the user agent
        //= rfc3857#6.2-5 whatever a watcher watches
        out.add(new Output.Ask(asked, wished(initial.orElseThrow())));
    }

    private void refresh(Dialog dialog, Instant now) {
        //= rfc6665#4.1.2.2¶5 Timer N from the moment that it is sent
        forks.computeIfPresent(dialog, (_, fork) -> fork.asked(now.plus(TimerValues.T1_X64)));
        out.add(new Output.Ask(self.ask(), wished(dialog.request(EventType.SUBSCRIBE)), dialog));
    }

    private Request wished(Request subscribe) {
        //= rfc6665#3.1.2-1 one Event, which names the package
        //= rfc6665#4.5.2-8 the same in each refresh, with no id, for no dialog is shared
        return subscribe.with("Event", event.toString())
                //= rfc6665#3.1.1-1 Expires: how long it is to last
                .with("Expires", Long.toString(wish.toSeconds()))
                //= rfc6665#3.1.3-1 and Accept: what is understood
                .with("Accept", String.join(", ", events.bodies()));
    }

    private void answered(Response response, Optional<Dialog> dialog, Instant now) {
        if (response.provisional()) return;
        //= rfc6665#8.3.1-1 a 202 is what a 200 is
        if (response.success()) dialog.ifPresent(in -> granted(response, in, now));
        else if (tooBrief(response)) ask(now);
        //  who has told us something has taken it, whatever became of the answer
        else if (forks.isEmpty()) {
            window = Instant.MAX;
            settle(Integer.toString(response.status()),
                    again(response.status(), response.retryAfter()), now);
        }
    }

    private void granted(Response response, Dialog dialog, Instant now) {
        boolean more = forks.containsKey(dialog);
        if (!more && !open()) {
            leave(dialog);
            return;
        }
        found = true;
        var fork = forks.getOrDefault(dialog, Fork.NEW.asked(window));
        var left = seconds(response, "Expires").orElse(wish);
        if (!left.isZero() && state != State.UNSUBSCRIBING) {
            fork = fork.granted(left, now);
            //= rfc6665#4.1.2.2-2 where no NOTIFY is to come, none is waited for
            if (response.status() == 204) fork = fork.confirmed();
        }
        forks.put(dialog, fork);
        if (state == State.UNSUBSCRIBING && !more) refresh(dialog, now);
    }

    private void refreshed(Response response, Dialog dialog, Instant now) {
        if (response.provisional() || !forks.containsKey(dialog)) return;
        if (response.success()) granted(response, dialog, now);
        else if (tooBrief(response)) refresh(dialog, now);
        else if (state == State.UNSUBSCRIBING) {
            leave(dialog);
            settle("200", Optional.empty(), now);
        } else forks.computeIfPresent(dialog, (_, fork) -> {
            //= rfc6665#4.1.2.2¶3 any other error leaves it valid; half of the rest is waited
            var half = Duration.between(now, fork.ends).dividedBy(2);
            return fork.confirmed().refreshedAt(
                    half.compareTo(BRIEF) < 0 ? Instant.MAX : now.plus(half));
        });
    }

    /// Whether it is to be asked again, for longer.
    private boolean tooBrief(Response response) {
        var least = seconds(response, "Min-Expires").orElse(Duration.ZERO);
        if (response.status() != 423 || wish.isZero() || least.compareTo(wish) <= 0
                || least.compareTo(LONGEST) > 0) return false;
        wish = least;
        return true;
    }

    // Being told

    private void notified(TransactionId id, Request notify, Dialog dialog, Instant now) {
        var said = said(notify);
        if (said.isEmpty()) {
            //= rfc6665#4.1.3-3 each has a Subscription-State, or is none
            out.add(new Output.Respond(id, Reply.to(notify, 400, "No Subscription-State", "")));
            return;
        }
        //= rfc6665#4.1.3-17,19 a 200 response, at once
        //= rfc6665#4.1.3-18 without a body, which nobody expects
        out.add(new Output.Respond(id, self.reply(notify, 200)));
        found = true;
        boolean more = forks.containsKey(dialog);
        var told = said.get();
        out.add(new Output.Told(new Event.Notified(number, dialog.id().remoteTag(), told,
                notify.body().isEmpty() ? Optional.empty() : Optional.of(new Content(
                        notify.first("Content-Type").orElse(events.bodies().getFirst()),
                        notify.body())))));
        if (told.terminated()) {
            //= rfc6665#4.1.3-6 terminated: it is over
            leave(dialog);
            ended = Optional.of(told);
            settle(told, now);
            return;
        }
        var fork = forks.getOrDefault(dialog, Fork.NEW).confirmed();
        //= rfc6665#4.1.3-4,5 its expires is how long it lasts, active or pending
        forks.put(dialog, state == State.UNSUBSCRIBING ? fork : told.expires()
                .map(left -> fork.granted(left, now)).orElse(fork.ends == Instant.MAX
                        ? fork.granted(wish, now) : fork));
        if (state == State.NOTIFY_WAIT) enter(State.SUBSCRIBED, now);
        else if (state == State.UNSUBSCRIBING && !more) refresh(dialog, now);
    }

    private static Optional<SubscriptionState> said(Request notify) {
        try {
            return notify.first("Subscription-State").map(SubscriptionState::parse);
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    // Ending

    /// What has ended leaves nothing behind, however long the subscription is kept.
    private void leave(Dialog dialog) {
        forks.remove(dialog);
        out.add(new Output.Leave(dialog));
    }

    private void settle(SubscriptionState told, Instant now) {
        settle(told.reason().map(Reason::toString).orElse("200"), told.again(), now);
    }

    /// One of those who told us does no more, or none has come.
    ///
    /// @param again how long to wait before it is tried again; empty for ever
    private void settle(String why, Optional<Duration> again, Instant now) {
        if (terminated() || state == State.WAITING || !forks.isEmpty() || open()) return;
        if (state == State.UNSUBSCRIBING || wish.isZero()) {
            end(found || state == State.UNSUBSCRIBING ? "200" : why, now);
            return;
        }
        again.ifPresentOrElse(least -> {
            //= rfc3842#3.6-1 tried again from time to time, and more and more seldom
            pause = Collections.max(List.of(least, backOff(now)));
            enter(State.WAITING, now);
            out.add(new Output.Told(new Event.Waiting(number, why, pause)));
            if (pause.isZero()) subscribe(now);
        }, () -> end(why, now));
    }

    /// What was worth it may follow at once, and what was at least taken once; all else waits
    /// longer each time.
    private Duration backOff(Instant now) {
        misses = found && !begun.plus(GOOD).isAfter(now) ? 0 : misses + 1;
        int steps = found ? misses - 1 : misses;
        return steps < 1 ? Duration.ZERO : Collections.min(List.of(LONGEST_PAUSE,
                PAUSE.multipliedBy(1L << Math.min(steps - 1, 7))));
    }

    private void end(String why, Instant now) {
        enter(State.TERMINATED, now);
        out.add(new Output.Told(new Event.Ended(number, why)));
    }

    private static Optional<Duration> again(int status, Optional<Duration> retryAfter) {
        return PASSING.contains(status) ? Optional.of(retryAfter.orElse(Duration.ZERO))
                : Optional.empty();
    }

    private static Optional<Duration> seconds(Message message, String name) {
        return message.first(name).flatMap(Grammar::seconds);
    }
}
