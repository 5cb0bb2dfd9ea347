package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.ua.Call;
import p2psip.std.rfc4916.ConnectedIdentity;

/// What calls that come in say of themselves: what they are about, and for whom they were, who may
/// be another than we are. Then the caller is told who has taken his call.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4916#section-4.2 RFC 4916 §4.2
final class Introductions {
    /// The longest subject that is shown, in characters.
    static final int LONGEST = 200;

    private final Address own;
    private final Map<Long, String> subjects = new HashMap<>();
    private final Set<Long> forOthers = new HashSet<>();
    /// Far from the numbers of others.
    private long numbers = 6 * PhoneCommand.NUMBERS;

    Introductions(Address own) { this.own = own; }

    /// @param subject in the words of who calls
    void about(long call, String subject) {
        subjects.put(call, subject.length() > LONGEST ? subject.substring(0, LONGEST) : subject);
    }

    /// What a call is about; empty if that was not said. Asked once.
    String subject(long call) {
        return Optional.ofNullable(subjects.remove(call)).orElse("");
    }

    /// @param to for whom the call is
    void called(long call, Address to) {
        if (!name(to).equals(name(own))) forOthers.add(call);
    }

    /// `bob@example.com`, wherever he is there.
    private static String name(Address who) {
        return who.uri() instanceof SipUri sip
                ? Escapes.canonical(sip.user()) + "@" + sip.host().toLowerCase(Locale.ROOT)
                : who.uri().toString();
    }

    /// What is to be said of us to a caller, now that the call is taken.
    Optional<Core.Command> told(Call.Event event) {
        long call = event.call();
        return switch (event) {
            // by UPDATE, once the dialog is confirmed
            case Call.Event.Confirmed _ -> forOthers.remove(call)
                    ? Optional.of(new ConnectedIdentity.Identify(++numbers, call, own))
                    : Optional.empty();
            case Call.Event.Ended _ -> {
                forOthers.remove(call);
                subjects.remove(call);
                yield Optional.empty();
            }
            case Call.Event.Incoming _, Call.Event.Progress _, Call.Event.Answered _,
                    Call.Event.ChangeOffered _, Call.Event.Changed _, Call.Event.NotChanged _ ->
                    Optional.empty();
        };
    }
}
