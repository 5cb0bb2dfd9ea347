package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3262.Reliability;
import p2psip.std.rfc3311.Exchange;
import p2psip.std.rfc4028.SessionTimer;

/// What a user agent's calls can do beyond RFC 3261: what extends the INVITE usage from within. To
/// others it says of calls what an extension says of what it brings.
///
/// @param reliability whether provisional responses are acknowledged: PRACK
/// @param updates     whether a session may be changed by UPDATE
/// @param timer       how the session timer is used; empty if it is not known
public record CallRules(
        Reliability reliability, boolean updates, Optional<SessionTimer.Policy> timer)
        implements Extension {
    //= rfc3261#13.1-1 who supports INVITE supports ACK, CANCEL and BYE
    private static final List<String> METHODS =
            List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS");

    /// Nothing of all that.
    public static final CallRules PLAIN = new CallRules(Reliability.OFF, false, Optional.empty());

    /// All of it, as far as the peer can do it and it is of use.
    public static final CallRules OBLIGING = new CallRules(
            Reliability.SUPPORTED, true, Optional.of(SessionTimer.Policy.OBLIGING));

    boolean acknowledges() { return reliability != Reliability.OFF; }

    @Override public List<String> methods() {
        var all = new ArrayList<>(METHODS);
        if (acknowledges()) all.add(Reliability.METHOD);
        //= rfc3311#4-1,2,3 Allow lists UPDATE in an INVITE and in each response to it
        if (updates) all.add(Exchange.UPDATE);
        return all;
    }

    @Override public List<String> dialogMethods() {
        //= rfc3311#5.1¶3 UPDATE moves the target
        return updates ? List.of("INVITE", Exchange.UPDATE) : List.of("INVITE");
    }

    @Override public List<String> options() {
        var all = new ArrayList<String>();
        //= rfc3262#4-2,3 each INVITE says that we support it
        //= rfc3262#3-3 what is required and is not listed here is refused by 420
        if (acknowledges()) all.add(Reliability.OPTION);
        if (timer.isPresent()) all.add(SessionTimer.OPTION);
        return all;
    }

    //= rfc3261#13.2.1-17 SDP first of all
    @Override public List<String> bodies() { return List.of(Content.SDP); }

    @Override public List<String> dispositions() { return List.of("session", "render"); }

    /// Calls are no usages of an extension.
    @Override public boolean serves(Request request) { return false; }
}
