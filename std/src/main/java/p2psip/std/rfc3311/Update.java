package p2psip.std.rfc3311;

import module java.base;
import p2psip.std.rfc3261.Message;

/// The method, and who can be sent it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3311#section-4 RFC 3311 §4
public final class Update {
    public static final String METHOD = "UPDATE";

    private Update() {}

    /// Whether the sender of a message says that he takes UPDATE; empty if he says nothing of what
    /// he takes.
    public static Optional<Boolean> allowed(Message message) {
        //= rfc3311#4¶4 Allow says it
        return message.has("Allow") ? Optional.of(message.list("Allow").contains(METHOD))
                : Optional.empty();
    }
}
