package p2psip.std.rfc4488;

import module java.base;
import p2psip.std.rfc3261.Message;

/// The Refer-Sub field, and the option tag of who understands it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4488#section-4 RFC 4488 §4
public final class ReferSub {
    public static final String NAME = "Refer-Sub", NO = "false", OPTION = "norefersub";

    private ReferSub() {}

    /// Whether a REFER asks, or its 2xx says, that nothing is told.
    public static boolean isNo(Message message) {
        return message.first(NAME).map(value -> value.split(";", 2)[0].strip())
                .filter(NO::equalsIgnoreCase).isPresent();
    }
}
