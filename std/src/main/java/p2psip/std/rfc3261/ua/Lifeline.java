package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Response;

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
final class Lifeline {
    static final Duration INTERVAL = Duration.ofSeconds(30);

    /// How often nobody may be found, one time after the other, in twice the time of the last.
    static final int TRIES = 4;

    private static final Duration FIRST = Duration.ofSeconds(2);

    /// What has come of asking.
    enum Outcome { NOT_OURS, THERE, NOBODY }

    private final CallState call;
    private Optional<Flow> heard = Optional.empty();
    private boolean lost;
    private OptionalLong asked = OptionalLong.empty();
    private int misses;
    private Instant due = Instant.MAX;

    Lifeline(CallState call) { this.call = call; }

    Instant deadline() { return due; }

    /// By which way the peer has spoken last.
    void heard(Flow flow) { heard = Optional.of(flow).filter(by -> by.transport().connected()); }

    /// Whether it is the way of the peer that has ended.
    boolean ended(Flow flow) {
        boolean ours = heard.filter(flow::equals).isPresent();
        lost |= ours;
        return ours;
    }

    /// Whether the peer is being asked.
    boolean asking() { return asked.isPresent(); }

    /// As soon as the call is taken the peer can be asked.
    void askIfLost() {
        if (!lost) return;
        lost = false;
        ask();
    }

    void wake(Instant now) {
        if (!due.isAfter(now)) ask();
    }

    private void ask() {
        due = Instant.MAX;
        if (asked.isPresent()) return;
        asked = OptionalLong.of(call.self.ask());
        //= rfc3261#11-3 an OPTIONS request within the dialog
        call.dialog.ifPresent(dialog -> call.say(new Usage.Output.Ask(
                asked.getAsLong(), dialog.request("OPTIONS"), dialog)));
    }

    Outcome answered(long ask, Response response, Instant now) {
        if (!asked.equals(OptionalLong.of(ask))) return Outcome.NOT_OURS;
        if (response.provisional()) return Outcome.THERE;
        asked = OptionalLong.empty();
        //  nobody is there: by the word of a server, or by what our transport says (8.1.3.1)
        if (response.status() == 430 || response.status() == 503) {
            if (++misses >= TRIES) return Outcome.NOBODY;
            due = now.plus(FIRST.multipliedBy(1L << misses - 1));
            return Outcome.THERE;
        }
        misses = 0;
        if (call.dialog.filter(Dialog::routed).isPresent()) due = now.plus(INTERVAL);
        return Outcome.THERE;
    }
}
