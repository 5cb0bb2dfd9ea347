package p2psip.std.rfc4579;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.ua.Extension;
import p2psip.std.rfc4575.ConferenceInfo;

/// The centre of a conference, and how it is known: each message that makes a dialog with it has
/// `isfocus` in Contact.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4579#section-3.1 RFC 4579 §3.1
public record Focus() implements Extension {
    public static final String FEATURE = "isfocus";

    //= rfc4579#4.2-1 isfocus in the Contact of what establishes a session
    //= rfc4579#5.1-1 in the 200 OK to an INVITE
    //= rfc4579#5.2-1 and in an INVITE to a participant
    @Override public Params features() {
        //= rfc4579#4.3-1 as in the 200 OK to OPTIONS
        return Params.NONE.with(FEATURE, "");
    }

    /// Whether who sends this is the focus of a conference.
    public static boolean isSaid(Message message) {
        //= rfc4579#3.4-1 the parameter is recognized
        return message.list("Contact").stream().anyMatch(Focus::isFocus);
    }

    private static boolean isFocus(String contact) {
        try {
            return Address.parse(contact).params().has(FEATURE);
        } catch (SyntaxException e) {
            return false;
        }
    }

    /// Whether who sends this is one, and tells by events who is in the conference.
    public static boolean tells(Message message) {
        //= rfc4579#3.4-3 isfocus, and the conference package in Allow-Events
        return isSaid(message) && message.list("Allow-Events").contains(ConferenceInfo.NAME);
    }
}
