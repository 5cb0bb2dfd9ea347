package p2psip.std.rfc4028;

import static p2psip.std.rfc4028.SessionExpires.*;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// The session timer of one call: agreed upon anew by each INVITE and UPDATE that is accepted,
/// whoever has sent it. Says when to refresh the session, and when it has to end. That of who does
/// not know timers says nothing.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4028#section-7 RFC 4028 §7
/// @spec https://www.rfc-editor.org/rfc/rfc4028#section-9 RFC 4028 §9
public final class SessionTimer {

    /// More than this nobody has a reason to insist on.
    static final Duration LONGEST = Duration.ofDays(1);

    /// As often may a request be refused for being too short, each time for more.
    static final int MAX_RETRIES = 5;

    private static final Duration EARLY = Duration.ofSeconds(32);

    /// What a user agent wants of timers.
    ///
    /// @param interval that it asks for by itself; empty if it leaves that to others
    /// @param minimum  less is refused
    public record Policy(Optional<Duration> interval, Duration minimum) {
        /// Refreshes where others want it.
        public static final Policy OBLIGING = new Policy(Optional.empty(), SessionExpires.SHORTEST);

        public Policy {
            //= rfc4028#5-1 never less than 90 seconds
            //= rfc4028#9-3 neither as a minimum of our own
            minimum = atLeastShortest(minimum);
        }
    }

    /// What is due: an INVITE or UPDATE within the dialog, or a BYE.
    public enum Timer { REFRESH, END }

    private final Optional<Policy> policy;
    /// What we ask for by ourselves.
    private final Optional<Duration> own;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Duration> interval = Optional.empty();
    private boolean refreshing, established;
    private Duration least = Duration.ZERO;
    private int retries;
    private OptionalInt failure = OptionalInt.empty();

    /// @param policy none if timers are not known
    public SessionTimer(Optional<Policy> policy) {
        this.policy = policy;
        own = policy.flatMap(Policy::interval);
    }

    public Instant deadline() { return timers.deadline(); }

    // What is said of it

    /// A request of ours, INVITE or UPDATE, with what it says of the timer.
    public Request asking(Request request) {
        //= rfc4028#7.1-5,6 timers are required of nobody
        //= rfc4028#7.4-2,3 who was told a Min-SE, by a 422 or a request, says it
        //= rfc4028#7.4-4 the largest of all
        if (!least.isZero()) request = request.with(LEAST, "" + least.toSeconds());
        //= rfc4028#7.1-8 what we want stands in the first request
        //= rfc4028#7.4-6 and while a timer runs, in each
        var wanted = established ? interval : own;
        if (wanted.isEmpty()) return request;
        //= rfc4028#7.1-9 never less than Min-SE
        //= rfc4028#7.4-7 and as much as the current interval
        return request.with(NAME, new SessionExpires(atLeastShortest(max(wanted.get(), least)),
                //= rfc4028#7.1-11 at first the refresher parameter is omitted: the peer chooses
                //= rfc4028#7.4-9 later the refresher stays who it was
                established ? Optional.of(refreshing ? Refresher.UAC : Refresher.UAS)
                        : Optional.empty()).toString());
    }

    /// Whether a request that was refused may be made again: by 422, and for longer.
    public boolean mayRetry(Response refused) {
        var minimum = leastAllowed(refused);
        if (policy.isEmpty() || refused.status() != 422 || minimum.compareTo(least) <= 0
                || minimum.compareTo(LONGEST) > 0 || ++retries > MAX_RETRIES) return false;
        least = minimum;
        return true;
    }

    /// What a request of the peer lacks: Min-SE, for a 422.
    public Optional<Header> refusal(Request request) {
        //= rfc4028#9-1 whoever knows of timers is refused who wants too short a one
        return policy.map(Policy::minimum)
                .filter(minimum -> supports(request) && wantsLess(request, minimum))
                //= rfc4028#9-2 with the minimum
                //= rfc4028#6-1 in Min-SE
                .map(minimum -> new Header(LEAST, "" + minimum.toSeconds()));
    }

