package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc5626.*;

/// The Record-Route values of one proxy: made so that it knows them again.
///
/// The user part is a code over the Call-ID that only this proxy can make, so a Route that leads
/// through it proves that the dialog was begun here, without a table of dialogs. Where a phone is
/// reached by its own flow alone, behind a NAT or by the connection that it opened, the token of
/// that flow follows ([FlowTokens]), and what is for the phone goes by it until the dialog ends:
/// `sip:1f0c...-AMAAAgETxA@192.0.2.1;lr`.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.6 RFC 3261 §16.6
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-5.3 RFC 5626 §5.3
final class RecordRoute {
    /// Methods of this RFC that never begin a dialog, whatever they carry.
    private static final Set<String> NO_DIALOG =
            new HashSet<>(List.of("ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER"));

    /// In place of a Call-ID, which has no space: for values that are good in any dialog.
    private static final String ANY_DIALOG = "any dialog";

    private final Domains home;
    private final FlowTokens tokens;

    /// @param secret by which it knows its own values again
    RecordRoute(Domains home, Bytes secret) {
        this.home = home;
        this.tokens = new FlowTokens(home.listeners(), secret);
    }

    /// Whether the proxy asks to see the rest of the dialog that the request may begin.
    private static boolean wanted(Request request) {
        //= rfc3261#16.6-16,28 also for methods it does not know, and in the requests of a dialog
        //= rfc5627#6.2-1,3,5 it record-routes whether there are GRUUs or not
        //= rfc3261#26.3.2.2-12 so that further requests of the dialog pass through here
        // who wants to be reached within the dialog says where: by a Contact (12.1.2)
        return request.is("INVITE")
                //= rfc6665#4.3-1,2 each SUBSCRIBE and NOTIFY, the initial one and the subsequent
                || request.has("Contact") && !NO_DIALOG.contains(request.method());
    }

    /// A copy as it leaves for a target: with this proxy on the way back if a dialog may come of
    /// it.
    Request recorded(Request copy, Flow cameBy, Target target) {
        //= rfc3261#16.6-17 into any request that may begin a dialog
        if (!wanted(copy)) return copy;
        var values = new Header("Record-Route", values(copy, cameBy, target));
        return copy.change(list -> {
            int at = Header.first(list, "Record-Route");
            //= rfc3261#16.6-15 before any existing Record-Route value
            list.add(at == list.size() ? 0 : at, values);
        });
    }

    /// The values to put on top: one; or one for either side, the outgoing first, where transport
    /// or address differ (RFC 5658 calls it double record-routing), or one side is reached by its
    /// flow. They share a line: a request has not many bytes to spare until it is too long for UDP.
    private String values(Request request, Flow cameBy, Target target) {
        var leavesBy = home.towards(target);
        var inside = home.end(cameBy);
        //= rfc4916#4.7-1 whatever URI is in From and in To: a dialog is known by its Call-ID
        var caller = tokens.of(request.callId(), wayBack(request, cameBy));
        var callee = tokens.of(request.callId(), target.flow());
        //= rfc3261#16.6-23 a SIPS URI where Request-URI or topmost Route, as it leaves, is one
        //= rfc3261#16.6-25 and none where neither is, though it has come by TLS
        boolean sips = Uri.parse(request.uri()).secure() || request.list("Route").stream()
                .limit(1).anyMatch(route -> Address.parse(route).uri().secure());
        var own = value(caller, inside, sips);
        //= rfc3261#16.6-20 the URI differs with the way to the destination
        return leavesBy.equals(inside) && caller.equals(callee) ? own
                : value(callee, leavesBy, sips) + ", " + own;
    }

    /// Whether the caller is reached by the flow by which he has come alone. A GRUU of another
    /// domain leads there first, but from there by the routes of the dialog through here, and on.
    private Optional<Flow> wayBack(Request request, Flow cameBy) {
        //= rfc5626#4.3¶2 who has a GRUU has all that comes in the dialog arrive by his own flow
        boolean gruu = request.list("Via").size() == 1 && request.list("Contact").stream()
                .anyMatch(contact -> Address.parse(contact).uri() instanceof SipUri uri
                        && uri.params().has("gr") && !home.hosts(uri));
        return gruu ? Optional.of(cameBy) : WayBack.of(request, cameBy);
    }

    /// The values that lead back by a flow, or just through here ([Passage#back]).
    List<String> back(Flow cameBy, Target target, boolean byFlow, boolean sips) {
        var leavesBy = home.towards(target);
        var inside = home.end(cameBy);
        var code = tokens.of(ANY_DIALOG, Optional.of(cameBy).filter(_ -> byFlow));
        //= rfc3608#6.2-2 two values where the receiving and the sending interface differ
        return Stream.of(leavesBy, inside).distinct()
                .map(point -> value(code, point, sips)).toList();
    }

    private String value(String code, ListeningPoint point, boolean sips) {
        var by = point.transport();
        //= rfc3261#16.6-21 no transport parameter unless the next element is known to speak it
        var scheme = sips && by.secure() ? "sips" : "sip";
        var transport = !by.reliable() || sips && by == Transport.TLS ? ""   // as SIPS says itself
                : ";transport=" + by.parameter(scheme);
        // a Link has no port
        var host = by == Transport.LINK ? HostName.text(point.address().getAddress())
                //= rfc5922#7.5-3 an identity that there is a certificate for, if by TLS
                : by.secure() ? point.sentBy() : HostName.text(point.address());
        //= rfc3261#16.6-18,19,22 a SIP URI of this element, a loose router: with lr
        //= rfc3261#16.6-24 there is one in any case, also if the request has not come by TLS
        return "<" + scheme + ":" + code + "@" + host + transport + ";lr>";
    }

    /// Whether a Route or Request-URI is a value that this proxy made.
    boolean made(SipUri uri) { return uri.params().has("lr") && home.listensAt(uri); }

    /// What a Route value, or a Request-URI, says.
    ///
    /// @param genuine whether this proxy has made it for the dialog of the request
    /// @param offered whether this proxy has made it for whoever has it
    /// @param forged  whether it names a flow that it was not made for
    /// @param flow    by which the side of the dialog is reached for which it was made, if its URI
    ///                does not lead there
    record Reading(boolean genuine, boolean offered, boolean forged, Optional<Flow> flow) {
        static final Reading NOTHING = new Reading(false, false, false, Optional.empty());

        /// What this says and then another: by which flow, the last one alone decides.
        Reading then(Reading next) {
            return new Reading(genuine || next.genuine, offered || next.offered,
                    forged || next.forged, next.flow);
        }
    }

    Reading read(Request request, SipUri uri) {
        boolean made = made(uri);
        //= rfc3261#16.6-30 a value is good for its own dialog only
        boolean genuine = made && tokens.isGenuine(request.callId(), uri.user());
        boolean offered = made && !genuine && tokens.isGenuine(ANY_DIALOG, uri.user());
        boolean ours = genuine || offered;
        return new Reading(genuine, offered, made && !ours && tokens.hasFlow(uri.user()),
                ours ? tokens.flow(uri.user()) : Optional.empty());
    }
}
