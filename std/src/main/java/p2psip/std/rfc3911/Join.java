package p2psip.std.rfc3911;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.ua.Dialog;
import p2psip.std.rfc3891.Replaces;

/// The value of a Join field.
///
/// @param toTag   of its recipient
/// @param fromTag of the peer with whom he talks
/// @spec https://www.rfc-editor.org/rfc/rfc3911#section-7.1 RFC 3911 §7.1
public record Join(String callId, String toTag, String fromTag) {
    public static final String NAME = "Join", OPTION = "join";

    /// A dialog that our peer in it shall let others into: what they say to him.
    public static Join atPeer(Dialog.Id ours) {
        return new Join(ours.callId(), ours.remoteTag(), ours.localTag());
    }

    /// @throws SyntaxException if it names no dialog
    public static Join parse(String value) {
        //= rfc3911#7.1-2 exactly one to-tag and one from-tag, as in Replaces
        var names = Replaces.parse(value);
        return new Join(names.callId(), names.toTag(), names.fromTag());
    }

    /// The dialogs that may be meant, as its recipient has them.
    List<Dialog.Id> ids() { return new Replaces(callId, toTag, fromTag, false).ids(); }

    /// A URI, of a Refer-To, that asks for a call with this field.
    public SipUri in(SipUri uri) {
        return new SipUri(uri.scheme(), uri.user(), uri.password(), uri.host(), uri.port(),
                uri.params(), uri.headers().with(NAME, Escapes.encodeHeader(toString())));
    }

    /// For an INVITE.
    public Header header() { return new Header(NAME, toString()); }

    @Override public String toString() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag;
    }
}