    /// A 2xx of ours to an INVITE or UPDATE, with what it says of the timer.
    public Response answering(Response ok, Request request) {
        if (policy.isEmpty()) return ok;
        //= rfc4028#5-2 the least is remembered, and said in requests, not in this response
        least = max(least, leastAllowed(request));
        return agreed(request).map(agreed -> ok.change(headers -> {
            headers.add(new Header(NAME, agreed.toString()));
            //= rfc4028#9-8 who is to refresh has to look for that
            //= rfc4028#9-9 and who is refreshed should
            if (supports(request)) headers.add(new Header("Require", OPTION));
        })).orElse(ok);
    }

    private Optional<SessionExpires> agreed(Request request) {
        var wanted = SessionExpires.of(request);
        //= rfc4028#9-5 the value that was asked for: the UAS does not increase it
        //= rfc4028#9-4 nor set it to less than 90 seconds
        var lasting = wanted.map(SessionExpires::interval).or(() -> own
                .filter(_ -> supports(request))
                //= rfc4028#9-6 what we ask for is not less than Min-SE
                .map(ours -> max(ours, SessionExpires.least(request))))
                .filter(each -> each.compareTo(SHORTEST) >= 0);
        //= rfc4028#9-7 who refreshes is said: who was asked to, if he knows how, else we
        return lasting.map(each -> new SessionExpires(each, Optional.of(!supports(request)
                ? Refresher.UAS : wanted.flatMap(SessionExpires::refresher)
                .orElse(Refresher.UAC))));
    }

    // What becomes of it

    /// A request of ours has its 2xx.
    public void accepted(Request request, Response ok, Instant now) {
        //= rfc4028#7.4¶3 what was heard before there was a dialog counts no more
        if (!established) least = Duration.ZERO;
        //= rfc4028#7.2-1,2 the response says how long, whatever the request has said
        var said = SessionExpires.of(ok).or(() -> SessionExpires.of(request)
                .filter(_ -> own.isPresent())
                //= rfc4028#7.2¶3 who wants a timer that the peer does not know refreshes
                .map(ours -> new SessionExpires(ours.interval(), Optional.empty())));
        //= rfc4028#7.2-3 and who refreshes
        run(said, Refresher.UAC, now);
    }

    /// We have answered a request of the peer.
    public void answered(Response ok, Instant now) {
        run(SessionExpires.of(ok), Refresher.UAS, now);
    }

    private void run(Optional<SessionExpires> said, Refresher us, Instant now) {
        if (policy.isEmpty()) return;
        established = true;
        retries = 0;
        failure = OptionalInt.empty();
        timers.clear();
        interval = said.map(SessionExpires::interval).map(SessionExpires::atLeastShortest);
        refreshing = said.flatMap(SessionExpires::refresher).orElse(Refresher.UAC) == us;
        //= rfc4028#7.2¶4 without Session-Expires there is no expiration
        if (interval.isEmpty()) return;
        var lasting = interval.get();
        //= rfc4028#7.2¶6 who refreshes has until it expires
        var end = now.plus(lasting);
        //= rfc4028#10-3 the side that does not sends a BYE a little before the expiration
        //= rfc4028#10-4 by a third of the interval, but no more than 32 seconds
        if (!refreshing) end = end.minus(Collections.min(List.of(EARLY, lasting.dividedBy(3))));
        timers.set(Timer.END, end);
        //= rfc4028#7.2-4,5 it is refreshed at half the interval
        //= rfc4028#9-11,12 the UA that is to refresh does so before the session expiration
        if (refreshing) timers.set(Timer.REFRESH, now.plus(lasting.dividedBy(2)));
    }

    /// A refresh has failed, but the dialog goes on.
    public void failed(int status, Instant now) {
        //= rfc4028#10-2 not continuously, if the error is the same
        if (!refreshing || !timers.isSet(Timer.END) || failure.equals(OptionalInt.of(status)))
            return;
        failure = OptionalInt.of(status);
        //= rfc4028#10-1 one more session refresh request, halfway to the end
        var left = Duration.between(now, timers.due().get(Timer.END));
        timers.set(Timer.REFRESH, now.plus(left.dividedBy(2)));
    }

    public List<Timer> wake(Instant now) {
        var fired = timers.fired(now);
        if (fired.contains(Timer.END)) timers.clear();
        return fired;
    }
}
