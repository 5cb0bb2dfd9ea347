package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3262.Reliability;
import p2psip.std.rfc3311.Exchange;
import p2psip.std.rfc4028.*;

/// What a user agent's calls can do beyond RFC 3261: what extends the INVITE usage from within.
///
/// @param reliability whether provisional responses are acknowledged: PRACK
/// @param updates     whether a session may be changed by UPDATE
/// @param timer       how the session timer is used; empty if it is not known
public record CallRules(Reliability reliability, boolean updates,
        Optional<SessionTimer.Policy> timer) implements Ability {
    /// Nothing of all that.
    public static final CallRules PLAIN = new CallRules(Reliability.OFF, false, Optional.empty());

    /// All of it, as far as the peer can do it and it is of use.
    public static final CallRules OBLIGING = new CallRules(
            Reliability.SUPPORTED, true, Optional.of(SessionTimer.Policy.OBLIGING));

    boolean acknowledges() { return reliability != Reliability.OFF; }

    @Override public List<String> methods() {
        return Stream.concat(Stream.of(Reliability.METHOD).filter(_ -> acknowledges()),
                //= rfc3311#4-1,2,3 Allow lists UPDATE in an INVITE and in each response to it
                dialogMethods().stream()).toList();
    }

    //= rfc3311#5.1¶3 UPDATE moves the target
    @Override public List<String> dialogMethods() {
        return updates ? List.of(Exchange.UPDATE) : List.of();
    }

    @Override public List<String> options() {
        //= rfc3262#4-2,3 each INVITE says that we support it
        //= rfc3262#3-3 what is required and is not listed here is refused by 420
        return Stream.concat(Stream.of(Reliability.OPTION).filter(_ -> acknowledges()),
                timer.stream().map(_ -> SessionExpires.OPTION)).toList();
    }
}
