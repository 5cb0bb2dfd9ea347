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
/// asked. It stands before an extension that serves all other events, for both have NOTIFY.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3515#section-2.4 RFC 3515 §2.4
public final class Referrals implements Extension {
    static final String METHOD = "REFER";

    /// The event package.
    static final String EVENT = "refer";

    /// How many the peer of a call may have open at once; one more is refused with 503.
    static final int MAX_OF_ONE = 4;

    private final Map<Long, Long> open = new HashMap<>();

    //= rfc5589#6-1 REFER and NOTIFY stand in Allow
    @Override public List<String> methods() {
        return List.of(METHOD, EventType.SUBSCRIBE, EventType.NOTIFY);
    }

    //= rfc3515#2-3 a REFER makes a dialog, so each has one Contact
    //= rfc3515#2-2 within a call or outside of one
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
        if (request.is(METHOD)) return new Referee(number, self, dialog.orElseThrow(), open);
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
            default -> Optional.empty();
        };
    }
}
