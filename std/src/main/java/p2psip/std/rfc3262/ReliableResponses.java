package p2psip.std.rfc3262;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.TimerValues;

/// The reliable provisional responses to one INVITE, as its server sends them: one after the other,
/// each again and again until its PRACK has come.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3262#section-3 RFC 3262 §3
public final class ReliableResponses {
    /// How many may wait until those before them are acknowledged; what comes then is not sent.
    static final int LIMIT = 8;

    private enum Timer { REPEAT, GIVE_UP }

    private final RandomGenerator random;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Deque<Response> waiting = new ArrayDeque<>();
    private Optional<Response> unacknowledged = Optional.empty();
    private Duration gap = Duration.ZERO;
    private long next;
    private boolean finished, gaveUp;

    public ReliableResponses(RandomGenerator random) { this.random = random; }

    /// Whether a response with a session description is still to be acknowledged.
    public boolean describing() {
        return Stream.concat(unacknowledged.stream(), waiting.stream())
                .anyMatch(response -> !response.body().isEmpty());
    }

    /// Whether a PRACK is for the response that waits for one: it gets a 2xx.
    public boolean awaits(RAck ack) {
        //= rfc3262#3-15 it matches nothing: 481
        //= rfc3262#3-16 and the PRACK gets a 2xx
        return unacknowledged.map(RAck::of).filter(ack::equals).isPresent();
    }

    /// Whether a response was never acknowledged.
    public boolean gaveUp() { return gaveUp; }

    /// The INVITE has its final response.
    public void finish() {
        finished = true;
        waiting.clear();
        //= rfc3262#3-26 what is not acknowledged is repeated no more, but its PRACK may come
        timers.clear();
    }

    public Instant deadline() { return timers.deadline(); }

    /// The core has a response, from 101 to 199. Answers what is sent now, as do the others.
    public List<Response> send(Response response, Instant now) {
        //= rfc3262#3-27 nothing new after a final response
        if (finished || waiting.size() >= LIMIT) return List.of();
        waiting.add(response);
        return sendNext(now);
    }

    /// The PRACK has come that it [#awaits].
    public List<Response> acknowledged(Instant now) {
        //= rfc3262#3-17 it is repeated no more, and is off the list
        unacknowledged = Optional.empty();
        timers.clear();
        //= rfc3262#3-19 after the first was acknowledged others may follow
        return sendNext(now);
    }

    private List<Response> sendNext(Instant now) {
        //= rfc3262#3-20,21 not a second one before the last was acknowledged
        if (unacknowledged.isPresent() || waiting.isEmpty()) return List.of();
        //= rfc3262#3-11,12 the first number is any from 1 to 2**31-1, chosen at random
        //= rfc3262#3-13 whatever the numbers of other requests
        if (next == 0) next = random.nextLong(1, 1L << 31);
        //= rfc3262#3-10 it has the option tag in Require, and RSeq
        //= rfc3261#8.2.4-6 an extension that is applied to a response is listed in Require
        var response = waiting.remove().with("Require", Reliability.OPTION)
                //= rfc3262#3-22 the RSeq is greater by one than the last
                //= rfc3262#3-23 RSeq numbers do not wrap: 2**31 of them fit in
                .with("RSeq", Long.toString(next++));
        unacknowledged = Optional.of(response);
        //= rfc3262#3¶10 repeated at intervals that begin with T1
        gap = TimerValues.T1;
        timers.set(Timer.REPEAT, now.plus(gap));
        timers.set(Timer.GIVE_UP, now.plus(TimerValues.T1_X64));
        return List.of(response);
    }

    /// What is sent again.
    public List<Response> wake(Instant now) {
        var fired = timers.fired(now);
        gaveUp = fired.contains(Timer.GIVE_UP);
        if (gaveUp) timers.clear();
        if (gaveUp || fired.isEmpty()) return List.of();
        //= rfc3262#3¶11 the intervals of retransmissions double, and are not capped
        gap = gap.plus(gap);
        timers.set(Timer.REPEAT, now.plus(gap));
        return unacknowledged.stream().toList();
    }
}
