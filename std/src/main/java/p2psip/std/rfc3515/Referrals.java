package p2psip.std.rfc3515;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3420.Sipfrag;
import p2psip.std.rfc4488.ReferSub;
import p2psip.std.rfc4538.TargetDialog;
import p2psip.std.rfc6665.EventType;
import p2psip.std.rfc6665.Refusal;

/// REFER: a user agent that has this can ask the peer of a call to call somebody else, and be
/// asked; so can who is in no call with it, if it trusts him. It stands before an extension that
/// serves all other events, for both have NOTIFY.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3515#section-2.4 RFC 3515 §2.4
public final class Referrals implements Extension {
    static final String METHOD = "REFER";

    /// The event package.
    static final String EVENT = "refer";

    /// How many the peer of a call may have open at once; one more is refused with 503.
    static final int MAX_OF_ONE = 4;

    /// How many all those may have who are in no call.
    static final int MAX_OF_TRUSTED = 100;

    /// In place of a call where there is none.
    public static final long NO_CALL = 0;

    /// Whose REFER is looked at who is in no call with us.
    public interface Rule {
        /// Nobody's: who asks is in a call with us, or names one.
        Rule NOBODY = _ -> false;

        boolean trusts(Request refer);
    }

    private final Rule rule;
    private final Map<Long, Long> open = new HashMap<>();

    public Referrals() { this(Rule.NOBODY); }

    /// @param rule for a server that is asked to call: one that plays music or keeps calls parked,
    ///             or the telephone of who has clicked on an address
    public Referrals(Rule rule) { this.rule = rule; }

    //= rfc5589#6-1 REFER and NOTIFY stand in Allow
    @Override public List<String> methods() {
        return List.of(METHOD, EventType.SUBSCRIBE, EventType.NOTIFY);
    }

    //= rfc3515#2-3 a REFER makes a dialog, so each has one Contact
    @Override public List<String> dialogMethods() { return methods(); }

    //= rfc5589#6-2 support for Target-Dialog is said
    //= rfc4538#6-1 tdialog is in Supported of requests and responses
    @Override public List<String> options() {
        return List.of(TargetDialog.OPTION, ReferSub.OPTION);
    }

    @Override public List<String> bodies() { return List.of(Sipfrag.TYPE); }

    @Override public boolean serves(Request request) {
        return request.is(METHOD) || methods().contains(request.method())
                && EventType.of(request).filter(e -> e.name().equals(EVENT)).isPresent();
    }

    @Override public Usage begin(
            Request request, Optional<Dialog> dialog, long number, Self self) {
        if (request.is(METHOD)) return new Referee(
                number, self, dialog.orElseThrow(), open, rule::trusts);
        //= rfc3515#2.4.4-9 only a REFER makes such a subscription: a SUBSCRIBE is refused by 403
        return new Refusal(self.reply(request, request.is(EventType.SUBSCRIBE) ? 403 : 481));
    }

    @Override public Optional<Usage> begin(Usage.Command command, Self self) {
        return switch (command) {
            case Referrer.Command.Refer(long number, long call, _, boolean quiet) ->
                    Optional.of(new Referrer(number, call, quiet, self));
            //= rfc3891#4-3 a call that is confirmed: no early dialog is to be replaced
            //= rfc3891#4-1 by a new dialog of who is asked
            case Referrer.Command.Transfer(long number, long call, _) ->
                    Optional.of(new Referrer(number, call, false, self));
            case Referrer.Command.Bring(long number, long call, _) ->
                    Optional.of(new Referrer(number, call, false, self));
            case Referrer.Command.Ask(long number, _, _, boolean quiet) ->
                    Optional.of(new Referrer(number, NO_CALL, quiet, self));
            case Referrer.Command.Park(long number, _, _) ->
                    Optional.of(new Referrer(number, NO_CALL, false, self));
            default -> Optional.empty();
        };
    }
}
