package p2psip.std.rfc5626;

import module java.base;
import p2psip.std.rfc3261.Flow;

/// Whether the peer of a call is still there, once the connection has died by which it was heard.
///
/// Nothing says so by itself. A server between the two may know no other way to us than that
/// connection: then the BYE of the peer gets 430, and never comes. So we ask, by OPTIONS within the
/// dialog, for which another connection is opened; and ask again now and then, if there are servers
/// between. Who does not know the call any more says 481, which ends it. Where nobody is found
/// the call is over, after some tries: a server that starts anew has time for that.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-11 RFC 3261 §11
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-5.3.1 RFC 5626 §5.3.1
public final class Lifeline {
    static final Duration INTERVAL = Duration.ofSeconds(30);

    /// How often nobody may be found, one time after the other, in twice the time of the last.
    static final int TRIES = 4;

    private static final Duration FIRST = Duration.ofSeconds(2);

    /// What has come of asking.
    public enum Outcome { NOT_OURS, THERE, NOBODY }

    /// How many ways of the peer are kept in mind.
    private static final int WAYS = 4;

    /// By which ways the peer has spoken, the last one last: its requests may come by another than
    /// its answers do.
    private final SequencedSet<Flow> ways = new LinkedHashSet<>();
    private boolean lost;
    private OptionalLong asked = OptionalLong.empty();
    private int misses;
    private Instant due = Instant.MAX;

    public Instant deadline() { return due; }

    /// By which way the peer has spoken. From one that cannot end on, no other matters.
    public void heard(Flow flow) {
        if (!flow.transport().connected()) ways.clear();
        else ways.addLast(flow);
        if (ways.size() > WAYS) ways.removeFirst();
    }

    /// Whether it is a way of the peer that has ended.
    public boolean ended(Flow flow) {
        boolean ours = ways.remove(flow);
        lost |= ours;
        return ours;
    }

    /// Whether the peer is being asked.
    public boolean asking() { return asked.isPresent(); }

    /// Whether the peer, whose call is taken, is to be asked now.
    public boolean isDue(Instant now) {
        if (!lost && due.isAfter(now)) return false;
        lost = false;
        due = Instant.MAX;
        return !asking();
    }

    /// He is asked by the request of this number.
    public void asked(long ask) { asked = OptionalLong.of(ask); }

    /// @param routed whether servers stand between
    public Outcome answered(long ask, int status, boolean routed, Instant now) {
        if (!asked.equals(OptionalLong.of(ask))) return Outcome.NOT_OURS;
        if (status < 200) return Outcome.THERE;
        asked = OptionalLong.empty();
        //  nobody is there: by the word of a server, or by what our transport says (8.1.3.1)
        if (status == 430 || status == 503) {
            if (++misses >= TRIES) return Outcome.NOBODY;
            due = now.plus(FIRST.multipliedBy(1L << misses - 1));
            return Outcome.THERE;
        }
        misses = 0;
        if (routed) due = now.plus(INTERVAL);
        return Outcome.THERE;
    }
}
