package p2psip.std.rfc3262;

import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;

/// Whether provisional responses are acknowledged, in the calls of a user agent.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3262#section-8.1 RFC 3262 §8.1
public enum Reliability {
    /// Never.
    OFF,
    /// Where the peer can do it, too, and it matters that a response arrives: if it describes the
    /// session, or says after a while that it still rings; or wherever the peer insists.
    SUPPORTED,
    /// A call to, or from, somebody who cannot do it comes to nothing.
    REQUIRED;

    public static final String OPTION = "100rel";
    public static final String METHOD = "PRACK";

    static final long LAST = 0xffffffffL;

    /// Whether who has sent an INVITE takes reliable responses to it.
    public static boolean possible(Request invite) {
        return required(invite) || invite.lists("Supported", OPTION);
    }

    /// Whether who has sent an INVITE takes no others.
    public static boolean required(Message invite) { return invite.lists("Require", OPTION); }

    /// Whether a response asks to be acknowledged, by a number that it has.
    public static boolean reliable(Response response) {
        //= rfc3262#3-4 a 100 is not, whatever it says
        //= rfc3262#4-4 there the option tag is ignored
        return response.status() > 100 && response.provisional() && required(response)
                //= rfc3262#7.1¶1 RSeq is one number, from 1 to 2**32-1
                && response.first("RSeq").filter(RAck::isNumber).isPresent();
    }
}
