package p2psip.std.rfc3311;

import module java.base;
import p2psip.std.*;

/// Who has made an offer that is not answered yet, in one dialog, by whatever request or response:
/// no other offer is made in the meantime, and none is taken.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3311#section-5.1 RFC 3311 §5.1
public final class Exchange {
    /// The method for offers alone.
    public static final String UPDATE = "UPDATE";

    /// NONE is before the first offer; OFFERED means by us, ASKED by the peer.
    public enum State implements Cited {
        @Section("5.1") NONE, @Section("5.2") OFFERED, @Section("5.2") ASKED, @Section("5.1") AGREED
    }

    private State state = State.NONE;
    private int agreements;

    private void enter(State next) { state = next; }

    public State state() { return state; }

    public boolean is(State wanted) { return state == wanted; }

    /// We have made an offer.
    public void offered() { enter(State.OFFERED); }

    /// The peer has.
    public void asked() { enter(State.ASKED); }

    /// It is answered, in a message that arrives for sure.
    public void answered() {
        agreements++;
        enter(State.AGREED);
    }

    /// It was refused, and all is as it was before.
    public void failed() { enter(agreements > 0 ? State.AGREED : State.NONE); }

    /// How many offers were answered so far.
    public int agreements() { return agreements; }

    /// Whether this side may make an offer by UPDATE.
    public boolean mayOffer() {
        //= rfc3311#5.1¶5 the first offer was answered, and all others were
        //= rfc3311#5.1¶7 as after the completion of the INVITE, if no offers are unanswered
        //= rfc3311#5.1¶11 whoever has called
        return state == State.AGREED;
    }

    /// We describe the session: that answers the offer of the peer, or is one if he has made none.
    public void said() {
        if (is(State.ASKED)) answered();
        else offered();
    }
}
