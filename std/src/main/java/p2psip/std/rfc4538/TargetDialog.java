package p2psip.std.rfc4538;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.ua.Dialog;

/// The value of a Target-Dialog field.
///
/// @param localTag  of its recipient
/// @param remoteTag of its sender
/// @spec https://www.rfc-editor.org/rfc/rfc4538#section-7 RFC 4538 §7
public record TargetDialog(String callId, String localTag, String remoteTag) {
    public static final String NAME = "Target-Dialog", OPTION = "tdialog";

    /// A dialog of ours as the peer names it.
    public static TargetDialog atPeer(Dialog.Id ours) {
        //= rfc4538#3-5 the Call-ID is that of the dialog
        return new TargetDialog(ours.callId(),
                //= rfc4538#3-7 what is local to the recipient is remote to us
                ours.remoteTag(),
                //= rfc4538#3-6 and what is remote to him is our own tag
                ours.localTag());
    }

    /// The one that a message names; empty if it names none, or not wholly.
    public static Optional<TargetDialog> of(Message message) {
        var values = message.all(NAME);
        return values.size() == 1 ? parse(values.getFirst()) : Optional.empty();
    }

    private static Optional<TargetDialog> parse(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 0) return Optional.empty();
        try {
            var params = Params.parse(value.substring(semicolon));
            //= rfc4538#4-5 without both tags it is as if it was not there
            return params.get("local-tag").flatMap(local -> params.get("remote-tag").map(remote ->
                    new TargetDialog(value.substring(0, semicolon).strip(), local, remote)));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    /// The dialog as its recipient knows it.
    public Dialog.Id id() { return new Dialog.Id(callId, localTag, remoteTag); }

    @Override public String toString() {
        return callId + ";local-tag=" + localTag + ";remote-tag=" + remoteTag;
    }
}
