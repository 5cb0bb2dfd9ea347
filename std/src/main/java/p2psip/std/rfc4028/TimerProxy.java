package p2psip.std.rfc4028;

import static p2psip.std.rfc4028.SessionExpires.*;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// A proxy that wants the calls through it refreshed, so that it knows of each whether it goes on.
/// It keeps nothing itself: what it asked for is seen from the request, as long as that waits for
/// its answer.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4028#section-8 RFC 4028 §8
public final class TimerProxy implements ProxyExtension {
    private final Duration interval, minimum;

    /// @param interval at least as often a call is to be refreshed
    /// @param minimum  less is refused, or made longer
    public TimerProxy(Duration interval, Duration minimum) {
        //= rfc4028#8.1-9 no minimum is lower than 90 seconds
        this.minimum = atLeastShortest(minimum);
        this.interval = max(interval, this.minimum);
    }

    private static boolean refreshes(Request request) {
        return request.is("INVITE") || request.is("UPDATE");
    }

    @Override public Optional<Refusal> refuses(Request request, Flow flow) {
        //= rfc4028#8.1-7 who supports timers and wants too short a one: 422
        return refreshes(request) && supports(request) && wantsLess(request, minimum)
                //= rfc4028#8.1-8 with Min-SE, the minimum
                ? Optional.of(Refusal.of(422, new Header(LEAST, "" + minimum.toSeconds())))
                : Optional.empty();
    }

    @Override public Request leaving(Request copy, Passage passage) {
        if (!refreshes(copy)) return copy;
        var raised = raised(copy);
        var asked = asked(raised);
        //= rfc4028#8.1-2,6 without a refresher, unless one was there: then as it was
        return SessionExpires.of(raised).map(SessionExpires::interval).equals(Optional.of(asked))
                ? raised : raised.with(NAME, new SessionExpires(asked,
                        SessionExpires.of(raised).flatMap(SessionExpires::refresher)).toString());
    }

    /// With the minimum, where nobody else could be told of it.
    private Request raised(Request copy) {
        //= rfc4028#8.1-13 none is inserted, or modified, where timers are supported
        if (supports(copy) || !wantsLess(copy, minimum)) return copy;
        //= rfc4028#8.1-10,11 else the minimum is inserted, or increased, and never decreased
        return copy.with(LEAST, "" + max(minimum, least(copy)).toSeconds());
    }

    /// What a request asks for when it has passed.
    private Duration asked(Request request) {
        var least = atLeastShortest(least(request));
        //= rfc4028#8.1-5,12 what is lower than Min-SE is increased, to be equal to it
        return max(least, SessionExpires.of(request).map(SessionExpires::interval)
                //= rfc4028#8.1-3 a larger one is reduced, but not below Min-SE
                //= rfc4028#8.1-4 what is at least Min-SE is not increased
                .filter(wanted -> wanted.compareTo(interval) < 0)
                //= rfc4028#8.1-1 Session-Expires is inserted if none is there
                .orElse(interval));
    }

    @Override public Response returning(Response response, Passage passage) {
        //= rfc4028#8.1-14,15,16 the request is remembered for the duration of its transaction
        return passage.request().filter(request -> refreshes(request) && response.success()
                        //= rfc4028#8.2-5 what the response says of Session-Expires stays
                        && !response.has(NAME) && supports(request))
                .map(request -> answering(response, asked(request))).orElse(response);
    }

    /// In place of a callee who knows nothing of timers.
    private static Response answering(Response response, Duration asked) {
        //= rfc4028#8.2-1 the value that was remembered is inserted
        //= rfc4028#8.2-2 with the refresher uac
        var timed = response.with(NAME,
                new SessionExpires(asked, Optional.of(Refresher.UAC)).toString());
        //= rfc4028#8.2-3 and timer stands in Require
        return timed.lists("Require", OPTION) ? timed
                : timed.change(list -> list.add(new Header("Require", OPTION)));
    }
}
